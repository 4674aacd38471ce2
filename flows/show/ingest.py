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
from transforms.left_out_words import NOT_EXPORTS, told

_USUAL = "comma, UTF-8"


def show_home(home: Home, copied: Sequence[str]) -> None:
    """Say where the home is and what waits in it."""
    OUT.print(f"Home: {home.root.resolve()}", markup=False)
    for name in copied:
        OUT.print(f"  inbox/{name} (synthetic sample)", markup=False)


def show_loaded(files: Sequence[Loaded]) -> None:
    """Print one line per file with the conservation of its rows, and why rows were quarantined."""
    for one in files:
        what = "" if one.kind == "lines" else f"{one.kind}, "
        OUT.print(f"[bold]{escape(one.file_name)}[/] ({what}layout {one.layout}, source {one.source})")
        if one.why:
            OUT.print(f"  Layout {one.layout}: {one.why}", markup=False)
        if one.read_as and one.read_as != _USUAL:
            told = "Read as" if "(stated)" in one.read_as else "Detected"
            OUT.print(f"  {told}: {one.read_as}", markup=False)
        OUT.print("  " + conserved(one.__dict__), markup=False)
        if one.is_known:
            since = f"; {counted(one.outdated, 'row')} restated since, left unchanged" if one.outdated else ""
            OUT.print(f"  Already loaded, byte for byte{since}. To read it again: earshot ingest --again", markup=False)
        if one.late:
            by = "a later version of the filing" if one.kind == "filings" else "an extract taken later"
            OUT.print(f"  Superseded by {by}, never current: {counted(one.late, 'row')}", markup=False)
        _show_left_out(one)
        _show_missing(one)
        for problem, rows in one.problems.items():
            OUT.print(f"  Quarantined, {counted(rows, 'row')}: {problem}", markup=False)
        if one.problems:
            OUT.print(f"  The rows, with their row numbers, are in quarantine/{one.quarantine_name}", markup=False)
        if one.reread:
            cells = ", ".join(f"{count:,} {name}" for name, count in one.reread.items())
            OUT.print(f"  Cells read with other text around the value: {cells}", markup=False)
        if one.accepted:
            OUT.print(f"  Accepted although the intake check failed: {one.accepted}", markup=False)
        for check in one.door:
            if not check["success"]:
                observed = check["observed"]
                figure = f"{observed:,.0f}" if observed == int(observed) else f"{observed:.3g}"
                found = f"{figure} (allowed: {limit_words(check['min'], check['max'])})"
                level = "failed" if check["level"] == "stop" else "warning"
                OUT.print(f"  Intake check {level}: {check['meaning']}: {found}", markup=False)


def _show_left_out(one: Loaded) -> None:
    """Print why rows were left out, and how many lines they are that an earlier file brought."""
    exports = {code: rows for code, rows in one.left_out_reasons.items() if code in NOT_EXPORTS}
    others = {code: rows for code, rows in one.left_out_reasons.items() if code not in NOT_EXPORTS}
    if exports:
        OUT.print(f"  Left out as not exports, not screened: {told(exports)}", markup=False)
    if others:
        OUT.print(f"  Left out as no records: {told(others)}", markup=False)
    if one.left_out_known:
        lines = counted(one.left_out_known, "line")
        OUT.print(f"  Of the rows left out, an earlier file has {lines} as exports. They stay, screened.", markup=False)


def _show_missing(one: Loaded) -> None:
    """Print what the source told before of the days of the file, and this file does not have."""
    what = {"lines": "line", "items": "item record", "filings": "filing line"}[one.kind]
    if one.ended:
        told = f"  Ended, as this extract, or one taken later, is the whole of their period: {counted(one.ended, what)}"
        OUT.print(told, markup=False)
    if one.not_again:
        left = counted(one.not_again, what)
        OUT.print(f"  Not in this file again, left as before: {left} of its period", markup=False)
        if one.untold:
            rows = counted(one.untold, "quarantined row")
            OUT.print(f"  Nothing ended: {rows} may be any of them. Correct the rows first.", markup=False)
    if one.named and (one.ended or one.not_again):
        more = max(one.ended, one.not_again) - len(one.named)
        OUT.print("    " + ", ".join(one.named) + (f", and {more:,} more" if more > 0 else ""), markup=False)


def show_left(names: Sequence[str]) -> None:
    """Say which files of the inbox were not touched, as somebody is still writing them."""
    for name in names:
        OUT.print(f"Left in the inbox: {name} is still being written", markup=False)


def show_refused(refused: Mapping[str, str]) -> None:
    """Print why files were refused, on standard error."""
    for reason in refused.values():
        ERR.print(reason, markup=False)
    ERR.print(
        f"{counted(len(refused), 'file')} rejected and left in the inbox. The screening ran without"
        f" {'it' if len(refused) == 1 else 'them'}.",
        markup=False,
    )


def show_not_loaded(refused: Mapping[str, str]) -> None:
    """Print why files were not loaded where others of the same command were, on standard error."""
    for reason in refused.values():
        ERR.print(reason, markup=False)
    ERR.print(f"{counted(len(refused), 'file')} not loaded.", markup=False)


def conserved(counts: Mapping[str, Any]) -> str:
    """Return the conservation line: every row in is loaded, a duplicate, a restatement, in quarantine, or left out."""
    rows_in, *parts, left_out = (f"{counts[key]:,}" for key in CONSERVATION)
    told = "Rows in {} = {} loaded + {} duplicates + {} restated + {} quarantined".format(rows_in, *parts)
    return told + (f" + {left_out} left out" if counts["left_out"] else "")
