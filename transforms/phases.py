"""What a job is at: phases within phases, told by who does the work to whoever watches it, or to nobody.

Whoever works knows no clock and no terminal: it says what begins and what ends, and how large that is where this is
known beforehand. Without a watcher nothing happens.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import duckdb


@dataclass
class Phase:
    """A stretch of a job. `size` is what it works through, in the unit of its own (`bytes`, `lines`, `files`).

    `parts` are the phases within it, by name and size, where they are known beforehand.
    """

    name: str
    """A word, the same in every run: what durations are kept by."""
    size: float = 0
    unit: str = ""
    title: str = ""
    """What it is about, as the name of a file: for the terminal alone."""
    parts: Mapping[str, float] = field(default_factory=dict)
    is_one_statement: bool = False
    """Whether the database does it in one go, so that it can be asked how far it is."""


class Watcher(Protocol):
    """Who is told of a job. What it raises ends the job: it raises nothing."""

    def begin(self, phase: Phase) -> None:
        """A phase begins, within those that began and have not ended."""

    def end(self, phase: Phase) -> None:
        """The phase that began last has ended, well or not."""

    def opened(self, connection: duckdb.DuckDBPyConnection) -> None:
        """The statements of this connection do the work, until it is closed."""

    def closing(self, connection: duckdb.DuckDBPyConnection) -> None:
        """This connection must not be asked any more."""


_WATCHER: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


@contextmanager
def watched_by(watcher: Watcher) -> Iterator[None]:
    """Have the watcher told of what the block does."""
    token = _WATCHER.set(watcher)
    try:
        yield
    finally:
        _WATCHER.reset(token)


@contextmanager
def phase(
    name: str,
    size: float = 0,
    unit: str = "",
    *,
    title: str = "",
    parts: Mapping[str, float] | None = None,
    is_one_statement: bool = False,
) -> Iterator[None]:
    """Tell the watcher that the block is a phase of this name."""
    watcher = _WATCHER.get()
    if watcher is None:
        yield
        return
    told = Phase(name, size, unit, title, parts or {}, is_one_statement)
    watcher.begin(told)
    try:
        yield
    finally:
        watcher.end(told)


@contextmanager
def working(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Tell the watcher that this connection does the work of the block: it may ask how far a statement is."""
    watcher = _WATCHER.get()
    if watcher is None:
        yield
        return
    watcher.opened(connection)
    try:
        yield
    finally:
        watcher.closing(connection)
