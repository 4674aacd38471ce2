"""What is told of decisions, of the proof of the journal, and of what changed between two runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.markup import escape

from flows.show import OUT, counted


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
