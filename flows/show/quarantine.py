"""What is told of the rows in quarantine."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from rich.markup import escape

from flows.show import OUT, counted
from flows.show.ingest import conserved


def in_quarantine(told: Mapping[str, Any]) -> str:
    """Return how many rows are quarantined, and for how long the oldest has been."""
    if not told["rows"]:
        return "Quarantined: no rows"
    return f"Quarantined: {counted(told['rows'], 'row')}, the oldest for {counted(told['oldest_days'], 'day')}"


def show_listed(told: Mapping[str, Any]) -> None:
    """Print the open rows by file and problem, then the settled ones with what settled them."""
    OUT.print(in_quarantine(told["quarantine"]))
    for file, of_one in groupby(told["problems"], key=lambda one: (one["file_name"], one["source"], one["is_open"])):
        OUT.print(f"[bold]{escape(file[0])}[/] (source {file[1]}){'' if file[2] else ', settled'}")
        for one in of_one:
            since = f"for {counted(one['age_days'], 'day')}" if one["is_open"] else one["settled_how"]
            OUT.print(f"  {counted(one['rows'], 'row')}, {since}: {one['problem']} [{one['code']}]", markup=False)
    if told["quarantine"]["rows"]:
        by_code = ", ".join(f"{code} {rows:,}" for code, rows in told["codes"].items())
        OUT.print(f"Open rows by code: {by_code}", markup=False)
        OUT.print("To correct them: earshot quarantine export -o quarantine.xlsx", markup=False)


def show_exported(done: Mapping[str, Any]) -> None:
    """Say what was written, and what to do with it."""
    if not done["rows"]:
        OUT.print("Quarantined: no rows. No file was written.")
        return
    OUT.print(f"{counted(done['rows'], 'row')} written, as received:")
    for path in done["files"]:
        OUT.print(f"  {path}", markup=False)
    OUT.print(
        "Correct the cells. Leave the columns that begin with `earshot` unchanged; write `yes` under `earshot load` to"
        " load a row without a change. Then run: earshot quarantine replay FILE",
        markup=False,
    )


def show_replayed(done: Mapping[str, Any]) -> None:
    """Print the conservation line of the replayed rows, by extract, and what is left in quarantine."""
    OUT.print(f"[bold]{escape(done['file'])}[/]")
    OUT.print("  " + conserved(done), markup=False)
    for one in done["files"]:
        OUT.print(f"  From {one['file_name']}: {conserved(one)}", markup=False)
        for problem, rows in one["problems"].items():
            OUT.print(f"    Still quarantined, {counted(rows, 'row')}: {problem}", markup=False)
    if done["unchanged"]:
        OUT.print(f"  Not changed, still quarantined: {counted(done['unchanged'], 'row')}")
    OUT.print(f"  Still quarantined in all: {counted(done['left'], 'row')}")
