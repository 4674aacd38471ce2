"""The database of a home: its tables, and how it is opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from transforms.errors import EarshotError
from transforms.holding import NOTE, busy, read_holder
from transforms.sql import read_sql

SCHEMA = Path(__file__).parent / "store.sql"
COMMON = Path(__file__).parent / "common.sql"
SCHEMA_VERSION = "4"
BLOCK_BYTES = 65_536
"""The size of a block of a new database. Small changes of a night rewrite whole blocks and leave others half full: with
blocks of a quarter of DuckDB's own size a home takes 8 % less room, and grows by a third less over thirty nights of
restatements; loading takes 3 % longer."""
CANARY = "select hash('earshot', null, 1)::varchar"


@contextmanager
def open_store(
    path: Path, *, read_only: bool = False, most_memory: str | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection to the database at `path`, with its tables in place.

    Extensions are never fetched; `most_memory` is what DuckDB may hold at once, as `2GB`. Raises HomeBusy when another
    process writes to it, and EarshotError when the file was written by a version whose hashes this one cannot continue.
    """
    config = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    if most_memory:
        config["memory_limit"] = most_memory
    if not path.exists():
        config["default_block_size"] = str(BLOCK_BYTES)
    try:
        connection = duckdb.connect(str(path), read_only=read_only, config=config)
    except duckdb.IOException as error:
        holder = re.search(r"\(PID (\d+)\)", str(error))
        if "Could not set lock" not in str(error):
            raise EarshotError(f"{path}: cannot be opened: {str(error).splitlines()[0]}") from error
        pid = int(holder.group(1)) if holder else None
        raise busy(path, read_holder(path.with_name(NOTE)), pid) from error
    with connection:
        if not read_only:
            connection.execute(read_sql(SCHEMA))
        _check_version(connection, path, write=not read_only)
        load_common(connection)
        yield connection


def open_memory() -> duckdb.DuckDBPyConnection:
    """Return an in-memory connection that cannot reach files or the network: where rule SQL runs."""
    connection = duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "enable_external_access": "false",
        },
    )
    load_common(connection)
    return connection


def load_common(connection: duckdb.DuckDBPyConnection) -> None:
    """Have the connection know the words that all packages ask by (`common.sql`); each cursor has to be told."""
    connection.execute(read_sql(COMMON))


def forget_kept(connection: duckdb.DuckDBPyConnection) -> None:
    """Have all that is kept between screenings made anew by the next one, as where lines are taken out of the home."""
    connection.execute("delete from context_state")
    connection.execute("delete from decision_state")


def _check_version(connection: duckdb.DuckDBPyConnection, path: Path, *, write: bool) -> None:
    now = {"schema": SCHEMA_VERSION, "hash_canary": _one(connection, CANARY)}
    stored = dict(connection.execute("select key, value from meta").fetchall())
    if not stored and write:
        connection.executemany("insert into meta values (?, ?)", list(now.items()))
    for key, value in now.items():
        if key in stored and stored[key] != value:
            raise EarshotError(
                f"{path}: written with {key} {stored[key]}, this version has {value}; "
                "start a new home and ingest the files in landed/ again"
            )


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> str:
    row = connection.execute(query).fetchone()
    assert row is not None  # a query without FROM has one row
    return str(row[0])
