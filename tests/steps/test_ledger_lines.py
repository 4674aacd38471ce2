"""On what a finding turns, and what was recorded otherwise of its line since the last screening."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.support.steps import made, told
from transforms.ledger.stage import LEDGER
from transforms.ledger.turns import known_kinds
from transforms.line import LINE

MONDAY, TUESDAY, WEDNESDAY = (datetime(2026, 3, day) for day in (2, 3, 4))
NAME = {"source": "erp", "shipment_id": "S-1", "line_number": 1}
FIRST = NAME | {
    "batch_id": 1, "consignee_name": "Beta", "value_usd": "1", "known_from": MONDAY, "known_until": WEDNESDAY
}  # fmt: skip
SECOND = NAME | {"batch_id": 2, "consignee_name": "Gamma", "value_usd": "1", "known_from": WEDNESDAY}


def deciding(memory, kind: str, what: str) -> set[str]:
    given = {"findings": [{"rule_kind": "sanction"}], "ledger": [{"rule_kind": "control"}],
             "known_kinds": known_kinds()}  # fmt: skip
    rows = {row["rule_kind"]: row for row in made(memory, LEDGER, "deciding_columns", given)}
    return set(rows[kind][what])


def test_a_kind_of_rule_that_is_not_named_turns_on_all_that_any_does(memory) -> None:
    for what in ("columns", "facts"):
        assert deciding(memory, "sanction", what) >= deciding(memory, "control", what) | deciding(memory, "eei", what)


PARTIES = {
    "consignee_name",
    "end_user_name",
    "intermediate_consignee_name",
    "license_number",
    "part_number",
    "quantity",
}


@pytest.mark.parametrize("kind", ["control", "eei", "check", "reconcile"])
def test_every_finding_turns_on_the_parties_the_part_and_the_license(memory, kind: str) -> None:
    assert deciding(memory, kind, "columns") >= PARTIES


@pytest.mark.parametrize(
    ("kind", "expected"), [("control", False), ("eei", True), ("check", True), ("reconcile", True)]
)
def test_what_a_filing_cites_counts_for_all_but_the_controls(memory, kind: str, expected: bool) -> None:
    assert ({"itn", "eei_exemption", "schedule_b"} <= deciding(memory, kind, "columns")) is expected


@pytest.mark.parametrize(
    ("fact", "kinds"),
    [("item_eccn", {"control", "eei", "check"}), ("low_value", {"eei", "check"}), ("itn_use", {"check"})],
)
def test_a_fact_counts_for_the_rules_that_can_ask_for_it(memory, fact: str, kinds: set[str]) -> None:
    assert {
        kind for kind in ("control", "eei", "check", "reconcile") if fact in deciding(memory, kind, "facts")
    } == kinds


BATCHES = [{"source": "erp", "batch_id": at, "known_from": day} for at, day in ((1, MONDAY), (2, WEDNESDAY))]


def changes(
    memory, *versions: dict[str, Any], previous: int | None = 1, moment=WEDNESDAY, batch: int | None = None
) -> dict[str, Any]:
    """What is told of the line, where the last screening saw the batches up to `previous`."""
    asked = [NAME | {"line_batch": batch}]
    given = {"lines": versions, "lines_in_question": asked, "endings": [], "batches": BATCHES}
    (row,) = made(memory, LEDGER, "line_changes", given, previous_batch=previous, moment=moment)
    return row


def recorded(row: dict[str, Any], column: str) -> tuple[str | None, str | None]:
    return tuple(side and side[column] for side in (row["recorded_before"], row["recorded"]))


def test_a_line_is_told_as_it_was_at_the_last_screening_and_as_it_stands(memory) -> None:
    assert recorded(changes(memory, FIRST, SECOND), "consignee_name") == ("Beta", "Gamma")


@pytest.mark.parametrize(("batch", "expected"), [(1, ("Beta", "Gamma")), (2, ("Gamma", "Gamma"))])
def test_where_its_version_of_then_is_known_no_clock_is_asked(memory, batch: int, expected) -> None:
    for previous in (0, 1, 2, 9):
        assert recorded(changes(memory, FIRST, SECOND, previous=previous, batch=batch), "consignee_name") == expected


def test_a_column_that_was_not_restated_stands_alike_on_both_sides(memory) -> None:
    assert recorded(changes(memory, FIRST, SECOND), "value_usd") == ("1.0000", "1.0000")


def test_a_version_that_the_last_screening_saw_stood_so_then(memory) -> None:
    row = changes(memory, FIRST, SECOND, previous=2, moment=WEDNESDAY + timedelta(days=1))
    assert recorded(row, "consignee_name") == ("Gamma", "Gamma")


def test_a_version_learned_of_after_the_moment_is_not_known_yet(memory) -> None:
    row = changes(memory, FIRST, SECOND, previous=1, moment=TUESDAY)
    assert recorded(row, "consignee_name") == ("Beta", "Beta")


def test_a_line_that_came_since_was_not_there_and_is_known_from_then(memory) -> None:
    row = changes(memory, SECOND)
    assert (row["was"], row["stands"], row["first_batch"]) == (False, True, 2)


def test_a_line_that_ended_since_stands_no_more(memory) -> None:
    row = changes(memory, FIRST)
    assert (row["was"], row["stands"]) == (True, False)


def test_a_line_is_known_from_its_first_version_on(memory) -> None:
    assert changes(memory, FIRST, SECOND)["first_batch"] == 1


def test_before_a_first_screening_nothing_was_told_of_a_line(memory) -> None:
    assert recorded(changes(memory, FIRST, SECOND, previous=None), "consignee_name") == (None, "Gamma")


def test_what_was_recorded_is_told_of_every_column_that_can_open_a_finding_again(memory) -> None:
    told = changes(memory, FIRST)["recorded_before"]
    assert set(told) == {column.name for column in LINE if column.reopens}


CLOSED = NAME | {"finding_id": "f", "closed_by": "decision", "line_batch": 1}


@pytest.mark.parametrize(
    ("finding", "now", "is_first", "expected"),
    [
        ({}, 2, False, [("erp", "S-1", 1, 1)]),
        ({"closed_by": "record"}, 2, False, []),
        ({"closed_by": None}, 2, False, []),
        ({}, 1, False, []),
        ({"line_batch": None}, 2, False, [("erp", "S-1", 1, None)]),
        ({}, 2, True, []),
    ],
    ids=["closed by a decision", "closed by the record", "open", "same version", "not known", "first screening"],
)
def test_only_lines_whose_finding_a_decision_closed_are_asked_what_was_restated(
    memory, finding, now, is_first, expected
) -> None:
    given = {
        "ledger": [CLOSED | finding], "seen_records": [{"finding_id": "f", "line_batch": now}], "reread_findings": [],
    }  # fmt: skip
    columns = "source shipment_id line_number line_batch"
    assert told(memory, LEDGER, "restated_lines", columns, given, is_first=is_first) == expected
