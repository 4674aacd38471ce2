"""The parts that lines lie in, and how they are laid under the stages: as the relation `lines`, in place of a table.

A stage asks for `lines` and sees those of one month, or of all: it need not know which. Nothing is read before it asks,
and then only the columns that it names.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from transforms.pipeline import Stage, make_view

LAKE = Stage(
    name="lake",
    folder=Path(__file__).parent / "sql",
    reads=("lines", "filings"),
    views=frozenset({"lines_in_parts", "filings_in_parts", "lines_with_ends", "filings_with_ends"}),
)


MOST_ROWS = 500_000
"""A part of several months has at most so many lines; one month stands by itself, however many it has."""
_SPANS = (12, 6, 3, 1)
"""How many months go together in a part, from January on: the most that have few lines enough."""


@dataclass(frozen=True)
class File:
    """A file of the lines of one month of export."""

    path: Path
    month: date
    """Its first day."""
    rows: int
    sha256: str


@dataclass(frozen=True)
class Part:
    """The lines of some months of export, which are looked at in one go."""

    first: date
    """The first day of its first month."""
    last: date
    """The first day of its last month."""
    files: tuple[Path, ...]
    digest: str
    """Of what the files hold: where it is the same, so is all that follows from the part alone."""
    closed: tuple[Path, ...] = ()
    """Files that tell which versions in `files` ended since those were written."""

    @property
    def about(self) -> str:
        """Its months, as the names of files have them."""
        return f"{self.first:%Y-%m}-{self.last:%m}"

    def holds(self, day: str) -> str:
        """Return in SQL that a day lies in the months of the part."""
        return f"date_trunc('month', {day}) between date '{self.first}' and date '{self.last}'"


@dataclass(frozen=True)
class Parts:
    """All lines and filings of a home that lie in files, the lines cut by month."""

    parts: tuple[Part, ...]
    """In the order of their months, each month in one."""
    filings: tuple[Path, ...] = ()
    closed_filings: tuple[Path, ...] = ()

    @classmethod
    def of(
        cls,
        lines: Iterable[File],
        filings: Iterable[Path] = (),
        most_rows: int = MOST_ROWS,
        closed: Iterable[File] = (),
        closed_filings: Iterable[Path] = (),
    ) -> Parts:
        """Return the parts of these files: small months of a year go together, as far as the calendar has it."""
        months: dict[date, list[File]] = {}
        for file in lines:
            months.setdefault(file.month, []).append(file)
        ended: dict[date, list[File]] = {}
        for file in closed:
            ended.setdefault(file.month, []).append(file)
        return cls(tuple(_group(months, ended, most_rows)), tuple(filings), tuple(closed_filings))

    def lay(self, connection: duckdb.DuckDBPyConnection, part: Part | None = None) -> None:
        """Have the relations `lines` and `filings` be those of the files: of one part, or of all.

        Where there are no files, the empty tables of the home stay in sight.
        """
        parts = (part,) if part else self.parts
        self._lay(connection, "lines", parts, "lines")
        if part is None:
            self._lay(connection, "filings", (), "filings")

    def lay_as(self, connection: duckdb.DuckDBPyConnection, name: str, relation: str) -> None:
        """Have a relation of another name be the `lines` or `filings` of all files, also where there are none.

        Expects the table of that name in sight, and not the files.
        """
        make_view(connection, relation, f"from {name} where false")
        self._lay(connection, name, self.parts if name == "lines" else (), relation)

    def _lay(self, connection: duckdb.DuckDBPyConnection, name: str, parts: Sequence[Part], relation: str) -> None:
        files = [path for one in parts for path in one.files] if name == "lines" else self.filings
        closed = [path for one in parts for path in one.closed] if name == "lines" else self.closed_filings
        lay(connection, name, files, closed, relation)


def lay(
    connection: duckdb.DuckDBPyConnection, name: str, files: Sequence[Path], closed: Sequence[Path], relation: str
) -> None:
    """Have a relation be the `lines` or `filings` of these files, with the ends that `closed` tells; without files it
    stays what it is.
    """
    if files:
        values = {"files": [str(path) for path in files], "closed": [str(path) for path in closed]}
        LAKE.make(connection, f"{name}_with_ends" if closed else f"{name}_in_parts", values, name=relation)


def _group(
    months: Mapping[date, Sequence[File]],
    ended: Mapping[date, Sequence[File]],
    most_rows: int,
    spans: Sequence[int] = _SPANS,
) -> Iterator[Part]:
    """Yield the parts of these months: blocks of the calendar, each as long as its lines allow."""
    blocks: dict[date, list[date]] = {}
    for month in sorted(months):
        first = month.replace(month=(month.month - 1) // spans[0] * spans[0] + 1)
        blocks.setdefault(first, []).append(month)
    for first, held in blocks.items():
        files = [file for month in held for file in months[month]]
        closed = [file for month in held for file in ended.get(month, ())]
        if len(spans) == 1 or sum(file.rows for file in files) <= most_rows:
            last = first.replace(month=first.month + spans[0] - 1)
            digest = _digest([file.sha256 for file in (*files, *closed)])
            paths, ends = (tuple(file.path for file in one) for one in (files, closed))
            yield Part(first, last, paths, digest, ends)
        else:
            yield from _group({month: months[month] for month in held}, ended, most_rows, spans[1:])


def _digest(hashes: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(sorted(hashes)).encode()).hexdigest()
