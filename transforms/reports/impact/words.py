"""The answer of an impact analysis in ranges and sentences: from what is certain to what is possible besides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from transforms.reports.amounts import count, money, rough_money
from transforms.reports.impact.workbook import PARTS_SHEET

NOUNS = ("consignees", "destinations", "parts")
Sides = Mapping[str, float]
Task = tuple[str, str, str]
"""What is to be done: what, why or how, and for how many lines."""


def span(one: Sides, noun: str = "") -> str:
    """`10 to 11 lines`; `10 lines` where no more are possible. `noun` is in the singular."""
    low, high = round(one["certain"]), round(one["certain"] + one["possible"])
    numbers = count(low) if low == high else f"{count(low)} to {count(high)}"
    return f"{numbers} {noun if high == 1 else noun + 's'}" if noun else numbers


def money_span(one: Sides) -> str:
    """`$810,932 to $818,132`, to the dollar."""
    low, high = money(usd(one["certain"])), money(usd(one["certain"] + one["possible"]))
    return low if low == high else f"{low} to {high}"


def rough_span(one: Sides) -> str:
    """`$2.7 million to $5.1 million`: for the headline and the key figures."""
    low, high = rough_money(usd(one["certain"])), rough_money(usd(one["certain"] + one["possible"]))
    return (low if low == high else f"{low} to {high}").replace(" m", "\u00a0m").replace(" b", "\u00a0b")


def usd(value: float) -> Decimal:
    """An amount of the answer as a decimal, as it is written there."""
    return Decimal(str(value))


def subject(told: Mapping[str, Any]) -> str:
    """What is asked about: the rules by id, or how many they are."""
    ids = [one["id"] for one in told["reform"]["rules"]]
    if not ids:
        return "no rule: the two rulebooks have the same rules"
    return ", ".join(ids) if len(ids) <= 4 else f"{count(len(ids), 'rule')}"


def headline(told: Mapping[str, Any]) -> str:
    """The result in one plain sentence, as a range from certain to possible."""
    lines, of = told["lines"], count(told["period"]["lines"], "line")
    if not told["period"]["lines"]:
        return "No lines were exported in this period."
    if not lines["certain"] + lines["possible"]:
        return f"None of {of} would newly require a license or review."
    among = ", ".join(span(told[name], name.removesuffix("s")) for name in NOUNS if any(told[name].values()))
    worth = f"worth {rough_span(told['value_usd'])}"
    return f"{span(lines)} of {of} would newly require a license or review, {worth}{': ' if among else ''}{among}."


def find_tasks(told: Mapping[str, Any], rows: pa.Table) -> list[Task]:
    """Return what is to be done, in the order in which it narrows the range; `rows` as `read_rows` gives them."""
    tasks: list[Task] = []
    parts, asked = told["parts_to_confirm"], told["questions"]
    if parts:
        turned = sum(one["lines_turned"] for one in parts)
        tasks.append(
            (
                f"Have {count(len(parts), 'part')} confirmed by an engineer",
                f"Fill in the sheet '{PARTS_SHEET}' of impact.xlsx, then earshot ingest impact.xlsx --layout"
                " confirmed_parts, and run the analysis again. Confirmed lines become certain or drop out.",
                count(turned, "line"),
            )
        )
    for one in told["fields"]:
        what = f"Complete {one['field']}" if one["field"] else "Ask counsel"
        tasks.append((what, f"{one['settled_by'] or 'A question for counsel'}.", count(one["lines"], "line")))
    tasks += _remedies(rows)
    open_ones = sorted({"others" if one["symbol"] == "*" else one["symbol"] for one in told["exceptions"]})
    if open_ones:
        tasks.append(
            (
                "Read the terms of the license exceptions that remain available",
                f"{', '.join(open_ones)}: may be available; eligibility must be verified outside the shipment record.",
                span(asked["license"]["lines"], "line"),
            )
        )
    if asked["already_authorized"]["lines"]["certain"]:
        tasks.append(
            (
                "Compare the recorded licenses with these items, parties and values",
                "A license number in the required format is recorded. Whether it covers the line was not verified.",
                span(asked["already_authorized"]["lines"], "line"),
            )
        )
    return tasks


def _remedies(rows: pa.Table) -> list[Task]:
    """What the rules themselves say is to be done with what they flag: one per remedy, each line counted once."""
    turned = rows.filter(pc.is_valid(rows["certainty"])).filter(pc.field("remedy") != "")
    turned = turned.append_column("is_possible", pc.equal(turned["certainty"], "possible"))
    keys = ["remedy", "source", "shipment_id", "line_number"]
    lines = turned.group_by(keys).aggregate([("is_possible", "min")])
    counted = lines.group_by(["remedy", "is_possible_min"]).aggregate([([], "count_all")]).to_pylist()
    rules = turned.group_by(["remedy", "rule_id"]).aggregate([]).to_pylist()
    found = []
    for remedy in sorted({one["remedy"] for one in counted}):
        numbers = {one["is_possible_min"]: one["count_all"] for one in counted if one["remedy"] == remedy}
        named = ", ".join(sorted(one["rule_id"] for one in rules if one["remedy"] == remedy))
        sides = {"certain": numbers.get(False, 0), "possible": numbers.get(True, 0)}
        found.append((remedy, f"Under {named}.", span(sides, "line")))
    return found


def provisions(told: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Return one entry per rule asked about, those that turn lines first: what it turns with the others, and alone."""
    named = {one["id"]: one for one in told["reform"]["rules"]}
    others = [{"id": rule, "title": one["title"], "authority": []} for rule, one in told["by_rule"].items()]
    found = [
        {
            "kind": "", "from": None, "until": None, "hash": "", "is_gone": False, **rule,
            "together": told["by_rule"].get(rule["id"]), "alone": told["on_its_own"].get(rule["id"]),
        }
        for rule in (*named.values(), *(one for one in others if one["id"] not in named))
    ]  # fmt: skip
    return sorted(found, key=lambda one: one["together"] is None)
