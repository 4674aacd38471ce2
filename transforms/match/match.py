"""Match shipment lines to the filings of AES: by ITN, then by shipment reference, then by invoice number.

One filing line may stand for several lines of one Schedule B number and origin, and one line for several filing lines:
what belongs together carries one `group_id`, and its sums are compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import duckdb

from transforms.pipeline import Row, Stage, Values, give

MATCH = Stage(
    name="match",
    folder=Path(__file__).parent / "sql",
    reads=("current_lines", "current_filings", "filings_aside", "batches", "parameters", "situations"),
    leaves=("filing_matches", "aes_states", "repeated_filings", "covered_months"),
)

_STANDINGS = ("held", "unknown", "not held", "cancelled")
"""Filings as they stand in AES, in the order in which they are looked at: others only when no live one is left."""

_KEYS = ("ITN", "shipment reference", "invoice number")
"""By what a line and a filing are each other's. The last tells live filings alone."""

PARAMETER = "post-departure-days"
"""What is asked of the law by name."""

AGREEING_DAYS = 30
"""A filing found by its shipment reference alone proves a line if their dates of export are at most so far apart: the
office's choice, not law, as references may start again each year."""

_TOLD_BY = ("value", "whole", "number and origin", "number", "rest")
"""What tells the lines and filing lines of one key apart, the surest first."""


def match_filings(connection: duckdb.DuckDBPyConnection, moment: datetime, parameters: Sequence[Row]) -> None:
    """Leave `filing_matches` (one row per line and filing line that belong together) and `aes_states`.

    Reads the records as `recall` left them at `moment` (UTC); of the `parameters` of the law it asks for PARAMETER.
    `aes_states` has one row per line of which AES says something that its own ITN does not show: that it holds the
    filing, or not, or not any more. Only exports that are not intangible are matched (15 CFR 30.2(d)(3)). Where no
    filing is known, what is left is empty.
    """
    for relation in MATCH.leaves:
        give(connection, relation)
    if not has_filings(connection):
        return
    for step in ("repeated_filings", "covered_months"):
        MATCH.make(connection, step, {"moment": moment})
    give(connection, "parameters", [row for row in parameters if row["name"] == PARAMETER])
    known = {standing for (standing,) in connection.execute("select distinct standing from current_filings").fetchall()}
    for standing in (one for one in _STANDINGS if one in known):
        for matched_by in _KEYS if standing == "held" else _KEYS[:2]:
            _match(connection, {"matched_by": matched_by, "standing": standing})
    MATCH.add(connection, "aes_states", "aes_states", {"agreeing_days": AGREEING_DAYS})


def has_filings(connection: duckdb.DuckDBPyConnection) -> bool:
    """Return whether any filing is known at the moment that `recall` was asked for."""
    return _any(connection, "current_filings")


def _match(connection: duckdb.DuckDBPyConnection, key: Values) -> None:
    """Add what one key finds among what is still free."""
    lines = MATCH.make(connection, "free_filings", key) and MATCH.make(connection, "line_side", key)
    if not lines or not MATCH.make(connection, "filing_side", key):
        return
    if MATCH.add(connection, "alone", "filing_matches", key) == lines or not MATCH.make(connection, "line_members"):
        return
    MATCH.make(connection, "filing_members")
    for told_by in _TOLD_BY:
        if MATCH.make(connection, "groups", {"told_by": told_by}):
            MATCH.add(connection, "few", "filing_matches", key)
            MATCH.add(connection, "many", "filing_matches", key)


def _any(connection: duckdb.DuckDBPyConnection, rows: str) -> bool:
    return bool(connection.execute(f"select 1 from {rows} limit 1").fetchall())
