"""Open an extract: the view `incoming` of the staged rows under canonical names, every value as text."""

from __future__ import annotations

from pathlib import Path

import duckdb
from duckdb import CoalesceOperator, ColumnExpression, ConstantExpression, FunctionExpression

from transforms.cells.stage import first_place
from transforms.ingest.canonical import incoming_columns
from transforms.ingest.not_exports import told_apart
from transforms.layouts.match import Match
from transforms.pipeline import make_table
from transforms.sql import are_few

SQL = Path(__file__).parent / "sql"


def open_extract(
    connection: duckdb.DuckDBPyConnection, found: Match, *, left_out: bool = False, only: str = ""
) -> None:
    """Make the temporary view `incoming`: one row per staged row, canonical columns as trimmed text.

    A column that the source lacks is NULL, one that it left empty is ''. `row_number` counts the staged rows from 1,
    and `cells` are those of the row as they came. Rows that the layout names as no exports are not among them; with
    `left_out` they are all that is, with the column `left_out`, which says why. `only` names a relation of the numbers
    of the rows that are wanted. Few rows are held as they are read, as every query plans its way to them anew.
    """
    staged = connection.table("staged")
    before = first_place(connection) - 1
    number = ColumnExpression("rowid") - ConstantExpression(before)
    cells = (CoalesceOperator(ColumnExpression(name), ConstantExpression("")) for name in staged.columns)
    columns = [
        number.alias("row_number"), *incoming_columns(found), FunctionExpression("list_value", *cells).alias("cells"),
    ]  # fmt: skip
    reason = told_apart(found)
    if reason is not None:
        columns.append(reason.alias("left_out"))
    query = staged.select(*columns).sql_query()
    if only:  # before the cells of a row are read
        query += f" where rowid - {before} in (select row_number from {only})"
    if left_out:
        query = f"select * from ({query}) where left_out is not null"
    elif reason is not None:
        query = f"select * exclude (left_out) from ({query}) where left_out is null"
    if are_few(connection, only or "staged"):
        make_table(connection, "held_rows", query)
        query = "from held_rows"
    # `create_view` would leave it in the home
    connection.execute(f"create or replace temp view incoming as {query}")
