"""Filings as AES reports of them bring them, put beside the lines of a store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import duckdb

Filing = Mapping[str, str | int | None]
"""One line of a filing by its columns, and `extracted_at`: when its report was taken, '' where that is not known."""
LATER = datetime(2026, 11, 22)
"""A moment at which every report is known."""
USUAL: Filing = {"source": "aes", "line_number": 1, "status": "accepted"}


def load_filings(connection: duckdb.DuckDBPyConnection, filings: Sequence[Filing]) -> None:
    """Add filings to a store, each report (a source, taken at a moment) as an extract of its own."""
    batches: dict[tuple[str, str], int] = {}
    for place, filing in enumerate(filings):
        row = USUAL | filing
        taken = str(row.get("extracted_at") or "")
        report = str(row["source"]), taken
        known_from = datetime.fromisoformat(taken) + timedelta(hours=1) if taken else LATER - timedelta(days=1)
        if report not in batches:
            batches[report] = len(batches) + 2  # the first extract is that of the lines
            batch = {
                "batch_id": batches[report], "source": report[0], "kind": "filings", "known_from": known_from,
                "extracted_at": taken or None,
            }  # fmt: skip
            connection.execute("insert into batches by name select unnest($row)", {"row": batch})
        whole = row | {
            "extracted_at": taken or None, "batch_id": batches[report], "known_from": known_from,
            "identity_hash": place, "row_hash": place,
        }  # fmt: skip
        connection.execute("insert into filings by name select unnest($row)", {"row": whole})
