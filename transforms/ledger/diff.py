"""What two runs say otherwise of findings: gained, lost, changed, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb

from transforms.ledger.stage import LEDGER
from transforms.ledger.turns import told_facts
from transforms.sheets import write_csv
from transforms.sql import as_named

CHANGES = ("gained", "lost", "changed")


@dataclass(frozen=True)
class Side:
    """One of the two runs: its folder, the law that it rests on, and its entry of the journal where it is noted."""

    folder: Path
    law: tuple[str, str]
    """Hash of the rulebook, and version of Earshot."""
    entry: int | None


def compare_runs(connection: duckdb.DuckDBPyConnection, before: Side, after: Side) -> list[dict[str, Any]]:
    """Return one mapping per finding that is gained, lost or changed from one run to the other, with its cause.

    Where both are noted the cause is that of the journal's events between them; else, and where no event tells of it,
    it is what the situations of the two runs and their rulebooks show.
    """
    for step, name in (("diff_joined", "findings"), ("diff_situations", "situations")):
        files = {side: as_named(one.folder / f"{name}.parquet") for side, one in (("before", before), ("after", after))}
        LEDGER.make(connection, step, files)
    first, last = before.entry or 0, after.entry or 0
    both = before.entry is not None and after.entry is not None
    return LEDGER.read(
        connection,
        "diff_caused",
        {
            "first_entry": min(first, last),
            "last_entry": max(first, last) if both else -1,
            "is_reversed": first > last,
            "is_law_changed": before.law != after.law,
            **told_facts(),
        },
    )


def count_causes(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return one mapping per rule and cause: how many findings are gained, lost and changed."""
    counted = Counter((row["rule_id"], row["cause"], row["change"]) for row in rows)
    keys = sorted({(rule, cause) for rule, cause, _ in counted})
    return [
        {"rule_id": rule, "cause": cause, **{change: counted[rule, cause, change] for change in CHANGES}}
        for rule, cause in keys
    ]


def write_diff(rows: Sequence[dict[str, Any]], target: Path) -> Path:
    """Write the rows to a CSV file, whole or not at all; no cell is taken for a formula by a spreadsheet."""
    cells = (["" if row[name] is None else str(row[name]) for name in COLUMNS] for row in rows)
    return write_csv(chain([COLUMNS], cells), target)


COLUMNS = (
    "change", "rule_id", "cause", "detail", "source", "shipment_id", "line_number", "export_on", "destination", "eccn",
    "consignee_name", "value_usd", "outcome_before", "outcome_after", "state_before", "state_after", "because_before",
    "because_after", "finding_id",
)  # fmt: skip
"""The columns of the CSV file."""
