"""To schema 9: on what each finding rests, by codes and records and no sentence; and which records ended."""

from __future__ import annotations

from pathlib import Path

import duckdb

COLUMNS = {"answer": "varchar", "rules": "varchar[]", "line_batch": "integer", "compared_hash": "ubigint"}
"""The new columns of the ledger, NULL (not known): the next screening reads what it can of them in the records."""


BATCH_COLUMNS = {"ended": "bigint", "whole_periods": "struct(from_on date, until_on date)[]"}
"""The new columns of extracts, NULL in what is held: none of them ended anything."""


def migrate(connection: duckdb.DuckDBPyConnection, home: Path) -> None:
    """Add the columns and the table, and drop the hash of the sentence."""
    del home
    connection.execute("alter table ledger drop column because_hash")
    for name, kind in COLUMNS.items():
        connection.execute(f"alter table ledger add column {name} {kind}")
    for name, kind in BATCH_COLUMNS.items():
        connection.execute(f"alter table batches add column {name} {kind}")
    connection.execute(
        "create table if not exists endings (batch_id integer, kind varchar, source varchar, identity varchar[],"
        " version_batch_id integer, export_on date, missing_in integer)"
    )
