"""A workbook (.xlsx, .xls, .xlsb, .ods) as a source: the rows of one sheet as texts.

What the sheet holds is kept as text, never guessed back: an ECCN 3E001 that was typed into a spreadsheet is the
number 30 there, and stays 30.
"""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import Any

from transforms.cells.sheet import Sheet
from transforms.cells.workbook_faults import DAMAGE, find_faulty_cells
from transforms.cells.workbook_size import is_xlsx, require_extent, require_reaches, require_room
from transforms.errors import InputError
from transforms.layouts.format import Format

WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".ods")
_PARTS = ("xl/workbook.xml", "xl/workbook.bin")
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
_ARCHIVE, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SAVE = "save it as .xlsx, or save it as CSV (UTF-8), and ingest that"


def is_workbook(path: Path) -> bool:
    """Return whether the file is a workbook, whatever it is called.

    Raises InputError for a file that only looks like one, or is called so.
    """
    with path.open("rb") as stream:
        begins = stream.read(40)
    if begins.startswith(_OLE):
        return True
    if begins.startswith(_ARCHIVE):
        try:
            with zipfile.ZipFile(path) as archive:
                names = archive.namelist()
                if any(part in names for part in _PARTS):
                    return True
                if "mimetype" in names and archive.read("mimetype").startswith(_OPEN_DOCUMENT):
                    return True
        except DAMAGE as error:
            raise InputError(
                f"{path.name}: this is a damaged workbook or archive ({error}); copy it again, or {_SAVE}"
            ) from error
        raise InputError(f"{path.name}: an archive or another program's document, not a workbook: {_SAVE}")
    if path.suffix.lower() in WORKBOOK_SUFFIXES and begins:
        raise InputError(
            f"{path.name}: not a workbook, although its name ends in {path.suffix}. It begins {begins[:20]!r}. Give"
            f" delimited text the ending .csv, or open it in a spreadsheet, {_SAVE}"
        )
    return False


class Workbook(Sheet):
    """One sheet of a workbook; cells that are merged downward hold the same in each row."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._opened: dict[str, tuple[Any, str, dict[int, list[tuple[int, str]]]]] = {}

    def rows(self, form: Format) -> Iterator[list[str]]:
        """Yield every row of the sheet as text; the sheet is opened once."""
        sheet, _, faults = self._open(form.sheet)
        yield from _texts(sheet, faults, form.decimal)

    def words(self, form: Format, unstated: Collection[str]) -> str:
        """Return which sheet of what is read."""
        return f"workbook, sheet {self._open(form.sheet)[1]}"

    def _open(self, wanted: str) -> tuple[Any, str, dict[int, list[tuple[int, str]]]]:
        if wanted not in self._opened:
            sheet, name = _open_sheet(self.path, wanted)
            self._opened[wanted] = sheet, name, _faults(self.path, name)
        return self._opened[wanted]


def sheet_names(path: Path) -> list[str]:
    """Return the names of the sheets that hold anything, shown or not, in their order."""
    book = _open_book(path)
    for name in book.sheet_names:
        require_extent(path, name)
    return [name for name in book.sheet_names if book.get_sheet_by_name(name).total_height]


def sheet_texts(path: Path, sheet: str, decimal: Any) -> Iterator[list[str]]:
    """Yield every row of a sheet as text, the headings first, blank rows and columns too."""
    return Workbook(path).rows(Format(sheet=sheet, decimal=decimal))


def _texts(sheet: Any, faults: Mapping[int, list[tuple[int, str]]], decimal: str) -> Iterator[list[str]]:
    indent = sheet.start[1] if sheet.start else 0
    merged = _merged_down(sheet)
    held: dict[int, tuple[int, str]] = {}
    for number, cells in enumerate(sheet.iter_rows()):
        texts = [cell_text(cell, decimal) for cell in cells]
        for column, shown in faults.get(number, ()):
            if indent <= column < indent + len(texts):
                texts[column - indent] = shown
        for column, last in merged.get(number, ()):
            if indent <= column < indent + len(texts):
                held[column - indent] = (last, texts[column - indent])
        for place, (last, text) in list(held.items()):
            texts[place] = text
            if number >= last:
                del held[place]
        yield texts


def _merged_down(sheet: Any) -> dict[int, list[tuple[int, int]]]:
    """Return the cells that are merged over several rows: first row -> (column, last row), from 0.

    Merged over several columns, a cell is the one of its first column.
    """
    found: dict[int, list[tuple[int, int]]] = {}
    for (first, column), (last, _) in sheet.merged_cell_ranges or ():
        if last > first:
            found.setdefault(first, []).append((column, last))
    return found


def _faults(path: Path, sheet: str) -> dict[int, list[tuple[int, str]]]:
    return find_faulty_cells(path, sheet) if is_xlsx(path) else {}


def _open_sheet(path: Path, wanted: str) -> tuple[Any, str]:
    """Return the sheet called `wanted`, or the first one that is shown, with its name."""
    import python_calamine as calamine

    book = _open_book(path)
    sheets = [one for one in book.sheets_metadata if one.typ == calamine.SheetTypeEnum.WorkSheet]
    shown = [one.name for one in sheets if one.visible == calamine.SheetVisibleEnum.Visible]
    names = [one.name for one in sheets]
    if wanted and wanted not in names:
        raise InputError(f"{path.name}: no sheet {wanted!r}. Sheets: {', '.join(names)}. Give one of them.")
    if not shown and not wanted:
        raise InputError(f"{path.name}: the workbook has no visible sheet of cells.")
    name = wanted or shown[0]
    require_extent(path, name)
    with _reading(path):
        return book.get_sheet_by_name(name), name


def _open_book(path: Path) -> Any:
    import python_calamine as calamine

    require_room(path)
    require_reaches(path)
    with _reading(path):
        try:
            return calamine.CalamineWorkbook.from_path(str(path))
        except calamine.PasswordError:
            raise
        except calamine.CalamineError:  # it goes by the name of the file, which may be that of another form
            with path.open("rb") as stream:
                return calamine.CalamineWorkbook.from_filelike(stream)


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Raise InputError for whatever the reader of workbooks fails by; of some damaged ones it panics."""
    import python_calamine as calamine

    try:
        yield
    except calamine.PasswordError as error:
        raise InputError(f"{path.name}: a workbook with a password. Open it, remove the password, {_SAVE}") from error
    except calamine.CalamineError as error:
        raise _unreadable(path, error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # which has no place to be imported from
            raise
        raise _unreadable(path, error) from error


_STREAMS = {
    "EncryptedPackage": "a workbook or document with a password",
    "WordDocument": "a document of Word",
    "PowerPoint Document": "a presentation",
    "__substg1.0": "a message of Outlook",
}
"""What a file of an older Office is, by the name of a part of it."""


def _unreadable(path: Path, error: BaseException) -> InputError:
    content = path.read_bytes()
    if not content.startswith(_OLE):
        return InputError(f"{path.name}: cannot be read as a workbook ({error}): open it, {_SAVE}")
    found = [what for part, what in _STREAMS.items() if part.encode("utf-16-le") in content]
    if found:
        last = "remove the password, " if "password" in found[0] else ""
        return InputError(f"{path.name}: {found[0]}, and no workbook that can be read. Open it, {last}{_SAVE}.")
    what = "a damaged workbook, one with a password, or a document of another program"
    return InputError(f"{path.name}: {what} ({error}): open it, {_SAVE}")


def cell_text(cell: Any, decimal: str) -> str:
    """Return what a cell records: dates in ISO, numbers in full and without `.0`, truth as Excel shows it."""
    if isinstance(cell, str):
        return cell.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, int):
        return str(cell)
    if isinstance(cell, float):
        if not isfinite(cell):
            return str(cell)
        if cell == int(cell) and abs(cell) < 1e15:
            return str(int(cell))
        number = format(Decimal(repr(cell)), "f")
        return (number.rstrip("0").rstrip(".") if "." in number else number).replace(".", decimal)
    if isinstance(cell, datetime):
        moment: datetime = (cell + timedelta(milliseconds=500)).replace(microsecond=0)  # a day's fraction is not exact
        return moment.date().isoformat() if moment.time() == time() else moment.isoformat(sep=" ")
    return str(cell)  # of a date and a time, the ISO form
