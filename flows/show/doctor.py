"""What is told of a home that was looked over: a line for each thing, and below it what to do."""

from __future__ import annotations

from collections.abc import Sequence

from rich.markup import escape

from flows.doctor.check import Check, Level
from flows.show import OUT, counted

_MARKS = {Level.OK: "[green]ok     [/]", Level.WARNING: "[yellow]warning[/]", Level.FAULT: "[red]fault  [/]"}


def show_checks(checks: Sequence[Check]) -> None:
    """Print each thing that was looked at, then how many need a look."""
    for one in checks:
        OUT.print(f"{_MARKS[one.level]} {one.code}: {escape(one.said)}")
        if one.do:
            OUT.print(f"        {escape(one.do)}")
    levels = [one.level for one in checks]
    faults, warnings = levels.count(Level.FAULT), levels.count(Level.WARNING)
    OUT.print(f"{counted(faults, 'fault')}, {counted(warnings, 'warning')}")
