"""A sheet of a workbook is an extract like any other: its cells as text, its rows under the numbers that it shows."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from flows.jobs.inbox import look_into
from flows.jobs.ingest import ingest_file
from tests.support.desk import Desk
from tests.support.extracts import row
from transforms.errors import InputError

HEADINGS = ["part_number", "eccn", "valid_from", "description", "detectors", "spectral"]
LINE = ["shipment_id", "line_number", "export_on", "destination", "value_usd"]
NO_VALUE = "<c{}><f>1/0</f></c>"


def cell(sheet: Any, place: tuple[int, int], value: Any, formats: dict[str, Any]) -> None:
    """Write one cell as its type asks: a text that begins with = is a formula, with its result after |."""
    if isinstance(value, datetime | date | time):
        look = (
            "hh:mm" if isinstance(value, time) else "yyyy-mm-dd hh:mm" if isinstance(value, datetime) else "yyyy-mm-dd"
        )
        sheet.write_datetime(*place, value, formats[look])
    elif isinstance(value, str) and value.startswith("="):
        formula, _, result = value.partition("|")
        sheet.write_formula(*place, formula, None, result)
    elif isinstance(value, str):
        sheet.write_string(*place, value)
    elif value is not None:
        sheet.write(*place, value)


def workbook(path: Path, sheets: dict[str, Sequence[Sequence[Any]]], *, left: int = 0, hidden: str = "") -> Path:
    """Write a workbook whose rows begin in column `left` and row 1."""
    with xlsxwriter.Workbook(str(path)) as book:
        formats = {look: book.add_format({"num_format": look}) for look in ("hh:mm", "yyyy-mm-dd", "yyyy-mm-dd hh:mm")}
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            if name == hidden:
                sheet.hide()
            for number, cells in enumerate(rows):
                for column, value in enumerate(cells, start=left):
                    cell(sheet, (number, column), value, formats)
        if hidden:
            next(sheet for sheet in book.worksheets() if sheet.name != hidden).activate()
    return path


@pytest.fixture
def take(desk: Desk) -> Callable[..., Any]:
    """Return a function that ingests rows as the sheet of a workbook."""

    def ingest(*rows: Sequence[Any], layout: str | None = None, **other: Any) -> Any:
        path = workbook(desk.home.root.parent / "book.xlsx", {"Sheet1": rows}, **other)
        return ingest_file(desk.home, path, layout)

    return ingest


CELLS: list[tuple[Any, str]] = [
    ("3E001", "3E001"), ("0101210010", "0101210010"), (101210010, "101210010"), (30.0, "30"), (1.5, "1.5"),
    (-0.25, "-0.25"), (1e-7, "0.0000001"), (1e20, "100000000000000000000"), (0.1 + 0.2, "0.3"), (True, "TRUE"),
    (date(2025, 2, 3), "2025-02-03"), (datetime(2025, 2, 3, 13, 45), "2025-02-03 13:45:00"), (time(13, 45), "13:45:00"),
    ('a "b", c', 'a "b", c'), ("two\r\n\r\nlines", "two\n\nlines"), ("  Ü ", "Ü"), (None, ""), ("NO", "NO"),
    ("=1/0|#DIV/0!", "#DIV/0!"), ('="x"&"y"|xy', "xy"), ("#N/A", "#N/A"),
]  # fmt: skip


def test_a_cell_is_the_text_that_it_records(desk: Desk, take: Callable[..., Any]) -> None:
    done = take(["part_number", "description"], *([f"P{place}", value] for place, (value, _) in enumerate(CELLS)))
    assert (done.kind, done.rows_in, done.loaded) == ("items", len(CELLS), len(CELLS))
    read = dict(desk.rows("select part_number, description from items"))
    assert [read[f"P{place}"] for place in range(len(CELLS))] == [text for _, text in CELLS]


def test_lines_of_a_workbook_are_loaded_and_landed_as_they_came(desk: Desk, take: Callable[..., Any]) -> None:
    done = take(LINE, ["S1", 1, date(2025, 2, 3), "PK", 1234.5], ["S1", 2, "02/03/2025", "Pakistan", "1,200"])
    assert (done.kind, done.loaded) == ("lines", 2)
    assert desk.rows("select distinct export_on, destination, sum(value_usd) over () from lines") == [
        (date(2025, 2, 3), "PK", 2434.5)
    ]
    assert [path.name for path in desk.home.landed.iterdir()] == [f"{done.sha256[:16]}-book.xlsx"]
    assert ingest_file(desk.home, desk.home.root.parent / "book.xlsx").is_known


def test_a_row_is_set_aside_under_the_number_that_the_sheet_shows(desk: Desk, take: Callable[..., Any]) -> None:
    done = take(
        HEADINGS,
        ["P1"],
        ["P2", None, "soon"],
        [],
        [None, "  "],
        ["P3", None, None, "a\n\nb", "=1/0|#DIV/0!"],
        ["P4", None, None, None, 1],
        [],
        ["P4", None, None, None, 2],
        ["P5", "=VLOOKUP(A1,A1:B2,2)|#N/A"],
    )
    assert (done.rows_in, done.loaded, done.quarantined) == (6, 1, 5)
    told = desk.rows("select row_number, problems[1].column_name, problems[1].recorded from quarantine order by 1")
    assert told == [
        (3, "valid_from", "soon"), (6, "detectors", "#DIV/0!"), (7, "part_number", "P4 without valid_from"),
        (9, "part_number", "P4 without valid_from"), (10, "eccn", "#N/A"),
    ]  # fmt: skip
    (written,) = desk.home.quarantine.iterdir()
    assert written.name == f"{done.sha256[:16]}-book.xlsx.csv"
    assert ",book.xlsx,3,valid_from,soon," in written.read_text(encoding="utf-8").splitlines()[1]


def test_columns_and_rows_that_hold_nothing_do_not_count(desk: Desk, take: Callable[..., Any]) -> None:
    done = take(["part_number", None, "description", ""], ["P1", None, "x", " "], [], [], left=2)
    assert (done.rows_in, done.loaded) == (1, 1)
    with pytest.raises(InputError, match="a column without a heading"):
        take(["part_number", None, "description"], ["P1", "stray", "x"], left=2)


@pytest.mark.parametrize("left", [b"</c>", b"<v/></c>", b"<v></v></c>"])
def test_a_formula_that_was_never_calculated_is_no_empty_cell(desk: Desk, tmp_path: Path, left: bytes) -> None:
    path = workbook(tmp_path / "whole.xlsx", {"One": [HEADINGS, ["P", None, None, None, "=1+1|2"]]})
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(tmp_path / "book.xlsx", "w") as book:
        for name in whole.namelist():
            content = whole.read(name).replace(b"<v>2</v></c>", left)
            book.writestr(name, content.replace(b' t="str"', b"") if b"<f>1+1" in content else content)
    assert ingest_file(desk.home, tmp_path / "book.xlsx").quarantined == 1
    assert desk.rows("select problems[1].recorded from quarantine") == [("#FORMULA WITHOUT A VALUE",)]


def test_the_first_sheet_that_is_shown_is_read_unless_the_layout_names_one(desk: Desk) -> None:
    sheets = {"Hidden": [["note"]], "Parts": [["part_number"], ["P1"]], "Old parts": [["Material"], ["P2"]]}
    path = workbook(desk.home.root.parent / "book.xlsx", sheets, hidden="Hidden")
    assert ingest_file(desk.home, path).layout == "items"
    old = "id: old\ntitle: Old\nkind: items\nformat: {sheet: %s}\ncolumns: {part_number: Material}\n"
    desk.add_layout("old", old % "Old parts")
    assert ingest_file(desk.home, path, "old").loaded == 1
    desk.add_layout("old", old % "Older parts")
    with pytest.raises(InputError, match=r"no sheet 'Older parts'. Sheets: Hidden, Parts, Old parts"):
        ingest_file(desk.home, path, "old", again=True)
    assert desk.rows("select source, part_number from items order by 1") == [("items", "P1"), ("old", "P2")]


ACME = """
id: acme
title: Acme
format: {delimiter: semicolon, encoding: latin-1, decimal: ","}
columns:
  shipment_id: Ref
  line_number: Item
  export_on: {headings: Day, dates: [%s]}
  value_usd: Amount
"""


def test_of_a_layout_for_text_the_decimals_and_dates_hold_and_dates_of_the_sheet_are_read_too(desk: Desk, take) -> None:  # type: ignore[no-untyped-def]
    desk.add_layout("acme", ACME % '"%d.%m.%Y"')
    done = take(
        ["Ref", "Item", "Day", "Amount"], ["A", 1, "03.02.2025", "1.234,50"], ["A", 2, date(2025, 2, 3), 1234.5]
    )
    assert (done.layout, done.loaded) == ("acme", 2)
    assert desk.rows("select distinct export_on, value_usd from lines") == [(date(2025, 2, 3), 1234.5)]


def test_dates_that_a_workbook_would_turn_round_are_refused(desk: Desk, take: Callable[..., Any]) -> None:
    desk.add_layout("acme", ACME % '"%Y-%d-%m"')
    with pytest.raises(InputError, match=r"columns\.export_on\.dates: %Y-%d-%m cannot be told"):
        take(["Ref", "Item", "Day", "Amount"], ["A", 1, date(2025, 2, 3), 1])


REFUSED: dict[str, tuple[bytes, str]] = {
    "a text.xlsx": (
        b"part_number,eccn\nP,3A999\n",
        "not a workbook, although its name ends in .xlsx. It begins b'part_number",
    ),
    "a page.xlsx": (b"<html><table>", "not a workbook, although its name ends in .xlsx"),
    "nothing.xlsx": (b"", "the file is empty"),
    "an old one.xls": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "a damaged workbook, one with a password, or a document of another program",
    ),
    "half.xlsx": (b"PK\x03\x04" + bytes(99), "damaged workbook or archive"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_workbook_is_refused(desk: Desk, name: str) -> None:
    content, said = REFUSED[name]
    with pytest.raises(InputError, match=said) as error:
        desk.take(content, name)
    assert str(error.value).startswith(name)
    assert desk.rows("select count(*) from batches") == [(0,)] and not list(desk.home.landed.iterdir())


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_a_damaged_workbook_is_refused(desk: Desk, tmp_path: Path, part: str) -> None:
    path = workbook(tmp_path / "whole.xlsx", {"One": [HEADINGS, ["P"]]})
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(tmp_path / "book.xlsx", "w") as book:
        for name in whole.namelist():
            book.writestr(name, whole.read(name)[: -20 if name == part else None])
    with pytest.raises(InputError, match=r"book\.xlsx: cannot be read as a workbook"):
        ingest_file(desk.home, tmp_path / "book.xlsx")


def test_another_archive_is_no_workbook(desk: Desk, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "book.xlsx", "w") as archive:
        archive.writestr("extract.csv", row("A"))
    with pytest.raises(InputError, match="an archive or another program's document"):
        ingest_file(desk.home, tmp_path / "book.xlsx")


@pytest.mark.parametrize("rows", [[], [["part_number", "colour"], ["P", "red"]]])
def test_a_sheet_has_headings_and_they_are_known(take: Callable[..., Any], rows: list[list[str]]) -> None:
    with pytest.raises(InputError, match=r"the file is empty|unknown heading 'colour'"):
        take(*rows)


def test_the_mark_of_an_open_workbook_is_no_extract(desk: Desk) -> None:
    (desk.home.inbox / "~$book.xlsx").write_bytes(b"\x05owner")
    assert look_into(desk.home) == ([], [], [])
