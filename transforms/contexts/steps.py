"""The steps of the contexts: temporary tables, each made by one file of SQL."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from transforms.sql import read_sql

SQL = Path(__file__).parent / "sql"


def make_step(connection: duckdb.DuckDBPyConnection, step: str, values: Mapping[str, object] | None = None) -> None:
    """Make the temporary table of one step anew; of the groups, only the days of the lines asked about are read."""
    text = read_sql(SQL / f"{step}.sql")
    given = dict(values or {})
    if "$first_day" in text:
        days = connection.execute("select min(export_on), max(export_on) from asked_lines").fetchall()[0]
        given |= {"first_day": days[0], "last_day": days[1]}
    connection.execute("create or replace temp table " + step + " as " + text, given or None)


def fingerprint(rows: Sequence[object], *folders: Path) -> str:
    """Return a hash of what a result rests on but the records: these parts of the law, and the SQL in these folders."""
    texts = [read_sql(path) for folder in folders for path in sorted(folder.glob("*.sql"))]
    return hashlib.sha256(json.dumps([texts, rows], default=str, sort_keys=True).encode()).hexdigest()
