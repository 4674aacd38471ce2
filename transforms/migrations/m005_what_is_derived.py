"""To schema 5: what is stored does not turn on DuckDB's `hash` any more, and migrations are noted."""

from __future__ import annotations

from pathlib import Path

import duckdb

from transforms.pipeline import make_table, registered
from transforms.sql import as_named, read_sql

IDENTITIES = Path(__file__).parent / "sql" / "005_identities.sql"


def migrate(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Name rows in quarantine by their record as text, and sentences of the ledger by MD5; add `migrations`."""
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
    _hash_sentences(connection, folder)


def _hash_sentences(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Hash the sentences of the last screening anew, as its report has them; NULL is "not known" from here on."""
    connection.execute("update ledger set because_hash = null")
    last = connection.execute("select name from journal where kind = 'run' order by entry desc limit 1").fetchall()
    path = folder / "reports" / last[0][0] / "findings.parquet" if last else folder
    if not path.is_file():
        return
    try:
        with duckdb.connect() as reader:  # an error there leaves the transaction here as it is
            query = "select finding_id, md5_number_lower(because) as because_hash from read_parquet($path)"
            found = reader.sql(query, params={"path": as_named(path)}).to_arrow_table()
    except duckdb.Error:
        return
    with registered(connection, found) as sentences:
        connection.execute(
            f"update ledger as l set because_hash = s.because_hash from {sentences} as s"
            " where s.finding_id = l.finding_id and l.outcome is not null"
        )
