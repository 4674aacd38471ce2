"""A decision about a finding holds until what it was made on changes; each is added, and none written over."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from flows.jobs.dispose import dispose
from flows.settings import RULES, Home, now
from tests.support.desk import Desk, make_desk
from tests.support.office import LATER, TODAY, Office
from transforms.errors import InputError
from transforms.ledger.choose import Choice
from transforms.ledger.decide import Decision
from transforms.ledger.journal import hash_rows, read_journal, read_seals
from transforms.store import open_store

A, B = {"shipment_id": "A"}, {"shipment_id": "B"}
CLOSED, OPEN = ("closed", "decision", True), ("open", None, False)


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Return an office in which a shipment A to Pakistan under NLR was flagged; for tests that change nothing."""
    office = Office(make_desk(tmp_path_factory.mktemp("quiet")))
    office.take(A)
    office.screen()
    return office


@pytest.fixture
def office(quiet: Office, tmp_path: Path) -> Office:
    """Return a copy of it, to work in."""
    shutil.copytree(quiet.desk.home.root, tmp_path / "home")
    return Office(Desk(Home(tmp_path / "home")), quiet.taken)


def closed(office: Office, expires_on: date | None = None) -> Office:
    """Close the finding of A by a decision."""
    office.decide("authorized", office.finding("A"), expires_on=expires_on)
    return office


def test_a_closed_finding_is_told_as_closed_by_the_next_screening_and_kept(office: Office) -> None:
    closed(office)
    assert office.standing("A") == CLOSED
    assert office.state_in(office.screen(), "A") == ["closed"]
    assert office.last_event("A") == ("closed", "disposed", "authorized: as counsel said")


@pytest.mark.parametrize("status", ["escalated", "disclosure-candidate"])
def test_a_finding_that_somebody_else_decides_stays_open(office: Office, status: str) -> None:
    office.decide(status, office.finding("A"))
    assert office.standing("A") == ("open", None, True)
    assert office.last_event("A")[:2] == ("noted", "disposed")
    assert office.state_in(office.screen(), "A") == ["open"]


def test_it_stays_closed_where_an_unrelated_column_is_restated(office: Office) -> None:
    closed(office).take({**A, "port_of_export": "LAX"})
    assert office.state_in(office.screen(), "A") == ["closed"]
    assert office.standing("A") == CLOSED


def test_it_opens_again_where_the_line_becomes_another_transaction(office: Office) -> None:
    others = {
        "consignee_name": "Another Lab", "license_number": "TMP", "export_on": "2025-02-04", "value_usd": "99000.00",
        "description": "a valve",
    }  # fmt: skip
    office.take(*({"shipment_id": name, "itn": ""} for name in others))
    office.screen()
    office.decide("authorized", *(office.finding(name) for name in others))
    office.take(*({"shipment_id": name, "itn": "", name: value} for name, value in others.items()))
    office.screen()
    assert {name: office.last_event(name)[0] for name in others} == dict.fromkeys(others, "reopened")
    assert all(f"{name}: " in office.last_event(name)[2] for name in others)


def test_it_opens_again_where_nobody_can_tell_on_what_it_was_decided(office: Office) -> None:
    closed(office)
    with open_store(office.desk.home.database) as connection:
        connection.execute("delete from ledger_situations")
    office.take({**A, "itn": "PENDING"})
    assert office.state_in(office.screen(), "A") == ["reopened"]


@pytest.mark.parametrize(
    ("restated", "cause", "told"),
    [
        ({"license_code": ""}, "record corrected", "license_code: C33 to nothing"),
        ({"eccn": "3A992"}, "classification changed", "eccn: 3A999 to 3A992"),
    ],
)
def test_it_opens_again_where_a_deciding_fact_is_restated_and_says_which(
    office: Office, restated: dict[str, str], cause: str, told: str
) -> None:
    closed(office).take({**A, **restated})
    assert office.state_in(office.screen(), "A") == ["reopened"]
    assert office.standing("A") == OPEN
    assert office.last_event("A")[:2] == ("reopened", cause)
    assert told in office.last_event("A")[2]


@pytest.mark.long
def test_it_opens_again_where_the_destination_is_restated(office: Office) -> None:
    office.take({**B, "destination": "DE", "license_code": "Z99"})
    office.screen()
    rule = office.desk.rows("select rule_id from ledger where shipment_id = 'B' and rule_kind = 'check' limit 1")[0][0]
    office.decide("false-alarm", office.finding("B", rule))
    office.take({**B, "destination": "FR", "license_code": "Z99"})
    office.screen()
    assert office.last_event("B", rule) == ("reopened", "record corrected", "destination: DE to FR")


def test_it_holds_to_the_end_of_its_last_day_and_opens_on_the_day_after(office: Office) -> None:
    last = now().date() + timedelta(days=30)
    closed(office, last)
    assert office.state_in(office.screen(last), "A") == ["closed"]
    assert office.state_in(office.screen(last + timedelta(days=1)), "A") == ["reopened"]
    assert office.last_event("A") == (
        "reopened", "decision expired", "the decision of entry 2 ran until a day before this"
    )  # fmt: skip
    assert office.standing("A") == OPEN


def test_it_opens_again_where_a_rule_comes_to_another_outcome(office: Office) -> None:
    closed(office)
    shutil.copytree(RULES, office.desk.home.root / "rules")
    rule = office.desk.home.root / "rules" / "controls" / "pakistan-rs" / "rule.yml"
    text = rule.read_text(encoding="utf-8")
    rule.write_text(text.replace("from: 2024-12-26", "from: 2024-12-27", 1), encoding="utf-8")
    screened = office.screen()
    assert office.state_in(screened, "A") == ["reopened"]
    assert office.last_event("A")[:2] == ("reopened", "rule changed")


def test_a_finding_that_went_and_comes_back_is_open_and_its_decision_is_past(office: Office) -> None:
    closed(office).take({**A, "eccn": "EAR99"})
    assert office.state_in(office.screen(), "A") == []
    assert office.last_event("A")[0] == "gone"
    office.take({**A, "value_usd": "9000.01"})
    assert office.state_in(office.screen(), "A") == ["reopened"]
    assert office.standing("A") == OPEN


def test_a_decision_that_is_taken_back_leaves_it_open_and_stays_on_record(office: Office) -> None:
    closed(office).decide("reopen", office.finding("A"))
    assert office.standing("A") == OPEN
    assert office.last_event("A")[:2] == ("reopened", "decision withdrawn")
    assert office.desk.rows("select entry, status from dispositions order by entry") == [
        (2, "authorized"),
        (3, "reopen"),
    ]
    assert office.state_in(office.screen(), "A") == ["open"]


def test_a_note_that_is_taken_back_was_no_closure(office: Office) -> None:
    office.decide("escalated", office.finding("A"))
    office.decide("reopen", office.finding("A"))
    assert office.last_event("A")[:2] == ("withdrawn", "decision withdrawn")


def test_a_closed_finding_that_is_escalated_is_open(office: Office) -> None:
    closed(office).decide("escalated", office.finding("A"))
    assert office.standing("A") == ("open", None, True)
    assert office.last_event("A")[:2] == ("reopened", "disposed")


REFUSED = {
    "a status that is none": (Decision("fine", "x"), "Allowed: false-alarm, authorized"),
    "no reason": (Decision("authorized", " "), "the reason is missing"),
    "an expiry that is today": (Decision("authorized", "x", "", now().date()), "Give a date after"),
    "an expiry of what stays open": (Decision("escalated", "x", "", LATER), "decisions that close a finding"),
    "nothing to take back": (Decision("reopen", "x"), "has no decision to withdraw"),
}


@pytest.mark.parametrize(("decision", "problem"), REFUSED.values(), ids=REFUSED.keys())
def test_a_faulty_decision_is_refused_and_nothing_is_recorded(quiet: Office, decision: Decision, problem: str) -> None:
    before = quiet.desk.tables()
    with pytest.raises(InputError, match=problem):
        dispose(quiet.desk.home, Choice(finding_ids=(quiet.finding("A"),)), decision, "Ada")
    assert quiet.desk.tables() == before
    assert len(quiet.desk.rows("from journal")) == 1


def test_a_finding_that_the_last_screening_did_not_make_cannot_be_decided(office: Office) -> None:
    finding = office.finding("A")
    office.take({**A, "eccn": "EAR99"})
    office.screen()
    with pytest.raises(InputError, match="not in the last screening"):
        office.decide("authorized", finding)


def test_nothing_can_be_decided_before_a_screening(desk: Desk) -> None:
    with pytest.raises(InputError, match="no screening has run"):
        Office(desk).decide("authorized", "0123456789abcdef")


def test_a_filter_is_told_and_recorded_only_with_a_yes(office: Office) -> None:
    office.take(B, {"shipment_id": "C", "destination": "DE"})
    office.screen()
    choice, decision = Choice(rule_id="pakistan-rs", destination="pk", consignee="acme"), Decision("authorized", "x")
    with pytest.raises(InputError, match=r"This would decide 2 findings of 2 lines .* pakistan-rs 2.*--yes"):
        dispose(office.desk.home, choice, decision, "Ada")
    done = dispose(office.desk.home, choice, decision, "Ada", is_sure=True)
    assert (done["entry"], done["findings"], done["lines"]) == (3, 2, 2)
    with pytest.raises(InputError, match="No finding that is open matches"):
        dispose(office.desk.home, choice, decision, "Ada", is_sure=True)


def test_who_entered_a_decision_for_another_is_kept_too(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EARSHOT_USER", "Bob")
    closed(office)
    assert office.desk.rows("select done_by, note from journal where entry = 2") == [("Ada", "1 by id; entered by Bob")]


def test_a_finding_is_known_by_eight_characters_of_its_id(office: Office) -> None:
    with pytest.raises(InputError, match="too short"):
        office.decide("authorized", office.finding("A")[:7])
    assert office.decide("authorized", office.finding("A")[:8])["findings"] == 1


def test_each_decision_is_a_sealed_entry_in_the_database_and_in_the_file_beside_it(office: Office) -> None:
    closed(office).decide("reopen", office.finding("A"))
    with open_store(office.desk.home.database) as connection:
        entries = list(read_journal(connection))
        assert [(one.deed.kind, one.deed.done_by) for one in entries[1:]] == [("decision", "Ada")] * 2
        assert [one.previous_sha256 for one in entries[1:]] == [one.sha256 for one in entries[:-1]]
        assert all(hash_rows(connection, one.entry) == (one.row_count, one.rows_sha256) for one in entries)
        assert all(one.expected_sha256 == one.sha256 for one in entries)
    assert read_seals(office.desk.home.seals) == {one.entry: one.sha256 for one in entries}


def test_a_screening_as_of_a_day_before_the_decision_does_not_know_of_it(office: Office) -> None:
    closed(office)
    assert office.state_in(office.screen(TODAY - timedelta(days=1)), "A") == ["new"]
