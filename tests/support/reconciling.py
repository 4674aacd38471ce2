"""A line and a filing that agree, put beside each other in a store, and what is said of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import duckdb

from flows.settings import RULES
from tests.support.runs import Run
from transforms.reconcile.differences import find_differences
from transforms.reconcile.match import match_filings
from transforms.reconcile.read import read_reconcile_rules

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
    usual = LINE if table == "lines" else FILING
    for row in rows:
        store.execute(f"insert into {table} by name select unnest($row)", {"row": usual | row})


def pairs(store: duckdb.DuckDBPyConnection, known_until: datetime = NOW) -> list[tuple[Any, ...]]:
    """(line_row, filing_row, matched_by) of every match."""
    match_filings(store, known_until)
    return store.execute("select line_row, filing_row, matched_by from filing_matches order by all").fetchall()


def states(store: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    return store.execute("select line_row, aes_state from aes_states order by all").fetchall()


def found(store: duckdb.DuckDBPyConnection, known_until: datetime = NOW) -> dict[tuple[str, int, str], str]:
    """What is said, by shipment, line and rule."""
    rules, faults = read_reconcile_rules(RULES)
    assert not faults
    match_filings(store, known_until)
    find_differences(store, Run(as_of=NOW.date(), known_until=known_until, rulebook_hash="hash"), rules)
    rows = store.execute("select shipment_id, line_number, rule_id, because from findings").fetchall()
    said = {(shipment, line, rule): because for shipment, line, rule, because in rows}
    assert len(said) == len(rows), "each line and rule at most once"
    return said
