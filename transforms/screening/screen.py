"""Screen every line of a home: the law decided once per situation, then one join of the lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

import duckdb
import pyarrow as pa

from transforms.rulebook.compile import Law
from transforms.screening.decide import decide
from transforms.sql import read_sql

SQL = Path(__file__).parent / "sql"


class RunFacts(Protocol):
    """What a screening needs to know of its run."""

    @property
    def run_id(self) -> str: ...  # noqa: D102
    @property
    def as_of(self) -> date: ...  # noqa: D102
    @property
    def known_at(self) -> datetime | None: ...  # noqa: D102
    @property
    def known_until(self) -> datetime: ...  # noqa: D102
    @property
    def rulebook_hash(self) -> str: ...  # noqa: D102


def read_situations(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """Return every situation ever seen, one row each."""
    return connection.sql("from situations").to_arrow_table()


def screen(connection: duckdb.DuckDBPyConnection, law: Law, run: RunFacts) -> None:
    """Leave the result of a screening in temporary tables: `determinations` (a view), `hits` and `findings`.

    Lines are taken as known at `run.known_until` (UTC). A finding is new when it was first made on `run.as_of`, else
    open. Nothing that lasts is written.
    """
    known = {"known_at": run.known_until}
    decision = decide(read_situations(connection), law)
    for field in fields(decision):
        connection.register("decided", getattr(decision, field.name))
        _create(connection, field.name, "from decided", {})
        connection.unregister("decided")
    connection.execute("create or replace temp view determinations as " + read_sql(SQL / "determinations.sql"))
    _create(connection, "hits", read_sql(SQL / "hits.sql"), known)
    _create(
        connection,
        "findings",
        read_sql(SQL / "findings.sql"),
        {"run_id": run.run_id, "as_of": run.as_of, "rulebook_hash": run.rulebook_hash, "known_at": run.known_at},
    )


def tally(connection: duckdb.DuckDBPyConnection, known_until: datetime) -> None:
    """Leave the temporary table `tallies`: lines, value and dates per source and situation, for what is clear too."""
    _create(connection, "tallies", read_sql(SQL / "tallies.sql"), {"known_at": known_until})


def _create(connection: duckdb.DuckDBPyConnection, name: str, query: str, values: Mapping[str, object]) -> None:
    connection.execute("create or replace temp table " + name + " as " + query, dict(values) or None)
