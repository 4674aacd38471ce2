"""Decide the law once per situation: situations and the compiled rulebook in, determinations out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path

import duckdb
import pyarrow as pa

from transforms.rulebook.compile import Law
from transforms.sql import read_sql
from transforms.store import open_memory

SQL = Path(__file__).parent / "sql"
LAW = Path(__file__).parent.parent / "rulebook" / "law.sql"
STEPS = ("item_states", "place_states", "claims", "answers", "verdicts", "not_judged")
"""The tables that a decision is made of, in their order; each is one file of SQL."""


@contextmanager
def deciding(situations: pa.Table, law: Law) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection without access to files or network that holds every step of the decision as a table.

    `situations` has one row per situation: situation_key and the facts. The view `determinations` has one row per
    situation, rule version and stretch of days, where the situation is or may be in scope.
    """
    with open_memory() as connection:
        connection.execute(read_sql(LAW))
        for name, rows in law.tables().items():
            insert = "insert into " + name + " by name select unnest(row) from (select unnest($rows) as row)"
            connection.execute(insert, {"rows": rows}) if rows else None
        connection.register("arriving", situations)
        connection.execute("create table situations as from arriving")
        connection.unregister("arriving")
        for step in STEPS:
            connection.execute("create table " + step + " as " + read_sql(SQL / f"{step}.sql"))
        connection.execute("create view determinations as " + read_sql(SQL / "determinations.sql"))
        yield connection


@dataclass(frozen=True)
class Decision:
    """What a decision leaves; together they make the view `determinations` of `determinations.sql`."""

    verdicts: pa.Table
    """One row per situation, law and stretch of days: `flagged`, `undetermined` or `clear`; else out of scope."""
    not_judged: pa.Table
    """One row per situation and stretch of days in which the record is silent on what some rules ask for."""
    rule_versions: pa.Table
    """One row per rule version, with the law that it shares with those that say the same."""


def decide(situations: pa.Table, law: Law) -> Decision:
    """Return what the rulebook says of `situations`, one row each: situation_key and the facts."""
    with deciding(situations, law) as connection:
        return Decision(*(connection.sql("from " + field.name).to_arrow_table() for field in fields(Decision)))
