"""What the command prints for a person; one module for each thing that is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console

from transforms.visible import visible


class _Screen(Console):
    """A terminal on which nothing acts that stands in the texts of others: names, headings, cells."""

    def print(self, *objects: Any, **options: Any) -> None:
        """Print as `Console` does."""
        super().print(*(visible(one) if isinstance(one, str) else one for one in objects), **options)


OUT = _Screen(highlight=False, soft_wrap=True)
ERR = _Screen(stderr=True, highlight=False, soft_wrap=True)


@contextmanager
def at_work(what: str) -> Iterator[None]:
    """Show that something runs of which nobody knows how long it takes, on standard error, where that is a terminal."""
    with ERR.status(f"{what} ..."):
        yield


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where it is not one."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
