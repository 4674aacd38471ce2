"""A decision about a situation may stand for lines that come later, until its last day, or until the law changes."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from flows.jobs.dispose import dispose
from flows.settings import RULES, Home, now
from tests.support.desk import Desk, make_desk
from tests.support.office import LATER, Office
from transforms.errors import InputError
from transforms.ledger.choose import Choice
from transforms.ledger.decide import Decision

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


def stand(office: Office, status: str = "authorized", expires_on: date | None = LATER) -> None:
    """Decide about the situation that A is in, for lines yet to come too."""
    ((situation,),) = office.desk.rows(
        "select situation_id from ledger where shipment_id='A' and rule_id='pakistan-rs'"
    )
    decision = Decision(status, "license D1234567 covers it", "", expires_on)
    choice = Choice(situation_id=situation, rule_id="pakistan-rs")
    dispose(office.desk.home, choice, decision, "Ada", standing=True, is_sure=True)


def test_a_standing_decision_closes_a_line_that_comes_later(office: Office) -> None:
    stand(office)
    assert office.standing("A") == CLOSED
    office.take(B)
    assert office.state_in(office.screen(), "B") == ["closed"]
    assert office.standing("B") == CLOSED
    assert "standing decision of entry 2" in office.last_event("B")[2]


def test_a_standing_decision_that_ran_out_opens_what_it_closed_and_closes_nothing_more(office: Office) -> None:
    last = now().date() + timedelta(days=1)
    stand(office, expires_on=last)
    office.take(B)
    office.screen()
    office.take({"shipment_id": "C"})
    screened = office.screen(last + timedelta(days=1))
    assert [office.state_in(screened, one) for one in "ABC"] == [["reopened"], ["reopened"], ["new"]]


def test_a_standing_decision_that_is_taken_back_closes_nothing_more(office: Office) -> None:
    stand(office)
    stand(office, "reopen", None)
    assert office.standing("A") == OPEN
    office.take(B)
    assert office.state_in(office.screen(), "B") == ["new"]


def test_a_standing_decision_falls_with_the_law_that_it_was_made_under(office: Office) -> None:
    stand(office)
    rules = office.desk.home.root / "rules"
    shutil.copytree(RULES, rules)
    rule = rules / "controls" / "pakistan-rs" / "rule.yml"
    rule.write_text(rule.read_text().replace("2024-12-26", "2024-12-27"))
    office.take(B)
    screened = office.screen()
    assert (office.state_in(screened, "A"), office.state_in(screened, "B")) == (["reopened"], ["new"])


def test_another_situation_is_not_covered_by_a_standing_decision(office: Office) -> None:
    stand(office)
    office.take({**B, "eccn": "3A992"})
    assert office.state_in(office.screen(), "B") == ["new"]


@pytest.mark.parametrize(
    ("expires_on", "status", "problem"),
    [(None, "authorized", "needs a last day"), (LATER, "corrected", "only false-alarm or authorized can stand")],
)
def test_a_standing_decision_needs_a_last_day_and_a_status_that_can_be_said_of_lines_to_come(
    quiet: Office, expires_on: date | None, status: str, problem: str
) -> None:
    with pytest.raises(InputError, match=problem):
        stand(quiet, status, expires_on)
