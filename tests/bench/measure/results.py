"""Write RESULTS.md: what was measured, on what machine, with which versions, and how it spreads."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise
from math import log
from pathlib import Path
from statistics import median

from tests.bench.measure.size import Measured, Size
from tests.bench.measure.warm import LIMITS

SHOWN = ("earshot", "duckdb", "pyarrow", "pandas", "great-expectations", "prefect")
NEVER_SHOWN = "not measured"


@dataclass
class Results:
    """All that one call of the command measured."""

    made_on: date
    turns: int
    load_before: float
    sizes: list[Size] = field(default_factory=list)
    fixed: dict[str, list[float]] = field(default_factory=dict)
    peers: list[list[str]] = field(default_factory=list)
    peer_notes: list[str] = field(default_factory=list)
    bars: list[tuple[str, float, bool]] = field(default_factory=list)
    """Of the largest size: each peer, the seconds of its screening, and whether they are extrapolated."""
    bars_lines: int = 0
    versions: dict[str, str] = field(default_factory=dict)


def page(results: Results) -> str:
    """The whole of RESULTS.md."""
    parts = [
        "# Measured\n",
        "Made by `make bench` (`python -m tests.bench.measure`); [README.md](README.md) says how each figure comes "
        "about. All lines are synthetic (`data/sample/year.py`).\n",
        _machine(results),
    ]
    for size in results.sizes:
        parts.append(_size(size))
    parts.append(_growth(results.sizes))
    parts.append(_fixed(results.fixed))
    parts.append(_peers(results))
    return "\n".join(part for part in parts if part)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of Markdown; every column but the first is one of numbers."""
    lines = ["| " + " | ".join(heads) + " |", "|---|" + "---:|" * (len(heads) - 1)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)]) + "\n"


def spread(values: Sequence[float], form: str = ".2f") -> str:
    """The median, with the least and the most where there are several."""
    if not values:
        return NEVER_SHOWN
    middle = format(median(values), form)
    return middle if len(values) == 1 else f"{middle} ({min(values):{form}} to {max(values):{form}})"


def _machine(results: Results) -> str:
    names = {**{name: _version(name) for name in SHOWN}, **results.versions}
    kept = ", ".join(f"{name} {number}" for name, number in names.items() if number)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return (
        f"- **Date** {results.made_on}; **turns** {results.turns}\n"
        f"- **Machine** {os.cpu_count()} cores, {_processor()}, {memory:.0f} GiB of memory, {platform.system()} "
        f"{platform.release()}; load before the first turn {results.load_before:.2f}\n"
        f"- **Versions** Python {sys.version.split()[0]}, {kept}\n"
    )


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _size(size: Size) -> str:
    told = "; ".join(f"{count:,} {name}" for name, count in size.facts.items())
    rows = [_row(measured) for measured in size.works]
    read = size.warm.get("bare read", [])
    for name, values in size.warm.items():
        if name not in ("first", "bare read"):
            ratios = [one / other for one, other in zip(values, read, strict=True)]
            ratio, limit = f"**{spread(ratios)}**", _met(LIMITS[name], ratios, "")
            rows.append([f"{name}, warm", spread(values), "", spread(read), ratio, limit, ""])
    heads = ["work", "s, whole process", "s, short history", "s, floor", "beyond short / floor", "measure", "peak MiB"]
    floors = ", ".join(f"{name} {spread(values)} s" for name, values in size.floors.items())
    left = [f"- {m.work.name}: {m.why_not}" for m in size.works if m.why_not]
    note = f"Floors: {floors}; peak {size.floor_peak_mib:.0f} MiB.\n" if size.floors else ""
    missing = "\nNot measured, or fewer turns:\n" + "\n".join(left) + "\n" if left else ""
    return f"## {size.lines:,} lines\n\n{told}\n\n{table(heads, rows)}\n{note}{missing}"


def _row(m: Measured) -> list[str]:
    if not m.seconds:
        return [m.work.name, NEVER_SHOWN, "", "", "", "", ""]
    limit = _met(m.work.limit, m.ratios, "")
    ratio = f"**{spread(m.ratios)}**"
    if m.work.beside != 1_000:
        ratio, limit = f"**{spread(m.beyond)} s more than on {m.beside:,}**", _met(1.0, m.beyond, " s")
    return [m.work.name, spread(m.seconds), spread(m.small), spread(m.floor), ratio, limit, f"{m.peak_mib:.0f}"]


def _met(limit: float | None, values: list[float], unit: str) -> str:
    """Whether a measure is met; where the short history took longer, lines cost less than the noise of the machine."""
    if limit is None:
        return ""
    middle = median(values)
    said = "none to tell" if middle < 0 else "met" if middle <= limit else "not met"
    return f"{limit:g}{unit}, {said}"


def _growth(sizes: Sequence[Size]) -> str:
    """From each size to the next: by what power of the lines the time beyond 1,000 lines grows."""
    if len(sizes) < 2:
        return ""
    rows = []
    for at, measured in enumerate(sizes[0].works):
        row = [measured.work.name]
        for less, more in pairwise(sizes):
            row.append(_power(less.works[at], more.works[at]))
        rows.append(row)
    heads = ["work", *(f"{less.lines:,} to {more.lines:,}" for less, more in pairwise(sizes))]
    told = "By which power of the lines the time beyond the short history grows: 1 is as the lines, 0 not at all.\n"
    return f"## Growth\n\n{told}\n{table(heads, rows)}"


def _power(less: Measured, more: Measured) -> str:
    if not less.seconds or not more.seconds or median(less.beyond) <= 0 or median(more.beyond) <= 0:
        return "none to tell"
    return f"{log(median(more.beyond) / median(less.beyond)) / log(more.lines / less.lines):.2f}"


def _fixed(fixed: dict[str, list[float]]) -> str:
    if not fixed:
        return ""
    rows = [[name, spread(values), ""] for name, values in fixed.items()]
    pairs = (
        ("earshot screen, 1,000 lines", "earshot --help", 4),
        ("second night on the sample", "an empty Prefect flow", 3),
        ("first night on the sample", "second night on the sample", 3),
    )  # fmt: skip
    for name, beside, limit in pairs:
        ratios = [one / other for one, other in zip(fixed[name], fixed[beside], strict=True)]
        rows.append([f"{name} / {beside}", f"**{spread(ratios)}**", _met(limit, ratios, "")])
    return f"## Fixed costs\n\n{table(['whole process', 's', 'measure'], rows)}"


def _peers(results: Results) -> str:
    if not results.peers:
        return ""
    heads, *rows = results.peers
    notes = "\n".join(f"- {note}" for note in results.peer_notes)
    return f"## Peers\n\n{table(heads, rows)}\n{notes}\n"
