"""Account for every line of a file: its headings, the staged rows, the rows that are no CSV, and the lines inside them.

A quotation mark that is opened and never closed takes in whole rows, and the reader says nothing; here it is refused.
"""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb

from transforms.cells.source import Text
from transforms.cells.stage import quoting
from transforms.errors import InputError
from transforms.pipeline import give, make_table
from transforms.sql import read_sql

SQL = Path(__file__).parent / "sql"
_COLUMNS_THAT_TELL = 6
_MOST_SHOWN = 10_000
"""How many signs of a rejected row DuckDB tells; the rest is read from the file."""


def account(connection: duckdb.DuckDBPyConnection, text: Text, lines: int, file_name: str) -> int:
    """Return how many rows the file has, the staged ones and those that are no CSV; `lines` of it are not blank.

    Raises InputError where a quotation mark has swallowed rows, and where rows and lines do not add up.
    """
    _refuse_open_quote(connection, file_name)
    row = connection.execute(
        "select (select count(*) from staged) + (select count(distinct line) from reject_errors)"
    ).fetchone()
    rows = int(row[0]) if row else 0
    if rows + 1 == lines:
        return rows
    make_table(connection, "rows_over_lines", read_sql(SQL / "rows_over_lines.sql"))
    in_rows = connection.execute(read_sql(SQL / "line_ends.sql")).fetchone()
    if any(in_rows or ()):
        _refuse_swallowed(connection, text, file_name)
    values = {"headings": "\t".join(text.headings)}
    outside = connection.execute(read_sql(SQL / "line_ends_outside.sql"), values).fetchone()
    inside = sum(count or 0 for count in (*(in_rows or ()), *(outside or ())))
    if rows + 1 + inside != lines:
        raise InputError(
            f"{file_name}: {lines:,} lines are not blank, and {rows:,} rows of {rows + 1 + inside:,} lines"
            " with the headings could be told apart; a quotation mark is probably not closed. Nothing was"
            " loaded. Correct the file or export it again."
        )
    return rows


def note_rejects(connection: duckdb.DuckDBPyConnection, text: Text, blank_lines: int) -> None:
    """Leave what tells of rejected rows where they stand and what they hold: `blank_rows` and `as_bytes`."""
    _note_blank_rows(connection, text, blank_lines)
    _note_bytes(connection, text)


def _refuse_open_quote(connection: duckdb.DuckDBPyConnection, file_name: str) -> None:
    swallowed = connection.execute(read_sql(SQL / "swallowed.sql")).fetchone()
    if swallowed:
        line, began, ends = swallowed
        raise InputError(
            f"{file_name}: a quotation mark is not closed in the row that begins {began!r} (row"
            f" {line - 1:,}, blank lines counted) and takes in the next {ends:,} {'line' if ends == 1 else 'lines'} or"
            " more. Nothing was loaded. Correct that row, or export the file again with quotation marks doubled."
        )


def _refuse_swallowed(connection: duckdb.DuckDBPyConnection, text: Text, file_name: str) -> None:
    """Raise InputError where a quoted text of a row that was read has whole rows in it.

    Two stray quotation marks, each in another row, make one text of all that stands between them, and a row that reads
    well. Of typed cells that cannot be. Files of few columns are let be, as a text over several lines may have as many
    delimiters as a row of theirs.
    """
    width = len(text.headings)
    if text.is_typed or not text.quote or width < _COLUMNS_THAT_TELL:
        return
    values = {"delimiter": text.delimiter, "width": width}
    swallowed = connection.execute(read_sql(SQL / "swallowed_inside.sql"), values).fetchone()
    if swallowed:
        began, ends = swallowed
        raise InputError(
            f"{file_name}: in the row that begins {began!r} a text in quotation marks runs over the next"
            f" {ends:,} {'line' if ends == 1 else 'lines'}, which look like separate rows. Quotation marks"
            " inside a text must be doubled. Nothing was loaded. Correct those rows, or export the file again with"
            " quotation marks doubled."
        )


def _note_blank_rows(connection: duckdb.DuckDBPyConnection, text: Text, blank_lines: int) -> None:
    """Make the temporary table `blank_rows`: the places of the blank lines between rows, as rejected rows are counted.

    Only where it matters: the file is read once more, slowly.
    """
    give(connection, "blank_rows", columns={"line": "bigint"})
    if not blank_lines or not connection.execute("select 1 from reject_errors limit 1").fetchall():
        return
    with text.path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        rows = csv.reader(stream, delimiter=text.delimiter, **quoting(text))
        blank = [line for line, row in enumerate(rows, start=1) if not row]
    connection.execute("insert into blank_rows select unnest($lines)", {"lines": blank})


def _note_bytes(connection: duckdb.DuckDBPyConnection, text: Text) -> None:
    """Make the temporary table `as_bytes`: the rejected rows that are no text, or are told in part, as they came.

    The reader shows a question mark for each byte that it cannot place, and for its neighbors.
    """
    places = connection.execute(
        "select line, any_value(line_byte_position) - 1, max(octet_length(encode(csv_line))),"
        " max(length(csv_line)) >= $most from reject_errors"
        " group by line having bool_or(error_type = 'INVALID ENCODING') or max(length(csv_line)) >= $most"
        " order by line",
        {"most": _MOST_SHOWN},
    ).fetchall()
    recorded = []
    with text.path.open("rb") as stream:
        for _, begins, size, is_cut in places:
            stream.seek(begins)
            told = stream.read(size) + (stream.readline() if is_cut else b"")
            recorded.append(told.strip(b"\r\n").decode("utf-8", errors="backslashreplace"))
    rows = [{"line": line, "recorded": told} for (line, *_), told in zip(places, recorded, strict=True)]
    give(connection, "as_bytes", rows, columns={"line": "bigint", "recorded": "varchar"})
