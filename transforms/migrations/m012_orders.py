"""To schema 12: the number of the order of a line, by which License Exception LVS is weighed."""

from __future__ import annotations

from pathlib import Path

import duckdb


def migrate(connection: duckdb.DuckDBPyConnection, home: Path) -> None:
    """Add the column, NULL (not provided) in what is held; what is derived is made anew after."""
    del home
    connection.execute("alter table lines add column order_number varchar")
