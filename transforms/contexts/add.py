"""What other records add to a line: the value of its whole shipment, its item record, other uses of its ITN, AES.

None of it is stored with a line, as a late line, a new item record or another moment of knowledge changes it. It is
made anew for each screening, and only for the lines that it can matter to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from transforms.ingest.extract import SQL as READING
from transforms.rulebook.compile import Law
from transforms.sql import read_sql

SQL = Path(__file__).parent / "sql"
STEPS = (
    "asked", "asked_lines", "value_sums", "value_groups", "named_by_number", "partial_lines", "neighbors",
    "value_bundles", "value_in_doubt", "itn_use", "item_facts", "description_signals", "context_facts", "subjects",
)  # fmt: skip
"""The temporary tables that are made, in their order; each is one file of SQL."""
ONE_REALM = "0::ubigint"
REALM_PER_SOURCE = "hash(source)"


def add_contexts(
    connection: duckdb.DuckDBPyConnection, law: Law, known_until: datetime, realm: str = ONE_REALM
) -> None:
    """Leave the temporary tables `subjects` (one row per situation) and `contexts` (line_row, situation_key).

    A line that is not in `contexts` is in the situation that is stored with it. Records are taken as known at
    `known_until` (UTC). Of the law it needs the low-value thresholds and what a description may tell. Lines of
    different realms never share a shipment: all of a home are of one. Expects the temporary table `aes_states`, which
    `match_filings` leaves.
    """
    connection.execute(read_sql(READING / "macros.sql"))
    connection.execute(f"create or replace temp macro realm_of(source) as {realm}")
    _fill(connection, "thresholds", "from_on date, until_on date, threshold_usd decimal(18, 4)", law.thresholds)
    start = law.signals_from  # before it nothing asks for them
    signals = [row | {"from_on": start} for row in law.signals] if start else []
    _fill(connection, "signals", "signal varchar, pattern varchar, from_on date", signals)
    for step in STEPS:
        make_step(connection, step, known_until)
    connection.execute("create or replace temp table contexts as select line_row, situation_key from context_facts")


def make_step(connection: duckdb.DuckDBPyConnection, step: str, known_until: datetime) -> None:
    """Make the temporary table of one step anew; of the groups, only the days of the lines asked about are read."""
    text = read_sql(SQL / f"{step}.sql")
    values: dict[str, object] = {"known_at": known_until} if "$known_at" in text else {}
    if "$first_day" in text:
        days = connection.execute("select min(export_on), max(export_on) from asked_lines").fetchall()[0]
        values |= {"first_day": days[0], "last_day": days[1]}
    connection.execute("create or replace temp table " + step + " as " + text, values or None)


def _fill(connection: duckdb.DuckDBPyConnection, name: str, columns: str, rows: Sequence[Mapping[str, Any]]) -> None:
    connection.execute("create or replace temp table " + name + " (" + columns + ")")
    if rows:
        connection.execute(
            "insert into " + name + " by name select unnest(row) from (select unnest($rows) as row)",
            {"rows": [dict(row) for row in rows]},
        )
