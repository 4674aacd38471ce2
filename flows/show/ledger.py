"""What is told of decisions, of the proof of the journal, and of what changed between two runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rich.markup import escape

from flows.show import OUT, counted

if TYPE_CHECKING:
    from flows.jobs.verify import Verified


def show_disposed(told: Mapping[str, Any]) -> None:
    """Say what was recorded, by whom, and under which entry of the journal."""
    if told["entry"] is None:
        if told["recorded_already"]:
            OUT.print(f"{counted(told['recorded_already'], 'row')} recorded already; nothing was changed")
        else:
            OUT.print("no row is filled in; nothing was recorded")
        return
    statuses = ", ".join(f"{status} {number:,}" for status, number in told["statuses"].items())
    OUT.print(
        f"[bold]Entry {told['entry']}[/] of the journal: {counted(told['findings'], 'finding')} of"
        f" {counted(told['lines'], 'line')} decided by {escape(told['by'])}, {told['at']}: {statuses}"
    )
    for rule, number in told["by_rule"].items():
        OUT.print(f"  {rule}: {number:,}", markup=False)
    if told.get("standing"):
        OUT.print("  holds for the situation as a whole: lines that come later, too")
    for key, what in (("recorded_already", "recorded already"), ("rows_left_empty", "left empty, and as they were")):
        if told.get(key):
            OUT.print(f"  {counted(told[key], 'row')} {what}")
    OUT.print(f"  seal {told['sha256']}", markup=False)
    OUT.print("The next screening shows it: earshot screen")


def show_exported(told: Mapping[str, Any]) -> None:
    """Say what was written, and what to do with it."""
    OUT.print(f"{counted(told['findings'], 'finding')} of {counted(told['lines'], 'line')} written:")
    OUT.print(f"  {told['file']}", markup=False)
    OUT.print(
        "Fill in status and reason (evidence, expires_on), leave the other columns as they are, then:"
        f" earshot dispose --import {told['file']}",
        markup=False,
    )


def show_verified(result: Verified) -> None:
    """Say what holds, what does not, and what cannot be proved."""
    entries = f"{result.entries:,} {'entry' if result.entries == 1 else 'entries'}"
    _told(f"the journal, {entries}, each over its rows and the entry before it", result.chain)
    states = ", ".join(f"{number:,} {state}" for state, number in result.findings.items()) or "none yet"
    _told(f"the ledger, {counted(sum(result.findings.values()), 'finding')} ever made ({states})", result.ledger)
    told = result.runs_checked - len(result.without_hashes)
    _told(f"the files of {counted(told, 'run')} in reports/, as their manifests tell", result.files)
    for run in result.without_hashes:
        OUT.print(f"cannot be proved: the files of {run}: its manifest tells no hashes of them", markup=False)
    for one in result.runs:
        if one.reproduced is None:
            OUT.print(f"cannot be proved: run {one.run_id} made again: {one.why}", markup=False)
            continue
        faults = [f"{one.run_id}/{name}: made again, it is another" for name in one.differing]
        what = f"run {one.run_id}, made again from its manifest: {counted(len(one.files), 'file')} byte for byte"
        _told(what, faults + [f"{one.run_id}: {one.why}"] * bool(one.why))
    if result.last_seal:
        OUT.print(f"The last seal, to be kept elsewhere: {result.last_seal}", markup=False)


def _told(what: str, faults: list[str]) -> None:
    OUT.print(f"{'does not hold' if faults else 'holds'}: {what}", markup=False)
    for fault in faults:
        OUT.print(f"  {fault}", markup=False)
