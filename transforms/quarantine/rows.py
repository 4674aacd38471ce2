"""What stands in quarantine: how much, since when, and the rows as they came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from transforms.sql import read_sql

SQL = Path(__file__).parent / "sql"


@dataclass(frozen=True)
class Aside:
    """One row in quarantine; `cells` stand under `headings`, or are None where the row is no CSV and `recorded` holds
    its text."""

    batch_id: int
    quarantine_id: str
    file_name: str
    row_number: int
    problems: tuple[dict[str, str], ...]
    cells: tuple[str, ...] | None
    recorded: str | None
    source: str
    kind: str
    layout: str
    headings: tuple[str, ...]
    extracted_at: datetime | None
    first_at: datetime


def count_open(connection: duckdb.DuckDBPyConnection, moment: datetime, as_of: date) -> dict[str, int | None]:
    """Return how many rows stood in quarantine at `moment` (UTC) and the age of the oldest on `as_of`, in days.

    The age is None where there is none.
    """
    found = connection.execute(read_sql(SQL / "counted.sql"), {"moment": moment}).fetchone()
    rows, first_at = found or (0, None)
    return {"rows": rows, "oldest_days": age_in_days(first_at, as_of) if first_at else None}


def age_in_days(since: datetime, as_of: date) -> int:
    """Return how many days lie between a moment and a day; none where the day is earlier."""
    return max((as_of - since.date()).days, 0)


def list_problems(
    connection: duckdb.DuckDBPyConnection, as_of: date, source: str | None = None
) -> list[dict[str, Any]]:
    """Return one mapping per file, problem and state: open, or how its rows were settled. Ages are in days."""
    found = connection.execute(read_sql(SQL / "listed.sql"), {"source": source})
    names = [column[0] for column in found.description or []]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return [{**row, "age_days": age_in_days(row["first_at"], as_of) if row["is_open"] else None} for row in rows]


def count_codes(connection: duckdb.DuckDBPyConnection, source: str | None = None) -> dict[str, int]:
    """Return how many open rows there are by the code of their problem, most first."""
    return dict(connection.execute(read_sql(SQL / "coded.sql"), {"source": source}).fetchall())


def rows_aside(
    connection: duckdb.DuckDBPyConnection, source: str | None = None, batch_id: int | None = None
) -> list[Aside]:
    """Return the open rows, of one source where it is given; or all rows that one batch set aside."""
    found: list[Any] = connection.execute(
        read_sql(SQL / "aside.sql"), {"source": source, "batch_id": batch_id}
    ).fetchall()
    return [Aside(*_frozen(row)) for row in found]


def _frozen(row: tuple[Any, ...]) -> list[Any]:
    return [tuple(cell) if isinstance(cell, list) else cell for cell in row]
