"""The folder of a report: whole or not at all, the same bytes each time, and no formula in any of its files."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from python_calamine import CalamineWorkbook

from flows.jobs.report import first_of_period, report_home
from flows.jobs.screen import Finished, screen_home
from flows.settings import Home
from tests.support.lines import MONDAY, ingest
from tests.support.parquet import rows_of
from tests.support.report_sample import LAST, PERIOD, line, told
from tests.support.summary_sample import HOSTILE
from transforms.errors import InputError
from transforms.reports.leadership.workbook import write_csv, write_report_book

FILES = ["executive.html", "findings.parquet", "findings.xlsx", "parties.xlsx", "report.html", "rulebook.html"]


@pytest.fixture(autouse=True)
def three_lines(home: Home) -> None:
    ingest(home, "lines", MONDAY, line("S1"), line("S2", description="=1+1", itn="X2025"), line("S6"))


def test_the_period_is_twelve_whole_months_and_the_running_one() -> None:
    assert first_of_period(date(2026, 11, 22)) == date(2025, 11, 1)
    assert first_of_period(date(2026, 1, 31)) == date(2025, 1, 1)
    assert first_of_period(date(2026, 12, 1)) == date(2025, 12, 1)


def test_a_report_is_one_folder_that_stays_when_its_run_is_made_again(home: Home) -> None:
    done = report_home(home, LAST)
    assert done.report.parent == home.reports / done.screened.run_id
    assert done.report.name == "report-2025-11-01-2026-11-20"
    assert sorted(path.name for path in done.report.iterdir()) == FILES
    before = {path.name: path.read_bytes() for path in done.report.iterdir()}
    again = screen_home(home, LAST)
    assert again.run_id == done.screened.run_id
    assert {path.name: path.read_bytes() for path in done.report.iterdir()} == before
    repeated = report_home(home, LAST)  # the ledger knows these findings now, as it did then
    assert {path.name: path.read_bytes() for path in repeated.report.iterdir()} == before
    assert not list(home.reports.rglob(".*"))


def test_only_findings_about_exports_of_the_period_are_in_its_parquet(home: Home) -> None:
    done = report_home(home, LAST)
    rows = rows_of(done.report / "findings.parquet", "shipment_id, count(*)", "group by 1")
    assert {name for name, _ in rows} == {"S1", "S2"}
    assert sum(number for _, number in rows) == sum(sum(one.values()) for one in done.told["findings"].values())


def test_what_fails_while_a_folder_is_filled_leaves_neither_folder_nor_entry(home: Home) -> None:
    def broken(finished: Finished, folder: Path) -> None:
        (folder / "half").write_text("half")
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        screen_home(home, LAST, None, broken)
    assert not list(home.reports.glob("2*"))
    with duckdb.connect(str(home.database)) as connection:
        assert connection.execute("select count(*) from journal").fetchall() == [(0,)]


@pytest.mark.parametrize(
    ("days", "says"),
    [((date(2026, 3, 1), date(2026, 2, 1)), "after --to"), ((None, date(2026, 11, 21)), "after the day of the")],
)
def test_a_period_that_is_none_is_refused(home: Home, days: tuple[date | None, date], says: str) -> None:
    with pytest.raises(InputError, match=says):
        report_home(home, LAST, None, *days)


def test_the_workbook_holds_typed_cells_and_text_that_is_no_formula(home: Home) -> None:
    done = report_home(home, LAST)
    book = CalamineWorkbook.from_path(done.report / "findings.xlsx")
    assert book.sheet_names == ["Summary", "Findings", "Lines to review", "Undetermined", "Causes", "Law"]
    titles, *rows = book.get_sheet_by_name("Findings").to_python()
    at = {name: number for number, name in enumerate(titles)}
    found = {(row[at["Shipment"]], row[at["Rule"]]): row for row in rows}
    hostile = found["S2", "pakistan-rs"]
    assert hostile[at["Description"]] == "=1+1" and hostile[at["Ultimate consignee"]] == HOSTILE
    assert hostile[at["Exported on"]] == date(2026, 5, 6) and hostile[at["Value (USD)"]] == 5000.25
    summary = dict(row[:2] for row in book.get_sheet_by_name("Summary").to_python())
    assert summary["Lines exported in the period"] == 2 and summary["Findings about exports of the period"] == len(rows)
    lines = [(row[at["Shipment"]], row[at["Line"]]) for row in rows]
    assert [line for line, _ in groupby(lines)] == list(dict.fromkeys(lines))  # the findings of a line are adjacent
    titles, *by_line = book.get_sheet_by_name("Lines to review").to_python()
    of = {name: number for number, name in enumerate(titles)}
    assert [(row[of["Shipment"]], row[of["Line"]]) for row in by_line] == list(dict.fromkeys(lines))
    assert sum(row[of["Findings"]] for row in by_line) == len(rows)
    assert max(row[of["Findings"]] for row in by_line) > 1
    assert summary["Lines to review with these findings, AES filing lines among them"] == len(by_line)
    law = {row[0]: row for row in book.get_sheet_by_name("Law").to_python()}
    assert "89 FR 93164" in law["pakistan-rs"][4]


def test_more_findings_than_a_sheet_holds_go_into_a_file_of_text(home: Home, tmp_path: Path) -> None:
    report = told(home, PERIOD).report
    assert write_report_book(report, tmp_path, most=1) == ["findings.csv"]
    sheet = CalamineWorkbook.from_path(tmp_path / "findings.xlsx").get_sheet_by_name("Findings").to_python()
    assert "too many for a sheet" in str(sheet[1][0])
    with (tmp_path / "findings.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == report.rows.num_rows
    assert {row["description"] for row in rows if row["shipment_id"] == "S2"} == {"'=1+1"}


def test_no_text_of_a_csv_begins_as_a_formula_does(home: Home, tmp_path: Path) -> None:
    report = told(home, PERIOD).report
    column = report.rows.column_names.index("description")
    for text in ("=1", "+1", "-1", "@x", "\tx", "\rx"):
        rows = report.rows.slice(0, 1).set_column(column, "description", pa.array([text]))
        write_csv(tmp_path / "one.csv", replace(report, rows=rows).rows)
        with (tmp_path / "one.csv").open(encoding="utf-8", newline="") as stream:
            assert next(csv.DictReader(stream))["description"] == f"'{text}"
