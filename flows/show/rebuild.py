"""What is told of a database that was built again."""

from __future__ import annotations

from flows.jobs.rebuild import Rebuilt
from flows.show import OUT, counted


def show_rebuilt(done: Rebuilt) -> None:
    """Say what was had again, and by name what was not."""
    OUT.print("[bold]The database was built again[/]")
    rows = ", ".join(f"{name} {number:,}" for name, number in done.rows.items())
    OUT.print(f"  {counted(done.files, 'file')} loaded again: {rows}")
    entries = "entry" if done.entries == 1 else "entries"
    OUT.print(f"  Journal: {done.entries:,} {entries} put back, {done.decisions:,} of them decisions")
    for heading, names in (
        ("Not loaded again, so the records of these files are missing:", done.not_loaded),
        ("Read otherwise than before:", done.differing),
        ("Entries of the journal that are lost, with their decisions:", done.lost_entries),
        ("In landed/, not loaded:", done.unknown),
        ("Note:", done.notes),
    ):
        if names:
            OUT.print(f"  {heading}")
            for name in names:
                OUT.print(f"    {name}", markup=False)
    OUT.print("The next screening makes the findings of the present again: earshot nightly. Then: earshot verify")
