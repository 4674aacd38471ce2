"""What of a finished run is told to those who are not looking: counts by weight and rule, without names of parties."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from transforms.reports.run import REPORTS
from transforms.sql import as_named
from transforms.store import CONFIG

WEIGHTS = ("embargoed", "listed", "high", "medium", "low")
"""Codes of what a new finding weighs, the heaviest first."""


def count_noticed(folder: Path, urgent: Sequence[str]) -> list[dict[str, Any]]:
    """Return one mapping per weight and rule with new or reopened findings of the run in `folder`, in that order."""
    values = {"findings": as_named(folder / "findings.parquet"), "urgent": list(urgent)}
    with duckdb.connect(":memory:", config={**CONFIG, "threads": "1"}) as connection:
        return REPORTS.read(connection, "noticed", values)
