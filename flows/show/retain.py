"""What is told of the records that need not be kept any longer."""

from __future__ import annotations

from flows.jobs.retain import Retained
from flows.show import OUT, counted
from transforms.retention.outside import DATES_USED


def show_retained(result: Retained) -> None:
    """Print what falls outside, what is kept all the same, and where it was moved."""
    outside = result.outside
    OUT.print(f"[bold]Retention[/], {outside.years} years as of {outside.as_of}")
    if outside.is_empty:
        OUT.print("  nothing falls outside")
    else:
        OUT.print(
            f"  outside: {counted(outside.shipments, 'shipment')} with {counted(outside.lines, 'line')}"
            f" ({counted(outside.versions, 'version')}), exported {outside.first_on} to {outside.until_on}, worth"
            f" ${outside.value_usd:,.2f}; {counted(outside.filings, 'filing')};"
            f" {counted(outside.quarantined, 'row')} in quarantine; {counted(len(outside.batches), 'extract')} whole",
            markup=False,
        )
    for hold, shipments in outside.held.items():
        OUT.print(f"  kept, {counted(shipments, 'shipment')} old enough: {hold}", markup=False)
    if outside.kept_together:
        OUT.print(
            f"  kept, {counted(outside.kept_together, 'shipment')} old enough: filed, summed or compared with others"
            " that stay"
        )
    if result.archive:
        rows = ", ".join(f"{name} {number:,}" for name, number in result.rows.items())
        OUT.print(f"  moved to {result.archive}: {rows}", markup=False)
    elif not outside.is_empty:
        OUT.print("  nothing was changed; to move it to the archive: earshot retain --archive")
    for name in result.moved:
        OUT.print(f"  moved from landed/ to the archive: {name}", markup=False)
    OUT.print(DATES_USED, markup=False)
