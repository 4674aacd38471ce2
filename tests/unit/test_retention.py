"""Records older than their years are shown, moved to an archive and kept; what is held or belongs together stays."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from flows.jobs.ingest import ingest_file
from flows.jobs.retain import Retained, hold_records, lift_records, list_holds, retain
from flows.jobs.screen import screen_home
from tests.support.desk import Desk
from tests.support.extracts import extract, row
from tests.support.parquet import rows_of
from transforms.errors import InputError

HEADINGS = (
    "shipment_id,line_number,export_on,tendered_on,destination,consignee_name,usppi_id,conveyance,schedule_b,origin_df,"
    "itn,value_usd,activity\n"
)
AS_OF = date(2026, 11, 20)
LEARNED = datetime(2026, 1, 5)


def line(shipment: str, export_on: str, number: int = 1, **other: str) -> str:
    cells = {
        "tendered_on": "", "destination": "PK", "consignee_name": f"Party {shipment}", "usppi_id": "123456789",
        "conveyance": "PIA 701", "schedule_b": "8471300100", "origin_df": "D", "itn": "", "value_usd": "100.00",
        "activity": "export",
    } | other  # fmt: skip
    return ",".join([shipment, str(number), export_on, *cells.values()]) + "\n"


def take(desk: Desk, *lines: str, name: str = "lines.csv", at: datetime = LEARNED) -> None:
    desk.take(HEADINGS + "".join(lines), name, known_from=at)


def shown(desk: Desk, years: int = 5) -> Retained:
    return retain(desk.home, AS_OF, years, archive=False)


def moved(desk: Desk) -> Retained:
    return retain(desk.home, AS_OF, 5, archive=True)


def live(desk: Desk) -> list[str]:
    return [shipment for (shipment,) in desk.rows("select distinct shipment_id from lines order by 1")]


@pytest.mark.parametrize(("export_on", "outside"), [("2021-11-19", 1), ("2021-11-20", 0), ("2021-11-21", 0)])
def test_a_shipment_falls_outside_on_the_day_after_five_years(desk: Desk, export_on: str, outside: int) -> None:
    take(desk, line("A", export_on))
    assert shown(desk).outside.shipments == outside


def test_the_day_of_hand_over_counts_where_it_is_later(desk: Desk) -> None:
    take(desk, line("A", "2021-11-01", tendered_on="2021-12-01"))
    assert shown(desk).outside.is_empty


def test_a_restatement_counts_as_an_event(desk: Desk) -> None:
    take(desk, line("A", "2019-01-01"))
    take(desk, line("A", "2019-01-02"), name="again.csv", at=datetime(2026, 2, 1))
    assert shown(desk).outside.is_empty


def test_a_shipment_stays_whole_for_its_latest_line(desk: Desk) -> None:
    take(desk, line("A", "2019-01-01"), line("A", "2024-01-01", 2), line("B", "2019-01-01", conveyance="X"))
    moved(desk)
    assert live(desk) == ["A"]


def test_fewer_than_five_years_are_refused(desk: Desk) -> None:
    take(desk, line("A", "2019-01-01"))
    with pytest.raises(InputError, match="five years at least"):
        shown(desk, 4)


def test_showing_changes_nothing(desk: Desk) -> None:
    take(desk, line("A", "2019-01-01"))
    before = desk.tables()
    assert shown(desk).outside.lines == 1
    assert desk.tables() == before
    assert not desk.home.archive.exists()


def test_what_is_summed_for_low_value_stays_together(desk: Desk) -> None:
    """One USPPI, consignee, conveyance, day, Schedule B number and origin: one sum, whatever the shipment."""
    same = {"consignee_name": "Acme"}
    take(desk, line("A", "2019-01-01", **same), line("B", "2019-01-01", **same), line("B", "2024-01-01", 2, **same))
    result = shown(desk).outside
    assert (result.shipments, result.kept_together) == (0, 1)


def test_lines_of_one_itn_stay_together(desk: Desk) -> None:
    itn = {"itn": "X20190101123456"}
    take(desk, line("A", "2019-01-01", **itn), line("B", "2024-01-01", **itn))
    assert shown(desk).outside.is_empty


def test_a_filing_goes_with_its_lines_and_not_before(desk: Desk) -> None:
    filings = "itn,line_number,export_on,shipment_reference\n"
    take(desk, line("A", "2019-01-01", itn="X20190101123456"), line("B", "2024-01-01"))
    desk.take(
        filings + "X20190101123456,1,2019-01-01,A\nX20190101999999,1,2019-01-01,B\n", "filings.csv", known_from=LEARNED
    )
    assert moved(desk).outside.filings == 1
    assert desk.rows("select itn from filings") == [("X20190101999999",)]


def test_what_is_archived_is_the_rows_as_they_were_with_their_digests(desk: Desk) -> None:
    take(desk, line("A", "2019-01-01"), line("B", "2024-01-01"))
    (before,) = desk.rows("select * from lines where shipment_id = 'A'")
    result = moved(desk)
    assert result.archive is not None
    manifest = json.loads((result.archive / "manifest.json").read_text())
    assert {one["file"]: one["rows"] for one in manifest["files"]}["lines.parquet"] == 1
    for one in manifest["files"]:
        assert hashlib.sha256((result.archive / one["file"]).read_bytes()).hexdigest() == one["sha256"]
    assert rows_of(result.archive / "lines.parquet") == [before]
    assert live(desk) == ["B"]


def test_an_extract_goes_to_the_archive_with_the_last_of_its_rows(desk: Desk) -> None:
    take(desk, line("A", "2019-01-01"), name="old.csv")
    take(desk, line("B", "2019-01-01", conveyance="X"), line("C", "2024-01-01"), name="mixed.csv")
    content = (desk.home.root.parent / "old.csv").read_bytes()
    result = moved(desk)
    assert result.archive is not None
    (kept,) = (result.archive / "landed").iterdir()
    assert kept.read_bytes() == content
    assert [path.name.partition("-")[2] for path in desk.home.landed.iterdir()] == ["mixed.csv"]


def test_a_screening_says_what_is_archived_and_was_not_screened(desk: Desk) -> None:
    take(desk, line("A", "2019-01-01"), line("B", "2024-01-01"))
    before = screen_home(desk.home, AS_OF)
    moved(desk)
    after = screen_home(desk.home, AS_OF)
    assert (before.lines, before.lines_archived, after.lines, after.lines_archived) == (2, 0, 1, 1)
    assert after.run_id != before.run_id
    assert "1 line exported through 2019-01-01" in (after.report / "summary.html").read_text()


def test_the_findings_of_what_goes_are_archived_with_it(desk: Desk) -> None:
    take(desk, line("A", "2019-01-01"), line("B", "2024-01-01"))
    screen_home(desk.home, AS_OF)
    result = moved(desk)
    assert result.archive is not None
    gone = rows_of(result.archive / "findings.parquet", "distinct shipment_id")
    assert gone == [("A",)]
    with duckdb.connect(str(desk.home.database), read_only=True) as connection:
        assert connection.execute("select view_name from duckdb_views() where not internal").fetchall() == []


def test_the_ledger_keeps_the_findings_of_what_goes_as_out_of_scope(desk: Desk) -> None:
    take(desk, line("A", "2019-01-01"), line("B", "2024-01-01"))
    screen_home(desk.home, AS_OF)
    of_a = "select state, count(*) from ledger where shipment_id = 'A' group by all"
    ((state, held),) = desk.rows(of_a)
    moved(desk)
    screen_home(desk.home, AS_OF)
    assert (state, desk.rows(of_a)) == ("open", [("closed", held)])
    assert desk.rows("select distinct cause from ledger_events where event = 'closed'") == [("out of scope",)]


@pytest.mark.parametrize(
    ("scope", "value"), [("shipment", "A"), ("consignee", "party a."), ("source", "line"), ("all", "")]
)
def test_what_is_under_a_hold_is_kept_and_the_hold_is_named(desk: Desk, scope: str, value: str) -> None:
    take(desk, line("A", "2019-01-01"))
    hold_records(desk.home, scope, value, "BIS request")
    result = moved(desk)
    assert (result.archive, live(desk)) == (None, ["A"])
    ((named, shipments),) = result.outside.held.items()
    assert ("BIS request" in named, shipments) == (True, 1)


def test_a_hold_that_is_lifted_stays_in_the_list_and_holds_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EARSHOT_USER", "B. Counsel")
    take(desk, line("A", "2019-01-01"))
    number = hold_records(desk.home, "all", "", "a disclosure").hold_id
    lift_records(desk.home, number, "closed")
    (listed,) = list_holds(desk.home)
    assert (listed.reason, listed.by, listed.lifted_reason, listed.lifted_by) == (
        "a disclosure", "B. Counsel", "closed", "B. Counsel",
    )  # fmt: skip
    assert moved(desk).outside.shipments == 1
    with pytest.raises(InputError, match="not an active hold"):
        lift_records(desk.home, number, "again")


def test_a_hold_without_a_reason_is_refused(desk: Desk) -> None:
    take(desk, line("A", "2019-01-01"))
    with pytest.raises(InputError, match="Give a reason"):
        hold_records(desk.home, "all", "", " ")


def test_an_archive_that_was_broken_off_before_the_rows_went_is_made_anew(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(desk, line("A", "2019-01-01"))

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("transforms.retention.archive.take_out", broken)
        moved(desk)
    assert live(desk) == ["A"]
    result = moved(desk)
    assert list(desk.home.archive.iterdir()) == [result.archive]
    assert live(desk) == []


def test_a_file_that_a_broken_run_could_not_move_is_moved_by_the_next(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(desk, line("A", "2019-01-01"), name="old.csv")

    def broken(self: Path, target: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(Path, "replace", broken)
        moved(desk)
    assert live(desk) == []
    result = moved(desk)
    assert [name.partition("-")[2] for name in result.moved] == ["old.csv"]
    assert len(list(desk.home.archive.glob("*/landed/*-old.csv"))) == 1


def test_the_same_extract_sent_again_brings_no_archived_line_back(desk: Desk) -> None:
    take(desk, line("A", "2019-01-01"), name="old.csv")
    moved(desk)
    again = ingest_file(desk.home, desk.home.root.parent / "old.csv")
    assert (again.is_known, live(desk)) == (True, [])


def test_items_and_current_lines_are_left_alone(desk: Desk) -> None:
    desk.take(extract(row("A")))
    desk.take("part_number,eccn\nP-1,3A999\n", "items.csv")
    before = desk.tables()
    assert moved(desk).archive is None
    assert desk.tables() == before
