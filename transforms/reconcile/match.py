"""Match shipment lines to the filings of AES: by ITN, then by shipment reference, then by invoice number.

One filing line may stand for several lines of one Schedule B number and origin, and one line for several filing lines:
what belongs together carries one `group_row`, and its sums are compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import duckdb

from transforms.sql import read_sql

SQL = Path(__file__).parent / "sql"

CANCELLED_WORDS = ["cancelled", "canceled", "cancel", "x"]
"""How a report says that a filing was cancelled; X is the shipment action of 15 CFR 30.6(a)(25)."""

_PASSES = (
    ("ITN", False),
    ("shipment reference", False),
    ("invoice number", False),
    ("ITN", True),
    ("shipment reference", True),
)
"""By what, and whether among cancelled filings: those are looked at last, when no live filing is left."""

_TOLD_BY = ("number and origin", "number", "rest")


def match_filings(connection: duckdb.DuckDBPyConnection, known_until: datetime) -> None:
    """Leave two temporary tables: `filing_matches` and `aes_states`, both empty where no filing is known.

    `filing_matches` has one row per line and filing line that belong together: `line_row` and `filing_row` (rowids),
    `matched_by` ("ITN", "shipment reference", "invoice number"), `source` (of the line) and `group_row`, NULL where one
    line and one filing line make a pair, else the rowid of the first filing line of the sum. `aes_states` has one row
    per line whose recorded ITN AES does not hold ("not held", on days that filings cover) or holds as "cancelled".
    Only exports that are not intangible are matched (15 CFR 30.2(d)(3)). Lines and filings are taken as known at
    `known_until` (UTC).
    """
    connection.execute(
        "create or replace temp table filing_matches"
        " (line_row bigint, filing_row bigint, matched_by varchar, source varchar, group_row bigint)"
    )
    connection.execute("create or replace temp table aes_states (line_row bigint, aes_state varchar)")
    if not has_filings(connection, known_until):
        return
    known: dict[str, object] = {"known_until": known_until}
    connection.execute(
        "create or replace temp table repeated_filings as " + read_sql(SQL / "repeated_filings.sql"), known
    )
    connection.execute("create or replace temp table covered_months as " + read_sql(SQL / "covered_months.sql"), known)
    words = {"cancelled_words": CANCELLED_WORDS}
    are_cancelled = _count(connection, read_sql(SQL / "cancelled.sql"), known | words)
    for matched_by, is_cancelled in _PASSES:
        if is_cancelled and not are_cancelled:
            break
        are_left = _match(connection, known_until, matched_by, is_cancelled)
        if are_left and (matched_by, is_cancelled) == _PASSES[0]:
            connection.execute("insert into aes_states " + read_sql(SQL / "states.sql"), known | words)
    # a live filing that was found by another key is a filing, whatever ITN the line says
    connection.execute(
        "delete from aes_states where line_row in (select line_row from filing_matches"
        " join filings on filings.rowid = filing_row where not list_contains($cancelled_words, coalesce(status, '')))",
        words,
    )
    for step in ("line_side", "filing_side", "line_members", "filing_members", "groups"):
        connection.execute(f"drop table if exists {step}")


def has_filings(connection: duckdb.DuckDBPyConnection, known_until: datetime) -> bool:
    """Return whether any filing is known at `known_until`."""
    query = (
        "select 1 from filings where known_from <= $known_until and (known_until is null or known_until > $known_until)"
    )
    return connection.execute(query + " limit 1", {"known_until": known_until}).fetchone() is not None


def _match(connection: duckdb.DuckDBPyConnection, known_until: datetime, matched_by: str, is_cancelled: bool) -> bool:
    """Add what one key finds among what is still free; return whether lines that have the key may be left."""
    by = {"matched_by": matched_by}
    known = {"known_until": known_until} | by
    lines = _made(connection, "line_side", known)
    among = {"is_cancelled": is_cancelled, "cancelled_words": CANCELLED_WORDS}
    if not lines or not _made(connection, "filing_side", known | among):
        return lines > 0
    if _added(connection, "alone", by) == lines:
        return False
    if not _made(connection, "line_members", {}):
        return True
    _made(connection, "filing_members", {})
    for told_by in _TOLD_BY:
        if _made(connection, "groups", {"told_by": told_by}):
            _added(connection, "few", by)
            _added(connection, "many", by)
    return True


def _made(connection: duckdb.DuckDBPyConnection, step: str, values: Mapping[str, object]) -> int:
    """Make the temporary table of a step and return its number of rows."""
    return _count(connection, f"create or replace temp table {step} as {read_sql(SQL / f'{step}.sql')}", values)


def _added(connection: duckdb.DuckDBPyConnection, step: str, values: Mapping[str, object]) -> int:
    """Add the pairs of a step to `filing_matches` and return their number."""
    return _count(connection, f"insert into filing_matches by name {read_sql(SQL / f'{step}.sql')}", values)


def _count(connection: duckdb.DuckDBPyConnection, statement: str, values: Mapping[str, object]) -> int:
    counted = connection.execute(statement, dict(values) or None).fetchone()
    return int(counted[0]) if counted else 0
