"""What came after is told by the order in which files came and screenings were made, never by the clock."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from flows.jobs.screen import screen_home
from flows.jobs.verify import verify
from flows.settings import Home, now
from tests.support.clocks import set_clock
from tests.support.desk import Desk, make_desk
from tests.support.office import Office, lines

A, B = {"shipment_id": "A"}, {"shipment_id": "B"}
OTHER = {**A, "value_usd": "90000.00", "consignee_name": "Others Ltd", "license_number": "", "license_code": "C30"}


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Return an office in which the finding of a shipment was closed by a decision, and screened since."""
    office = Office(make_desk(tmp_path_factory.mktemp("decided")))
    office.take(A)
    office.screen(now().date())
    office.decide("false-alarm", office.finding("A"))
    office.screen(now().date())
    return office


@pytest.fixture
def office(decided: Office, tmp_path: Path) -> Office:
    """Return a copy of it, to work in."""
    shutil.copytree(decided.desk.home.root, tmp_path / "home")
    return Office(Desk(Home(tmp_path / "home")), decided.taken)


@pytest.mark.long
def test_a_restatement_reopens_what_was_decided_though_the_clock_was_set_back(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    set_clock(monkeypatch, minutes=-5)
    office.take(OTHER)
    assert "before the last time that this home recorded" in capsys.readouterr().err
    screened = office.screen(now().date())
    assert office.state_in(screened, "A") == ["reopened"]
    assert office.last_event("A")[:2] == ("reopened", "record corrected")
    assert "value_usd: 9000.0000 to 90000.0000" in office.last_event("A")[2]
    assert [one.reproduced for one in verify(office.desk.home, every=True).runs] == [True, True, True]


def test_a_restatement_reopens_what_was_decided_though_it_is_dated_before_the_screening(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    ((first,),) = office.desk.rows("select known_from from batches")
    office.desk.take(lines(OTHER), "dated.csv", known_from=first)  # as known with the first version
    assert "is not after the last screening" in capsys.readouterr().err
    screened = office.screen(now().date())
    assert office.state_in(screened, "A") == ["reopened"]
    assert "value_usd: 9000.0000 to 90000.0000" in office.last_event("A")[2]
    office.desk.take(lines(B), "new.csv", known_from=first)
    office.screen(now().date())
    assert office.last_event("B")[:2] == ("new", "line recorded")


def test_a_screening_that_a_wrong_clock_dated_ahead_does_not_keep_later_ones_out_of_the_journal(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    set_clock(monkeypatch, days=400)
    office.take(B)
    ahead = office.screen(now().date())
    assert ahead.lines == 2
    assert "400 days after the last time" in capsys.readouterr().err
    set_clock(monkeypatch)
    office.take(OTHER)
    screened = office.screen(now().date())
    said = capsys.readouterr().err
    assert said.count("The clock is wrong now, or was ahead then") == 1  # once for a night
    assert screened.lines == 2
    assert office.state_in(screened, "A") == ["reopened"]
    past = screen_home(office.desk.home, now().date(), now())
    assert "files were recorded while the clock of this computer was ahead" in capsys.readouterr().err
    assert past.lines == 1
    assert office.screen(now().date() - timedelta(days=9)).lines == 2
    assert "is not recorded in the journal" in capsys.readouterr().err


def test_the_present_includes_a_file_that_is_known_later_than_the_clock_says(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.desk.take(lines(B), "ahead.csv", known_from=datetime(2099, 1, 1))
    assert office.screen(now().date()).lines == 2
    assert "(2099-01-01 00:00:00 UTC)" in capsys.readouterr().err
    office.take(OTHER)
    assert office.state_in(office.screen(now().date()), "A") == ["reopened"]
    past = screen_home(office.desk.home, now().date(), datetime(2020, 1, 1))
    assert past.lines == 0
    assert "2 of 3 files were recorded while the clock" in capsys.readouterr().err


def test_the_end_of_today_is_now_for_a_file_that_is_loaded(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    tonight = datetime.combine(now().date(), datetime.max.time())
    office.desk.take(lines(B), "today.csv", known_from=tonight)
    assert office.screen(now().date()).lines == 2
    assert capsys.readouterr().err == ""
