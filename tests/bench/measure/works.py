"""The works that are measured: in which state of a home each begins, what it runs, and what it is compared with."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from data.sample.generate import write_csv
from data.sample.year import generate_year
from tests.bench.measure.child import Spent, earshot
from tests.bench.measure.homes import (
    FIRST_DAY,
    NEVER,
    NEXT_DAY,
    Homes,
    days,
    with_another_rule,
    with_another_table,
    write_filings,
)

FIRST, NEXT = ["--as-of", str(FIRST_DAY)], ["--as-of", str(NEXT_DAY)]
SHARES = {"ingest, clean": 0.0, "ingest, 0.2 % faulty rows": 0.002, "ingest, 2 % faulty rows": 0.02}


@dataclass(frozen=True)
class Work:
    """One work: `ready` makes the home that it begins in, `words` are its command."""

    name: str
    floor: tuple[str, ...]
    words: Callable[[Homes], list[str]]
    ready: Callable[[Homes], Path]
    limit: float | None = None
    beside: int = 1_000
    """The lines of the short history whose cost is taken off."""

    def run(self, homes: Homes, at_most: float) -> Spent:
        home = self.ready(homes)
        try:
            return earshot(self.words(homes), home, at_most)
        finally:
            if home != homes.screened:
                shutil.rmtree(home, ignore_errors=True)


def extract(homes: Homes, share: float) -> Path:
    """The extract with this share of faulty rows, written when it is first asked for."""
    path = homes.csv if share == 0 else homes.root / f"year-{share:g}.csv"
    if not path.exists():
        write_csv(generate_year(homes.lines, share), path)
    return path


def write_extracts(homes: Homes) -> None:
    """Write the extracts with faulty rows, which are no part of what is measured."""
    for share in SHARES.values():
        extract(homes, share)


def _ingest(name: str, share: float, limit: float | None) -> Work:
    accept = [] if share == 0 else ["--accept", "faults put in by the benches"]
    return Work(name, ("load",), lambda homes: ["ingest", str(extract(homes, share)), *accept], Homes.empty, limit)


def _screened(change: Callable[[Path], None] | None = None) -> Callable[[Homes], Path]:
    def ready(homes: Homes) -> Path:
        home = homes.copy(homes.screened)
        if change:
            change(home)
        return home

    return ready


def _with_items(homes: Homes) -> Path:
    home = homes.copy(homes.screened)
    earshot(["ingest", str(homes.root / "items-changed.csv")], home, NEVER)
    return home


def _with_night(homes: Homes) -> Path:
    home = homes.copy(homes.screened)
    shutil.copy(homes.root / "night.csv", home / "inbox" / "night.csv")
    return home


def _with_filings(homes: Homes) -> Path:
    filled = homes.root / "filed"
    if not filled.exists():
        homes.copy(homes.screened, "filed")
        earshot(["ingest", str(write_filings(homes))], filled, NEVER)
    return homes.copy(filled)


SHORT = 100_000
READ_AND_COPY, FIRST_FLOOR = ("read", "copy"), ("read", "copy", "sums", "itns")
WORKS = (
    _ingest("ingest, clean", 0.0, 1.8),
    _ingest("ingest, 0.2 % faulty rows", 0.002, None),
    _ingest("ingest, 2 % faulty rows", 0.02, 2.5),
    Work("first screening", FIRST_FLOOR, lambda _: ["screen", *FIRST], lambda homes: homes.copy(homes.loaded), 1.5),
    Work("screening on what is kept", READ_AND_COPY, lambda _: ["screen", *NEXT], _screened(), 1.0),
    Work("after a rule change", READ_AND_COPY, lambda _: ["screen", *NEXT], _screened(with_another_rule), 2.0),
    Work("after a table change", READ_AND_COPY, lambda _: ["screen", *NEXT], _screened(with_another_table), None),
    Work("after an item master change", READ_AND_COPY, lambda _: ["screen", *NEXT], _with_items, None),
    Work("a night of 10,000 lines", READ_AND_COPY, lambda _: ["nightly", *NEXT], _with_night, None, SHORT),
    Work(
        "what-if, the command", ("read",), lambda _: ["impact", "pakistan-rs", *days()], lambda homes: homes.screened
    ),
    Work("explain", ("read",), lambda _: ["explain", "SH000000001", "1"], lambda homes: homes.screened),
    Work("report", READ_AND_COPY, lambda _: ["report", *FIRST], _screened()),
    Work("verify", FIRST_FLOOR, lambda _: ["verify"], lambda homes: homes.screened),
    Work("reconcile", ("join",), lambda _: ["reconcile", *NEXT], _with_filings),
)
