"""Open an extract: its headings, and the view `incoming` of its rows under canonical names, every value as text."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import duckdb
from duckdb import CaseExpression, CoalesceOperator, ColumnExpression, ConstantExpression, FunctionExpression

from transforms.errors import InputError
from transforms.layouts.match import Match, choose, match, require
from transforms.layouts.model import Format, Layout
from transforms.line import NAMES
from transforms.sql import read_sql

SQL = Path(__file__).parent / "sql"


def fit_layout(path: Path, layouts: Mapping[str, Layout], layout_id: str | None) -> Match:
    """Return how a layout reads `path`: the one named, or the one whose headings fit.

    Raises InputError for an empty or unreadable file, an unknown layout, and headings that do not fit.
    """
    if layout_id is None:
        return choose(layouts, read_headings(path, Format(delimiter=_likely_delimiter(path))), path.name)
    if layout_id not in layouts:
        raise InputError(f"--layout {layout_id}: there is no such layout (allowed: {', '.join(sorted(layouts))})")
    layout = layouts[layout_id]
    found = match(layout, read_headings(path, layout.format))
    require(found, path.name)
    return found


def read_headings(path: Path, form: Format) -> list[str]:
    """Return the headings of a delimited file, as they stand in it."""
    encoding = "utf-8-sig" if form.encoding == "utf-8" else form.encoding
    try:
        with path.open(encoding=encoding, newline=None) as stream:
            headings = next(csv.reader(stream, delimiter=form.delimiter), [])
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path.name}: not text in {form.encoding} (byte {error.start}); say so in the layout"
        ) from error
    except (OSError, csv.Error) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
    if not any(heading.strip() for heading in headings):
        raise InputError(f"{path.name}: the file is empty; a first row of headings is needed")
    return headings


def _likely_delimiter(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as stream:
            first = stream.readline(1_000_000)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    return max(",\t;|", key=first.count)


def open_extract(connection: duckdb.DuckDBPyConnection, path: Path, found: Match, *, numbered: bool = False) -> None:
    """Make the temporary view `incoming`: one row per row of the file, canonical columns as trimmed text.

    A column that the source lacks is NULL, one that it left empty is ''. With `numbered`, `row_number` counts the data
    rows from 1, at the price of a single thread. Rows that are no CSV go to the table `reject_errors`.
    """
    layout = found.layout
    connection.execute(read_sql(SQL / "macros.sql"))
    connection.execute("drop table if exists reject_errors")
    connection.execute("drop table if exists reject_scans")
    rows = connection.read_csv(
        str(path),
        header=True,
        auto_detect=False,
        columns={f"c{index}": "VARCHAR" for index in range(len(read_headings(path, layout.format)))},
        sep=layout.format.delimiter,
        quotechar=layout.format.quote,
        escapechar=layout.format.quote,
        encoding=layout.format.encoding,
        store_rejects=True,
        rejects_limit=0,
    )
    number = duckdb.SQLExpression("row_number() over ()") if numbered else ConstantExpression(None)
    columns = [_canonical(found, name).alias(name) for name in NAMES]
    source = ConstantExpression(layout.source).alias("source")
    rows.select(number.cast("BIGINT").alias("row_number"), source, *columns).create_view("incoming", replace=True)


def _canonical(found: Match, name: str) -> duckdb.Expression:
    layout = found.layout
    if name in layout.constants:
        return ConstantExpression(layout.constants[name]).cast("VARCHAR")
    if name not in found.positions:
        return ConstantExpression(None).cast("VARCHAR")
    text = CoalesceOperator(
        FunctionExpression("trim", ColumnExpression(f"c{found.positions[name]}")), ConstantExpression("")
    )
    values = layout.columns[name].values
    if not values:
        return text
    first, *others = ((text == ConstantExpression(recorded), ConstantExpression(to)) for recorded, to in values.items())
    mapped = CaseExpression(*first)
    for recorded, canonical in others:
        mapped = mapped.when(recorded, canonical)
    return mapped.otherwise(text)
