"""What is told of decisions, of the proof of the journal, and of what changed between two runs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.markup import escape
from rich.table import Column, Table

from flows.show import OUT, counted

if TYPE_CHECKING:
    from flows.jobs.diff import Diff
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
    _told(f"the files of {counted(result.runs_checked, 'run')} in reports/, as their manifests tell", result.files)
    for one in result.runs:
        if one.reproduced is None:
            OUT.print(f"cannot be proved: run {one.run_id} made again: {one.why}", markup=False)
            continue
        faults = [f"{one.run_id}/{name}: made again, it is another" for name in one.differing]
        faults += [f"{one.run_id}: {one.why}"] * bool(one.why)
        same = "" if faults else f": {counted(len(one.files), 'file')} byte for byte"
        _told(f"run {one.run_id}, made again from its manifest{same}", faults)
    if result.last_seal:
        OUT.print(f"The last seal, to be kept elsewhere: {result.last_seal}", markup=False)


def _told(what: str, faults: list[str]) -> None:
    OUT.print(f"{'does not hold' if faults else 'holds'}: {what}", markup=False)
    for fault in faults:
        OUT.print(f"  {fault}", markup=False)


def show_diff(found: Diff, limit: int, csv: Path | None) -> None:
    """Print how many findings are gained, lost and changed by rule and cause, then the first of them."""
    gained, lost, changed = found.counts().values()
    OUT.print(f"[bold]From {found.before} to {found.after}[/]: {gained:,} gained, {lost:,} lost, {changed:,} changed")
    if not found.is_noted:
        OUT.print("  not both are noted in the journal: causes are told by what the two runs themselves show")
    if found.is_reversed:
        OUT.print("  the second run was made before the first: causes are told as things went, from it to the first")
    if not found.findings:
        return
    table = Table(Column("rule", no_wrap=True), "cause", *(Column(name, justify="right") for name in _CHANGES))
    for one in found.by_rule:
        table.add_row(one["rule_id"], one["cause"], *(f"{one[name]:,}" for name in _CHANGES))
    OUT.print(table)
    for one in found.findings[:limit]:
        outcome = " to ".join(dict.fromkeys(o for o in (one["outcome_before"], one["outcome_after"]) if o))
        is_closed = [state == "closed" for state in (one["state_before"], one["state_after"]) if state]
        if is_closed in ([True, False], [False, True]):
            outcome += ", closed now" if is_closed[1] else ", open again"
        OUT.print(
            f"{one['change']}: {one['shipment_id']} line {one['line_number']} ({one['source']}), {one['rule_id']},"
            f" {outcome}: {'; '.join(part for part in (one['cause'], one['detail']) if part)}",
            markup=False,
        )
    if len(found.findings) > limit:
        OUT.print(f"and {len(found.findings) - limit:,} more: --limit, or --csv FILE for all of them")
    if csv:
        OUT.print(f"  {csv}", markup=False)


_CHANGES = ("gained", "lost", "changed")
