"""To schema 8: lines have a currency and regions, filings the time at which each version was sent."""

from __future__ import annotations

from pathlib import Path

import duckdb

COLUMNS = {
    "lines": {
        "currency": "varchar", "value_recorded": "decimal(18, 4)", "destination_region": "varchar",
        "shipped_from_region": "varchar",
    },
    "filings": {"transmitted_at": "timestamp"},
}  # fmt: skip
"""The new columns of each table, NULL (not provided) in what is held."""


def migrate(connection: duckdb.DuckDBPyConnection, home: Path) -> None:
    """Add the columns; what is derived, the order of columns among it, is made anew after."""
    del home
    for table, columns in COLUMNS.items():
        for name, kind in columns.items():
            connection.execute(f"alter table {table} add column {name} {kind}")
