"""What is told of a layout that was drafted or checked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flows.show import OUT, counted
from transforms.visible import plain_text


def show_drafted(drafted: Mapping[str, Any], extract: Path) -> None:
    """Print what the file was taken for, what feeds each column and why, what is asked, and what comes next."""
    columns = drafted["columns"]
    _say(
        f"{drafted['layout']}: draft layout of kind {drafted['kind']}; {len(columns)} of"
        f" {counted(drafted['headings'], 'heading')} matched"
    )
    _say(f"Kind {drafted['kind']}: {drafted['why']}.")
    if drafted["source"]:
        _say(f"The headings are like those of {drafted['source']}.")
    for name, one in columns.items():
        _say(f"  {name}: {one['heading']!r} ({one['confidence']}: {one['reason']}): {one['sample']}")
    for name, one in drafted["constants"].items():
        _say(f"  {name}: always {one['value']!r} ({one['reason']})")
    if drafted["left"]:
        _say(f"Ignored, as they feed nothing: {', '.join(map(repr, drafted['left']))}")
    for sentence in drafted["without"].values():
        _say(sentence)
    for one in drafted["asks"]:
        _say(f"You decide {one['column']}. {one['asks']}")
        for option in one["options"]:
            _say(f"  {option['heading']!r} is the {option['is']}: {option['sample']}")
    _left(drafted)
    _say(
        "Review the draft and complete it. To see what is left: earshot layout check"
        f" {drafted['layout']} {plain_text(str(extract))}. Then put it into the folder layouts of your home."
    )


def show_checked(checked: Mapping[str, Any], extract: Path | None) -> None:
    """Print what is left to decide, or that nothing is."""
    if not checked["to_decide"]:
        reads = f"; it reads {extract}" if extract else ""
        _say(f"{checked['layout']}: no errors, nothing left to decide{reads}")
    _left(checked)


def _left(told: Mapping[str, Any]) -> None:
    for line in told["warnings"]:
        _say(f"Warning: {line}")
    if told["to_decide"]:
        _say("Left to decide:")
    for line in told["to_decide"]:
        _say(f"  {line.strip()}")


def _say(line: str) -> None:
    OUT.print(plain_text(line), markup=False)
