"""A corrected export, read back: which row each is, and its cells as text."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from transforms.cells.workbook import is_workbook, sheet_names, sheet_texts
from transforms.errors import InputError
from transforms.quarantine.sheet import CODES, FILE, ID, LOAD, OWN_HEADINGS, ROW
from transforms.sheets import numbered_rows, read_headings, require_file, restored

_YES = {"yes", "y", "true", "1", "x"}


@dataclass(frozen=True)
class Returned:
    """One row of a corrected export; `place` tells where it stands, for messages."""

    place: str
    quarantine_id: str
    file_name: str
    row_number: str
    is_wanted: bool
    """Whether it is to be loaded as it stands, changed or not."""
    headings: tuple[str, ...]
    cells: tuple[str, ...]


def read_export(path: Path, decimal: str = ".") -> list[Returned]:
    """Return the rows of a corrected export, CSV or .xlsx; numbers typed into a sheet are written with `decimal`.

    Raises InputError for a file that is none, or that has lost its own columns.
    """
    require_file(path)
    if not is_workbook(path):
        return list(_rows(path.name, path.name, _csv_rows(path)))
    sheets = sheet_names(path)
    return [
        row
        for name in sheets
        for row in _rows(path.name, f"{path.name}, sheet {name}", sheet_texts(path, name, decimal))
    ]


def _rows(file: str, place: str, rows: Iterator[list[str]]) -> Iterator[Returned]:
    headings = read_headings(rows)
    own = len(OWN_HEADINGS)
    if tuple(one.strip() for one in headings[:own]) != OWN_HEADINGS:
        raise InputError(
            f"{place}: the first columns must be those of `earshot quarantine export`: {', '.join(OWN_HEADINGS)}."
            " Export the rows again and correct them there."
        )
    last = len(headings) - (headings[-1].strip() == CODES)  # an export of an earlier version has no codes
    for number, cells in numbered_rows(place, rows, len(headings)):
        yield Returned(
            f"{place}, row {number}", cells[ID].strip(), cells[FILE], cells[ROW].strip(),
            cells[LOAD].strip().lower() in _YES, tuple(headings[own:last]), tuple(cells[own:last]),
        )  # fmt: skip


def _csv_rows(path: Path) -> Iterator[list[str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            first = stream.readline()
            delimiter = first.lstrip('"').removeprefix(OWN_HEADINGS[0]).lstrip('"')[:1]
            stream.seek(0)
            csv.field_size_limit(max(csv.field_size_limit(), path.stat().st_size))  # the whole process's: only raised
            rows = csv.reader(stream, delimiter=delimiter if delimiter in (",", ";", "\t") else ",", strict=True)
            for cells in rows:
                yield [restored(cell) for cell in cells]
    except UnicodeDecodeError as error:
        raise InputError(f"{path.name}: not UTF-8 text. Save it as CSV UTF-8 or as .xlsx.") from error
    except csv.Error as error:
        raise InputError(f"{path.name}: cannot be read as CSV: {error}. Save it again, or as .xlsx.") from error
