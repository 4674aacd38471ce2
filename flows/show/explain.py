"""What is told of one line: what decided it; on request all of its facts, its era, and what each rule made of it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from rich.markup import escape

from flows.show import OUT

_NEEDS_REVIEW = ("flagged", "undetermined")
_NOTICE = "Facts and authorities, not legal advice. Clear means clear of the rules in this rulebook."

_WITHOUT_AES = "Differences from AES filings are in findings.parquet of the last screening."


def show_explained(
    explained: Mapping[str, Any], countries: Mapping[str, str], *, everything: bool = False, alone: bool = False
) -> None:
    """Print one line and the rules by which it needs review; `everything` adds the rest, `alone` the steps of one rule.

    `countries` has the names of destinations by their ISO codes.
    """
    line, told = explained["line"], explained["determinations"]
    _show_line(line, countries)
    outcomes = [one["outcome"] for one in told]
    if everything:
        known = {name: "unknown" if value is None else _recorded(value) for name, value in explained["facts"].items()}
        OUT.print(f"  Facts: {'; '.join(f'{name}: {value}' for name, value in known.items())}", markup=False)
        era = explained["era"]
        OUT.print(
            f"  Period of law: {era['from'] or 'the earliest date'} to {era['until'] or 'today'};"
            " no rule that reaches this line changes in it"
        )
        counts = [f"{outcomes.count(word)} {word}" for word in dict.fromkeys(outcomes)]
        OUT.print(f"  Rules: {', '.join(counts)}")
    OUT.print()
    seen: set[str] = set()  # the strictest of the rows or paragraphs of a rule stands first and names the others
    for one in told:
        if everything or alone or (one["outcome"] in _NEEDS_REVIEW and one["rule_id"] not in seen):
            _show_rule(one, with_steps=everything or alone)
            seen.add(one["rule_id"])
    if everything or alone:
        OUT.print()
    else:
        _show_rest(line, outcomes)
    OUT.print(_NOTICE)


def _show_line(line: Mapping[str, Any], countries: Mapping[str, str]) -> None:
    code = line["destination"]
    destination = f"{countries.get(code, 'unknown country')} ({code})" if code else _recorded(code)
    license_of = " ".join(part for part in (line["license_code"], line["license_number"]) if part)
    filed = f"ITN: {_recorded(line['itn'])}"
    filed += f" (exemption {line['eei_exemption']})" if line["eei_exemption"] else ""
    value = "not recorded" if line["value_usd"] is None else f"${Decimal(line['value_usd']):,.2f}"
    OUT.print(
        f"[bold]Shipment {escape(line['shipment_id'])} line {line['line_number']}[/], exported {line['export_on']}"
        f" (source {escape(line['source'])})"
    )
    OUT.print(f"  Destination: {destination}; ECCN: {_recorded(line['eccn'])}; value: {value}", markup=False)
    OUT.print(f"  License code: {license_of or _recorded(line['license_code'])}; {filed}", markup=False)


def _show_rule(one: Mapping[str, Any], *, with_steps: bool) -> None:
    OUT.print(f"[bold]{one['rule_id']}[/]: [bold]{one['outcome']}[/]")
    OUT.print(f"  {one['because']}", markup=False)
    OUT.print(f"  Authority: {'; '.join(one['authority'])}", markup=False)
    for step in one["steps"] if with_steps else []:
        OUT.print(f"    {step['step']}: {step['found']}", markup=False)
    if one["remedy"]:
        OUT.print(f"  What to do: {one['remedy']}", markup=False)


def _show_rest(line: Mapping[str, Any], outcomes: list[str]) -> None:
    """Print one line that counts the rules that ask for nothing, and how to see them."""
    clear, outside = outcomes.count("clear"), outcomes.count("out of scope")
    if set(_NEEDS_REVIEW).isdisjoint(outcomes):
        OUT.print("No rule shown here flags this line or leaves it undetermined. " + _WITHOUT_AES)
    else:
        OUT.print()
    OUT.print(
        f"Other rules: {clear:,} clear, {outside:,} out of scope. To see them, with all facts and steps:"
        f" earshot explain {line['shipment_id']} {line['line_number']} --all",
        markup=False,
    )


def _recorded(value: str | None) -> str:
    return "not provided" if value is None else value or "not recorded"
