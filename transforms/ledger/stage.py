"""The stage of the ledger: its SQL, and the relations that it reads and leaves."""

from __future__ import annotations

from pathlib import Path

from transforms.pipeline import Stage

LEDGER = Stage(
    name="ledger",
    folder=Path(__file__).parent / "sql",
    reads=(
        "findings", "placed_lines", "subjects", "lines", "batches", "meta", "endings", "filing_matches",
        "current_filings", "aes_states",
    ),
    leaves=("journal", "ledger", "ledger_events", "ledger_situations", "dispositions"),
)  # fmt: skip
