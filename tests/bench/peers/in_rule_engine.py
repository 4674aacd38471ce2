"""The rules as expressions of rule-engine, matched to one line after the other: `screen CSV FINDINGS`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date

import rule_engine

from tests.bench.peers import law
from tests.bench.peers.rows import Found, facts, write


def words(values: Iterable[str]) -> str:
    return "[" + ", ".join(f'"{value}"' for value in sorted(values) or ["-"]) + "]"


def day(value: date) -> str:
    return f'd"{value}"'


def reaches(rule: law.Control) -> str:
    """Whom a rule reaches."""
    at = [f"destination in {words(rule.places | rule.places_in_doubt)}", f"activity in {words(rule.activities)}",
          f"export_on >= {day(rule.first)}", f"not claim in {words(rule.clear)}"]  # fmt: skip
    if rule.items:
        at = [f"head in {words(rule.items)}", f"not eccn in {words(rule.but)}", *at]
    if rule.exported_before:
        at += [f"not ({early(rule)} and export_on < {day(rule.exported_before)})"]
    return " and ".join(at)


def early(rule: law.Control) -> str:
    assert rule.en_route_on
    return f"tendered_on <= {day(rule.en_route_on)} and not destination in {words(rule.not_saved)}"


def is_open(rule: law.Control) -> str:
    """What leaves it undetermined."""
    within = f" and head in {words(rule.items_in_doubt)}" if rule.items_in_doubt else ""
    doubts = [f"claim in {words(rule.open)}", f"destination in {words(rule.places_in_doubt - rule.places)}",
              f"(export_on <= {day(rule.doubt_until)}{within})"]  # fmt: skip
    if rule.exported_before:
        doubts.append(f"({early(rule)} and export_on == {day(rule.exported_before)})")
    elif rule.en_route_on:
        doubts.append(f"({early(rule)})")
    return " or ".join(doubts)


LOW_VALUE = (
    'activity == "export" and form == "tangible" and destination != "CA" and not is_filed and is_plain'
    f" and schedule_length == 10 and total > {law.LIMIT_USD}"
)


def screen(csv: str, findings: str) -> None:
    texts = [(rule.id, reaches(rule), is_open(rule)) for rule in law.CONTROLS]
    texts.append((law.LOW_VALUE, LOW_VALUE, 'itn != ""'))
    rules = [(name, rule_engine.Rule(scope), rule_engine.Rule(doubt)) for name, scope, doubt in texts]
    found: Found = []
    for line in facts(csv):
        for name, scope, doubt in rules:
            if scope.matches(line):
                outcome = "undetermined" if doubt.matches(line) else "flagged"
                found.append((line["shipment_id"], line["line_number"], name, outcome))
    write(found, findings)


if __name__ == "__main__":
    screen(*sys.argv[2:])
