"""The small tables of a home as files beside its lines, and back: journal, ledger, decisions, quarantine and others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb

from transforms.derived import tables_of_home
from transforms.lake.parts import LAKE, Parts
from transforms.pipeline import add_rows, transaction
from transforms.sql_text import literal

IN_PARTS = ("lines", "filings")
"""The tables whose rows are cut by month."""
KINDS_IN_PARTS = (*IN_PARTS, *(f"closed_{name}" for name in IN_PARTS))
"""The kinds of files that a commit names by month: their rows, and which of them ended."""
_MADE_ANEW = ("known_contexts", "context_state", "decision_state")
"""What a screening keeps for the next one, beside the tables `known_...`: the next one makes it anew."""


def tables_beside(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the tables of a home that are carried whole."""
    named = [row["table_name"] for row in LAKE.read(connection, "tables_of_database")]
    return [one for one in named if one not in (*IN_PARTS, *_MADE_ANEW) and not one.startswith("known_")]


def write_tables(connection: duckdb.DuckDBPyConnection, folder: Path) -> Iterator[tuple[str, Path, int]]:
    """Write each of these tables to a file, and yield its name, path and rows; rows stand in the order they came in."""
    for table in tables_beside(connection):
        path = folder / f"{table}.parquet"
        how = "(format parquet, compression zstd)"
        written = connection.execute(f"copy (from {table}) to {literal(str(path))} {how}").fetchall()
        yield table, path, written[0][0]


def last_batch_of(connection: duckdb.DuckDBPyConnection) -> int:
    """Return the last number that was given to a loaded file; 0 where none was."""
    return int(LAKE.read(connection, "last_batch")[0]["last_batch"])


def make_home(
    connection: duckdb.DuckDBPyConnection, files: Mapping[str, Path], last_batch: int, parts: Parts | None = None
) -> None:
    """Fill an empty database with the rows of these files, by table, and of `parts`, wholly or not at all."""
    with transaction(connection):
        connection.execute(tables_of_home())
        _fill(connection, files, last_batch)
        if parts is None:
            return
        for name in IN_PARTS:
            parts.lay_as(connection, name, "held_versions")
            columns = "columns(lambda name: name not in ('rowid', 'context_key'))"
            add_rows(connection, name, f"select {columns} from held_versions")


def put_tables_back(connection: duckdb.DuckDBPyConnection, files: Mapping[str, Path], last_batch: int) -> None:
    """Have the tables of a home hold the rows of these files, in place of their own, wholly or not at all.

    What is kept between screenings is made anew by the next one.
    """
    with transaction(connection):
        for table in (*files, *_MADE_ANEW):
            connection.execute(f"delete from {table}")
        _fill(connection, files, last_batch)


def _fill(connection: duckdb.DuckDBPyConnection, files: Mapping[str, Path], last_batch: int) -> None:
    for table, path in files.items():
        add_rows(connection, table, f"from read_parquet({literal(str(path))}, hive_partitioning = false)")
    connection.execute(f"create or replace sequence batch_ids start {max(last_batch, 1)}")
    if last_batch:
        connection.execute("select nextval('batch_ids')")  # so that it is known up to where numbers were given
