"""The one way in which pages are made from templates: escaped, strict, deterministic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).parent / "templates"


def render(template: str, filters: Mapping[str, Callable[..., Any]], **content: Any) -> str:
    """Return the page that `template` makes of `content`, ending in a line end; a name that is missing is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # 0.1 s: only when a page is wanted

    pages = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters |= dict(filters)
    return pages.get_template(template).render(**content) + "\n"
