"""The one way in which pages are made from templates: escaped, strict, deterministic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from transforms.reports.amounts import count, money, rough_money

TEMPLATES = Path(__file__).parent / "templates"
EVERY: dict[str, Callable[..., Any]] = {"count": count, "money": money, "rough_money": rough_money}
"""The filters that every page has: shared templates rely on them."""


def render(template: str, /, filters: Mapping[str, Callable[..., Any]] = EVERY, **content: Any) -> str:
    """Return the page that `template` makes of `content`, ending in a line end; a name that is missing is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # 0.1 s: only when a page is wanted

    pages = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters |= EVERY | dict(filters)
    return pages.get_template(template).render(**content) + "\n"
