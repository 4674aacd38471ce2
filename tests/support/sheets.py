"""A sheet of findings, as a person fills it in and saves it."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from transforms.ledger.sheet import HEADINGS, SHEET

Sheet = list[list[str]]


def save(path: Path, cells: Sheet) -> Path:
    """Write cells as text, as a person would save the sheet."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(SHEET)
        for number, row in enumerate(cells):
            for at, cell in enumerate(row):
                sheet.write_string(number, at, cell)
    return path


def fill(cells: Sheet, number: int, status: str = "authorized", reason: str = "as counsel said", **other: str) -> None:
    """Fill in a row, by its number in the sheet."""
    for heading, value in {"status": status, "reason": reason, **other}.items():
        cells[number - 1][HEADINGS.index(heading)] = value
