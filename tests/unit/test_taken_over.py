"""What was decided holds on: screenings of a home that was taken over, or derived anew, say what they said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from flows.jobs.dispose import dispose
from flows.jobs.screen import screen_home
from flows.jobs.verify import verify
from flows.settings import Home
from tests.support.desk import make_desk
from tests.support.office import LATER, Office
from tests.support.old_home import LAST, unpack
from tests.support.old_homes import question, spoil, take_over
from transforms.errors import RulebookError
from transforms.ledger.choose import Choice
from transforms.ledger.decide import Decision
from transforms.rulebook.kept import unpack_rulebook

_JOURNAL = "select kind, name, row_count, sha256 from journal order by entry"
_LEDGER = "select finding_id, state, closed_by, decided_in, since from ledger order by all"
_ENTRIES = 7
"""Of the journal of the home of schema 4."""


@pytest.fixture
def old(tmp_path: Path) -> Home:
    """Return a home of schema 4."""
    return unpack("schema-4", tmp_path / "old")


def test_what_is_proved_of_it_holds(old: Home) -> None:
    seals = old.seals.read_text(encoding="utf-8").splitlines()
    proved = verify(old, every=True)
    assert (proved.chain, proved.ledger, proved.files) == ([], [], [])
    assert (proved.entries, proved.last_seal) == (_ENTRIES, seals[-1].split("\t")[-1])
    assert proved.runs[0].reproduced is None  # its lines went to the archive since
    spoil(old)
    assert verify(old, every=True) == proved


@pytest.mark.long
def test_what_is_changed_unseen_after_it_was_screened_again_is_told(old: Home) -> None:
    screen_home(take_over(old), LAST)
    assert verify(old).runs[0].reproduced
    with duckdb.connect(str(old.database)) as connection:
        connection.execute("update lines set value_usd = 1, license_number = 'D999999'")
    assert verify(old).runs[0].reproduced is False


def test_under_the_law_that_it_was_screened_under_nothing_happens_to_its_findings(old: Home) -> None:
    ((digest,),) = question(old, "select distinct rulebook_hash from journal where kind = 'run'")
    unpack_rulebook(old.rulebooks, digest, old.root)
    before = question(old, _LEDGER)
    try:
        screened = screen_home(old, LAST)
    except RulebookError as error:
        pytest.skip(f"the rulebook of then is refused by this version: {str(error).splitlines()[0]}")
    assert question(old, f"select * from ledger_events where entry > {_ENTRIES}") == []
    assert question(old, _LEDGER) == before
    assert screened.states == {"new": 0, "open": 57, "reopened": 0, "decided": 5, "closed": 0}


def test_a_screening_says_the_same_after_all_is_derived_anew(old: Home) -> None:
    first = screen_home(old, LAST)
    said = (first.report / "findings.parquet").read_bytes(), question(old, _JOURNAL), question(old, _LEDGER)
    assert len(said[1]) == _ENTRIES + 1
    spoil(old)
    again = screen_home(old, LAST)
    assert again.run_id == first.run_id
    assert ((again.report / "findings.parquet").read_bytes(), question(old, _JOURNAL), question(old, _LEDGER)) == said
    assert verify(old).runs[0].reproduced is True


def test_what_is_not_known_from_before_is_no_change(old: Home) -> None:
    take_over(old)
    decided = "select finding_id, state from ledger where rule_kind = 'reconcile' and closed_by = 'decision'"
    before = question(old, decided)
    screen_home(old, LAST)
    assert question(old, decided) == before != []
    known = "select bool_and(answer is not null), bool_and(line_batch is not null or shipment_id like 'X%') from ledger"
    assert question(old, f"{known} where outcome is not null") == [(True, True)]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Return an office with decisions about A, which stands for its situation, and B, of a version without a fact."""
    office = Office(make_desk(tmp_path))
    office.take({"shipment_id": "A"}, {"shipment_id": "B", "license_number": ""})
    office.screen()
    stand(office, "authorized", LATER)
    office.decide("authorized", office.finding("B"))
    with duckdb.connect(str(office.desk.home.database)) as connection:
        connection.execute(
            "update ledger_situations set situation_id = 'old ' || situation_id, facts ="
            " map_from_entries(list_filter(map_entries(facts), lambda one: one.key <> 'destination'))"
        )
        for table in ("ledger", "dispositions"):
            connection.execute(f"update {table} set situation_id = 'old ' || situation_id")
    return office


def stand(office: Office, status: str, expires_on: date | None = None) -> None:
    """Decide about the situation that A is in under `pakistan-rs`, for lines yet to come too."""
    (choice,) = office.desk.rows(
        "select situation_id, rule_id from ledger where rule_id = 'pakistan-rs' and shipment_id = 'A'"
    )
    decision = Decision(status, "as counsel said", "", expires_on)
    dispose(office.desk.home, Choice((), *choice), decision, "Ada", standing=True, is_sure=True)


CLOSED, OPEN = ("closed", "decision", True), ("open", None, False)


@pytest.mark.long
def test_a_fact_that_is_added_reopens_nothing_and_a_decision_stands_on(office: Office) -> None:
    office.take({"shipment_id": "C"})
    office.screen()
    assert [office.standing(one) for one in "ABC"] == [CLOSED] * 3
    assert office.last_event("C")[2] == "closed by the standing decision of entry 2 on its situation"
    assert office.desk.rows("select shipment_id from ledger where starts_with(situation_id, 'old')") == []
    assert office.desk.rows("select distinct finding_id from ledger_events where entry > 3") == office.desk.rows(
        "select finding_id from ledger where shipment_id = 'C'"
    )


def test_what_reopens_a_decision_does_so_beside_a_fact_that_is_added(office: Office) -> None:
    office.take({"shipment_id": "B", "license_number": "", "license_code": "C60"})
    office.screen()
    assert office.standing("A") == CLOSED
    assert office.standing("B") == OPEN


@pytest.mark.long
def test_a_decision_that_stands_on_can_be_taken_back_under_the_name_of_now(office: Office) -> None:
    office.screen()
    stand(office, "reopen")
    office.take({"shipment_id": "C"})
    office.screen()
    assert [office.standing(one) for one in "AC"] == [OPEN] * 2
