"""Match shipment lines to the filings of AES: by ITN, then by shipment reference, then by invoice number.

One filing line may stand for several lines of one Schedule B number and origin, and one line for several filing lines:
what belongs together carries one `group_id`, and its sums are compared.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb

from transforms.pipeline import Stage, give

MATCH = Stage(
    name="match",
    folder=Path(__file__).parent / "sql",
    reads=("current_lines", "current_filings", "batches"),
    leaves=("filing_matches", "aes_states", "repeated_filings", "covered_months"),
)

_PASSES = (
    ("ITN", False),
    ("shipment reference", False),
    ("invoice number", False),
    ("ITN", True),
    ("shipment reference", True),
)
"""By what, and whether among canceled filings: those are looked at last, when no live filing is left."""

_TOLD_BY = ("value", "whole", "number and origin", "number", "rest")
"""What tells the lines and filing lines of one key apart, the surest first."""


def match_filings(connection: duckdb.DuckDBPyConnection, moment: datetime) -> None:
    """Leave `filing_matches` (one row per line and filing line that belong together) and `aes_states`.

    Reads the records as `recall` left them at `moment` (UTC). `aes_states` has one row per line whose recorded ITN AES
    does not hold ("not held", on days that filings cover) or holds as "cancelled". Only exports that are not intangible
    are matched (15 CFR 30.2(d)(3)). Where no filing is known, what is left is empty.
    """
    for relation in MATCH.leaves:
        give(connection, relation)
    if not has_filings(connection):
        return
    for step in ("repeated_filings", "covered_months"):
        MATCH.make(connection, step, {"moment": moment})
    are_cancelled = _any(connection, "current_filings where is_cancelled")
    for matched_by, is_cancelled in _PASSES:
        if is_cancelled and not are_cancelled:
            break
        are_left = _match(connection, matched_by, is_cancelled)
        if are_left and (matched_by, is_cancelled) == _PASSES[0]:
            MATCH.add(connection, "aes_states", "aes_states")
    # a live filing that was found by another key is a filing, whatever ITN the line says
    connection.execute(
        "delete from aes_states where line_id in (select line_id from filing_matches"
        " join current_filings using (filing_id) where not is_cancelled)"
    )


def has_filings(connection: duckdb.DuckDBPyConnection) -> bool:
    """Return whether any filing is known at the moment that `recall` was asked for."""
    return _any(connection, "current_filings")


def _match(connection: duckdb.DuckDBPyConnection, matched_by: str, is_cancelled: bool) -> bool:
    """Add what one key finds among what is still free; return whether lines that have the key may be left."""
    key = {"matched_by": matched_by, "is_cancelled": is_cancelled}
    lines = MATCH.make(connection, "line_side", key)
    if not lines or not MATCH.make(connection, "filing_side", key):
        return lines > 0
    if MATCH.add(connection, "alone", "filing_matches", key) == lines:
        return False
    if not MATCH.make(connection, "line_members"):
        return True
    MATCH.make(connection, "filing_members")
    for told_by in _TOLD_BY:
        if MATCH.make(connection, "groups", {"told_by": told_by}):
            MATCH.add(connection, "few", "filing_matches", key)
            MATCH.add(connection, "many", "filing_matches", key)
    return True


def _any(connection: duckdb.DuckDBPyConnection, rows: str) -> bool:
    return bool(connection.execute(f"select 1 from {rows} limit 1").fetchall())
