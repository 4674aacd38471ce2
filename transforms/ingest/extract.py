"""Open an extract: the view `incoming` of the staged rows under canonical names, every value as text."""

from __future__ import annotations

from pathlib import Path

import duckdb
from duckdb import CoalesceOperator, ColumnExpression, ConstantExpression, FunctionExpression

from transforms.cells.stage import first_place
from transforms.ingest.canonical import canonical
from transforms.layouts.match import Match
from transforms.sql import read_sql

SQL = Path(__file__).parent / "sql"


def open_extract(connection: duckdb.DuckDBPyConnection, found: Match) -> None:
    """Make the temporary view `incoming`: one row per staged row, canonical columns as trimmed text.

    A column that the source lacks is NULL, one that it left empty is ''. `row_number` counts the staged rows from 1,
    and `cells` are those of the row as they came.
    """
    layout = found.layout
    connection.execute(read_sql(SQL / "macros.sql"))
    staged = connection.table("staged")
    number = ColumnExpression("rowid") - ConstantExpression(first_place(connection) - 1)
    columns = [canonical(found, name).alias(name) for name in layout.record_kind.names]
    cells = (CoalesceOperator(ColumnExpression(name), ConstantExpression("")) for name in staged.columns)
    selected = staged.select(
        number.alias("row_number"), ConstantExpression(layout.source).alias("source"), *columns,
        FunctionExpression("list_value", *cells).alias("cells"),
    )  # fmt: skip
    # `create_view` would leave it in the home
    connection.execute(f"create or replace temp view incoming as {selected.sql_query()}")
