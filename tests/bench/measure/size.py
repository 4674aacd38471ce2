"""Measure one size: each work in turn with what it costs on 1,000 lines and with its floor, within a budget."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from statistics import median

from tests.bench.measure.child import Failed, Spent, module
from tests.bench.measure.homes import Homes
from tests.bench.measure.works import SHARES, WORKS, Work, extract

FLOORS = "tests.bench.measure.floors"


@dataclass
class Measured:
    """The turns of one work at one size: in all, on the short history, and its floor, each in seconds."""

    work: Work
    lines: int
    beside: int
    """The lines of the short history, which are fewer than asked for where all histories are short."""
    seconds: list[float] = field(default_factory=list)
    small: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)
    peak_mib: float = 0.0
    why_not: str = ""

    @property
    def beyond(self) -> list[float]:
        """What each turn took beyond the same work on the short history in its turn."""
        return [large - small for large, small in zip(self.seconds, self.small, strict=True)]

    @property
    def ratios(self) -> list[float]:
        return [beyond / floor for beyond, floor in zip(self.beyond, self.floor, strict=True)]


@dataclass
class Size:
    """All that was measured at one size."""

    lines: int
    works: list[Measured] = field(default_factory=list)
    floors: dict[str, list[float]] = field(default_factory=dict)
    floor_peak_mib: float = 0.0
    warm: dict[str, list[float]] = field(default_factory=dict)
    facts: dict[str, int] = field(default_factory=dict)


class Clock:
    """The budget of one size: when it is spent, turns end, and works that have none are left out."""

    def __init__(self, minutes: float) -> None:
        self.until = time.monotonic() + minutes * 60
        self.minutes = minutes

    @property
    def left(self) -> float:
        return self.until - time.monotonic()

    @property
    def at_most(self) -> float:
        """How long one run may take: what is left, but for two minutes that a last one is given."""
        return max(self.left, 120.0)


def measure(homes: Homes, shorts: dict[int, Homes], turns: int, clock: Clock) -> Size:
    """Measure every work, each beside a short history, and say what is done.

    Each turn takes all works, so that a budget that is spent leaves later turns out, and not whole works.
    """
    size = Size(homes.lines, [Measured(work, homes.lines, shorts[work.beside].lines) for work in WORKS])
    for turn in range(turns):
        for measured in size.works:
            if not measured.why_not:
                _try_turn(measured, turn, homes, shorts[measured.work.beside], size, clock)
    if clock.left > 0:
        try:
            size.warm = module("tests.bench.measure.warm", [homes.screened, turns], clock.at_most).said
            print("  what-ifs of one process: " + ", ".join(f"{k} {median(v):.2f} s" for k, v in size.warm.items()),
                  flush=True)  # fmt: skip
        except Failed as error:
            print(f"  what-ifs of one process: not measured: {error}", flush=True)
    return size


def _try_turn(measured: Measured, turn: int, homes: Homes, small: Homes, size: Size, clock: Clock) -> None:
    name = measured.work.name
    if clock.left <= 0:
        measured.why_not = f"the budget of {clock.minutes:g} minutes was spent"
    else:
        try:
            _take_turn(measured, homes, small, size, clock)
        except Failed as error:
            measured.why_not = str(error)
    if measured.why_not:
        print(f"  {name}, turn {turn + 1}: not measured: {measured.why_not}", flush=True)
    else:
        print(f"  {name}, turn {turn + 1}: {measured.seconds[-1]:.2f} s, on {small.lines:,} lines"
              f" {measured.small[-1]:.2f} s, floor {measured.floor[-1]:.2f} s", flush=True)  # fmt: skip


def _take_turn(measured: Measured, homes: Homes, small: Homes, size: Size, clock: Clock) -> None:
    work = measured.work
    floor = _floor(work, homes, clock)
    before = work.run(small, clock.at_most)
    spent = work.run(homes, clock.at_most)
    _note(size, spent)
    for part in work.floor:
        size.floors.setdefault(part, []).append(floor.said[part])
    size.floor_peak_mib = max(size.floor_peak_mib, floor.peak_mib)
    measured.seconds.append(spent.seconds)
    measured.small.append(before.seconds)
    measured.floor.append(sum(floor.said[part] for part in work.floor))
    measured.peak_mib = max(measured.peak_mib, spent.peak_mib)


def _floor(work: Work, homes: Homes, clock: Clock) -> Spent:
    if work.floor == ("load",):
        return module(FLOORS, ["load", extract(homes, SHARES[work.name])], clock.at_most)
    if work.floor == ("join",):
        return module(FLOORS, ["join", _filled(work, homes)], clock.at_most)
    return module(FLOORS, ["screening", homes.screened / "earshot.duckdb", homes.findings], clock.at_most)


def _filled(work: Work, homes: Homes) -> str:
    """The database of the home that holds filings; made when it is first asked for."""
    if not (homes.root / "filed").exists():
        work.ready(homes)
    return str(homes.root / "filed" / "earshot.duckdb")


def _note(size: Size, spent: Spent) -> None:
    """Keep the figures of a screening: situations, findings, lines."""
    said = spent.said if isinstance(spent.said, dict) else {}
    if "situations" in said and "situations" not in size.facts:
        found = sum(count for outcomes in said["findings"].values() for count in outcomes.values())
        size.facts |= {"situations": said["situations"], "findings": found}
