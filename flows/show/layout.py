"""What is told of a layout that was drafted or checked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flows.show import OUT, counted
from transforms.visible import plain_text


def show_drafted(drafted: Mapping[str, Any], extract: Path) -> None:
    """Print what was matched, what is left to decide, and what comes next."""
    columns = drafted["columns"]
    OUT.print(
        f"{drafted['layout']}: draft layout of kind {drafted['kind']}; {len(columns)} of"
        f" {counted(drafted['headings'], 'heading')} matched",
        markup=False,
    )
    for name, one in columns.items():
        OUT.print(f"  {name}: {one['heading']!r} ({one['confidence']})", markup=False)
    _left(drafted)
    OUT.print(
        "Review the draft and complete it. To see what is left: earshot layout check"
        f" {drafted['layout']} {plain_text(str(extract))}. Then put it into the folder layouts of your home.",
        markup=False,
    )


def show_checked(checked: Mapping[str, Any], extract: Path | None) -> None:
    """Print what is left to decide, or that nothing is."""
    if not checked["to_decide"]:
        reads = f"; it reads {extract}" if extract else ""
        OUT.print(f"{checked['layout']}: no errors, nothing left to decide{reads}", markup=False)
    _left(checked)


def _left(told: Mapping[str, Any]) -> None:
    for line in told["warnings"]:
        OUT.print(f"Warning: {line}", markup=False)
    if told["to_decide"]:
        OUT.print("Left to decide:", markup=False)
    for line in told["to_decide"]:
        OUT.print(f"  {line.strip()}", markup=False)
