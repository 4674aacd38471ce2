"""What other records add to a line: the value of its whole shipment, its item record, other uses of its ITN, AES.

A late line, a new item record or another moment of knowledge changes it, so it is no fact of a line. For the present it
is kept with the lines (`keep.py`) and asked again where something changed; for another moment it is made anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import duckdb

from transforms.contexts.keep import Asked, is_present, keep_all, keep_changes, what_changed
from transforms.contexts.steps import SQL, fingerprint, make_step
from transforms.ingest.extract import SQL as READING
from transforms.rulebook.compile import Law
from transforms.sql import read_sql

STEPS = (
    "asked_lines", "value_sums", "value_groups", "named_by_number", "partial_lines", "neighbors", "value_bundles",
    "value_in_doubt", "itn_use", "item_facts", "description_signals", "context_facts",
)  # fmt: skip
"""The temporary tables that are made, in their order; each is one file of SQL."""
ONE_REALM = "0::ubigint"
REALM_PER_SOURCE = "hash(source)"
_NOTHING_CARRIED = (
    "select null::bigint as line_row, null::varchar as low_value, null::varchar as low_value_missing,"
    " null::varchar as itn_use, null::varchar as item_eccn, null::varchar as item_says, null::boolean as item_proves,"
    " null::varchar as signal where false"
)


def add_contexts(
    connection: duckdb.DuckDBPyConnection,
    law: Law,
    known_until: datetime,
    realm: str = ONE_REALM,
    *,
    keep: bool = False,
) -> Asked | None:
    """Leave the temporary table `subjects` (one row per situation) and the view `placed_lines` (one row per line).

    `placed_lines` has the lines as known at `known_until` (UTC), with `line_row` and the `situation_key` that each is
    in, all told. Of the law it needs the low-value thresholds and what a description may tell. Lines of different
    realms never share a shipment: all of a home are of one. Expects the temporary table `aes_states`, which
    `match_filings` leaves. With `keep`, and where the present is asked for, what is found is kept in the database, and
    only what changed since is asked for again; the result is the same. Returns what was asked for again, None where
    nothing is kept.
    """
    connection.execute(read_sql(READING / "macros.sql"))
    connection.execute(f"create or replace temp macro realm_of(source) as {realm}")
    connection.execute("set variable known_at = $moment::timestamp", {"moment": known_until})
    connection.execute("create or replace temp view current_lines as " + read_sql(SQL / "current_lines.sql"))
    _fill(connection, "thresholds", "from_on date, until_on date, threshold_usd decimal(18, 4)", law.thresholds)
    start = law.signals_from  # before it nothing asks for them
    signals = [row | {"from_on": start} for row in law.signals] if start else []
    _fill(connection, "signals", "signal varchar, pattern varchar, from_on date", signals)
    any_signal = "(?i)" + "|".join(f"(?:{row['pattern']})" for row in signals)
    connection.execute("set variable any_signal = $pattern", {"pattern": any_signal})
    make_step(connection, "asked")
    rests_on = fingerprint([law.thresholds, signals, read_sql(READING / "macros.sql")], SQL)
    changed = what_changed(connection, rests_on) if is_present(connection, realm == ONE_REALM) else None
    if changed is not None and (keep or changed.is_nothing):
        if not changed.is_nothing:
            keep_changes(connection, changed, lambda: _make(connection))
        _place(connection, kept=True)
        return ("nothing" if changed.is_nothing else "some") if keep else None
    for scope in ("value_lines", "itn_lines", "own_lines"):
        connection.execute(f"create or replace temp view {scope} as from current_lines")
    connection.execute("create or replace temp table carried as " + _NOTHING_CARRIED)
    _make(connection)
    kept = keep and is_present(connection, realm == ONE_REALM)
    if kept:
        keep_all(connection, rests_on)
    _place(connection, kept=kept)
    return "everything" if kept else None


def _make(connection: duckdb.DuckDBPyConnection) -> None:
    for step in STEPS:
        make_step(connection, step)


def _place(connection: duckdb.DuckDBPyConnection, *, kept: bool) -> None:
    """Make `placed_lines` and `subjects`, from what is kept or from what was made."""
    how = "kept" if kept else "made"
    connection.execute("create or replace temp view placed_lines as " + read_sql(SQL / f"placed_{how}.sql"))
    connection.execute("create or replace temp table used_contexts as " + read_sql(SQL / f"used_{how}.sql"))
    make_step(connection, "subjects")


def _fill(connection: duckdb.DuckDBPyConnection, name: str, columns: str, rows: Sequence[Mapping[str, Any]]) -> None:
    connection.execute("create or replace temp table " + name + " (" + columns + ")")
    if rows:
        connection.execute(
            "insert into " + name + " by name select unnest(row) from (select unnest($rows) as row)",
            {"rows": [dict(row) for row in rows]},
        )
