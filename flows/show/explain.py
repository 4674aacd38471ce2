"""What is told of one line: its facts, its era, and what each rule made of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flows.show import OUT


def show_explained(explained: Mapping[str, Any], *, every_step: bool = False) -> None:
    """Print one line, its facts, its era, and what each rule made of it; all steps only on request."""
    line = explained["line"]
    OUT.print(
        f"{line['source']} shipment {line['shipment_id']} line {line['line_number']}, exported {line['export_on']}",
        markup=False,
    )
    facts = "; ".join(f"{name}: {_known(value)}" for name, value in explained["facts"].items())
    OUT.print(f"  facts: {facts}", markup=False)
    era = explained["era"]
    OUT.print(
        f"  nothing that reaches it changes from {era['from'] or 'the first day'} until {era['until'] or 'today'}"
    )
    outcomes = [one["outcome"] for one in explained["determinations"]]
    said = [f"{outcomes.count(word)} {word}" for word in dict.fromkeys(outcomes)]
    OUT.print(f"  rules considered: {', '.join(said)}")
    for one in explained["determinations"]:
        if one["outcome"] == "out of scope" and len(outcomes) > 1 and not every_step:
            OUT.print(f"{one['rule_id']}: out of scope: {one['because']}", markup=False)
            continue
        OUT.print()
        OUT.print(f"[bold]{one['rule_id']}[/]: [bold]{one['outcome']}[/]")
        OUT.print(f"  {one['because']}", markup=False)
        OUT.print(f"  authority: {'; '.join(one['authority'])}", markup=False)
        for step in one["steps"]:
            OUT.print(f"    {step['step']}: {step['found']}", markup=False)
        if one["remedy"]:
            OUT.print(f"  what to do: {one['remedy']}", markup=False)
    OUT.print()
    OUT.print("Facts and authorities, no legal advice; clear means clear of the rules in this rulebook.")


def _known(value: str | None) -> str:
    return "not known" if value is None else value or "nothing recorded"
