"""The stage: the cells of a file as they came, once, in the order of the file. All that follows reads them there.

The table `staged` has the columns c0, c1, ... as text (NULL where a cell is empty), one for each column with a heading;
its `rowid` counts the rows, from `first_place`. Rows that are no CSV are in the table `reject_errors`, as the reader
tells them.

DuckDB's reader with its rejected rows is what reads. Of 1,000,000 lines it stages all cells in 1.8 s on two cores, in
the order of the file; pyarrow takes 3.0 s to a table of its own, and tells of a faulty row only that it is one.
"""

from __future__ import annotations

import csv
from contextlib import suppress
from pathlib import Path
from typing import Any

import duckdb

from transforms.cells.sheet import stray
from transforms.cells.source import Text
from transforms.errors import InputError
from transforms.pipeline import make_table
from transforms.sql import as_named, read_sql

SQL = Path(__file__).parent / "sql"


def stage(connection: duckdb.DuckDBPyConnection, text: Text, file_name: str) -> tuple[str, ...]:
    """Leave `staged` and `reject_errors`, begun anew, and return the headings of the columns.

    Raises InputError where a column without a heading holds something.
    """
    connection.execute("drop table if exists reject_errors")
    connection.execute("drop table if exists reject_scans")
    raw = [f"c{place}" for place in range(len(text.headings))]
    kept = ", ".join(f"{raw[place]} as c{at}" for at, place in enumerate(text.named))
    bare = [place for place in range(len(raw)) if place not in text.named]
    if bare:
        cases = " ".join(f"when trim({raw[place]}) <> '' then {place}" for place in bare)
        kept += f", case {cases} end as stray_place"
    values = {
        "path": as_named(text.path), "columns": dict.fromkeys(raw, "VARCHAR"), "delimiter": text.delimiter,
        "quote": text.quote,
    }  # fmt: skip
    make_table(connection, "staged", f"select {kept} from ({read_sql(SQL / 'read_text.sql')})", values)
    if bare:
        _refuse_stray(connection, text, file_name)
    return tuple(text.headings[place] for place in text.named)


def first_place(connection: duckdb.DuckDBPyConnection) -> int:
    """Return the `rowid` of the first staged row: 0, or another number within the transaction that staged it."""
    row = connection.execute("select min(rowid) from staged").fetchone()
    return int(row[0]) if row and row[0] is not None else 0


def _refuse_stray(connection: duckdb.DuckDBPyConnection, text: Text, file_name: str) -> None:
    found = connection.execute(
        "select rowid - $first + 1, stray_place from staged where stray_place is not null order by rowid limit 1",
        {"first": first_place(connection)},
    ).fetchone()
    if found:
        row, place = found
        raise InputError(stray(file_name, place, _row_with(text, place) or row))
    connection.execute("alter table staged drop column stray_place")


def _row_with(text: Text, place: int) -> int | None:
    """Return the number of the first row with something in that place, rows that are no CSV counted, blank ones not."""
    with text.path.open(encoding="utf-8-sig", errors="replace", newline="") as stream, suppress(csv.Error):
        rows = (row for row in csv.reader(stream, delimiter=text.delimiter, **quoting(text)) if row)
        for number, row in enumerate(rows):
            if number and place < len(row) and row[place].strip():
                return number
    return None


def quoting(text: Text) -> dict[str, Any]:
    """Return how Python's reader is told of the quotation marks of a text; texts of any length are let be."""
    # of the whole process: only ever raised
    csv.field_size_limit(max(csv.field_size_limit(), text.path.stat().st_size + 1))
    return {"quotechar": text.quote} if text.quote else {"quoting": csv.QUOTE_NONE}
