"""Why a finding came, went or opened again: the records are asked first, then other records, then the law."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.support.steps import mapped, told
from transforms.ledger.stage import LEDGER
from transforms.ledger.turns import told_facts

PREVIOUS, BEFORE, SINCE = 3, 2, 4
"""Batches: the last one that the last screening saw, one before it and one since."""
LINE = {"source": "erp", "shipment_id": "S-1", "line_number": 1}
NEW = LINE | {
    "finding_id": "f", "rule_id": "a-rule", "rule_kind": "control", "event": "new", "is_known": False, "is_found": True,
    "outcome": "flagged", "outcome_before": None, "is_said_otherwise": True, "is_expired": False, "facts_changed": None,
    "facts": mapped(eccn="3A999"), "facts_before": None, "standing_entry": None, "decided_in": None,
}  # fmt: skip
OLD = NEW | {"is_known": True, "outcome_before": "flagged", "is_said_otherwise": False}
CLOSED = OLD | {"event": "closed", "is_found": False, "outcome": None}
REOPENED = OLD | {"event": "reopened"}
CHANGED = OLD | {"event": "changed", "outcome": "undetermined", "is_said_otherwise": True}
STANDS = LINE | {"first_batch": BEFORE, "stands": True, "was": True, "recorded_before": mapped(consignee_name="Beta"),
                 "recorded": mapped(consignee_name="Beta")}  # fmt: skip
CORRECTED = STANDS | {"recorded": mapped(consignee_name="Gamma")}


def restated(column: str, before: str | None, after: str | None) -> dict[str, Any]:
    return STANDS | {"recorded_before": mapped(**{column: before}), "recorded": mapped(**{column: after})}


def news(memory, finding: dict[str, Any], line: dict[str, Any] | None = STANDS, **values: bool) -> tuple:
    """(cause, state, detail)"""
    deciding = [
        {"rule_kind": kind, "columns": ["eccn", "consignee_name"], "facts": []} for kind in ("control", "reconcile")
    ]
    given = {"moved_findings": [finding], "deciding_columns": deciding, "line_changes": [line] if line else []}
    values = told_facts() | {
        "is_first": False, "is_law_changed": False, "previous_batch": PREVIOUS, "superseded": ["before: cuba, iran"],
    } | values  # fmt: skip
    rows = told(memory, LEDGER, "news", "cause state detail", given, **values)
    return rows[0] if rows else ()


def test_the_first_screening_is_the_cause_of_all_that_it_finds(memory) -> None:
    assert news(memory, NEW, None, is_first=True) == ("first screening", "open", None)


def test_what_is_no_event_is_no_news(memory) -> None:
    assert news(memory, OLD | {"event": None}) == ()


@pytest.mark.parametrize(
    ("first_batch", "cause"), [(SINCE, "line recorded"), (PREVIOUS, "record corrected"), (BEFORE, "record corrected")]
)
def test_a_line_that_came_since_the_last_screening_brings_its_findings(memory, first_batch, cause: str) -> None:
    assert news(memory, NEW, STANDS | {"first_batch": first_batch})[0] == cause


def test_a_restated_column_is_the_cause_and_told_with_what_it_was(memory) -> None:
    assert news(memory, CLOSED, CORRECTED) == ("record corrected", "closed", "consignee_name: Beta to Gamma")


@pytest.mark.parametrize("nothing", ["", None])
def test_a_column_that_was_empty_or_is_now_is_told_as_nothing(memory, nothing) -> None:
    line = restated("consignee_name", nothing, "Gamma")
    assert news(memory, CHANGED, line)[2] == "flagged to undetermined; consignee_name: nothing to Gamma"


def test_the_record_is_asked_before_the_law_where_both_changed(memory) -> None:
    told_of_it = "consignee_name: Beta to Gamma; the rulebook changed too"
    assert news(memory, CLOSED, CORRECTED, is_law_changed=True) == ("record corrected", "closed", told_of_it)


def test_another_eccn_is_another_classification_even_where_the_law_changed_too(memory) -> None:
    line = restated("eccn", "EAR99", "3A999")
    told_of_it = "eccn: EAR99 to 3A999; the rulebook changed too"
    assert news(memory, REOPENED, line, is_law_changed=True) == ("classification changed", "open", told_of_it)


@pytest.mark.parametrize(
    ("fact", "cause"),
    [
        ("item_eccn", "classification changed"),
        ("item_says", "classification changed"),
        ("low_value", "record corrected"),
    ],
)
def test_what_another_record_adds_otherwise_is_the_cause_where_the_line_stands_as_it_was(memory, fact, cause) -> None:
    facts = {"facts_changed": [fact], "facts_before": mapped(**{fact: ""}), "facts": mapped(**{fact: "so"})}
    assert news(memory, REOPENED | facts) == (cause, "open", f"{fact}: nothing to so")


def test_the_law_is_the_cause_where_nothing_that_is_recorded_changed(memory) -> None:
    detail = "the record stands as it was; the rulebook or the version of Earshot is another"
    assert news(memory, NEW, is_law_changed=True) == ("rule changed", "open", detail)


def test_a_finding_of_a_rule_in_whose_place_others_stand_is_superseded(memory) -> None:
    told = ("rule superseded", "closed", "superseded by cuba, iran")
    assert news(memory, CLOSED | {"rule_id": "before"}, is_law_changed=True) == told
    assert news(memory, CLOSED | {"rule_id": "before-that"}, is_law_changed=True)[0] == "rule changed"


@pytest.mark.parametrize(("kind", "cause"), [("control", "out of scope"), ("reconcile", "record corrected")])
def test_a_finding_of_a_line_that_ended_is_out_of_scope(memory, kind: str, cause: str) -> None:
    assert news(memory, CLOSED | {"rule_kind": kind}, STANDS | {"stands": False})[:2] == (cause, "closed")


@pytest.mark.parametrize("kind", ["control", "reconcile"])
def test_a_line_that_an_extract_lacks_ended_and_one_that_it_has_again_is_recorded(memory, kind: str) -> None:
    ended = STANDS | {"stands": False, "has_ended": True, "had_ended": True}
    assert news(memory, CLOSED | {"rule_kind": kind}, ended)[:2] == ("line ended", "closed")
    back = STANDS | {"has_ended": False, "had_ended": True}
    assert news(memory, REOPENED | {"rule_kind": kind, "closed_by": "record"}, back)[:2] == ("line recorded", "open")


def test_a_decision_that_ran_out_is_the_cause_where_nothing_else_is(memory) -> None:
    expired = REOPENED | {"is_expired": True, "decided_in": 5}
    detail = "the decision of entry 5 ran until a day before this"
    assert news(memory, expired) == ("decision expired", "open", detail)


def test_a_decision_that_ran_out_is_not_the_cause_where_the_law_says_something_else(memory) -> None:
    expired = REOPENED | {"is_expired": True, "is_said_otherwise": True, "outcome": "undetermined"}
    assert news(memory, expired, is_law_changed=True)[0] == "rule changed"


def test_a_new_finding_under_a_standing_decision_is_closed_and_says_by_which(memory) -> None:
    line = STANDS | {"first_batch": SINCE}
    detail = "closed by the standing decision of entry 5 on its situation"
    assert news(memory, NEW | {"standing_entry": 5}, line) == ("line recorded", "closed", detail)


@pytest.mark.parametrize(("event", "state"), [("gone", "closed"), ("reopened", "open"), ("changed", "open")])
def test_a_finding_is_open_unless_it_is_made_no_more(memory, event: str, state: str) -> None:
    assert news(memory, OLD | {"event": event})[1] == state


def test_a_difference_that_came_without_a_change_of_the_line_is_of_its_filing(memory) -> None:
    assert news(memory, NEW | {"rule_kind": "reconcile"}) == ("record corrected", "open", "its filing in AES")


FOUND = OLD | {"event": "changed", "since": "2026-03-01", "first_seen_on": "2026-02-01", "first_run_id": "r1",
               "state_before": "open"}  # fmt: skip
TOLD = {"finding_id": "f", "event": "changed", "state": "open"}


def followed(memory, finding: dict[str, Any], *told_of_it: dict[str, Any]) -> tuple:
    given = {"moved_findings": [finding], "news": [TOLD | one for one in told_of_it]}
    columns = "state since closed_by decided_in first_seen_on first_run_id"
    values = {"as_of": date(2026, 3, 4), "entry": 9, "run_id": "r9"}
    (row,) = told(memory, LEDGER, "followed", columns, given, **values)
    return row


def test_a_finding_that_stands_as_before_stands_so_since_then(memory) -> None:
    assert followed(memory, FOUND, {}) == ("open", date(2026, 3, 1), None, None, date(2026, 2, 1), "r1")


def test_a_finding_that_is_made_no_more_is_closed_by_the_record_since_this_day(memory) -> None:
    row = followed(memory, FOUND, {"event": "closed", "state": "closed"})
    assert row[:4] == ("closed", date(2026, 3, 4), "record", None)


def test_a_decision_holds_on_where_there_is_no_news(memory) -> None:
    decided = FOUND | {"state_before": "closed", "closed_by": "decision", "decided_in": 5}
    assert followed(memory, decided)[:4] == ("closed", date(2026, 3, 1), "decision", 5)


def test_a_finding_that_opens_again_is_decided_no_more(memory) -> None:
    decided = FOUND | {"state_before": "closed", "closed_by": "decision", "decided_in": 5}
    assert followed(memory, decided, {"event": "reopened"})[:4] == ("open", date(2026, 3, 4), None, None)


def test_a_new_finding_is_first_seen_on_this_day_and_by_this_run(memory) -> None:
    row = followed(memory, NEW, {"event": "new"})
    assert row == ("open", date(2026, 3, 4), None, None, date(2026, 3, 4), "r9")


def test_a_new_finding_under_a_standing_decision_is_decided_in_this_entry(memory) -> None:
    row = followed(memory, NEW | {"standing_entry": 5}, {"event": "new", "state": "closed"})
    assert row[:4] == ("closed", date(2026, 3, 4), "decision", 9)
