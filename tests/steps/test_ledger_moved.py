"""What happened to a finding since the last screening: made, not made any more, said otherwise, or opened again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.support.steps import made, mapped, told
from transforms.facts import all_facts, facts_known_to
from transforms.ledger.stage import LEDGER
from transforms.ledger.turns import known_kinds

DAY = date(2026, 3, 4)
LINE = {"source": "erp", "shipment_id": "S-1", "line_number": 1}
MADE = LINE | {"finding_id": "f", "rule_id": "a-rule", "rule_kind": "control", "export_on": "2025-03-03",
               "outcome": "flagged", "rule_from": "2025-01-01", "missing": [], "situation_id": "seven",
               "answer": "nlr", "rules": [], "because": "so"}  # fmt: skip
DECIDING = [
    {"rule_kind": kind, "columns": ["consignee_name", "eccn"], "facts": ["eccn"]}
    for kind in ("control", "eei", "check", "reconcile")
]

SEEN = {"finding_id": "f", "line_batch": 1}
SAME = [{"decided_situation_id": "seven", "situation_id": "seven"}]


def held(**other: Any) -> dict[str, Any]:
    """The finding as it stands in the ledger, open."""
    known = {name: value for name, value in MADE.items() if name != "because"}
    return known | {"line_batch": 1, "state": "open", "since": "2026-03-01"} | other


def closed(**other: Any) -> dict[str, Any]:
    """The finding as it stands in the ledger, closed by the decision of entry 5."""
    return held(state="closed", closed_by="decision", decided_in=5, **other)


def moved(memory, columns: str, findings=(MADE,), ledger=(), **given: Any) -> list[tuple]:
    whole = {
        "findings": findings, "ledger": ledger, "deciding_columns": DECIDING, "dispositions": [], "lost": [],
        "ledger_situations": [], "decided_changes": [], "same_situations": SAME, "seen_records": [SEEN],
        "reread_findings": [],
    } | given  # fmt: skip
    made(memory, LEDGER, "still_standing", whole, as_of=DAY)
    return told(memory, LEDGER, "moved_findings", columns, whole, as_of=DAY)


def event(memory, **given: Any) -> list[str | None]:
    return [found for (found,) in moved(memory, "event", **given)]


def test_a_finding_that_the_ledger_does_not_know_is_new(memory) -> None:
    assert event(memory) == ["new"]


def test_of_an_open_finding_that_is_made_again_there_is_nothing_to_tell(memory) -> None:
    assert moved(memory, "event", ledger=[held()]) == []


@pytest.mark.parametrize(
    "other", [{"outcome": "undetermined"}, {"rule_from": "2025-02-01"}, {"rule_from": None}, {"missing": ["eccn"]}]
)
def test_an_open_finding_of_which_the_law_says_something_else_is_changed(memory, other) -> None:
    assert event(memory, findings=[MADE | other], ledger=[held()]) == ["changed"]


@pytest.mark.parametrize("state", [{}, {"state": "closed", "closed_by": "decision", "decided_in": 5}])
def test_a_finding_told_in_other_words_is_no_event(memory, state) -> None:
    assert not any(event(memory, findings=[MADE | {"because": "so then"}], ledger=[held(**state)]))


@pytest.mark.parametrize("seen", [{"line_batch": 2}, {"compared_hash": 8}])
def test_of_an_open_finding_that_is_made_of_other_records_those_are_noted(memory, seen) -> None:
    assert event(memory, ledger=[held()], seen_records=[SEEN | seen]) == [None]


def test_an_open_finding_that_is_made_no_more_is_closed(memory) -> None:
    assert event(memory, findings=[], ledger=[held()]) == ["closed"]


def test_a_finding_closed_by_a_decision_that_is_made_no_more_is_gone(memory) -> None:
    assert event(memory, findings=[], ledger=[closed()]) == ["gone"]


def test_of_a_finding_that_was_made_no_more_before_nothing_is_told_again(memory) -> None:
    gone = held(state="closed", closed_by="record", outcome=None)
    assert moved(memory, "event", findings=[], ledger=[gone]) == []


def test_a_finding_that_comes_back_after_the_record_closed_it_is_reopened(memory) -> None:
    gone = held(state="closed", closed_by="record", outcome=None)
    assert event(memory, ledger=[gone]) == ["reopened"]


def test_a_finding_closed_by_a_decision_stays_closed_where_nothing_changes(memory) -> None:
    assert event(memory, ledger=[closed()]) == [None]


@pytest.mark.parametrize("other", [{"outcome": "undetermined"}, {"rule_from": "2025-02-01"}, {"missing": ["eccn"]}])
def test_it_opens_again_where_the_law_says_something_else(memory, other) -> None:
    assert event(memory, findings=[MADE | other], ledger=[closed()]) == ["reopened"]


def restated(column: str, **other: Any) -> list[dict[str, Any]]:
    sides = {"recorded_before": mapped(**{column: "Beta"}), "recorded": mapped(**{column: "Gamma"})}
    return [LINE | {"line_batch": 1, "was": True, "stands": True} | sides | other]


@pytest.mark.parametrize(("column", "expected"), [("consignee_name", "reopened"), ("invoice_number", None)])
def test_it_opens_again_where_a_deciding_column_is_restated_and_no_other(memory, column: str, expected) -> None:
    assert event(memory, ledger=[closed()], decided_changes=restated(column)) == [expected]


def test_what_another_version_was_restated_to_is_not_asked(memory) -> None:
    changes = restated("consignee_name", line_batch=9)
    assert event(memory, ledger=[closed()], decided_changes=changes) == [None]


def test_a_line_that_was_not_there_at_the_last_screening_is_not_restated(memory) -> None:
    changes = restated("consignee_name", was=False)
    assert event(memory, ledger=[closed()], decided_changes=changes) == [None]


@pytest.mark.parametrize(
    ("known", "now", "expected"), [(7, 8, "reopened"), (7, 7, None), (None, 8, None)],
    ids=["other", "same", "not known"],
)
def test_it_opens_again_where_what_was_compared_is_recorded_otherwise(memory, known, now, expected) -> None:
    compared = {"seen_records": [SEEN | {"compared_hash": now}], "ledger": [closed(compared_hash=known)]}
    assert event(memory, **compared) == [expected]


@pytest.mark.parametrize(
    ("before", "expected"),
    [({"answer": "no-authority"}, "reopened"), ({"answer": None, "rules": None}, None), ({"rules": ["b"]}, "reopened"),
     ({"rules": ["a", "b", "c"]}, None)],
    ids=["another reason", "not known", "a rule more", "a rule less"],
)  # fmt: skip
def test_it_opens_again_where_the_law_has_another_reason_or_one_rule_more_cannot_be_decided(
    memory, before, expected
) -> None:
    rules = {"rules": ["a", "b"]}
    findings = [MADE | rules]
    assert event(memory, findings=findings, ledger=[closed(**rules | before)]) == [expected]


def situations(**eccns: str) -> list[dict[str, Any]]:
    return [{"situation_id": at, "facts": mapped(eccn=eccn, itn_form=at)} for at, eccn in eccns.items()]


@pytest.mark.parametrize(("eccn", "expected"), [("3A992", "reopened"), ("3A999", None)])
def test_it_opens_again_where_a_deciding_fact_of_its_situation_changed(memory, eccn: str, expected) -> None:
    known = situations(six=eccn, seven="3A999")
    assert event(memory, ledger=[closed(situation_id="six")], ledger_situations=known) == [expected]


@pytest.mark.parametrize("kind", ["control", "eei", "check"])
def test_a_decision_reopens_by_each_fact_that_its_family_reads_and_by_no_other(memory, kind) -> None:
    family = {"control": "control", "eei": "filing", "check": "record"}[kind]
    for name, fact in all_facts().items():
        known = [
            {"situation_id": at, "facts": mapped(**dict.fromkeys(all_facts(), "as it was") | {name: value})}
            for at, value in (("six", "before"), ("seven", "after"))
        ]
        given = {
            "findings": [MADE | {"rule_kind": kind}], "ledger": [closed(situation_id="six", rule_kind=kind)],
            "ledger_situations": known,
            "deciding_columns": known_kinds(),
        }  # fmt: skip
        expected = fact.reopens and name in facts_known_to(family)
        assert event(memory, **given) == ["reopened" if expected else None], name


def test_a_fact_that_is_read_otherwise_now_opens_nothing_and_one_that_changed_beside_it_does(memory) -> None:
    """`reread_findings` has the facts of then as they are read now."""
    known = situations(six="3A992", seven="3A999")
    reread = {"finding_id": "f", "line_batch": 1, "facts": mapped(eccn="3A999", itn_form="six")}
    given = {"ledger": [closed(situation_id="six")], "ledger_situations": known}
    assert event(memory, reread_findings=[reread], **given) == [None]
    assert event(memory, reread_findings=[reread | {"facts": mapped(eccn="EAR99")}], **given) == ["reopened"]
    same = {"ledger": [closed()], "ledger_situations": known}
    assert event(memory, reread_findings=[reread | {"facts": mapped(eccn="EAR99")}], **same) == ["reopened"]


def test_it_opens_again_where_nobody_can_tell_on_what_it_was_decided(memory) -> None:
    known = situations(seven="3A999")
    assert event(memory, ledger=[closed(situation_id="six")], ledger_situations=known) == ["reopened"]


def decision(**other: Any) -> dict[str, Any]:
    return {"entry": 5, "finding_id": "f", "rule_id": "a-rule", "situation_id": "seven", "status": "authorized"} | other


@pytest.mark.parametrize(("last_day", "expected"), [(DAY, None), (date(2026, 3, 3), "reopened"), (None, None)])
def test_it_opens_again_on_the_day_after_the_last_of_its_decision(memory, last_day, expected) -> None:
    dispositions = [decision(expires_on=last_day)]
    assert event(memory, ledger=[closed()], dispositions=dispositions) == [expected]


def standing(memory, *dispositions: dict[str, Any], finding=MADE, ledger: dict[str, Any] | None = None) -> int | None:
    """The standing decision that a new finding falls under: made of another of its situation, which it closed."""
    other = closed() | {"finding_id": "other", "shipment_id": "S-0"} | (ledger or {})
    rows = moved(
        memory, "finding_id standing_entry", findings=[finding], ledger=[other],
        dispositions=[decision(finding_id=None) | one for one in dispositions],
    )  # fmt: skip
    return dict(rows)["f"]


@pytest.mark.parametrize("last_day", [DAY, None])
def test_a_new_finding_falls_under_a_standing_decision_to_its_last_day(memory, last_day) -> None:
    assert standing(memory, {"expires_on": last_day}) == 5


@pytest.mark.parametrize(
    ("dispositions", "finding", "ledger"),
    [
        ([{"expires_on": date(2026, 3, 3)}], {}, {}),
        ([{}, {"entry": 6, "status": "reopen"}], {}, {}),
        ([{}], {"situation_id": "eight"}, {}),
        ([{}], {"rule_id": "b-rule"}, {}),
        ([{}], {"outcome": "undetermined"}, {}),
        ([{}], {"rule_from": "2025-02-01"}, {}),
        ([{}], {"answer": "no-authority"}, {}),
        ([{}], {"rules": ["a"]}, {}),
        ([{}], {}, {"closed_by": "record"}),
    ],
    ids=["ran out", "taken back", "situation", "rule", "outcome", "version", "reason", "rules", "nothing closed by it"],
)
def test_a_standing_decision_holds_no_longer_and_for_nothing_else_than_it_said(
    memory, dispositions, finding, ledger
) -> None:
    assert standing(memory, *dispositions, finding=MADE | finding, ledger=ledger) is None
