"""What is told of the records that need not be kept any longer."""

from __future__ import annotations

from flows.jobs.retain import Retained
from flows.show import OUT, counted
from transforms.retention.outside import DATES_USED


def show_retained(result: Retained) -> None:
    """Print what falls outside, what is kept anyway, and where it was moved."""
    outside = result.outside
    OUT.print(f"[bold]Retention[/], {outside.years} years as of {outside.as_of}")
    if outside.is_empty:
        OUT.print("  All records are within the retention period.")
    else:
        OUT.print(
            f"  Past the retention period: {counted(outside.shipments, 'shipment')} with"
            f" {counted(outside.lines, 'line')} ({counted(outside.versions, 'version')}),"
            f" exported {outside.first_on} to {outside.until_on}, worth ${outside.value_usd:,.2f};"
            f" {counted(outside.filings, 'filing')}; {counted(outside.quarantined, 'quarantined row')};"
            f" {counted(len(outside.batches), 'whole extract')}",
            markup=False,
        )
    for hold, shipments in outside.held.items():
        OUT.print(f"  Kept on hold, {counted(shipments, 'shipment')} past the period: {hold}", markup=False)
    if outside.kept_for_ofac:
        OUT.print(
            f"  Kept, {counted(outside.kept_for_ofac, 'shipment')} past the period: records under the rules of OFAC are"
            " kept longer (31 CFR 501.601)"
        )
    if outside.kept_together:
        OUT.print(
            f"  Kept, {counted(outside.kept_together, 'shipment')} past the period: filed, totaled or compared with"
            " shipments that stay"
        )
    if result.archive:
        rows = ", ".join(f"{name} {number:,}" for name, number in result.rows.items())
        OUT.print(f"  Moved to {result.archive}: {rows}", markup=False)
    elif not outside.is_empty:
        OUT.print("  Nothing was moved. To move these records to the archive: earshot retain --archive")
    for name in result.moved:
        OUT.print(f"  Moved from landed/ to the archive: {name}", markup=False)
    OUT.print(DATES_USED, markup=False)
