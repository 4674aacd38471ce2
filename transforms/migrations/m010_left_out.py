"""To schema 10: which rows of files are no exports or no records, and by which tables cells were looked up."""

from __future__ import annotations

from pathlib import Path

import duckdb

BATCH_COLUMNS = {"left_out": "bigint", "lookups": "varchar[]"}
"""The new columns of extracts, NULL in what is held: no layout could leave rows out, or look cells up."""


def migrate(connection: duckdb.DuckDBPyConnection, home: Path) -> None:
    """Add the columns and the table."""
    del home
    for name, kind in BATCH_COLUMNS.items():
        connection.execute(f"alter table batches add column {name} {kind}")
    connection.execute(
        "create table if not exists left_out (batch_id integer, source varchar, kind varchar, file_name varchar,"
        " row_number bigint, reason varchar, heading varchar, recorded varchar, note varchar, cells varchar[],"
        " identity varchar[], known_from timestamp)"
    )
