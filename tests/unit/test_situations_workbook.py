"""The workbook of situations lists all of them, or those to review first and says what it leaves out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from python_calamine import CalamineWorkbook

from flows.jobs.screen import Screened, screen_home
from tests.support.desk import OPEN_DOOR, Desk
from tests.support.extracts import extract, row
from transforms.reports.spreadsheet import write_situations

TODAY = date(2026, 11, 20)
COUNTRIES = ("DE", "FR", "JP")


def screened(desk: Desk) -> Screened:
    """Two lines to each of three countries that are undetermined, and one that is flagged."""
    (desk.home.root / "door.yml").write_text(OPEN_DOOR)
    lines = [row(f"{country}{at}", destination=country, eccn="EAR99") for country in COUNTRIES for at in range(2)]
    desk.take(extract(row("PK1", eccn="3A99"), *lines))
    return screen_home(desk.home, TODAY)


def sheets(path: Path) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def told_of(path: Path) -> str:
    return str(sheets(path)["notice"][0][0])


def destinations(path: Path, sheet: str) -> set[object]:
    head, *rows = sheets(path)[sheet]
    return {one[head.index("Destination" if "Destination" in head else "destination")] for one in rows}


def test_it_lists_all_where_they_fit_and_is_the_same_each_time(desk: Desk) -> None:
    report = screened(desk).report
    path = write_situations(report, 4)
    first = path.read_bytes()
    assert destinations(path, "situations") == {"PK", *COUNTRIES}
    assert "This workbook lists" not in told_of(path)
    assert write_situations(report).read_bytes() == first


def test_of_more_it_lists_those_to_review_first_with_their_law_alone_and_says_so(desk: Desk) -> None:
    path = write_situations(screened(desk).report, 1)
    assert destinations(path, "situations") == destinations(path, "law") == {"PK"}
    assert "lists 1 of 4 situations" in told_of(path)
