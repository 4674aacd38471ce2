"""The one way in which pages are made from templates: escaped, strict, deterministic."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache, wraps
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING, Any

from transforms.reports.amounts import count, money, rough_money

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment

TEMPLATES = Path(__file__).parent / "templates"
VENDOR = Path(__file__).parent / "vendor"
"""What others made and pages embed, unmodified."""
EVERY: dict[str, Callable[..., Any]] = {"count": count, "money": money, "rough_money": rough_money}
"""The filters that every page has: shared templates rely on them."""


def render(template: str, /, filters: Mapping[str, Callable[..., Any]] = EVERY, **content: Any) -> str:
    """Return the page that `template` makes of `content`, ending in a line end; a name that is missing is an error."""
    page = _filtered(template, filters)
    return page.get_template(template).render(**content) + "\n"


def prepare(template: str, filters: Mapping[str, Callable[..., Any]]) -> None:
    """Read the template of a page and those beside it, which takes half as long as the page: while charts are drawn."""
    page = _filtered(template, filters)
    for path in sorted((TEMPLATES / template).parent.glob("*.j2")):
        page.get_template(path.relative_to(TEMPLATES).as_posix())


def _filtered(template: str, filters: Mapping[str, Callable[..., Any]]) -> Environment:
    """Return the environment of a page with its filters, none of which is asked before the page is filled.

    Jinja would write what they say of a constant into the compiled template, and that is kept.
    """
    from jinja2 import pass_context

    def late(ask: Callable[..., Any]) -> Callable[..., Any]:
        return pass_context(wraps(ask)(lambda _, *given, **named: ask(*given, **named)))

    page = _environment(template)
    page.filters |= {name: late(ask) for name, ask in (EVERY | dict(filters)).items()}
    return page


def _compiled(page: str) -> BytecodeCache | None:
    """Return where the compiled templates of a page are kept: beside the modules, as Python keeps those.

    None where Python itself is to keep nothing. What is damaged is made anew; where nothing can be written, nothing is.
    """
    from pickle import UnpicklingError  # by which Jinja keeps a hash of the template

    from jinja2 import FileSystemBytecodeCache, __version__
    from jinja2.bccache import Bucket

    class Kept(FileSystemBytecodeCache):
        def load_bytecode(self, bucket: Bucket) -> None:
            try:
                super().load_bytecode(bucket)
            except (OSError, EOFError, ValueError, TypeError, UnpicklingError):
                bucket.reset()

        def dump_bytecode(self, bucket: Bucket) -> None:
            with suppress(OSError):
                Path(self.directory).mkdir(parents=True, exist_ok=True)
                super().dump_bytecode(bucket)

    if sys.dont_write_bytecode:
        return None
    folder = Path(cache_from_source(str(TEMPLATES / "page.py"))).parent
    return Kept(str(folder), f"{page.partition('.')[0].replace('/', '-')}.%s.jinja-{__version__}.cache")


@cache
def _environment(page: str) -> Environment:
    """Each page has one of its own, for its filters; it is kept, as reading a template takes as long as filling it."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # 0.1 s: only when a page is wanted

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_compiled(page),
    )
