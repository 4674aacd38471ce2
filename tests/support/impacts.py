"""Lines of 2024 to ask a rule about, the rows of the answer, and its sheet of parts as filled in by a person."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import python_calamine
import xlsxwriter

from flows.jobs.impact import Impact
from flows.settings import Home
from tests.support.lines import LINE, MONDAY, ingest
from transforms.reports.impact.workbook import PARTS_SHEET, PARTS_TITLES

YEAR = {"first_day": date(2024, 1, 1), "last_day": date(2024, 12, 31)}
PK = LINE | {"export_on": "2024-03-04", "tendered_on": "2024-03-03", "destination": "PK", "consignee_country": "PK",
             "eccn": "3A992", "itn": "X20240302123456", "eei_exemption": "", "value_usd": "100"}  # fmt: skip


def rows(found: Impact) -> dict[tuple[str, str], tuple[Any, ...]]:
    """Baseline, reform, certainty and change by shipment and rule."""
    names = "shipment_id, rule_id, baseline_outcome, reform_outcome, certainty, change"
    with duckdb.connect() as connection:  # one of its own: another test may have left a result unread
        told = connection.execute(f"select {names} from '{found.report / 'impact.parquet'}'").fetchall()
    return {(row[0], row[1]): row[2:] for row in told}


def put(home: Home, *lines: dict[str, str]) -> None:
    ingest(home, "lines", MONDAY, *[PK | {"shipment_id": f"S{at}"} | line for at, line in enumerate(lines, start=1)])


def filled(book: Path, target: Path, confirmed: dict[str, dict[str, object]]) -> Path:
    """Write the sheet anew as a person would leave it: some rows with answers, the rest as they were."""
    sheet = python_calamine.CalamineWorkbook.from_path(str(book)).get_sheet_by_name(PARTS_SHEET)
    made = xlsxwriter.Workbook(target)
    made.add_worksheet("Summary").write_string(0, 0, "What")
    page, day = made.add_worksheet(PARTS_SHEET), made.add_format({"num_format": "yyyy-mm-dd"})
    titles, *rows = sheet.to_python()
    assert tuple(titles) == PARTS_TITLES
    for number, row in enumerate([titles, *rows]):
        answers = confirmed.get(str(row[0]), {}) if number else {}
        for at, value in enumerate(row):
            cell = answers.get(str(titles[at]), value)
            if isinstance(cell, date):
                page.write_datetime(number, at, cell, day)
            elif isinstance(cell, int | float):
                page.write_number(number, at, cell)
            elif cell != "":
                page.write_string(number, at, str(cell))
    made.close()
    return target
