"""What is found of each line: savings clauses by the day, sums that are told, and the name that a finding keeps."""

from __future__ import annotations

from datetime import date
from hashlib import md5
from typing import Any

import pytest

from tests.support.steps import made, told
from transforms.find.find import FIND

EN_ROUTE, DEADLINE = date(2025, 1, 16), date(2025, 2, 18)
VERDICT = {
    "situation_key": 7, "verdict_key": 3, "from_on": "2025-01-16", "until_on": "2025-12-31", "outcome": "flagged",
    "has_savings": True, "outcome_if_saved": "clear", "en_route_on": EN_ROUTE, "exported_before": DEADLINE,
}  # fmt: skip


def hits(memory, exported: str, handed_over: str | None = "2025-01-16", **verdict: Any) -> list[tuple]:
    given = {
        "screened_lines": [{"line_id": 1, "situation_key": 7, "export_on": exported, "tendered_on": handed_over}],
        "open_verdicts": [VERDICT | verdict],
    }
    return told(memory, FIND, "hits", "savings outcome", given)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-02-17", []),  # saved
        ("2025-02-18", [("boundary day", "undetermined")]),
        ("2025-02-19", [("none", "flagged")]),
    ],
)
def test_goods_en_route_are_saved_up_to_the_day_before_the_deadline_which_is_itself_in_doubt(memory, day, expected):
    assert hits(memory, day) == expected


@pytest.mark.parametrize(("day", "expected"), [("2025-01-16", []), ("2025-01-17", [("none", "flagged")])])
def test_goods_are_en_route_where_they_were_handed_over_by_the_day_that_the_clause_names(memory, day, expected) -> None:
    assert hits(memory, "2025-02-17", day) == expected


@pytest.mark.parametrize(
    ("day", "expected"), [("2025-02-18", ("hand-over missing", "undetermined")), ("2025-02-19", ("none", "flagged"))]
)
def test_where_the_hand_over_is_not_recorded_a_line_is_open_to_the_deadline(memory, day: str, expected) -> None:
    assert hits(memory, day, None) == [expected]


NO_DEADLINE = {"exported_before": None, "look_until": "2025-06-30"}


@pytest.mark.parametrize("day", ["2025-01-17", "2025-06-30", "2025-12-31"])
def test_where_no_deadline_is_known_goods_en_route_are_open_on_every_day(memory, day: str) -> None:
    assert hits(memory, day, **NO_DEADLINE) == [("no deadline known", "undetermined")]


@pytest.mark.parametrize(
    ("day", "expected"), [("2025-06-30", ("hand-over missing", "undetermined")), ("2025-07-01", ("none", "flagged"))]
)
def test_where_neither_is_known_a_line_is_open_as_long_as_it_is_looked_for(memory, day: str, expected) -> None:
    assert hits(memory, day, None, **NO_DEADLINE) == [expected]


def test_what_else_is_in_question_stands_for_goods_that_are_saved(memory) -> None:
    assert hits(memory, "2025-02-17", outcome_if_saved="undetermined") == [("saved", "undetermined")]


def test_without_a_savings_clause_the_hand_over_settles_nothing(memory) -> None:
    assert hits(memory, "2025-02-17", has_savings=False) == [("none", "flagged")]


@pytest.mark.parametrize(("day", "count"), [("2025-01-15", 0), ("2025-01-16", 1), ("2025-12-31", 1), ("2026-01-01", 0)])
def test_a_verdict_holds_on_its_first_day_and_its_last(memory, day: str, count: int) -> None:
    assert len(hits(memory, day, has_savings=False)) == count


KEYS = [
    {"situation_key": situation, "family": family, "subject_key": subject}
    for situation, family, subject in ((7, "control", 5), (8, "control", 5), (7, "filing", 6), (8, "record", 8))
]
OPEN = {"verdict_key": 1, "family": "control", "subject_key": 5, "outcome": "flagged", "is_rolled_up": False}


def open_verdicts(memory, *verdicts: dict[str, Any]) -> list[tuple]:
    given = {"verdicts": [OPEN | one for one in verdicts], "subject_keys": KEYS}
    return told(memory, FIND, "open_verdicts", "verdict_key situation_key outcome", given)


def test_a_verdict_of_the_controls_concerns_every_situation_that_they_see_as_one(memory) -> None:
    assert open_verdicts(memory, {}) == [(1, 7, "flagged"), (1, 8, "flagged")]


def test_a_key_of_one_family_is_none_of_another(memory) -> None:
    filing = {"verdict_key": 2, "family": "filing", "subject_key": 6}
    check = {"verdict_key": 3, "family": "record", "subject_key": 8}
    other = {"verdict_key": 4, "family": "record", "subject_key": 5}
    assert open_verdicts(memory, filing, check, other) == [(2, 7, "flagged"), (3, 8, "flagged")]


@pytest.mark.parametrize("closed", [{"outcome": "clear"}, {"outcome": "undetermined", "is_rolled_up": True}])
def test_what_is_clear_and_what_is_rolled_up_is_left_out(memory, closed) -> None:
    assert open_verdicts(memory, closed, closed | {"family": "filing", "subject_key": 6}) == []


LINE = {"line_id": 1, "export_on": "2025-03-03", "value_key": 5, "line_situation_key": 7}


def sums(memory, *lines: dict[str, Any], fetched: dict[str, Any] | None = None, **given: Any) -> list[tuple]:
    whole = {
        "fetched_lines": [LINE | (fetched or {})], "filing_lines": [{"line_id": 1}], "aes_states": [],
        "valued_situations": [{"situation_key": 7}], "current_lines": [LINE | one for one in lines],
    } | given  # fmt: skip
    return told(memory, FIND, "group_sums", "line_id known_usd::varchar line_count", whole)


def test_the_sum_that_is_told_is_that_of_all_lines_that_go_together_less_no_credit(memory) -> None:
    lines = [{"line_id": at, "value_usd": usd} for at, usd in enumerate(("2000", "500.01", "-100", None), 1)]
    assert sums(memory, *lines) == [(1, "2500.0100", 4)]


def test_a_line_of_another_group_is_not_summed(memory) -> None:
    assert sums(memory, {"value_usd": "1"}, {"line_id": 2, "value_key": 6, "value_usd": "9"}) == [(1, "1.0000", 1)]


def test_no_sum_is_told_of_a_line_without_a_group_or_a_finding_of_filing(memory) -> None:
    other = {"line_id": 2}
    assert sums(memory, {"value_usd": "1"}, fetched={"value_key": None}) + sums(memory, other, fetched=other) == []


@pytest.mark.parametrize(("states", "count"), [([], 0), ([{"line_id": 1, "aes_state": "not held"}], 1)])
def test_of_a_line_cited_as_filed_a_sum_is_told_where_aes_does_not_hold_it(memory, states, count: int) -> None:
    assert len(sums(memory, {"value_usd": "1"}, valued_situations=[], aes_states=states)) == count


HIT = {
    "line_id": 1,
    "verdict_key": 3,
    "situation_key": 7,
    "export_on": "2025-02-17",
    "outcome": "flagged",
    "savings": "none",
}
WORDED = {"verdict_key": 3, "rule_id": "a-rule", "rule_kind": "control", "outcome": "flagged", "severity": "high",
          "opening": "3A999 to PK", "statement": " needs a license.", "missing": [], "en_route_on": EN_ROUTE,
          "exported_before": DEADLINE}  # fmt: skip
RECORD = {"line_id": 1, "source": "erp", "shipment_id": "S-1", "line_number": 2}


def found(memory, columns: str, *, hit=None, worded=None, record=None, subject=None, sums=()) -> tuple:
    given = {
        "hits": [HIT | (hit or {})], "fetched_lines": [RECORD | (record or {})], "group_sums": sums,
        "worded_verdicts": [WORDED | (worded or {})],
        "subjects": [{"situation_key": 7, "eccn": "3A999", "eccn_recorded": "3A999"} | (subject or {})],
    }  # fmt: skip
    (row,) = told(memory, FIND, "found", columns, given)
    return row


ID = md5(b'["erp","S-1","2","a-rule"]').hexdigest()


@pytest.mark.parametrize(
    "other",
    [
        {}, {"hit": {"outcome": "undetermined", "export_on": "2025-03-01"}}, {"worded": {"statement": "?"}},
        {"record": {"value_usd": "9", "identity_hash": 4}}, {"subject": {"situation_id": "other"}},
    ],
)  # fmt: skip
def test_a_finding_goes_by_its_line_and_its_rule_whatever_else_is_said(memory, other) -> None:
    assert found(memory, "finding_id", **other) == (ID,)


@pytest.mark.parametrize(
    "other",
    [
        {"worded": {"rule_id": "b-rule"}}, {"record": {"source": "wms"}}, {"record": {"shipment_id": "S-2"}},
        {"record": {"line_number": 3}},
    ],
)  # fmt: skip
def test_another_line_or_rule_is_another_finding(memory, other) -> None:
    assert found(memory, "finding_id", **other) != (ID,)


@pytest.mark.parametrize(
    ("outcome", "severity", "expected"),
    [("flagged", "high", "high"), ("undetermined", "high", "medium"), ("undetermined", "low", "low")],
)
def test_what_a_savings_clause_leaves_open_is_not_of_high_severity(memory, outcome, severity, expected) -> None:
    assert found(memory, "severity", hit={"outcome": outcome}, worded={"severity": severity}) == (expected,)


@pytest.mark.parametrize(
    ("day", "deadline", "missing"),
    [
        ("2025-01-16", DEADLINE, ["tendered_on"]),
        ("2025-01-17", None, ["tendered_on"]),
        ("2025-01-16", None, []),  # it was handed over by then, whenever that was
    ],
)
def test_the_day_of_hand_over_is_asked_for_where_it_would_settle_something(memory, day, deadline, missing) -> None:
    hit = {"savings": "hand-over missing", "export_on": day}
    assert found(memory, "missing", hit=hit, worded={"exported_before": deadline}) == (missing,)


def test_where_the_item_record_completed_the_eccn_the_line_is_shown_as_recorded_and_both_are_told(memory) -> None:
    eccn, because = found(memory, "eccn because", subject={"eccn_recorded": ""})
    assert (eccn, because.partition(". ")[2]) == ("", "ECCN 3A999 is from the item master; the line records none.")


def test_a_finding_of_filing_tells_what_several_lines_come_to(memory) -> None:
    sums = [{"line_id": 1, "known_usd": "2500.01", "line_count": 2}]
    (because,) = found(memory, "because", worded={"rule_kind": "eei"}, sums=sums)
    assert because.endswith(" $2,500.01 over 2 lines of the shipment.")


def test_one_line_by_itself_is_told_without_a_sum(memory) -> None:
    sums = [{"line_id": 1, "known_usd": "2500.01", "line_count": 1}]
    assert found(memory, "because", worded={"rule_kind": "eei"}, sums=sums) == (
        "3A999 to PK on 2025-02-17 needs a license.",
    )


def test_a_line_with_a_finding_of_filing_is_one_of_which_the_sum_is_told(memory) -> None:
    hits = [{"line_id": 1, "verdict_key": 4}, {"line_id": 2, "verdict_key": 5}]
    verdicts = [{"verdict_key": 4, "family": "filing"}, {"verdict_key": 5, "family": "control"}]
    given = {"hits": hits, "verdicts": verdicts}
    assert made(memory, FIND, "filing_lines", given) == [{"line_id": 1}]
