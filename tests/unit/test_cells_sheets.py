"""Workbooks and markup of every odd kind load as the plain file of the same rows does, under the rows shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.desk import Desk, make_desk
from tests.support.odd_files import (
    NAMES,
    PLAIN,
    ROWS,
    fill_rows,
    html,
    ods,
    workbook,
    xml,
    xml_cell,
    xml_rows,
)

XLS = (Path(__file__).parent.parent / "fixtures" / "files" / "lines.xls").read_bytes()
TABLE = [NAMES, *ROWS]
ONE = "<table><tr><td>1</td></tr></table>"


def merged(book: Any, sheet: Any) -> None:
    """Title over all columns, a shipment and its day over two lines, a blank row."""
    sheet.merge_range(0, 0, 0, 7, "Shipments")
    fill_rows(book, sheet, [NAMES, *ROWS[:2], [], *ROWS[2:]], 2)
    sheet.merge_range(3, 0, 4, 0, "A")
    sheet.merge_range(3, 2, 4, 2, "2025-02-03")


def far_in(book: Any, sheet: Any) -> None:
    """The table begins in row 4 and column C."""
    fill_rows(book, sheet, TABLE, 3, 2)


def plain_sheet(book: Any, sheet: Any) -> None:
    """The table and nothing else."""
    fill_rows(book, sheet, TABLE, 0)


PLAIN_BOOK = workbook(plain_sheet)
DOWN = xml(
    *xml_rows([NAMES]),
    "<Row>" + xml_cell("A", ' ss:MergeDown="1"') + "".join(map(xml_cell, ROWS[0][1:])) + "</Row>",
    "<Row>" + xml_cell("2", ' ss:Index="2"') + "".join(map(xml_cell, ROWS[1][2:])) + "</Row>",
    *xml_rows(ROWS[2:]),
)
ACROSS = xml(
    "<Row>" + xml_cell("Shipments", ' ss:MergeAcross="7"') + "</Row>", '<Row ss:Index="4">' + xml_rows([NAMES])[0][5:],
    *xml_rows(ROWS[:2]), '<Row ss:Index="9">' + xml_rows(ROWS[2:3])[0][5:], *xml_rows(ROWS[3:]),
)  # fmt: skip
SHEETS: dict[str, tuple[str, str | bytes, str, int]] = {
    "merged cells": ("x.xlsx", workbook(merged), "workbook, sheet Lines, headings in row 3", 7),
    "a table far in": ("x.xlsx", workbook(far_in), "workbook, sheet Lines, headings in row 4", 7),
    "a workbook called .xls": ("x.xls", PLAIN_BOOK, "workbook, sheet Lines", 4),
    "a workbook called .ods": ("x.ods", PLAIN_BOOK, "workbook, sheet Lines", 4),
    "a workbook called .xlsb": ("x.xlsb", PLAIN_BOOK, "workbook, sheet Lines", 4),
    "a workbook called .csv": ("x.csv", PLAIN_BOOK, "workbook, sheet Lines", 4),
    "Excel 97, merged": ("x.xls", XLS, "workbook, sheet Lines, headings in row 4", 8),
    "Excel 97 called .xlsx": ("x.xlsx", XLS, "workbook, sheet Lines, headings in row 4", 8),
    "Excel 97 called .csv": ("x.csv", XLS, "workbook, sheet Lines, headings in row 4", 8),
    "OpenDocument": ("x.ods", ods([["Shipments"], [], *TABLE]), "workbook, sheet Lines, headings in row 3", 6),
    "HTML": ("x.xls", html(TABLE), "HTML table", 4),
    "HTML with a title": ("x.xls", html([["Shipments"], *TABLE], tag="th"), "HTML table, headings in row 2", 5),
    "HTML in Windows-1252": ("x.xls", html(TABLE, charset="windows-1252").encode("cp1252"), "HTML table", 4),
    "HTML in UTF-16": ("x.xls", html(TABLE, charset="utf-16").encode("utf-16"), "HTML table", 4),
    "HTML with a mark that says otherwise": (
        "x.xls", html(TABLE, charset="windows-1252").encode("utf-8-sig"), "HTML table", 4,
    ),
    "several tables": ("x.htm", html(TABLE, before=ONE, after=ONE), "HTML table", 4),
    "a table that lays out the page": ("x.xls", f"<table><tr><td>Title<td>{html(TABLE)}</table>", "HTML table", 4),
    "a table in a cell": (
        "x.xls", html(TABLE).replace("a pump", "<table><tr><td>a pump</td></tr></table>"), "HTML table", 4,
    ),
    "entities": (
        "x.xls", html(TABLE).replace("ü", "&uuml;").replace("ä", "&#228;").replace("a pump", "a&nbsp;pump"),
        "HTML table", 4,
    ),
    "cells over rows and columns": (
        "x.xls",
        html([["Shipments"], *TABLE]).replace("<td>Shipments", "<td colspan=8>Shipments").replace(
            "<td>A</td>", "<td rowspan='2'>A</td>", 1).replace("<td>A</td>", ""),
        "HTML table, headings in row 2", 5,
    ),
    "tags that nobody closed": (
        "x.xls", html(TABLE).replace("</td>", "").replace("</tr>", "").replace("</table>", ""), "HTML table", 4,
    ),
    "many remarks": ("x.xls", "<!-- a -->\n" * 200 + html(TABLE), "HTML table", 4),
    "XML of Excel 2003": ("x.xls", xml(*xml_rows(TABLE)), "XML spreadsheet", 4),
    "the same in UTF-16": ("x.xml", xml(*xml_rows(TABLE)).encode("utf-16"), "XML spreadsheet", 4),
    "rows by number, merged to the right": ("x.xls", ACROSS, "XML spreadsheet, headings in row 4", 9),
    "merged downward": ("x.xls", DOWN, "XML spreadsheet", 4),
    "numbers in 17 digits": (
        "x.xls", xml(*xml_rows(TABLE)).replace(">1234.50<", ">1234.5000000000002<").replace(">1200000.00<", ">1.2E6<"),
        "XML spreadsheet", 4,
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a desk that has taken the plain file."""
    desk = make_desk(tmp_path_factory.mktemp("plain"))
    assert desk.take(PLAIN, "plain.csv").loaded == 3
    return desk


@pytest.mark.parametrize(("name", "content", "told", "row"), SHEETS.values(), ids=SHEETS.keys())
def test_an_odd_sheet_is_the_same_records_as_the_plain_text(
    plain: Desk, name: str, content: str | bytes, told: str, row: int
) -> None:
    done = plain.take(content, name, again=True)
    assert (done.rows_in, done.duplicates, done.quarantined, done.read_as) == (4, 3, 1, told)
    aside = "select row_number, problems[1].recorded from quarantine"
    assert plain.rows(f"{aside} order by batch_id desc limit 1") == [(row, "Freedonia")]


def test_a_named_sheet_of_xml_is_read(desk: Desk) -> None:
    first = f'<Worksheet ss:Name="Notes"><Table><Row>{xml_cell("x")}</Row></Table></Worksheet>'
    desk.add_layout("line", (Path("data/layouts/line.yml").read_text(encoding="utf-8") + "format: {sheet: Lines}\n"))
    done = desk.take(xml(*xml_rows(TABLE), before=first), "x.xls")
    assert (done.loaded, done.read_as) == (3, "XML spreadsheet, sheet Lines")
