"""Open an extract: its headings, and the view `incoming` of its rows under canonical names, every value as text."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
from duckdb import CoalesceOperator, ColumnExpression, ConstantExpression, FunctionExpression

from transforms.errors import InputError
from transforms.ingest.canonical import canonical
from transforms.ingest.parquet import is_parquet, parquet_headings
from transforms.ingest.plain import codec
from transforms.ingest.workbook import is_workbook, sheet_headings
from transforms.layouts.format import Format
from transforms.layouts.match import Match
from transforms.layouts.model import CHOICES
from transforms.sql import as_named, read_sql

SQL = Path(__file__).parent / "sql"
_LONGEST_HEADING, _MOST_HEADINGS = 500, 2_000


def read_headings(path: Path, form: Format) -> list[str]:
    """Return the headings of any file that can be read, as they stand in it; raise InputError without any."""
    if is_workbook(path):
        headings: list[str] | None = sheet_headings(path, form)
    else:
        headings = parquet_headings(path) if is_parquet(path) else _first_row(path, form)
    if headings is None:
        raise InputError(f"{path.name}: the file is empty. The first row must hold the headings.")
    if not any(heading.strip() for heading in headings):
        raise InputError(f"{path.name}: the first line is blank. It must hold the headings.")
    text = "".join(headings)
    if "\ufffd" in text or "\0" in text:
        raise InputError(
            f"{path.name}: the headings are not {form.encoding} text. Save the file as UTF-8, or give its encoding with"
            f" --encoding or in the layout's `format:`. Allowed: {', '.join(CHOICES['encoding'])}."
        )
    if len(headings) > _MOST_HEADINGS:
        raise InputError(
            f"{path.name}: the first line has {len(headings):,} columns, and at most {_MOST_HEADINGS:,} are read. It"
            " must hold the headings."
        )
    if any(len(heading) > _LONGEST_HEADING for heading in headings):
        raise InputError(
            f"{path.name}: a heading has more than {_LONGEST_HEADING:,} characters. A quotation mark in the first line"
            " is probably not closed."
        )
    return headings


def _first_row(path: Path, form: Format) -> list[str] | None:
    try:
        with path.open(encoding=codec(form.encoding), errors="replace", newline=None) as stream:
            quoting = {"quotechar": form.quote} if form.quote else {"quoting": csv.QUOTE_NONE}
            return next(csv.reader(stream, delimiter=form.delimiter, strict=True, **quoting), None)
    except csv.Error as error:
        raise InputError(f"{path.name}: the headings in the first line cannot be read: {error}") from error
    except (OSError, UnicodeError) as error:
        raise InputError(f"{path}: cannot be read as text in {form.encoding}: {error}") from error


def open_extract(connection: duckdb.DuckDBPyConnection, path: Path, found: Match, *, numbered: bool = False) -> None:
    """Make the temporary view `incoming`: one row per row of the file (in UTF-8), canonical columns as trimmed text.

    A column that the source lacks is NULL, one that it left empty is ''. With `numbered`, `row_number` counts the rows
    that are CSV from 1, at the price of a single thread, and `cells` are those of the row as they came. Rows that are
    no CSV go to the table `reject_errors`.
    """
    layout = found.layout
    connection.execute(read_sql(SQL / "macros.sql"))
    rows = read_rows(connection, path, layout.format)
    number = duckdb.SQLExpression("row_number() over ()") if numbered else ConstantExpression(None)
    columns = [canonical(found, name).alias(name) for name in layout.record_kind.names]
    source = ConstantExpression(layout.source).alias("source")
    if numbered:
        cells = (CoalesceOperator(ColumnExpression(name), ConstantExpression("")) for name in rows.columns)
        columns.append(FunctionExpression("list_value", *cells).alias("cells"))
    selected = rows.select(number.cast("BIGINT").alias("row_number"), source, *columns)
    # `create_view` would leave it in the home, with the path of the file
    connection.execute(f"create or replace temp view incoming as {selected.sql_query()}")


def read_rows(connection: duckdb.DuckDBPyConnection, text: Path, form: Format) -> duckdb.DuckDBPyRelation:
    """Return the rows of `text`, a file in UTF-8, as they stand in it: c0, c1, ... as text; NULL where a cell is empty.

    Rows that are no CSV go to the table `reject_errors`, which is begun anew.
    """
    connection.execute("drop table if exists reject_errors")
    connection.execute("drop table if exists reject_scans")
    return connection.read_csv(
        as_named(text),
        header=True,
        auto_detect=False,
        columns=dict.fromkeys(column_names(text, form), "VARCHAR"),
        sep=form.delimiter,
        quotechar=form.quote,
        escapechar=form.quote,
        compression="none",  # by its name a file may seem packed that is not, or no longer
        store_rejects=True,
        rejects_limit=0,
    )


def column_names(text: Path, form: Format) -> list[str]:
    """Return the names under which the columns of `text`, a file in UTF-8, are read: c0, c1, ..."""
    headings = read_headings(text, form.model_copy(update={"encoding": "utf-8"}))
    return [f"c{index}" for index in range(len(headings))]
