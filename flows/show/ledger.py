"""What is told of decisions, of the proof of the journal, and of what changed between two runs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.markup import escape

from flows.show import OUT, counted
from flows.show.tables import Col, show_table

if TYPE_CHECKING:
    from flows.jobs.diff import Diff
    from flows.jobs.verify import Verified


def show_disposed(told: Mapping[str, Any]) -> None:
    """Say what was recorded, by whom, and under which entry of the journal."""
    if told["entry"] is None:
        if told["recorded_already"]:
            OUT.print(f"Already recorded: {counted(told['recorded_already'], 'row')}. No decision was recorded.")
        else:
            OUT.print("No row is filled in. No decision was recorded.")
        return
    statuses = ", ".join(f"{status} {number:,}" for status, number in told["statuses"].items())
    OUT.print(
        f"[bold]Journal entry {told['entry']}[/]: {counted(told['findings'], 'finding')} of"
        f" {counted(told['lines'], 'line')} decided by {escape(told['by'])} at {told['at']}: {statuses}"
    )
    for rule, number in told["by_rule"].items():
        OUT.print(f"  {rule}: {number:,}", markup=False)
    if told.get("standing"):
        OUT.print("  Standing decision: also covers later lines with the same facts (this situation)")
    if told.get("whole_lines"):
        OUT.print(f"  Decided as a whole: {counted(told['whole_lines'], 'line')}")
    for key, what in (("recorded_already", "Already recorded"), ("rows_left_empty", "Left empty, not decided")):
        if told.get(key):
            OUT.print(f"  {what}: {counted(told[key], 'row')}")
    OUT.print(f"  Seal: {told['sha256']}", markup=False)
    OUT.print("The next screening shows the decision: earshot screen")


def show_exported(told: Mapping[str, Any]) -> None:
    """Say what was written, and what to do with it."""
    OUT.print(f"{counted(told['findings'], 'finding')} of {counted(told['lines'], 'line')} written:")
    OUT.print(f"  {told['file']}", markup=False)
    OUT.print(
        "Fill in Decision and Reason for decision (and Evidence, Expires on). To decide all open findings of a line in"
        " one row, set Applies to to 'whole line'. Leave the other columns unchanged. Then run:"
        f" earshot dispose --import {told['file']}",
        markup=False,
    )


def show_verified(result: Verified) -> None:
    """Say what was verified, what failed, and what cannot be verified."""
    entries = f"{result.entries:,} {'entry' if result.entries == 1 else 'entries'}"
    _told(f"journal, {entries}, each sealed over its rows and the entry before it", result.chain)
    states = ", ".join(f"{number:,} {state}" for state, number in result.findings.items()) or "none yet"
    _told(f"ledger, {counted(sum(result.findings.values()), 'finding')} recorded ({states})", result.ledger)
    _told(f"files of {counted(result.runs_checked, 'run')} in reports/, against their manifests", result.files)
    for one in result.runs:
        if one.reproduced is None:
            OUT.print(f"Cannot be verified: run {one.run_id}, repeated: {one.why}", markup=False)
            continue
        faults = [f"{one.run_id}/{name}: differs when the run is repeated" for name in one.differing]
        faults += [f"{one.run_id}: {one.why}"] * bool(one.why)
        same = "" if faults else f": {counted(len(one.files), 'file')} byte for byte"
        _told(f"run {one.run_id}, repeated from its manifest{same}", faults)
    if result.last_seal:
        OUT.print(f"Last seal (keep a copy outside this home): {result.last_seal}", markup=False)


def _told(what: str, faults: list[str]) -> None:
    OUT.print(f"{'FAILED' if faults else 'Verified'}: {what}", markup=False)
    for fault in faults:
        OUT.print(f"  {fault}", markup=False)


def show_diff(found: Diff, limit: int, csv: Path | None) -> None:
    """Print how many findings are gained, lost and changed by rule and cause, then the first of them."""
    gained, lost, changed = found.counts().values()
    OUT.print(f"[bold]From {found.before} to {found.after}[/]: {gained:,} gained, {lost:,} lost, {changed:,} changed")
    if not found.is_noted:
        OUT.print("  The journal does not list both runs: causes are told from the files of the two runs")
    if found.is_reversed:
        OUT.print("  The second run is older than the first: causes are told from the older run to the newer")
    if not found.findings:
        return
    columns = (Col("Rule", "id"), Col("Cause"), *(Col(name.capitalize(), "number") for name in _CHANGES))
    rows = [(one["rule_id"], one["cause"], *(f"{one[name]:,}" for name in _CHANGES)) for one in found.by_rule]
    show_table(columns, rows)
    for one in found.findings[:limit]:
        outcome = " to ".join(dict.fromkeys(o for o in (one["outcome_before"], one["outcome_after"]) if o))
        is_closed = [state == "closed" for state in (one["state_before"], one["state_after"]) if state]
        if is_closed in ([True, False], [False, True]):
            outcome += ", now closed" if is_closed[1] else ", reopened"
        OUT.print(
            f"{one['change']}: {one['shipment_id']} line {one['line_number']} ({one['source']}), {one['rule_id']},"
            f" {outcome}: {'; '.join(part for part in (one['cause'], one['detail']) if part)}",
            markup=False,
        )
    if len(found.findings) > limit:
        OUT.print(f"and {len(found.findings) - limit:,} more. To see all of them: --limit N, or --csv FILE")
    if csv:
        OUT.print(f"  {csv}", markup=False)


_CHANGES = ("gained", "lost", "changed")
