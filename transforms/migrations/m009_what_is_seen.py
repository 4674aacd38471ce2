"""To schema 9: the ledger keeps on what each finding rests, by codes and records; sentences are compared no more."""

from __future__ import annotations

from pathlib import Path

import duckdb

COLUMNS = {"answer": "varchar", "rules": "varchar[]", "line_batch": "integer", "compared_hash": "ubigint"}
"""The new columns of the ledger, NULL (not known): the next screening reads what it can of them in the records."""


def migrate(connection: duckdb.DuckDBPyConnection, home: Path) -> None:
    """Add the columns, and drop the hash of the sentence."""
    del home
    connection.execute("alter table ledger drop column because_hash")
    for name, kind in COLUMNS.items():
        connection.execute(f"alter table ledger add column {name} {kind}")
