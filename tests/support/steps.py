"""One step by itself: the relations that it reads are given as rows, and the rows that come of it are handed back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import duckdb

from transforms.pipeline import Row, Stage, give, make_table
from transforms.pipeline import read_rows as rows_of
from transforms.relations import declared
from transforms.sql_text import reads_of
from transforms.store import open_memory

Given = Mapping[str, Sequence[Row]]
LIKE = {
    "recorded_lines": "current_lines", "value_lines": "current_lines", "itn_lines": "current_lines",
    "own_lines": "current_lines", "order_lines": "current_lines",
    "screened_lines": "placed_lines", "context_values": "carried_facts", "used_contexts": "known_contexts",
    "differences": "pair_differences", "lines_in_question": "restated_lines", "decided_changes": "line_changes",
    "asked_findings": "asked_now",
}  # fmt: skip
"""Relations that Python names itself, and the relation or step whose columns they have."""


def made(
    connection: duckdb.DuckDBPyConnection, stage: Stage, step: str, given: Given | None = None, **values: object
) -> list[dict[str, Any]]:
    """Return every row of a step, in the order of its columns, made of `given`: by relation, the rows handed to it.

    A row names the columns that matter, and the rest of it is NULL. `values` are those that the step asks for.
    """
    hand(connection, stage, given or {})
    stage.make(connection, step, values)
    return rows_of(connection, f"from {step} order by all")


def told(
    connection: duckdb.DuckDBPyConnection,
    stage: Stage,
    step: str,
    columns: str,
    given: Given | None = None,
    **values: object,
) -> list[tuple[Any, ...]]:
    """Return the same of these columns alone, which are named with spaces between: tuples, in their own order."""
    hand(connection, stage, given or {})
    stage.make(connection, step, values)
    return connection.execute(f"select {', '.join(columns.split())} from {step} order by all").fetchall()


def hand(connection: duckdb.DuckDBPyConnection, stage: Stage, given: Given) -> None:
    """Give relations to a stage, whole: declared ones, and those of its own by the columns that their steps make."""
    for name, rows in given.items():
        named = dict.fromkeys(column for row in rows for column in row)
        whole = [{column: row.get(column) for column in named} for row in rows]
        give(connection, name, whole, columns=columns_of(stage, name))


@cache
def columns_of(stage: Stage, name: str) -> dict[str, str]:
    """Return the columns of a relation with their types: as declared, else as the step of its name makes them."""
    name = LIKE.get(name, name)
    try:
        return declared(name).types
    except KeyError:
        text = stage.text(name)
    for one in reads_of(text):
        give(_empty(), one, columns=columns_of(stage, one))
    make_table(_empty(), name, text, dict.fromkeys(re.findall(r"\$([a-z_]\w*)", text)))
    return {row[0]: row[1] for row in _empty().execute(f"describe {name}").fetchall()}


@cache
def _empty() -> duckdb.DuckDBPyConnection:
    """A database in which no relation has a row, and each name has one shape."""
    return open_memory()


def mapped(**entries: str | None) -> dict[str, list[Any]]:
    """Return a map for a row, in the form in which DuckDB takes one from Python."""
    return {"key": list(entries), "value": list(entries.values())}
