"""The answer as plain values: all that a page, a sheet or a notebook shows of an impact."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from transforms.impact.past import IMPACT, Past
from transforms.impact.read import Asked
from transforms.ingest.recall import fetch_lines
from transforms.rulebook.rows import Row

QUANTITIES = ("lines", "value_usd", "shipments", "consignees", "parts", "destinations")
"""What is counted of each question, as {certain, possible}. Value is in US dollars."""

QUESTIONS: dict[str, str] = {
    "license": "Would newly require a license: a rule asked about flags the line, or may; no license is recorded",
    "exception": "Of these, would lose the license exception that was claimed",
    "license_before": "Of these, already require a license under another control of the baseline",
    "eei": "Would newly require EEI: the outcome of eei-filing changes",
    "record": "Would newly be flagged or undetermined under a check of the record",
    "undetermined": "Are undetermined under a rule: possible, not certain",
    "already_authorized": "Would need a license; a number in the required format is recorded, not verified",
    "exception_serves": "Would need a license and claim a license exception that remains available",
    "settled": "Were undetermined in the baseline and are flagged in the changed rulebook; not counted above",
    "relieved": "Were flagged (certain) or undetermined (possible) in the baseline, and are less so after the change",
}
"""What is asked of an impact, in words: the one place that defines them; `rows.sql` and `question_lines.sql` follow it.

A line turns where it was clear, or out of scope, under a rule in the baseline and is flagged (certain) or undetermined
(possible) under it in the reform. A line is counted once; a line that is certain by any rule is certain.
"""

RANKS: dict[int, str] = {
    1: "the item record settles it",
    2: "the item record supports it, but not every element of the entry",
    3: "the paragraph recorded",
    4: "the description",
    5: "the Schedule B number alone",
    6: "no evidence on record",
}
"""How strong the evidence is that a part is of the new entry of a split, strongest first."""

NOTICE = (
    "Facts and authorities, not legal advice. Clear means clear of the rules in the rulebooks compared. Certain: the"
    " record shows it. Possible: the record does not say enough. A rule was not law before its effective date."
)


@dataclass(frozen=True)
class Answer:
    """An answered question: its name, and `told`, all of it as values that JSON has."""

    run_id: str
    told: dict[str, Any]

    @property
    def turned(self) -> dict[str, int]:
        """How many lines turn: certain, possible."""
        lines: dict[str, int] = self.told["lines"]
        return lines


def name_answer(asked: Asked, past: Past, inputs: Sequence[Mapping[str, Any]], version: str) -> str:
    """Return the name of an answer: its period and a hash of all that it depends on."""
    rests_on = {"inputs": list(inputs), "period": past.period, "version": version, **asked.rests_on}
    text = json.dumps(rests_on, sort_keys=True, default=str)
    first, last = past.period["first_day"], past.period["last_day"]
    return f"impact-{first}-{last}-{hashlib.sha256(text.encode()).hexdigest()[:10]}"


def tell(asked: Asked, past: Past, run_id: str, version: str, settles: Mapping[str, str]) -> Answer:
    """Return the answer that `ask` left in the tables of the past; `settles` says by what a field is settled."""
    measured = {str(row["question"]): row for row in past.read("measures")}
    totals, per_year = past.totals, _per_year(past)
    overall = _quantities(measured.get("all"))
    rules = sorted(name.removeprefix("rule:") for name in measured if name.startswith("rule:"))
    titles = {one["id"]: one["title"] for one in asked.rules}
    told: dict[str, Any] = {
        "run_id": run_id,
        "version": version,
        "notice": NOTICE,
        "period": {
            "from": past.period["first_day"], "until": past.period["last_day"],
            "covered_from": totals.covered_from, "covered_until": totals.covered_until,
            "lines": totals.lines, "value_usd": totals.value_usd,
        },
        "reading": asked.reading,
        "baseline": {"name": asked.baseline, "hash": asked.rests_on["baseline_hash"]},
        "reform": {"name": asked.reform, "hash": asked.rests_on["reform_hash"], "rules": asked.rules},
        **overall,
        "lines_without_value": measured["all"]["lines_without_value"] if "all" in measured else 0,
        "per_year": {name: {key: one * per_year for key, one in overall[name].items()} for name in QUANTITIES[:2]},
        "days_per_year": per_year,
        "questions": {
            name: {"means": means, **_quantities(measured.get(name))} for name, means in QUESTIONS.items()
        },
        "by_rule": {
            rule: {"title": titles.get(rule, ""), **_quantities(measured.get(f"rule:{rule}"))} for rule in rules
        },
        "on_its_own": {
            rule: _quantities(measured.get(f"alone:{rule}"))
            for rule in asked.question.asked
            if any(name.startswith("alone:") for name in measured)
        },
        "by_month": past.read("by_month"),
        "top": _grouped(past.read("top")),
        "exceptions": past.read("exceptions"),
        "fields": [row | {"settled_by": settles.get(str(row["field"]), "")} for row in past.read("fields")],
        "parts_to_confirm": [
            row | {"rank_means": RANKS[int(str(row["rank"]))]}
            for row in (past.read("parts", entries=past.entries) if past.entries else ())
        ],
    }  # fmt: skip
    return Answer(run_id, json.loads(json.dumps(told, default=str)))


def read_rows(past: Past, asked: Asked, run_id: str) -> pa.Table:
    """Return one row per line and rule whose outcome differs, in the order of rule and line."""
    values = {"run_id": run_id, "as_if": asked.question.is_as_if, "asked": list(asked.question.asked)}
    fetch_lines(past.connection, "from impact_rows")
    return past.connection.sql(IMPACT.text("impact"), params=values).to_arrow_table()


def _quantities(row: Row | None) -> dict[str, dict[str, Any]]:
    sides = ("certain", "possible")
    return {name: {side: _rounded(row[f"{name}_{side}"]) if row else 0 for side in sides} for name in QUANTITIES}


def _rounded(value: object) -> object:
    return round(value, 2) if isinstance(value, float) else value


def _per_year(past: Past) -> float:
    """How often the stretch that the lines of the period cover goes into a year."""
    first, last = past.totals.covered_from, past.totals.covered_until
    if not isinstance(first, date) or not isinstance(last, date):
        return 0.0
    days = (last - first).days + 1
    return 365.25 / days if days > 0 else 0.0


def _grouped(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {"consignees": [], "parts": [], "destinations": []}
    for row in rows:
        found[str(row["kind"])].append({name: value for name, value in row.items() if name != "kind"})
    return found
