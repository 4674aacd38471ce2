"""What happened to a finding since the last screening: made, not made any more, said otherwise, or opened again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.support.steps import mapped, told
from transforms.ledger.follow import LEDGER

DAY = date(2026, 3, 4)
LINE = {"source": "erp", "shipment_id": "S-1", "line_number": 1}
MADE = LINE | {"finding_id": "f", "rule_id": "a-rule", "rule_kind": "control", "export_on": "2025-03-03",
               "outcome": "flagged", "rule_from": "2025-01-01", "missing": [], "situation_id": "seven",
               "because": "so"}  # fmt: skip
DECIDING = [
    {"rule_kind": kind, "columns": ["consignee_name", "eccn"], "facts": ["eccn"]}
    for kind in ("control", "eei", "check", "reconcile")
]

SAME = [{"decided_situation_id": "seven", "situation_id": "seven"}]


def held(memory, **other: Any) -> dict[str, Any]:
    """The finding as it stands in the ledger, open."""
    ((hash_of_because,),) = memory.execute("select md5_number_lower('so')").fetchall()
    known = {name: value for name, value in MADE.items() if name != "because"}
    return known | {"because_hash": hash_of_because, "state": "open", "since": "2026-03-01"} | other


def closed(memory, **other: Any) -> dict[str, Any]:
    """The finding as it stands in the ledger, closed by the decision of entry 5."""
    return held(memory, state="closed", closed_by="decision", decided_in=5, **other)


def moved(memory, columns: str, findings=(MADE,), ledger=(), **given: Any) -> list[tuple]:
    whole = {
        "findings": findings, "ledger": ledger, "deciding_columns": DECIDING, "dispositions": [], "lost": [],
        "ledger_situations": [], "decided_changes": [], "same_situations": SAME,
    } | given  # fmt: skip
    return told(memory, LEDGER, "moved_findings", columns, whole, as_of=DAY)


def event(memory, **given: Any) -> list[str | None]:
    return [found for (found,) in moved(memory, "event", **given)]


def test_a_finding_that_the_ledger_does_not_know_is_new(memory) -> None:
    assert event(memory) == ["new"]


def test_of_an_open_finding_that_is_made_again_there_is_nothing_to_tell(memory) -> None:
    assert moved(memory, "event", ledger=[held(memory)]) == []


@pytest.mark.parametrize(
    "other", [{"outcome": "undetermined"}, {"rule_from": "2025-02-01"}, {"rule_from": None}, {"missing": ["eccn"]}]
)
def test_an_open_finding_of_which_the_law_says_something_else_is_changed(memory, other) -> None:
    assert event(memory, findings=[MADE | other], ledger=[held(memory)]) == ["changed"]


def test_an_open_finding_told_in_other_words_is_noted_and_no_event(memory) -> None:
    assert event(memory, findings=[MADE | {"because": "so then"}], ledger=[held(memory)]) == [None]


def test_an_open_finding_that_is_made_no_more_is_closed(memory) -> None:
    assert event(memory, findings=[], ledger=[held(memory)]) == ["closed"]


def test_a_finding_closed_by_a_decision_that_is_made_no_more_is_gone(memory) -> None:
    assert event(memory, findings=[], ledger=[closed(memory)]) == ["gone"]


def test_of_a_finding_that_was_made_no_more_before_nothing_is_told_again(memory) -> None:
    gone = held(memory, state="closed", closed_by="record", outcome=None)
    assert moved(memory, "event", findings=[], ledger=[gone]) == []


def test_a_finding_that_comes_back_after_the_record_closed_it_is_reopened(memory) -> None:
    gone = held(memory, state="closed", closed_by="record", outcome=None)
    assert event(memory, ledger=[gone]) == ["reopened"]


def test_a_finding_closed_by_a_decision_stays_closed_where_nothing_changes(memory) -> None:
    assert event(memory, ledger=[closed(memory)]) == [None]


@pytest.mark.parametrize("other", [{"outcome": "undetermined"}, {"rule_from": "2025-02-01"}, {"missing": ["eccn"]}])
def test_it_opens_again_where_the_law_says_something_else(memory, other) -> None:
    assert event(memory, findings=[MADE | other], ledger=[closed(memory)]) == ["reopened"]


def restated(column: str, **other: Any) -> list[dict[str, Any]]:
    sides = {"recorded_before": mapped(**{column: "Beta"}), "recorded": mapped(**{column: "Gamma"})}
    return [LINE | {"was": True, "stands": True} | sides | other]


@pytest.mark.parametrize(("column", "expected"), [("consignee_name", "reopened"), ("invoice_number", None)])
def test_it_opens_again_where_a_deciding_column_is_restated_and_no_other(memory, column: str, expected) -> None:
    assert event(memory, ledger=[closed(memory)], decided_changes=restated(column)) == [expected]


def test_a_line_that_was_not_there_at_the_last_screening_is_not_restated(memory) -> None:
    changes = restated("consignee_name", was=False)
    assert event(memory, ledger=[closed(memory)], decided_changes=changes) == [None]


@pytest.mark.parametrize(("kind", "expected"), [("reconcile", "reopened"), ("control", None), ("eei", None)])
def test_it_opens_again_where_the_filing_differs_otherwise_as_only_its_words_tell(memory, kind: str, expected) -> None:
    findings = [MADE | {"rule_kind": kind, "because": "so then"}]
    assert event(memory, findings=findings, ledger=[closed(memory, rule_kind=kind)]) == [expected]


def situations(**eccns: str) -> list[dict[str, Any]]:
    return [{"situation_id": at, "facts": mapped(eccn=eccn, itn_form=at)} for at, eccn in eccns.items()]


@pytest.mark.parametrize(("eccn", "expected"), [("3A992", "reopened"), ("3A999", None)])
def test_it_opens_again_where_a_deciding_fact_of_its_situation_changed(memory, eccn: str, expected) -> None:
    known = situations(six=eccn, seven="3A999")
    assert event(memory, ledger=[closed(memory, situation_id="six")], ledger_situations=known) == [expected]


def test_it_opens_again_where_nobody_can_tell_on_what_it_was_decided(memory) -> None:
    known = situations(seven="3A999")
    assert event(memory, ledger=[closed(memory, situation_id="six")], ledger_situations=known) == ["reopened"]


def decision(**other: Any) -> dict[str, Any]:
    return {"entry": 5, "finding_id": "f", "rule_id": "a-rule", "situation_id": "seven", "status": "authorized"} | other


@pytest.mark.parametrize(("last_day", "expected"), [(DAY, None), (date(2026, 3, 3), "reopened"), (None, None)])
def test_it_opens_again_on_the_day_after_the_last_of_its_decision(memory, last_day, expected) -> None:
    dispositions = [decision(expires_on=last_day)]
    assert event(memory, ledger=[closed(memory)], dispositions=dispositions) == [expected]


def standing(memory, *dispositions: dict[str, Any], finding=MADE, ledger: dict[str, Any] | None = None) -> int | None:
    """The standing decision that a new finding falls under: made of another of its situation, which it closed."""
    other = closed(memory) | {"finding_id": "other", "shipment_id": "S-0"} | (ledger or {})
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
        ([{}], {}, {"closed_by": "record"}),
    ],
    ids=["ran out", "taken back", "situation", "rule", "outcome", "version", "nothing closed by it"],
)
def test_a_standing_decision_holds_no_longer_and_for_nothing_else_than_it_said(
    memory, dispositions, finding, ledger
) -> None:
    assert standing(memory, *dispositions, finding=MADE | finding, ledger=ledger) is None
