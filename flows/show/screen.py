"""What is told of a screening, and of the comparison with AES that is made with it."""

from __future__ import annotations

from typing import Any

from rich.markup import escape
from rich.table import Column, Table

from flows.jobs.screen import Screened
from flows.show import OUT, counted
from flows.show.ingest import conserved
from flows.show.quarantine import in_quarantine
from transforms.reports.run import read_kinds

_FOUND_BY = {"control": "licenses", "eei": "filing", "check": "checks", "reconcile": "reconciliation"}


def show_screened(result: Screened) -> None:
    """Print the counts of a screening, its findings by rule and outcome, and where it was written."""
    OUT.print()
    OUT.print(f"[bold]Screening {result.run_id}[/], as of {result.as_of}")
    OUT.print(
        f"  {counted(result.lines, 'line')} in {counted(result.situations, 'situation')},"
        f" {counted(result.eras, 'era')} of the law; older than the first dated control of this rulebook:"
        f" {result.lines_before_any_rule:,}"
    )
    if result.lines_without_eccn:
        OUT.print(
            f"  without an ECCN: {counted(result.lines_without_eccn, 'line')}, judged by what else is recorded,"
            " undetermined where that does not settle it"
        )
    OUT.print("  " + conserved(result.conservation), markup=False)
    how = ": earshot quarantine list" if result.quarantine["rows"] else ""
    OUT.print(f"  {in_quarantine(result.quarantine)}{how}", markup=False)
    if result.lines_archived:
        OUT.print(f"  of the lines loaded, {result.lines_archived:,} are in the archive and were not screened")
    if result.lines > 10_000 and result.situations > 0.05 * result.lines:
        OUT.print("  note: more than one situation per twenty lines; a fact takes too many values (see rules list)")
    kinds = read_kinds(result.report)
    order = {kind: at for at, kind in enumerate(_FOUND_BY)}
    table = Table(
        Column("rule", no_wrap=True), Column("flagged", justify="right"), Column("undetermined", justify="right")
    )
    former = None
    for rule_id in sorted(result.findings, key=lambda one: (order.get(kinds.get(one, ""), len(order)), one)):
        kind = kinds.get(rule_id, "")
        if kind != former:
            table.add_section()
            table.add_row(f"[bold]{escape(_FOUND_BY.get(kind, kind))}[/]")
        outcomes, former = result.findings[rule_id], kind
        table.add_row(rule_id, f"{outcomes.get('flagged', 0):,}", f"{outcomes.get('undetermined', 0):,}")
    if not result.lines:
        OUT.print("  nothing is loaded in this home yet: put extracts into its inbox, or use earshot ingest FILE")
    OUT.print(table if result.findings else "  no findings")
    OUT.print(
        f"  value of the lines that need a person: ${result.value_usd['flagged']:,.2f} flagged,"
        f" ${result.value_usd['undetermined']:,.2f} undetermined"
    )
    states = result.states
    OUT.print(
        f"  findings since the last screening: {states['new']:,} new, {states['closed']:,} closed,"
        f" {states['reopened']:,} reopened; as before: {states['open']:,} open, {states['decided']:,} decided"
    )
    for path in sorted(result.report.iterdir()):
        OUT.print(f"  {path}", markup=False)
    OUT.print("Facts and authorities, no legal advice; what was not screened stands in summary.html.")


def reconciled(result: Screened) -> dict[str, Any]:
    """Return what a comparison with AES came to: the counts of what was matched, and the differences by rule."""
    kinds = read_kinds(result.report)
    found = {rule_id: counts for rule_id, counts in result.findings.items() if kinds.get(rule_id) == "reconcile"}
    return {"run_id": result.run_id, **result.matches, "findings": found, "report": str(result.report)}


def show_reconciled(result: Screened) -> None:
    """Print how many lines were matched to filings, by what, and where the two differ."""
    told = reconciled(result)
    OUT.print(f"[bold]Reconciliation {result.run_id}[/], as of {result.as_of}")
    if not told["filings"]:
        OUT.print("  no AES filings are loaded: ingest an export report first (layouts filings, aesdirect, weblink)")
        return
    by = [
        f"{told[f'by_{key}']:,} by {key.replace('_', ' ')}" for key in ("itn", "shipment_reference", "invoice_number")
    ]
    OUT.print(
        f"  {counted(told['lines'], 'line')} of exports, {counted(told['filings'], 'filing line')}; matched:"
        f" {', '.join(by).replace('itn', 'ITN')}"
    )
    table = Table(
        Column("difference", no_wrap=True), Column("flagged", justify="right"), Column("undetermined", justify="right")
    )
    for rule_id, counts in told["findings"].items():
        table.add_row(rule_id, f"{counts.get('flagged', 0):,}", f"{counts.get('undetermined', 0):,}")
    OUT.print(table if told["findings"] else "  no differences")
    for name in ("findings.parquet", "matches.parquet", "summary.html"):
        OUT.print(f"  {result.report / name}", markup=False)
    OUT.print("Facts and authorities, no legal advice.")
