"""What every test of a step starts from: a database in memory in which nothing is made yet."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from transforms.store import load_common, open_memory


@pytest.fixture(scope="session")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    """Return a database that all tests of the session share, as one takes longer to open than most steps to make."""
    with open_memory() as connection:
        yield connection


@pytest.fixture
def memory(database: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """Return a connection of its own: what it makes as temporary ends with it, and what lasts is taken away."""
    with database.cursor() as connection:
        load_common(connection)
        yield connection
        lasting = connection.execute("select table_name from duckdb_tables() where not temporary").fetchall()
        for (name,) in lasting:
            connection.execute(f"drop table {name}")
