"""To schema 11: the facts of an item that settle rows of the Commerce Control List."""

from __future__ import annotations

from pathlib import Path

import duckdb


def migrate(connection: duckdb.DuckDBPyConnection, home: Path) -> None:
    """Add the column, NULL (not provided) in what is held; what is derived is made anew after."""
    del home
    connection.execute("alter table items add column item_facts varchar")
