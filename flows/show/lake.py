"""What is told of a lake."""

from __future__ import annotations

from pathlib import Path

from flows.jobs.lake import Moved, Proved
from flows.jobs.lake_tend import Tended
from flows.show import OUT, counted


def show_exported(done: Moved) -> None:
    """Say what a lake holds now, and what of it is new."""
    OUT.print(f"[bold]{done.lake} holds the home {done.home}[/] (commit {done.commit})")
    _show_rows(done)
    OUT.print(f"  {counted(done.files, 'file')}, {done.new_files:,} of them new")


def show_imported(done: Moved) -> None:
    """Say what a home was made of, and how to prove it."""
    OUT.print(f"[bold]{done.home} was made of {done.lake}[/] (commit {done.commit})")
    _show_rows(done)
    OUT.print(f"  To prove it: earshot verify --home {done.home}")


def show_begun(done: Moved) -> None:
    """Say that a home was made whose lines stay in the lake."""
    OUT.print(f"[bold]{done.home} was made of {done.lake}[/] (commit {done.commit}); its lines stay there")
    _show_rows(done)
    OUT.print(f"  To screen them: earshot screen --home {done.home}")


def show_proved(lake: str, done: Proved) -> None:
    """Say whether a lake holds, and by name what does not."""
    files = f"{counted(done.files, 'file')}, commits {done.commits:,}"
    rows = f"lines {done.rows['lines']:,}, filings {done.rows['filings']:,}"
    if done.holds:
        OUT.print(f"[bold]{lake} holds[/]: {files}; {rows}")
        return
    OUT.print(f"[bold]{lake} does not hold[/]: {counted(len(done.faults), 'fault')} in {files}")
    for fault in done.faults:
        OUT.print(f"  {fault}")


def show_updated(home: Path, done: Tended) -> None:
    """Say at which commit a home is now."""
    was = f"{done.changed:,} behind before" if done.changed else "as before"
    OUT.print(f"[bold]{home} is at commit {done.commit}[/] of {done.lake}, {was}")


def show_compacted(done: Tended) -> None:
    """Say how many months became one file."""
    if done.changed:
        months = counted(done.changed, "month")
        OUT.print(f"[bold]{months} of {done.lake} became one file each[/] (commit {done.commit})")
    else:
        OUT.print(f"[bold]Each month of {done.lake} is one file already[/] (commit {done.commit})")


def show_cleaned(done: Tended) -> None:
    """Say how many files were deleted."""
    OUT.print(f"[bold]{counted(done.changed, 'file')} of {done.lake} deleted[/]; those of the last commits stay")


def _show_rows(done: Moved) -> None:
    months = counted(done.months, "month")
    OUT.print(f"  Versions of lines: {done.lines:,} in {months} of export; of filing lines: {done.filings:,}")
