"""To schema 8: currencies and regions of lines, exchange rates, and when each version of a filing was sent."""

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
TABLES = {
    "rates": "currency varchar, rate_on date, rate decimal(18, 10), source varchar, known_from timestamp,"
    " known_until timestamp",
    "rate_files": "sha256 varchar, rate_count bigint, known_from timestamp",
}
"""The new tables, empty."""


def migrate(connection: duckdb.DuckDBPyConnection, home: Path) -> None:
    """Add the columns and tables; what is derived, the order of columns among it, is made anew after."""
    del home
    for table, columns in COLUMNS.items():
        for name, kind in columns.items():
            connection.execute(f"alter table {table} add column {name} {kind}")
    for name, columns_of_table in TABLES.items():
        connection.execute(f"create table if not exists {name} ({columns_of_table})")
