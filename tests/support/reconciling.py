"""A line and a filing that agree, put beside each other in a store, and what is said of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import duckdb

from flows.settings import RULES
from tests.support.comparing import NUMBERS, STATUSES
from transforms.compare.compare import find_differences
from transforms.compare.read import read_comparisons
from transforms.ingest.recall import recall
from transforms.match.match import match_filings
from transforms.pipeline import give

NOW = datetime(2026, 11, 22)
ITN, OTHER = "X20250301000001", "X20250301000002"
LINE: dict[str, Any] = {
    "source": "erp", "shipment_id": "S-1", "line_number": 1, "export_on": "2025-03-03", "activity": "export",
    "form": "tangible", "usppi_id": "123456789", "destination": "DE", "eccn": "EAR99", "schedule_b": "9027509000",
    "origin_df": "D", "value_usd": "100", "itn": ITN, "invoice_number": "I-1", "situation_key": 7,
    "known_from": "2026-01-01",
}  # fmt: skip
FILING: dict[str, Any] = {
    "source": "aes", "itn": ITN, "shipment_reference": "S-1", "line_number": 1, "status": "accepted",
    "export_on": "2025-03-03", "filer_id": "123456789", "usppi_id": "123456789", "destination": "DE", "eccn": "EAR99",
    "schedule_b": "9027509000", "origin_df": "D", "value_usd": "100", "invoice_number": "I-1",
    "known_from": "2026-01-01",
}  # fmt: skip


def put(store: duckdb.DuckDBPyConnection, table: str, *rows: dict[str, Any]) -> None:
    """Add rows to a table; each is known by its place among them, from 0."""
    usual = LINE if table == "lines" else FILING
    for row in rows:
        ((place,),) = store.execute(f"select count(*) from {table}").fetchall()
        whole = usual | row | {"identity_hash": place}
        store.execute(f"insert into {table} by name select unnest($row)", {"row": whole})


def pairs(store: duckdb.DuckDBPyConnection, moment: datetime = NOW) -> list[tuple[Any, ...]]:
    """(place of the line, place of the filing line, matched_by) of every match."""
    recall(store, moment, STATUSES)
    match_filings(store, moment, NUMBERS)
    return store.execute(
        "select l.identity_hash, f.identity_hash, matched_by from filing_matches"
        " join current_lines as l using (line_id) join current_filings as f using (filing_id) order by all"
    ).fetchall()


def states(store: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    return store.execute(
        "select identity_hash, aes_state from aes_states join current_lines using (line_id) order by all"
    ).fetchall()


def found(store: duckdb.DuckDBPyConnection, moment: datetime = NOW) -> dict[tuple[str, int, str], str]:
    """What is said, by shipment, line and rule."""
    rules, faults = read_comparisons(RULES)
    assert not faults
    recall(store, moment, STATUSES)
    placed = store.sql("select *, line_situation_key as situation_key from current_lines")
    give(store, "placed_lines", placed.to_arrow_table())
    match_filings(store, moment, NUMBERS)
    if not store.execute("select 1 from duckdb_tables() where table_name = 'found'").fetchall():
        give(store, "found")
    find_differences(store, rules, NUMBERS)
    rows = store.execute("select shipment_id, line_number, rule_id, because from compared").fetchall()
    said = {(shipment, line, rule): because for shipment, line, rule, because in rows}
    assert len(said) == len(rows), "each line and rule at most once"
    return said
