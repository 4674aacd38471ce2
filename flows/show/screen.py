"""What is told of a screening, and of the comparison with AES that is made with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flows.jobs.screen import Screened
from flows.show import OUT, counted
from flows.show.ingest import conserved
from flows.show.quarantine import in_quarantine
from flows.show.tables import Col, show_table
from transforms.reports.run import read_kinds

SECTIONS = {
    "control": "License requirements",
    "party": "Listed parties",
    "eei": "EEI filing",
    "check": "Checks of the shipment record",
    "reconcile": "Comparisons with AES filings",
}
"""Kinds of rules, as tables of findings head them, in that order."""


def show_screened(result: Screened) -> None:
    """Print the counts of a screening, its findings by rule and outcome, and where it was written."""
    OUT.print()
    OUT.print(f"[bold]Screening {result.run_id}[/], as of {result.as_of}")
    if not result.lines:
        OUT.print("  No lines are loaded in this home. Put extracts into its inbox, or run: earshot ingest FILE")
    states = result.states
    OUT.print(
        f"  Findings since the last screening: {states['new']:,} new, {states['closed']:,} closed,"
        f" {states['reopened']:,} reopened; unchanged: {states['open']:,} open, {states['decided']:,} decided"
    )
    _show_review(result)
    OUT.print(
        f"  Screened: {counted(result.lines, 'line')} in {counted(result.situations, 'group')} with the same facts;"
        f" exported before the first dated license requirement of the rulebook: {result.lines_before_any_rule:,}"
    )
    if result.lines_after_lists:
        OUT.print(
            f"  Lists of parties: as of {result.lists_as_of}; {counted(result.lines_after_lists, 'line')} after that."
            " Take up newer copies: earshot lists update FILE"
        )
    if result.lines_without_eccn:
        OUT.print(
            f"  No ECCN recorded: {counted(result.lines_without_eccn, 'line')}, screened on the other facts recorded"
        )
    if result.lines_archived:
        OUT.print(f"  Archived, not screened: {counted(result.lines_archived, 'line')}")
    OUT.print("  " + conserved(result.conservation), markup=False)
    how = ". List them: earshot quarantine list" if result.quarantine["rows"] else ""
    OUT.print(f"  {in_quarantine(result.quarantine)}{how}", markup=False)
    if result.lines > 10_000 and result.situations > 0.05 * result.lines:
        OUT.print("  Note: more than one group per 20 lines, as a fact takes too many values. See: earshot rules list")
    if result.findings:
        show_table(_OUTCOMES, _by_section(result))
    else:
        OUT.print("  No findings")
    for path in sorted(result.report.iterdir()):
        OUT.print(f"  {path}", markup=False)
    OUT.print("Facts and authorities, not legal advice. summary.html lists what was not screened.")


_OUTCOMES = (Col("Rule", "id"), Col("Flagged", "number"), Col("Undetermined", "number"))


def _show_review(result: Screened) -> None:
    """Say how many lines need review, and what they are worth, by outcome of the line."""
    lines, value = result.lines_for_review, result.value_usd
    total = sum(lines.values())
    OUT.print(
        f"  [bold]{counted(total, 'line')} {'needs' if total == 1 else 'need'} review[/]:"
        f" {lines.get('flagged', 0):,} flagged, worth ${value['flagged']:,.2f};"
        f" {lines.get('undetermined', 0):,} undetermined, worth ${value['undetermined']:,.2f}"
    )


def _by_section(result: Screened) -> list[Sequence[str] | str]:
    """Return a row for each rule with findings, under the heading of its kind."""
    kinds = read_kinds(result.report)
    order = {kind: at for at, kind in enumerate(SECTIONS)}
    rows: list[Sequence[str] | str] = []
    former = None
    for rule_id in sorted(result.findings, key=lambda one: (order.get(kinds.get(one, ""), len(order)), one)):
        kind = kinds.get(rule_id, "")
        if kind != former:
            rows.append(SECTIONS.get(kind, kind))
        former = kind
        rows.append(_row(rule_id, result.findings[rule_id]))
    return rows


def _row(rule_id: str, outcomes: Mapping[str, int]) -> tuple[str, str, str]:
    return rule_id, f"{outcomes.get('flagged', 0):,}", f"{outcomes.get('undetermined', 0):,}"


def reconciled(result: Screened) -> dict[str, Any]:
    """Return what a comparison with AES came to: the counts of what was matched, and the differences by rule."""
    kinds = read_kinds(result.report)
    found = {rule_id: counts for rule_id, counts in result.findings.items() if kinds.get(rule_id) == "reconcile"}
    return {"run_id": result.run_id, **result.matches, "findings": found, "report": str(result.report)}


def show_reconciled(result: Screened) -> None:
    """Print how many lines were matched to filings, by what, and where the two differ."""
    told = reconciled(result)
    OUT.print(f"[bold]Comparison with AES filings, {result.run_id}[/], as of {result.as_of}")
    if not told["filings"]:
        OUT.print("  No AES filings are loaded. Ingest an AES report first (layouts: filings, aesdirect, weblink)")
        return
    by = [
        f"{told[f'by_{key}']:,} by {key.replace('_', ' ')}" for key in ("itn", "shipment_reference", "invoice_number")
    ]
    OUT.print(
        f"  {counted(told['lines'], 'shipment line')}, {counted(told['filings'], 'filing line')}; matched:"
        f" {', '.join(by).replace('itn', 'ITN')}"
    )
    if told["findings"]:
        show_table(_OUTCOMES, [_row(*one) for one in told["findings"].items()])
    else:
        OUT.print("  No differences")
    for name in ("findings.parquet", "matches.parquet", "summary.html"):
        OUT.print(f"  {result.report / name}", markup=False)
    OUT.print("Facts and authorities, not legal advice.")
