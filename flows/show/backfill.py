"""What is told of a backfill, before and after it runs; and of a screening after a change."""

from __future__ import annotations

from collections.abc import Sequence

from flows.jobs.backfill import Backfilled
from flows.jobs.plan import Planned
from flows.jobs.rescreen import Rescreened
from flows.show import OUT, counted
from flows.show.ingest import show_loaded
from flows.show.screen import show_screened
from flows.show.tables import Col, show_table

_PLAN = (Col("Month", "id"), Col("Kind", "id"), Col("Layout", "id"), Col("Bytes", "number"), Col("Status"), Col("File"))


def show_plan(plan: Sequence[Planned]) -> None:
    """Print the files in the order in which they load, and how many of them do."""
    show_table(_PLAN, [_row(one) for one in plan])
    load, skip, not_read = _counts(plan)
    OUT.print(
        f"{counted(load, 'file')} would be loaded, {skip:,} skipped as already loaded, {not_read:,} not loaded. Nothing"
        " was written."
    )


def _row(one: Planned) -> tuple[str, ...]:
    status = "cannot be loaded" if one.why_not else "already loaded" if one.is_loaded else "to load"
    month = f"{one.month} (file name)" if one.month_by == "name" else one.month
    return month or "-", one.kind or "-", one.layout or "-", f"{one.size_bytes:,}", status, one.name


def _counts(plan: Sequence[Planned]) -> tuple[int, int, int]:
    not_read, skip = sum(bool(one.why_not) for one in plan), sum(one.is_loaded for one in plan)
    return len(plan) - not_read - skip, skip, not_read


def show_backfilled(done: Backfilled) -> None:
    """Print what became of each file, and of the screening after them."""
    show_loaded(done.loaded)
    OUT.print(
        f"[bold]{counted(len(done.loaded), 'file')} loaded[/], {done.skipped:,} skipped as already loaded,"
        f" {len(done.refused):,} not loaded"
    )
    if done.screened is None:
        OUT.print("Nothing was loaded and nothing changed since the last screening. The home was not screened again.")
    else:
        show_screened(done.screened)


def show_rescreened(done: Rescreened) -> None:
    """Print what changed since the last screening, how much was screened anew, and the screening."""
    changes = done.changes
    if done.screened is None:
        OUT.print(f"Nothing changed since the last screening, {changes.since}. The home was not screened again.")
        OUT.print("To screen as of today all the same: earshot screen")
        return
    OUT.print(f"[bold]Changed since {changes.since}[/]" if changes.since else "[bold]The first screening[/]")
    for kind, names in changes.what.items():
        OUT.print(f"  {kind}: {', '.join(names)}", markup=False)
    OUT.print(
        f"  Decided anew: {counted(done.situations, 'group')} of lines with the same facts (situations)."
        f" Looked at: {done.lines:,} of {counted(done.screened.lines, 'line')}."
    )
    show_screened(done.screened)
