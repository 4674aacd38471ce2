"""Rows that are no exports: counted, kept as they came, not screened, and never a line that ends silently."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from flows.jobs.ingest import ingest_file
from flows.jobs.quarantine import export_quarantine, replay_quarantine
from flows.jobs.rebuild import rebuild
from flows.jobs.screen import screen_home
from flows.settings import SHIPPED
from tests.support.command import earshot
from tests.support.desk import Desk, make_desk
from transforms.errors import DoorStopped

LAYOUT = """
id: acme
title: Acme
extract: {date_in_name: "acme-%Y-%m-%d"}
columns: {shipment_id: No, line_number: Item, export_on: Day, destination: Country}
constants: {activity: export, form: tangible}
not_exports:
  - {heading: Type, values: [RE, Credit memo], reason: return}
  - {heading: Type, values: [X], reason: other, note: moved between own plants}
  - {heading: Note, values: ["0"], reason: not-shipped}
"""
HEADINGS = "No,Item,Day,Country,Type,Note"


def file_of(*rows: str) -> str:
    return "\n".join([HEADINGS, *rows]) + "\n"


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    made = make_desk(tmp_path_factory.mktemp("left"))
    made.add_layout("acme", LAYOUT)
    return made


MIXED = file_of(
    "A1,1,2026-11-03,DE,SO,", "R1,1,2026-11-03,DE,re,", "R2,1,2026-11-03,DE, RE ,", "bad,row",
    "M1,1,2026-11-03,DE,CREDIT  memo,", "O1,x,soon,Freedonia,X,", "B1,1,2026-11-03,DE,,", "U1,1,2026-11-03,DE,REX,",
    "Q1,1,2026-11-03,Freedonia,SO,", "N1,1,2026-11-03,DE,SO,0", "A1,1,2026-11-03,DE,SO,",
)  # fmt: skip


@pytest.fixture(scope="module")
def mixed(acme: Desk):
    return acme.take(MIXED, "acme-2026-11-10.csv")


def test_rows_are_told_apart_by_values_that_are_named_and_all_add_up(acme: Desk, mixed) -> None:
    assert mixed.adds_up
    counts = (mixed.rows_in, mixed.loaded, mixed.duplicates, mixed.quarantined, mixed.left_out)
    assert counts == (11, 3, 1, 2, 5)
    assert mixed.left_out_reasons == {"return": 3, "not-shipped": 1, "other": 1}
    assert mixed.left_out_known == 0
    lines = acme.rows("select shipment_id from lines order by all")
    assert lines == [("A1",), ("B1",), ("U1",)]


def test_each_is_kept_as_it_came_with_its_number_and_reason(acme: Desk, mixed) -> None:
    del mixed
    kept = acme.rows("select row_number, reason, heading, recorded, note, identity from left_out order by 1")
    assert kept == [
        (2, "return", "Type", "re", "", ["R1", "1"]),
        (3, "return", "Type", "RE", "", ["R2", "1"]),
        (5, "return", "Type", "CREDIT  memo", "", ["M1", "1"]),
        (6, "other", "Type", "X", "moved between own plants", None),
        (10, "not-shipped", "Note", "0", "", ["N1", "1"]),
    ]
    (cells,) = acme.rows("select cells from left_out where row_number = 6")
    assert cells == (["O1", "x", "soon", "Freedonia", "X", ""],)
    assert acme.rows("select row_number from quarantine order by 1") == [(4,), (9,)]
    told = "select left_out, rows_in = loaded + duplicates + restated + quarantined + left_out from batches"
    assert acme.rows(told) == [(5, True)]


def test_a_line_that_turns_out_to_be_a_return_stays_and_is_told(tmp_path: Path) -> None:
    acme = make_desk(tmp_path / "home")
    acme.add_layout("acme", LAYOUT + "whole: month\n")
    acme.take(file_of("A1,1,2026-11-03,DE,SO,", "A2,1,2026-11-04,DE,SO,"), "acme-2026-11-10.csv")
    content = file_of("A1,1,2026-11-03,DE,RE,", "A2,1,2026-11-04,FR,SO,", "A2,1,2026-11-04,FR,RE,")
    path = acme.put(content, "acme-2026-11-11.csv")
    shown = earshot("ingest", path, "--home", acme.home.root)
    assert shown.code == 0, shown.err
    words = " ".join(shown.out.split())
    assert "Rows in 3 = 0 loaded + 0 duplicates + 1 restated + 0 quarantined + 2 left out" in words
    assert "Left out as not exports, not screened: returns 2" in words
    assert "an earlier file has 1 line as exports. They stay, screened" in words
    current = "select shipment_id, destination from lines where known_until is null order by all"
    assert acme.rows(current) == [("A1", "DE"), ("A2", "FR")]
    assert acme.rows("select count(*) from endings") == [(0,)]
    # what was left out comes as an export again: it is an ordinary line
    acme.take(file_of("A1,1,2026-11-03,AT,SO,", "A2,1,2026-11-04,FR,SO,"), "acme-2026-11-12.csv")
    assert acme.rows(current) == [("A1", "AT"), ("A2", "FR")]


def test_the_door_stops_a_file_most_of_which_would_be_left_out(tmp_path: Path) -> None:
    acme = make_desk(tmp_path / "home")
    (acme.home.root / "door.yml").write_bytes((SHIPPED / "data" / "door.yml").read_bytes())
    acme.add_layout("acme", LAYOUT)
    content = file_of("A1,1,2026-11-03,DE,SO,", "A2,1,2026-11-03,DE,RE,", "A3,1,2026-11-03,DE,RE,")
    with pytest.raises(DoorStopped) as stopped:
        acme.take(content, "acme-2026-11-10.csv")
    assert stopped.value.codes == ("left-out",)
    assert acme.rows("select count(*) from left_out") == [(0,)]
    acme.add_layout("acme", LAYOUT + 'door: {left_out: "0.7"}\n')
    done = acme.take(content, "acme-2026-11-10.csv")
    assert (done.loaded, done.left_out) == (1, 2)
    assert [one["code"] for one in done.door if not one["success"] and one["code"].startswith("left")] == [
        "left-out-many"
    ]


def test_rows_of_a_workbook_have_the_numbers_of_its_sheet(tmp_path: Path) -> None:
    acme = make_desk(tmp_path / "home")
    acme.add_layout("acme", LAYOUT)
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        for at, cells in ((0, HEADINGS), (1, "A1,1,2026-11-03,DE,SO"), (3, "A2,1,2026-11-03,DE,RE")):
            sheet.write_row(at, 0, cells.split(","))
    done = acme.take(stream.getvalue(), "acme-2026-11-10.xlsx")
    assert (done.rows_in, done.loaded, done.left_out) == (2, 1, 1)
    assert acme.rows("select row_number, reason from left_out") == [(4, "return")]


def test_a_corrected_row_that_is_no_export_is_left_out_in_its_place(tmp_path: Path) -> None:
    acme = make_desk(tmp_path / "home")
    acme.add_layout("acme", LAYOUT)
    acme.take(file_of("A1,1,2026-11-03,DE,SO,", "A2,1,2026-11-03,Freedonia,SO,"), "acme-2026-11-10.csv")
    export_quarantine(acme.home, tmp_path / "out.csv")
    sheet = tmp_path / "out.csv"
    sheet.write_text(sheet.read_text(encoding="utf-8-sig").replace("Freedonia,SO", "Freedonia,RE"), encoding="utf-8")
    done = replay_quarantine(acme.home, sheet)
    assert {key: done[key] for key in ("rows_in", "loaded", "quarantined", "left_out", "left")} == {
        "rows_in": 1, "loaded": 0, "quarantined": 0, "left_out": 1, "left": 0,
    }  # fmt: skip
    assert acme.rows("select file_name, row_number, reason from left_out") == [("acme-2026-11-10.csv", 2, "return")]


@pytest.mark.long
def test_a_rebuilt_home_and_every_report_tell_of_them(tmp_path: Path) -> None:
    acme = make_desk(tmp_path / "home")
    acme.add_layout("acme", LAYOUT)
    rows = [f"A{number},1,2026-11-03,DE,{'RE' if number < 3 else 'SO'}," for number in range(8)]
    for name, known in (("acme-2026-11-10.csv", datetime(2026, 11, 10)), ("acme-2026-11-11.csv", None)):
        path = acme.put(file_of(*rows, f"Z{known is None},1,2026-11-04,DE,SO,"), name)
        ingest_file(acme.home, path, known_from=known)
    screened = screen_home(acme.home, date(2026, 11, 20))
    assert screened.conservation["left_out"] == 6
    said = "Left out as not exports, and not screened: 3 rows (returns 3)."
    summary = (screened.report / "summary.html").read_text(encoding="utf-8")
    assert said in summary
    assert "3 rows left out as not exports" in summary
    assert "This does not add up" not in summary
    held = "select * from left_out order by batch_id, row_number"
    before = acme.rows(held)
    acme.home.database.rename(tmp_path / "lost.duckdb")
    done = rebuild(acme.home)
    assert (done.differing, done.not_loaded) == ([], [])
    assert acme.rows(held) == before
