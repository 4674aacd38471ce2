"""A workbook (.xlsx) as an extract: its headings, and a plain CSV copy of one sheet that the loader reads.

What the sheet holds is kept as text, never guessed back: an ECCN 3E001 that was typed into a spreadsheet is the
number 30 there, and stays 30.
"""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from pathlib import Path
from typing import Any

from transforms.errors import InputError
from transforms.ingest.workbook_faults import DAMAGE, find_faulty_cells
from transforms.ingest.workbook_size import require_extent, require_room
from transforms.layouts.dates import ISO_DATES
from transforms.layouts.format import Format
from transforms.layouts.match import Match

WORKBOOK_SUFFIXES = (".xlsx", ".xlsm")
_ARCHIVE, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SAVE = "save it as .xlsx, or save it as CSV (UTF-8), and ingest that"


@dataclass(frozen=True)
class SheetCopy:
    """A sheet as CSV in UTF-8 at `path`, rows without any text left out.

    `gaps` holds (row of the copy from 1, blank rows of the sheet before it) wherever that number grows.
    """

    path: Path
    gaps: tuple[tuple[int, int], ...]


def is_workbook(path: Path) -> bool:
    """Return whether the file is an .xlsx workbook, whatever it is called.

    Raises InputError for a file that only looks like one, or is called so.
    """
    with path.open("rb") as stream:
        begins = stream.read(40)
    if begins.startswith(_OLE):
        raise InputError(f"{path.name}: a workbook with a password or in the old .xls format: {_SAVE}")
    if begins.startswith(_ARCHIVE):
        try:
            with zipfile.ZipFile(path) as archive:
                if "xl/workbook.xml" in archive.namelist():
                    return True
        except DAMAGE as error:
            raise InputError(
                f"{path.name}: this is a damaged workbook or archive ({error}); copy it again, or {_SAVE}"
            ) from error
        raise InputError(f"{path.name}: an archive or another program's document, not an .xlsx workbook: {_SAVE}")
    if path.suffix.lower() in WORKBOOK_SUFFIXES and begins:
        raise InputError(
            f"{path.name}: not a workbook, although its name ends in {path.suffix}. It begins {begins[:20]!r}. Give"
            f" delimited text the ending .csv, or open it in a spreadsheet, {_SAVE}"
        )
    return False


def sheet_headings(path: Path, form: Format) -> list[str]:
    """Return the first row of the sheet as text; columns without heading and cells are left out."""
    return list(_headings(path, path.stat().st_mtime_ns, form.sheet, form.decimal)[1])


def sheet_name(path: Path, form: Format) -> str:
    """Return the name of the sheet that is read."""
    return _headings(path, path.stat().st_mtime_ns, form.sheet, form.decimal)[0]


@lru_cache(maxsize=16)
def _headings(path: Path, changed_ns: int, sheet: str, decimal: Any) -> tuple[str, tuple[str, ...]]:
    """Remembered, as a workbook is read whole and every layout asks for them."""
    del changed_ns
    rows = _Rows(path, Format(sheet=sheet, decimal=decimal))
    return rows.name, tuple(rows.first[place] for place in rows.kept)


@contextmanager
def sheet_copy(path: Path, folder: Path, form: Format) -> Iterator[SheetCopy]:
    """Yield a plain copy of the sheet in `folder`, while the block runs; `read_as_copied` says how it is read."""
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / ".reading.csv"
    rows = _Rows(path, form)
    gaps: list[tuple[int, int]] = []
    written = blank = 0
    try:
        with copy.open("w", encoding="utf-8", newline="") as target:
            writer = csv.writer(target, lineterminator="\n")
            writer.writerow([rows.first[place] for place in rows.kept])
            for cells in rows.after_first():
                texts = [cells[place] for place in rows.kept]
                if not any(map(str.strip, texts)):
                    blank += 1
                    continue
                written += 1
                if blank > (gaps[-1][1] if gaps else 0):
                    gaps.append((written, blank))
                writer.writerow(texts)
        yield SheetCopy(copy, tuple(gaps))
    finally:
        copy.unlink(missing_ok=True)


def read_as_copied(found: Match) -> Match:
    """Return how the copy of typed cells is read: comma, quotation marks, and ISO dates besides those of text.

    Raises InputError where a date of the sheet would be read with day and month exchanged.
    """
    layout, columns = found.layout, {}
    for name, entry in found.layout.columns.items():
        if entry.dates and any(form.startswith("%Y-%d-%m") for form in entry.dates):
            raise InputError(
                f"layout {layout.id}: columns.{name}.dates: %Y-%d-%m cannot be told from the dates of a workbook or a"
                " Parquet file; give those a layout of their own"
            )
        forms = tuple(dict.fromkeys([*entry.dates, *ISO_DATES])) if entry.dates else ()
        columns[name] = entry.model_copy(update={"dates": forms})
    form = Format(decimal=layout.format.decimal)
    return replace(found, layout=layout.model_copy(update={"format": form, "columns": columns}))


def sheet_names(path: Path) -> list[str]:
    """Return the names of the sheets that hold anything, shown or not, in their order."""
    import python_calamine as calamine

    require_room(path)
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            require_extent(path, name)
        return [name for name in book.sheet_names if book.get_sheet_by_name(name).total_height]
    except calamine.CalamineError as error:
        raise InputError(f"{path.name}: cannot be read as a workbook: {error}; save it again, or {_SAVE}") from error


def sheet_texts(path: Path, sheet: str, decimal: Any) -> Iterator[list[str]]:
    """Yield every row of a sheet as text, the headings first, blank rows and columns too."""
    rows = _Rows(path, Format(sheet=sheet, decimal=decimal))
    yield list(rows.first)
    yield from rows.after_first()


class _Rows:
    """The rows of one sheet as text: the first one, and which columns hold anything."""

    def __init__(self, path: Path, form: Format) -> None:
        self._decimal = form.decimal
        self._sheet, self.name = _open_sheet(path, form.sheet)
        self._faults = find_faulty_cells(path, self.name)
        self._indent = self._sheet.start[1] if self._sheet.start else 0
        self.first: list[str] = next(self._texts(), [])
        self.kept = [place for place, heading in enumerate(self.first) if heading.strip()]
        if len(self.kept) < len(self.first):
            bare = set(range(len(self.first))) - set(self.kept)
            for cells in self.after_first():
                bare -= {place for place in bare if cells[place].strip()}
            self.kept = sorted(set(range(len(self.first))) - bare) if self.kept else []

    def after_first(self) -> Iterator[list[str]]:
        """Yield every row below the headings, blank ones too."""
        rows = self._texts()
        next(rows, None)
        return rows

    def _texts(self) -> Iterator[list[str]]:
        for number, cells in enumerate(self._sheet.iter_rows()):
            texts = [cell_text(cell, self._decimal) for cell in cells]
            for column, shown in self._faults.get(number, ()):
                if self._indent <= column < self._indent + len(texts):
                    texts[column - self._indent] = shown
            yield texts


def _open_sheet(path: Path, wanted: str) -> tuple[Any, str]:
    """Return the sheet called `wanted`, or the first one that is shown, with its name."""
    import python_calamine as calamine

    require_room(path)
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        sheets = [one for one in book.sheets_metadata if one.typ == calamine.SheetTypeEnum.WorkSheet]
        shown = [one.name for one in sheets if one.visible == calamine.SheetVisibleEnum.Visible]
        names = [one.name for one in sheets]
        if wanted and wanted not in names:
            raise InputError(f"{path.name}: no sheet {wanted!r}. Sheets: {', '.join(names)}.")
        if not shown and not wanted:
            raise InputError(f"{path.name}: the workbook has no visible sheet of cells.")
        name = wanted or shown[0]
        require_extent(path, name)
        return book.get_sheet_by_name(name), name
    except calamine.CalamineError as error:
        raise InputError(f"{path.name}: cannot be read as a workbook: {error}; save it again, or {_SAVE}") from error


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
