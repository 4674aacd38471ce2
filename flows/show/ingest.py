"""What is told of a home, and of the extracts that were taken up into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.markup import escape

from flows.jobs.ingest import CONSERVATION
from flows.settings import Home
from flows.show import ERR, OUT, counted
from transforms.ingest.door.results import limit_words
from transforms.ingest.load import Loaded

_USUAL = "comma, UTF-8"


def show_home(home: Home, copied: Sequence[str]) -> None:
    """Say where the home is and what waits in it."""
    OUT.print(f"Home: {home.root.resolve()}", markup=False)
    for name in copied:
        OUT.print(f"  inbox/{name} (synthetic sample)", markup=False)


def show_loaded(files: Sequence[Loaded]) -> None:
    """Print one line per file with the conservation of its rows, and why rows were set aside."""
    for one in files:
        what = "" if one.kind == "lines" else f"{one.kind}, "
        OUT.print(f"[bold]{escape(one.file_name)}[/] ({what}layout {one.layout}, source {one.source})")
        if one.why:
            OUT.print(f"  layout {one.layout}: {one.why}", markup=False)
        if one.read_as and one.read_as != _USUAL:
            told = "read as" if "(stated)" in one.read_as else "detected"
            OUT.print(f"  {told}: {one.read_as}", markup=False)
        OUT.print("  " + conserved(one.__dict__), markup=False)
        if one.is_known:
            since = f"; {counted(one.outdated, 'row')} of it restated since, and left so" if one.outdated else ""
            OUT.print(f"  loaded before, byte for byte{since} (to read it anew: earshot ingest --again)", markup=False)
        if one.late:
            OUT.print(
                f"  restated by an extract taken later, so never current: {counted(one.late, 'row')}", markup=False
            )
        for problem, rows in one.problems.items():
            OUT.print(f"  in quarantine, {rows:,}: {problem}", markup=False)
        if one.problems:
            OUT.print(f"  each row with its number stands in quarantine/{one.quarantine_name}", markup=False)
        if one.accepted:
            OUT.print(f"  let in although the door would have stopped it: {one.accepted}", markup=False)
        for check in one.door:
            if not check["success"]:
                found = f"found {check['observed']:.3g}, {limit_words(check['min'], check['max'])} wanted"
                OUT.print(f"  door, {check['level']}: {check['meaning']}: {found}", markup=False)


def show_left(names: Sequence[str]) -> None:
    """Say which files of the inbox were not touched, as somebody is still writing them."""
    for name in names:
        OUT.print(f"left in the inbox: {name} is still being written", markup=False)


def show_refused(refused: Mapping[str, str]) -> None:
    """Print why files were refused, on standard error."""
    for reason in refused.values():
        ERR.print(reason, markup=False)
    ERR.print(
        f"{counted(len(refused), 'file')} refused and left in the inbox; the screening went on without", markup=False
    )


def conserved(counts: Mapping[str, Any]) -> str:
    """Return the conservation line: every row in is loaded, a duplicate, a restatement, or in quarantine."""
    rows_in, *parts = (f"{counts[key]:,}" for key in CONSERVATION)
    return "rows in {} = {} loaded + {} duplicates + {} restated + {} quarantined".format(rows_in, *parts)
