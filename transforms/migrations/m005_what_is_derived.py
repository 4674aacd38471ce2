"""To schema 5: what is stored does not turn on DuckDB's `hash` any more, and migrations are noted."""

from __future__ import annotations

from pathlib import Path

import duckdb

from transforms.pipeline import make_table
from transforms.sql import read_sql

IDENTITIES = Path(__file__).parent / "sql" / "005_identities.sql"


def migrate(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Name rows in quarantine by their record as text; add `migrations`.

    The hash of the sentence in the ledger, which turned on it too, is dropped on the way to schema 9.
    """
    del folder
    connection.execute(
        "create table migrations (from_schema integer, to_schema integer, migrated_at timestamp, migrated_by varchar,"
        " backup varchar)"
    )
    connection.execute("alter table quarantine add column identity varchar[]")
    make_table(connection, "identities", read_sql(IDENTITIES))
    connection.execute(
        "update quarantine as q set identity = i.identity from identities as i"
        " where q.source = i.source and q.kind = i.kind and q.row_key = i.row_key and q.settled_at is null"
    )
    connection.execute("drop table temp.identities")
