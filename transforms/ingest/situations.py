"""The situations that a batch brings: kept once each, by the facts of one line."""

from __future__ import annotations

from pathlib import Path

import duckdb

from transforms.derived import naming_values, term_values
from transforms.situations.situations import FACTS_STEP, IDENTIFIED_STEP
from transforms.sql import chain

SQL = Path(__file__).parent / "sql"


def add_situations(connection: duckdb.DuckDBPyConnection, batch_id: int) -> int:
    """Add the situations that batch `batch_id` brings to `situations` and return how many they are.

    Cost follows the distinct situations of the batch: facts are computed for one line of each.
    """
    statement = chain(("fact_lines", SQL / "unseen_lines.sql"), FACTS_STEP, IDENTIFIED_STEP)
    values = {"batch_id": batch_id, **term_values(connection), **naming_values()}
    row = connection.execute("insert into situations by name " + statement, values).fetchone()
    return int(row[0]) if row else 0
