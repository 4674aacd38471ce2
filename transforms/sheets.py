"""Sheets that leave to be filled in by a person, and come back: how they are written, and how their rows are read.

No cell becomes a formula: a workbook is told so, and in CSV a cell that a spreadsheet would take for one stands behind
an apostrophe, which is taken off again when the file comes back.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from transforms.durable import sync
from transforms.errors import InputError

MOST_ROWS = 1_000_000
"""So many rows are written to a sheet, which holds a few more."""
_LIKE_A_FORMULA = re.compile("['=+\\-@\t\r\n]")
_NUMBER = re.compile(r"-\d+([.,]\d+)*")


@contextmanager
def new_workbook(target: Path, title: str) -> Iterator[Any]:
    """Yield a workbook to fill; it stands at `target` once the block is done, whole or not at all."""
    import xlsxwriter

    partial = partial_of(target)
    book = xlsxwriter.Workbook(partial, {"strings_to_formulas": False, "strings_to_urls": False})
    yield book
    book.set_properties({"created": datetime(2000, 1, 1), "title": title})  # the same rows give the same bytes
    book.close()
    sync(partial)
    partial.replace(target)


def write_csv(rows: Iterable[Iterable[str]], target: Path) -> Path:
    """Write rows of text, the headings first, to a CSV file that spreadsheets open, whole or not at all; return it."""
    partial = partial_of(target)
    with partial.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([harmless(cell) for cell in row] for row in rows)
    partial.replace(target)
    return target


def partial_of(target: Path) -> Path:
    """Return where a file is written that is to appear whole: beside its place, which it takes by a new name."""
    return target.with_name(f".{target.name}.partial")


def harmless(cell: str) -> str:
    """Return a cell of a CSV file behind an apostrophe where a spreadsheet would take it for a formula."""
    return f"'{cell}" if _LIKE_A_FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def restored(cell: str) -> str:
    """Return a cell of such a CSV file as it was before an apostrophe was put before it."""
    return cell[1:] if cell.startswith("'") and _LIKE_A_FORMULA.match(cell[1:]) else cell


def require_file(path: Path) -> None:
    """Raise InputError where there is no file at `path`."""
    if not path.is_file():
        raise InputError(f"{path}: the file does not exist.")


def read_headings(rows: Iterator[list[str]]) -> list[str]:
    """Take the first row, and return it without what is empty at its end."""
    headings = list(next(rows, []))
    while headings and not headings[-1]:
        headings.pop()
    return headings


def numbered_rows(place: str, rows: Iterable[Sequence[str]], width: int) -> Iterator[tuple[int, list[str]]]:
    """Yield each row below the headings that holds anything: its number in the sheet, and as many cells as headings.

    Raises InputError, naming the row, for cells beyond the last heading; `place` says where the sheet is.
    """
    for number, cells in enumerate(rows, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[width:]):
            raise InputError(f"{place}, row {number}: cells beyond the last heading. Delete them.")
        yield number, [*cells, *[""] * (width - len(cells))][:width]
