"""How far a sheet reaches, told before it is read: the reader of workbooks takes room for every cell up to the last.

A workbook of a kilobyte can name a cell in the last corner, or unpack to gigabytes; either ends the whole process.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import NamedTuple

from transforms.cells.open_document import CONTENT
from transforms.cells.open_document import reaches as reaches_of
from transforms.cells.workbook_faults import DAMAGE, part_of
from transforms.errors import InputError

MOST_CELLS = 60_000_000
"""Blank ones too: some 2 GB of memory. A full sheet of 57 columns has as many."""
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
ANY_WAY = 256 * 1024 * 1024
TIMES = 200
"""Extracts shrink to a tenth, rarely to a hundredth; a file that grows two hundredfold is made to fill a disk."""
_CHUNK = 4 * 1024 * 1024
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*)(\d+)["']""")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_ROW_ENDS = re.compile(rb"</(?:\w+:)?row\s*>")
_DTD = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


class _Extent(NamedTuple):
    rows: int
    columns: int


def is_xlsx(path: Path) -> bool:
    """Return whether the sheets of a workbook are XML in a zip, which can be looked into before they are read."""
    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except zipfile.BadZipFile:
        return False


def require_room(path: Path) -> None:
    """Raise InputError for a workbook that unpacks to far more than it is. Its reader refuses one that lies of it."""
    if not zipfile.is_zipfile(path):  # of .xls, which is not packed
        return
    allowed = max(ANY_WAY, TIMES * path.stat().st_size)
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(one.file_size for one in archive.infolist())
    except DAMAGE as error:
        raise InputError(f"{path.name}: cannot be read as a workbook: {error}; save it again as .xlsx") from error
    if size > allowed:
        raise InputError(
            f"{path.name}: unpacked, the workbook has {size:,} bytes, and at most {allowed:,} are read. Nothing was"
            " loaded. Save the sheet as CSV (UTF-8) and ingest that."
        )


def require_extent(path: Path, sheet: str) -> None:
    """Raise InputError for a sheet that reaches too far to be read, and for one with declarations of its own.

    Sheets of .xls end at row 65,536 and column 256; of .xlsb only the size is asked about. Those of .ods are read when
    the workbook is opened, and are asked about before that (`require_reaches`).
    """
    if not is_xlsx(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            part = part_of(archive, sheet)
            reaches = _extent(archive, part) if part else _Extent(0, 0)
    except DAMAGE as error:
        raise InputError(f"{path.name}: cannot be read as a workbook: {error}; save it again as .xlsx") from error
    _require(path, sheet, *reaches)


def require_reaches(path: Path) -> None:
    """Raise InputError for an OpenDocument workbook of which any sheet reaches too far to be read."""
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as archive:
            if CONTENT in archive.namelist():
                for sheet, rows, columns in reaches_of(archive):
                    _require(path, sheet, rows, columns)
    except DAMAGE as error:
        raise InputError(f"{path.name}: cannot be read as a workbook: {error}; save it again as .xlsx") from error


def _require(path: Path, sheet: str, rows: int, columns: int) -> None:
    if rows > MOST_ROWS or columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        raise InputError(
            f"{path.name}: the sheet {sheet} reaches to row {rows:,} and column {columns:,}, and at most"
            f" {MOST_CELLS:,} cells are read, blank ones too. Nothing was loaded. Delete the rows and columns beyond"
            " the table, or save the sheet as CSV (UTF-8) and ingest that."
        )


def _extent(archive: zipfile.ZipFile, part: str) -> _Extent:
    last_row = rows = cells = placed = columns = in_row = longest = 0
    letters: set[bytes] = set()
    is_head = True
    with archive.open(part) as stream:
        held = b""
        while chunk := stream.read(_CHUNK):
            text, cut, rest = (held + chunk).rpartition(b"<")
            held = cut + rest
            if is_head and _DTD.search(text.partition(b"sheetData")[0]):
                raise ValueError("it has declarations (DOCTYPE), which no spreadsheet writes")
            is_head = is_head and b"sheetData" not in text
            places = _PLACE.findall(text)
            last_row = max([last_row, *{int(number[:10]) for _, number in set(places)}])
            letters |= {column for column, _ in places if column}
            placed += sum(1 for column, _ in places if column)
            rows += len(_ROW.findall(text)) - sum(1 for column, _ in places if not column)
            cells += len(_CELL.findall(text))
            if cells > placed:  # cells that follow each other without saying where they are
                for piece in _ROW_ENDS.split(text)[:-1]:
                    longest, in_row = max(longest, in_row + len(_CELL.findall(piece))), 0
                in_row += len(_CELL.findall(_ROW_ENDS.split(text)[-1]))
    columns = max([_column(column.decode().upper()) for column in letters], default=0)
    return _Extent(last_row + max(rows, 0), max(columns, longest, in_row))


def _column(letters: str) -> int:
    number = 0
    for letter in letters[:8]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
