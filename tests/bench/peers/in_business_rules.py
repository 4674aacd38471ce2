"""The rules as conditions and actions of business-rules, run on one line after the other: `screen CSV FINDINGS`.

Its conditions have no list of values, so a list is a regular expression, and a date a number (2025-01-16 is 20250116).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from datetime import date
from typing import Any

from business_rules import run_all
from business_rules.actions import BaseActions, rule_action
from business_rules.fields import FIELD_TEXT
from business_rules.variables import BaseVariables, boolean_rule_variable, numeric_rule_variable, string_rule_variable

from tests.bench.peers import law
from tests.bench.peers.rows import Found, facts, write

Condition = dict[str, Any]
NEVER = "(?!)"


class Line(BaseVariables):
    """What conditions may ask of a line."""

    def __init__(self, line: dict[str, Any]) -> None:
        self.line = line

    @string_rule_variable()
    def eccn(self) -> str:
        return self.line["eccn"]

    @string_rule_variable()
    def head(self) -> str:
        return self.line["head"]

    @string_rule_variable()
    def destination(self) -> str:
        return self.line["destination"]

    @string_rule_variable()
    def activity(self) -> str:
        return self.line["activity"]

    @string_rule_variable()
    def claim(self) -> str:
        return self.line["claim"]

    @string_rule_variable()
    def itn(self) -> str:
        return self.line["itn"]

    @numeric_rule_variable()
    def export_on(self) -> int:
        return day(self.line["export_on"])

    @numeric_rule_variable()
    def tendered_on(self) -> int:
        return day(self.line["tendered_on"])

    @numeric_rule_variable()
    def total(self) -> float:
        return self.line["total"]

    @boolean_rule_variable()
    def is_asked(self) -> bool:
        line = self.line
        return (line["activity"] == "export" and line["form"] == "tangible" and line["destination"] != "CA"
                and not line["is_filed"] and line["is_plain"] and line["schedule_length"] == 10)  # fmt: skip


class Note(BaseActions):
    """What comes of a rule."""

    def __init__(self, line: dict[str, Any], found: Found) -> None:
        self.line, self.found = line, found

    @rule_action(params={"rule_id": FIELD_TEXT, "outcome": FIELD_TEXT})
    def note(self, rule_id: str, outcome: str) -> None:
        self.found.append((self.line["shipment_id"], self.line["line_number"], rule_id, outcome))


def day(value: date) -> int:
    return value.year * 10_000 + value.month * 100 + value.day


def ask(name: str, operator: str, value: Any) -> Condition:
    return {"name": name, "operator": operator, "value": value}


def among(name: str, values: Iterable[str]) -> Condition:
    listed = "|".join(re.escape(one) for one in sorted(values))
    return ask(name, "matches_regex", f"^({listed})$" if values else NEVER)


def not_among(name: str, values: Iterable[str]) -> Condition:
    listed = "|".join(re.escape(one) for one in sorted(values))
    return ask(name, "matches_regex", f"^(?!({listed})$)" if listed else "^")


def rules_of(rule: law.Control) -> list[dict[str, Any]]:
    """Two rules: what is flagged, and what is undetermined."""
    at = [among("destination", rule.places | rule.places_in_doubt), among("activity", rule.activities),
          ask("export_on", "greater_than_or_equal_to", day(rule.first)), not_among("claim", rule.clear)]  # fmt: skip
    if rule.items:
        at = [among("head", rule.items), not_among("eccn", rule.but), *at]
    sure = [not_among("claim", rule.open), not_among("destination", rule.places_in_doubt - rule.places)]
    unsure = [among("claim", rule.open), among("destination", rule.places_in_doubt - rule.places)]
    in_time = [ask("export_on", "less_than_or_equal_to", day(rule.doubt_until))]
    later = [ask("export_on", "greater_than", day(rule.doubt_until))]
    if rule.items_in_doubt:
        in_time.append(among("head", rule.items_in_doubt))
        later.append(not_among("head", rule.items_in_doubt))
    sure, unsure = [*sure, {"any": later}], [*unsure, {"all": in_time}]
    if rule.en_route_on:
        last = day(rule.en_route_on)
        early = [ask("tendered_on", "less_than_or_equal_to", last), not_among("destination", rule.not_saved)]
        late = [ask("tendered_on", "greater_than", last), among("destination", rule.not_saved)]
        if rule.exported_before:
            before = day(rule.exported_before)
            at = [*at, {"any": [*late, ask("export_on", "greater_than_or_equal_to", before)]}]
            early, late = [*early, ask("export_on", "equal_to", before)], [
                *late, ask("export_on", "less_than", before), ask("export_on", "greater_than", before)
            ]  # fmt: skip
        sure, unsure = [*sure, {"any": late}], [*unsure, {"all": early}]
    return [{"conditions": {"all": [*at, *sure]}, "actions": noted(rule.id, "flagged")},
            {"conditions": {"all": [*at, {"any": unsure}]}, "actions": noted(rule.id, "undetermined")}]  # fmt: skip


def noted(rule_id: str, outcome: str) -> list[dict[str, Any]]:
    return [{"name": "note", "params": {"rule_id": rule_id, "outcome": outcome}}]


def low_value() -> list[dict[str, Any]]:
    at = [ask("is_asked", "is_true", True), ask("total", "greater_than", law.LIMIT_USD)]
    return [{"conditions": {"all": [*at, among("itn", [""])]}, "actions": noted(law.LOW_VALUE, "flagged")},
            {"conditions": {"all": [*at, ask("itn", "non_empty", True)]},
             "actions": noted(law.LOW_VALUE, "undetermined")}]  # fmt: skip


def screen(csv: str, findings: str) -> None:
    rules = [*(one for rule in law.CONTROLS for one in rules_of(rule)), *low_value()]
    found: Found = []
    for line in facts(csv):
        run_all(rules, Line(line), Note(line, found))
    write(found, findings)


if __name__ == "__main__":
    screen(*sys.argv[2:])
