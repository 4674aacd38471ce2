"""The one way in which pages are made from templates: escaped, strict, deterministic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from transforms.reports.amounts import count, money, rough_money

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"
VENDOR = Path(__file__).parent / "vendor"
"""What others made and pages embed, unmodified."""
EVERY: dict[str, Callable[..., Any]] = {"count": count, "money": money, "rough_money": rough_money}
"""The filters that every page has: shared templates rely on them."""


def render(template: str, /, filters: Mapping[str, Callable[..., Any]] = EVERY, **content: Any) -> str:
    """Return the page that `template` makes of `content`, ending in a line end; a name that is missing is an error."""
    page = _environment(template)
    page.filters |= EVERY | dict(filters)
    return page.get_template(template).render(**content) + "\n"


def prepare(template: str, filters: Mapping[str, Callable[..., Any]]) -> None:
    """Read the template of a page and those beside it, which takes half as long as the page: while charts are drawn."""
    page = _environment(template)
    page.filters |= EVERY | dict(filters)
    for path in sorted((TEMPLATES / template).parent.glob("*.j2")):
        page.get_template(path.relative_to(TEMPLATES).as_posix())


@cache
def _environment(page: str) -> Environment:
    """Each page has one of its own, for its filters; it is kept, as reading a template takes as long as filling it."""
    del page
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # 0.1 s: only when a page is wanted

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
