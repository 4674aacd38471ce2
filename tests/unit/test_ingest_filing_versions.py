"""Rows of one filing line in one report are its versions, by time of transmission, else by status, else set aside."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.jobs.screen import screen_home
from flows.main import app
from tests.support.desk import Desk
from tests.support.office import TODAY
from transforms.ingest.load import Loaded

ITN = "X20260302000001"
HEADINGS = "itn,line_number,status,value_usd,transmitted_at"
LINES = (
    "shipment_id,line_number,export_on,activity,form,usppi_id,consignee_name,destination,eccn,schedule_b,origin_df,"
    "value_usd,license_code,license_number,itn"
)
EARLY, LATE = datetime(2026, 3, 1), datetime(2026, 3, 2)

SETTLED: dict[str, tuple[list[str], str]] = {
    "replaced after added": (["Shipment Added,5,", "Shipment Replaced,6,"], "6"),
    "replaced after added, of one value": (["Shipment Added,5,", "Shipment Replaced,5,"], "5"),
    "changed after added": (["A,5,", "C,6,"], "6"),
    "accepted after added": (["Added,5,", "Accepted,6,"], "6"),
    "canceled after both": (["Shipment Added,5,", "Shipment Cancelled,7,", "Shipment Replaced,6,"], "7"),
    "canceled after two that are equal in rank": (["Accepted,5,", "Replaced,6,", "X,7,"], "7"),
    "the last that stands twice": (["Added,5,", "Replaced,6,", "REPLACED,6,"], "6"),
    "the later time": (["Replaced,5,2026-03-02 09:00:00", "Replaced,6,2026-03-02 09:00:01"], "6"),
    "the later time, whatever the status": (["X,5,2026-03-02 09:00:00", "Added,6,2026-03-02 10:00:00"], "6"),
    "the later day of three": (["R,5,2026-03-02", "R,6,2026-03-04", "R,7,2026-03-03"], "6"),
    "the later moment of two zones": (["R,5,2026-03-02T09:00:00-05:00", "R,6,2026-03-02T13:59:00Z"], "5"),
    "one time, by status": (["Added,5,2026-03-02", "Replaced,6,2026-03-02"], "6"),
    "the latest time twice, by status": (["A,5,2026-03-01", "X,7,2026-03-02", "R,6,2026-03-02"], "7"),
    "a time that one lacks, by status": (["Added,5,2026-03-04", "Replaced,6,"], "6"),
    "accepted after it was rejected": (["Rejected,5,2026-03-02", "Accepted,6,2026-03-03"], "6"),
    "accepted after a word that is not known": (["Beamed,5,2026-03-02", "Accepted,6,2026-03-03"], "6"),
    "rejected after a draft": (["Draft,5,2026-03-02", "Rejected,6,2026-03-03"], "6"),
    "a word that is not known is the latest": (["Accepted,5,2026-03-02", "Beamed,6,2026-03-03"], "6"),
}
OPEN: dict[str, list[str]] = {
    "two replaced without a time": ["Replaced,5,", "Replaced,6,"],
    "two replaced after added": ["Added,4,", "Replaced,5,", "Replaced,6,"],
    "two replaced of one time": ["Replaced,5,2026-03-02", "Replaced,6,2026-03-02"],
    "two replaced, one without a time": ["Replaced,5,2026-03-02", "Replaced,6,"],
    "replaced and accepted": ["Replaced,5,", "Accepted,6,"],
    "two canceled": ["X,5,", "X,6,"],
    "no status": [",5,", ",6,"],
    "a status that one lacks": [",5,", "Replaced,6,"],
    "a word that is not known": ["Added,5,", "Beamed,6,"],
    "rejected or accepted first": ["Rejected,5,", "Accepted,6,"],
    "rejected after it was accepted": ["Accepted,5,2026-03-02", "Rejected,6,2026-03-03"],
    "a draft after it was canceled": ["X,5,2026-03-02", "Draft,6,2026-03-03"],
}


def report(*rows: str, itn: str = ITN) -> str:
    return "".join(one + "\n" for one in (HEADINGS, *(f"{itn},1,{row}" for row in rows)))


def counts(done: Loaded) -> tuple[int, ...]:
    return done.rows_in, done.loaded, done.duplicates, done.restated, done.quarantined


def held(desk: Desk) -> list[str]:
    return [f"{value:.0f}" for (value,) in desk.rows("select value_usd from filings where known_until is null")]


def every_order(cases: dict[str, list[str]]) -> tuple[str, dict[str, str]]:
    """Return one report with every case in every order of its rows, each under an ITN of its own, and whose that is."""
    places = [(name, order) for name, rows in cases.items() for order in permutations(rows)]
    numbered = {f"X{20260302000001 + at}": place for at, place in enumerate(places)}
    rows = [f"{itn},1,{row}" for itn, (_, order) in numbered.items() for row in order]
    return "\n".join([HEADINGS, *rows]) + "\n", {itn: name for itn, (name, _) in numbered.items()}


def test_the_last_version_holds_in_whatever_order_the_rows_stand(desk: Desk) -> None:
    content, names = every_order({name: rows for name, (rows, _) in SETTLED.items()})
    done = desk.take(content)
    found = desk.rows("select itn, value_usd::integer::varchar from filings where known_until is null order by itn")
    assert [(names[itn], value) for itn, value in found] == [(name, SETTLED[name][1]) for name in names.values()]
    assert (done.loaded, done.quarantined, done.late) == (len(names), 0, done.restated)
    assert done.adds_up
    earlier = "select count(*) from filings where known_until = known_from"
    assert desk.rows(earlier) == [(done.restated,)]


def test_versions_of_which_none_is_certainly_the_last_are_set_aside(desk: Desk) -> None:
    content, names = every_order(OPEN)
    done = desk.take(content)
    assert counts(done) == (done.rows_in, 0, 0, 0, done.rows_in)
    assert done.codes == {"two-rows": done.rows_in}
    assert desk.rows("select distinct identity[1] from quarantine order by 1") == [(itn,) for itn in names]


def test_versions_are_told_apart_beside_rows_that_cannot_be_read_and_repeats(desk: Desk) -> None:
    rows = ["Added,5,", "Replaced,6,", "Replaced,6,", "Replaced,x,"]
    done = desk.take(report(*rows) + f"{ITN},2,R,1,\n{ITN},2,R,2,\nX2,1,Accepted,1,\nX2,1,Accepted,1,\n")
    assert counts(done) == (8, 2, 2, 1, 3)
    assert done.codes == {"two-rows": 2, "not-a-number": 1}
    assert desk.rows("select row_number from quarantine order by 1") == [(4,), (5,), (6,)]


def test_a_report_that_brings_all_versions_every_night_adds_none(desk: Desk) -> None:
    rows = ["Added,5,", "Replaced,6,"]
    desk.take(report(*rows), known_from=EARLY)
    done = desk.take(report(*rows, "Replaced,6,"), known_from=LATE)
    assert counts(done) == (3, 0, 3, 0, 0)
    assert desk.rows("select count(*) from filings") == [(2,)]


def test_a_version_that_came_alone_before_is_closed_by_the_one_after_it(desk: Desk) -> None:
    desk.take(report("Added,5,"), known_from=EARLY)
    done = desk.take(report("Shipment Cancelled,7,", "Added,5,"), known_from=LATE)
    assert counts(done) == (2, 0, 1, 1, 0)
    query = "select status, known_from, known_until from filings order by known_from"
    assert desk.rows(query) == [("added", EARLY, LATE), ("shipment cancelled", LATE, None)]


def test_versions_that_were_set_aside_are_settled_by_a_report_that_tells_them(desk: Desk) -> None:
    desk.take(report("R,5,", "R,6,"), known_from=EARLY)
    done = desk.take(report("R,5,2026-03-02", "R,6,2026-03-03"), known_from=LATE)
    assert counts(done) == (2, 1, 0, 1, 0)
    assert desk.rows("select count(*) from quarantine where settled_at is null") == [(0,)]


@pytest.mark.parametrize(
    ("first", "second", "holds"),
    [
        pytest.param("R,5,2026-03-02 09:00", "R,6,2026-03-02 08:59", "5", id="sent earlier"),
        pytest.param("R,5,2026-03-02 09:00", "R,6,2026-03-02 09:00", "6", id="sent at the same time"),
        pytest.param("R,5,2026-03-02 09:00", "R,6,2026-03-02 09:01", "6", id="sent later"),
        pytest.param("R,5,2026-03-02 09:00", "R,6,", "6", id="no time in the second"),
        pytest.param("R,5,", "R,6,2026-03-02 09:00", "6", id="no time in the first"),
    ],
)
def test_a_report_replaces_no_version_that_was_sent_later(desk: Desk, first: str, second: str, holds: str) -> None:
    desk.take(report(first), known_from=EARLY)
    done = desk.take(report(second), known_from=LATE)
    assert held(desk) == [holds]
    assert counts(done) == (1, 0, 0, 1, 0)
    assert done.late == (holds == "5")


def test_a_known_file_says_nothing_of_versions_that_it_restated_itself(desk: Desk) -> None:
    rows = report("Added,5,", "Replaced,6,")
    desk.take(rows, known_from=EARLY)
    assert desk.take(rows, known_from=LATE).outdated == 0
    desk.take(report("X,7,"), "later.csv", known_from=LATE + timedelta(days=1))
    assert desk.take(rows, known_from=LATE + timedelta(days=2)).outdated == 1


@pytest.mark.parametrize("heading", ["Transmission Date", "Date Filed", "Last Updated", "Submission Date/Time"])
@pytest.mark.parametrize("written", ["03/02/2026 09:05", "3/2/2026 9:05:00 AM", "2026-03-02 09:05:00"])
def test_the_time_of_transmission_is_read_under_its_headings_in_its_forms(
    desk: Desk, heading: str, written: str
) -> None:
    done = desk.take(f"ITN,Line Number,Status,Value,{heading}\n{ITN},1,Replaced,5,{written}\n", layout="aesdirect")
    assert (done.layout, done.loaded) == ("aesdirect", 1)
    assert desk.rows("select transmitted_at from filings") == [(datetime(2026, 3, 2, 9, 5),)]


def test_a_time_that_cannot_be_read_is_set_aside_with_its_forms(desk: Desk) -> None:
    done = desk.take(report("Replaced,5,soon"))
    (told,) = done.problems
    assert re.match("transmitted_at: not a date from 1980 to 2099 in the formats %Y-%m-%d", told)


def test_a_status_that_is_not_known_is_told_from_the_first_one_on(guarded: Desk) -> None:
    path = guarded.put(report("Beamed up,5,") + "X2,1,Accepted,1,\n" + "".join(f"Y{n},1,gone,1,\n" for n in range(3)))
    told = CliRunner().invoke(app, ["ingest", str(path), "--home", str(guarded.home.root)])
    assert told.exit_code == 0, told.output
    said = " ".join(told.output.split())
    assert re.search(r'Intake check warning: Filing status gone is known[^:]*: 3 \(allowed: at most 0\)', said)
    assert re.search(r'Intake check warning: Filing status beamed up is known[^:]*: 1 \(allowed: at most 0\)', said)
    assert "accepted" not in said


def test_earlier_versions_are_told_on_the_screen(guarded: Desk) -> None:
    path = guarded.put(report("Shipment Added,5,", "Shipment Replaced,6,"))
    told = CliRunner().invoke(app, ["ingest", str(path), "--home", str(guarded.home.root)]).output
    assert "Rows in 2 = 1 loaded + 0 duplicates + 1 restated + 0 quarantined" in told
    assert "Superseded by a later version of the filing, never current: 1 row" in told


FILING = (
    "itn,shipment_reference,line_number,status,export_on,usppi_id,destination,schedule_b,origin_df,value_usd,eccn\n"
    f"{ITN},S-1,1,{{}},2026-03-02,123456789,DE,9027509000,D,9000,EAR99\n"
)
LINE = f"S-1,1,2026-03-02,export,tangible,123456789,Labor,DE,EAR99,9027509000,D,9000,C33,NLR,{ITN}"


NOT_HELD = (
    "Shipment Cancelled", "CANCELED", "Cancelled by filer", "Cancel", "X", "X - Cancelled", "Deleted", "Delete",
    "Rejected", "Fatal Error", "Draft", "Pending", "Saved",
)  # fmt: skip
HELD = ("Accepted", "Shipment Added", "")


def test_a_line_under_a_filing_that_aes_does_not_hold_is_found(desk: Desk) -> None:
    headings, filing = FILING.splitlines()
    lines, filings = [LINES], [headings]
    for number, status in enumerate((*NOT_HELD, *HELD), start=10):
        itn, shipment = f"{ITN[:-2]}{number}", f"S-{number}"
        lines.append(LINE.replace(ITN, itn).replace("S-1,", f"{shipment},"))
        filings.append(filing.format(status).replace(ITN, itn).replace("S-1,", f"{shipment},"))
    desk.take("\n".join([*lines, ""]), "lines.csv")
    desk.take("\n".join([*filings, ""]), "filings.csv")
    screen_home(desk.home, TODAY)
    found = desk.rows("select shipment_id, outcome from ledger where rule_id = 'filing-cancelled' order by shipment_id")
    assert found == [(f"S-{number}", "flagged") for number in range(10, 10 + len(NOT_HELD))]


def test_two_versions_of_a_filing_are_one_filing_of_its_line(desk: Desk, tmp_path: Path) -> None:
    desk.take(f"{LINES}\n{LINE}\n", "lines.csv")
    first, second = (FILING.format(status).splitlines()[1] for status in ("Shipment Added", "Shipment Replaced"))
    done = desk.take("\n".join([FILING.splitlines()[0], second, first]) + "\n", "filings.csv")
    assert counts(done) == (2, 1, 0, 1, 0)
    assert not {rule for rule in screen_home(desk.home, TODAY).findings if rule.startswith(("filing-", "eei-"))}
