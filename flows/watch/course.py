"""The course of a job: which phases it went through, how far it is, and how long the rest will take.

How far a phase is comes of what is within it. Phases of one unit are weighed by their size, as files by their bytes;
all others by the time that they took before (`former.py`), for their size. The database is asked how far it is with a
single long statement. What is left is the time until now, for what is left: so a slower machine is allowed for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Lock
from time import perf_counter
from typing import TYPE_CHECKING

from flows.watch.former import Former
from transforms.phases import Phase

if TYPE_CHECKING:
    import duckdb

_ALMOST = 0.95
"""A phase that takes longer than before counts for so much until it ends."""
_EARLY = 0.01
"""Before that much of a job is done, nothing is said of what is left."""


@dataclass
class Node:
    """A phase of this run, with those within it, in their order; times in seconds."""

    phase: Phase
    begun: float
    within: list[Node] = field(default_factory=list)
    ended: float | None = None

    def seconds(self) -> float:
        """Return how long it took, or has taken until now."""
        return (self.ended or perf_counter()) - self.begun

    def walk(self, above: tuple[Node, ...] = ()) -> Iterator[tuple[Node, tuple[Node, ...]]]:
        """Yield the phase and all within it, each with those above it, the outermost first."""
        yield self, above
        for one in self.within:
            yield from one.walk((*above, self))


@dataclass(frozen=True)
class Standing:
    """How a job stands: `share` done, of 0 to 1, `left` in seconds, None where it cannot be said yet.

    `done`, `size` and `rate` (a second) are in the unit of the outermost phase that has a size.
    """

    words: tuple[str, ...]
    """The names of the phases that are at work, the outermost first."""
    title: str
    share: float
    left: float | None
    done: float
    size: float
    unit: str
    rate: float


class Course:
    """A watcher that keeps what it is told; it may be asked by another thread at any time."""

    def __init__(self, name: str, former: Former, *, asks_database: bool = False) -> None:
        self.root = Node(Phase(name), perf_counter())
        self._former = former
        self._path = [self.root]
        self._asks = asks_database
        self._connections: list[duckdb.DuckDBPyConnection] = []
        self._lock = Lock()
        self._most = 0.0
        self.tell: Callable[[Node, tuple[Node, ...]], None] = lambda node, above: None
        """Called with each phase that ended and those around it."""

    def begin(self, phase: Phase) -> None:
        """Keep that a phase begins."""
        node = Node(phase, perf_counter())
        with self._lock:
            self._path[-1].within.append(node)
            self._path.append(node)

    def end(self, phase: Phase) -> None:
        """Keep that a phase ended, and all within it."""
        ended: list[tuple[Node, tuple[Node, ...]]] = []
        with self._lock:
            while len(self._path) > 1 and not (ended and ended[-1][0].phase is phase):
                node = self._path.pop()
                node.ended = perf_counter()
                ended.append((node, tuple(self._path)))
        for node, above in ended:
            self.tell(node, above)

    def finish(self) -> None:
        """Keep that the job ended."""
        with self._lock:
            for node in self._path:
                node.ended = perf_counter()

    def opened(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Ask this connection, where somebody looks on."""
        if self._asks:
            connection.execute("set enable_progress_bar = true; set enable_progress_bar_print = false")
            with self._lock:
                self._connections.append(connection)

    def closing(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Ask it no more; it is not being asked when this returns."""
        with self._lock:
            self._connections = [one for one in self._connections if one is not connection]

    def standing(self) -> Standing:
        """Return how the job stands now. What is done never becomes less."""
        with self._lock:
            path = [one for one in self._path if one.ended is None]
            self._most = max(self._most, self._share(self.root, 0.0))
            sized = next((one for one in path if one.phase.size), self.root)
            share = self._share(sized, 0.0)
            title = next((one.phase.title for one in reversed(path) if one.phase.title), "")
        spent, done = self.root.seconds(), share * sized.phase.size
        left = spent * (1 - self._most) / self._most if self._most > _EARLY else None
        rate = done / sized.seconds() if sized.seconds() > 0 else 0.0
        words = tuple(one.phase.name for one in path)
        return Standing(words, title, self._most, left, done, sized.phase.size, sized.phase.unit, rate)

    def _share(self, node: Node, size: float) -> float:
        """How much of a phase is done, of 0 to 1; `size` is that of the innermost phase around it that has one."""
        if node.ended is not None:
            return 1.0
        size = node.phase.size or size
        alike = [one for one in node.within if one.phase.size and one.phase.unit == node.phase.unit]
        if node.phase.size and alike:
            return min(_ALMOST, sum(self._share(one, size) * one.phase.size for one in alike) / node.phase.size)
        planned = {**dict.fromkeys(self._former.within(node.phase.name), 0.0), **node.phase.parts}
        if not planned:
            return self._alone(node, size)
        seconds = {name: self._former.expected(name, part or size) for name, part in planned.items()}
        for one in node.within:
            if one.phase.size or one.phase.name not in seconds:
                seconds[one.phase.name] = self._former.expected(one.phase.name, one.phase.size or size)
        shares = {one.phase.name: self._share(one, size) for one in node.within}
        # what was passed over, as it stands before one that has begun, does not come any more
        begun = [place for place, name in enumerate(seconds) if name in shares]
        last = max(begun, default=-1)
        whole = sum(one for place, (name, one) in enumerate(seconds.items()) if name in shares or place > last)
        done = sum(seconds[name] * share for name, share in shares.items())
        return min(_ALMOST, done / whole) if whole else 0.0

    def _alone(self, node: Node, size: float) -> float:
        """How much is done of a phase with none in it: as the database says, or by the time that it took before."""
        if node.phase.is_one_statement and self._connections:
            asked = self._connections[-1].query_progress()
            if asked > 0 or not self._former.knows(node.phase.name):
                # a statement that has not begun, or does not say how far it is, is nothing done
                return float(min(_ALMOST, max(0.0, asked / 100)))
        expected = self._former.expected(node.phase.name, size)
        return min(_ALMOST, node.seconds() / expected) if expected else 0.0
