"""What every test of a step starts from: a database in memory in which nothing is made yet."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from transforms.pipeline import transaction
from transforms.store import open_memory


@pytest.fixture(scope="session")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    """Return a database that all tests of the session share, as one takes longer to open than most steps to make."""
    with open_memory() as connection:
        connection.execute("set threads = 1")  # a few rows cost more to share out than to take
        yield connection


@pytest.fixture
def memory(database: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """Return a connection without access to files; all that a test gives it or has it make is taken back."""
    with transaction(database, is_trial=True):
        yield database
