"""Rows in quarantine as sheets that a person corrects: what is wrong with each, its cells as they came, the codes.

Everything is text, and no cell becomes a formula (`transforms/sheets.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb

from transforms.errors import InputError
from transforms.layouts.match import match
from transforms.layouts.model import Layout
from transforms.quarantine.rows import Aside, rows_aside
from transforms.sheets import MOST_ROWS, new_workbook, write_csv

OWN_HEADINGS = (
    "earshot id", "earshot file", "earshot row", "earshot column", "earshot value", "earshot reason",
    "earshot as it came", "earshot load",
)  # fmt: skip
"""What tells a row apart and what is wrong with it. `yes` under the last one loads the row as it stands."""
CODES = "earshot codes"
"""The heading of the last column: the codes of what is wrong, which nobody reads back."""
ID, FILE, ROW, LOAD = 0, 1, 2, 7
_LONGEST_CELL, _LONGEST_NAME = 32_767, 31


def write_sheets(rows: Sequence[Aside], target: Path, layouts: Mapping[str, Layout]) -> list[Path]:
    """Write rows to `target` (.xlsx or .csv), one sheet or file per layout and headings, and return the files written.

    Several CSV files are called after their layouts. Raises InputError for another suffix, and for what a sheet cannot
    hold.
    """
    sheets = _named({
        (layout, headings): list(_lines(of_one, _sources(layouts.get(layout), headings)))
        for (layout, headings), of_one in groupby(rows, key=lambda row: (row.layout, row.headings))
    })  # fmt: skip
    suffix = target.suffix.lower()
    if suffix == ".xlsx":
        _write_book(sheets, target)
        return [target]
    if suffix != ".csv":
        raise InputError(f"{target}: the file name must end in .xlsx or .csv.")
    written = []
    for name, (headings, cells) in sheets.items():
        path = target if len(sheets) == 1 else target.with_name(f"{target.stem}-{name}{target.suffix}")
        written.append(write_csv([headings, *cells], path))
    return written


def write_batch(
    connection: duckdb.DuckDBPyConnection, loaded: Any, folder: Path, layouts: Mapping[str, Layout]
) -> Path | None:
    """Write the rows of a loaded file that were set aside into `folder` as CSV, and return where; None without any."""
    if not loaded.quarantined:
        return None
    batch = connection.execute("select max(batch_id) from batches where sha256 = ?", [loaded.sha256]).fetchone()
    return _write_rows(connection, batch[0] if batch else None, folder / loaded.quarantine_name, layouts)


def restore_batches(
    connection: duckdb.DuckDBPyConnection, known: Any, folder: Path, layouts: Mapping[str, Layout]
) -> None:
    """Write the CSV of a file that was loaded before, where rows of it are set aside and the CSV is not there."""
    held = connection.execute(
        "select batch_id, file_name from batches where sha256 = ? and source = ? and quarantined > 0 order by batch_id",
        [known.sha256, known.source],
    ).fetchall()
    for batch_id, file_name in held:
        target = folder / replace(known, file_name=file_name).quarantine_name
        if not target.exists():
            _write_rows(connection, batch_id, target, layouts)


def _write_rows(
    connection: duckdb.DuckDBPyConnection, batch_id: int | None, target: Path, layouts: Mapping[str, Layout]
) -> Path | None:
    rows = rows_aside(connection, batch_id=batch_id)
    if not rows:
        return None
    target.parent.mkdir(parents=True, exist_ok=True)
    (written,) = write_sheets(rows, target, layouts)
    return written


def _sources(layout: Layout | None, headings: Sequence[str]) -> Mapping[str, str]:
    """Return the headings by canonical column, as people know the columns of their file by these."""
    return match(layout, headings).sources if layout else {}


def _lines(rows: Iterable[Aside], sources: Mapping[str, str]) -> Iterator[list[str]]:
    for row in rows:
        yield [*_own(row, sources), *(row.cells or [""] * len(row.headings)), _codes(row)]


def _own(row: Aside, sources: Mapping[str, str]) -> list[str]:
    columns = [sources.get(one["column_name"], one["column_name"]) for one in row.problems]
    told = (columns, [one["recorded"] for one in row.problems], [one["reason"] for one in row.problems])
    column, value, reason = ("; ".join(one or "" for one in texts) for texts in told)
    return [
        row.quarantine_id, row.file_name, str(row.row_number), column.strip("; "), value.strip("; "), reason,
        row.recorded or "", "",
    ]  # fmt: skip


def _codes(row: Aside) -> str:
    return "; ".join(one["code"] for one in row.problems)


def _named(sheets: Mapping[tuple[str, tuple[str, ...]], list[list[str]]]) -> dict[str, tuple[list[str], Any]]:
    """Give each sheet a name of its own: its layout, with a number where one layout has several kinds of headings."""
    named: dict[str, tuple[list[str], Any]] = {}
    for (layout, headings), rows in sheets.items():
        name, number = layout[: _LONGEST_NAME - 4], 1
        while name.casefold() in map(str.casefold, named):
            number += 1
            name = f"{layout[: _LONGEST_NAME - 4]}-{number}"
        named[name] = ([*OWN_HEADINGS, *headings, CODES], rows)
    return named


def _write_book(sheets: Mapping[str, tuple[list[str], list[list[str]]]], target: Path) -> None:
    for headings, rows in sheets.values():
        longest = max((len(cell) for row in [headings, *rows] for cell in row), default=0)
        if longest > _LONGEST_CELL or len(rows) > MOST_ROWS:
            raise InputError(
                f"{target}: a sheet holds {MOST_ROWS:,} rows, of cells of {_LONGEST_CELL:,} characters; there are"
                f" {len(rows):,} rows, with cells of up to {longest:,}. Export to a file that ends in .csv"
            )
    with new_workbook(target, "Rows in quarantine") as book:
        bold = book.add_format({"bold": True})
        text, own = book.add_format({"num_format": "@"}), book.add_format({"num_format": "@", "font_color": "#666666"})
        for name, (headings, rows) in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.set_column(0, len(OWN_HEADINGS) - 1, 18, own)
            sheet.set_column(len(OWN_HEADINGS), len(headings) - 2, 18, text)  # what is typed there stays text
            sheet.set_column(len(headings) - 1, len(headings) - 1, 18, own)
            for number, cells in enumerate([headings, *rows]):
                for at, cell in enumerate(cells):
                    form = text if len(OWN_HEADINGS) <= at < len(headings) - 1 else own
                    sheet.write_string(number, at, cell, form if number else bold)
            sheet.freeze_panes(1, 1)
