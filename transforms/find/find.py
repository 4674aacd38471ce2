"""Join lines to verdicts: what is found of each line, and how many lines there are of everything."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import duckdb

from transforms.ingest.recall import fetch_lines
from transforms.pipeline import Stage, Values, make_view

FIND = Stage(
    name="find",
    folder=Path(__file__).parent / "sql",
    reads=(
        "placed_lines", "current_lines", "fetched_lines", "subjects", "valued_situations", "aes_states", "verdicts",
        "subject_keys", "worded_verdicts",
    ),
    leaves=("hits", "group_sums", "found", "monthly", "daily"),
    steps=("open_verdicts", "hits", "filing_lines", "group_sums", "found"),
)  # fmt: skip
COUNTS = {"monthly": "month", "daily": "export_on"}
"""The relations that count lines, and the day by which a row belongs to a month."""


def find(
    connection: duckdb.DuckDBPyConnection,
    lines: str = "from placed_lines",
    *,
    is_one_realm: bool = True,
    name: str = "found",
) -> None:
    """Leave `found`, or the relation `name`: what the law, as decided, says of these lines, where it is not clear."""
    make_view(connection, "screened_lines", f"select line_id, situation_key, export_on, tendered_on from ({lines})")
    FIND.run(connection, without=("filing_lines", "group_sums", "found"))
    fetch_lines(connection, "from hits", is_realm_per_source=not is_one_realm)
    FIND.run(connection, without=("open_verdicts", "hits", "found"))
    FIND.make(connection, "found", name=name)


def count(
    connection: duckdb.DuckDBPyConnection,
    lines: str = "from placed_lines",
    values: Values | None = None,
    suffix: str = "",
    relations: Collection[str] = tuple(COUNTS),
) -> None:
    """Leave `monthly` and `daily`, with a suffix to their names: how many of these lines, worth what."""
    make_view(connection, "counted_lines", lines, values)
    for relation in relations:
        FIND.make(connection, relation, name=relation + suffix)
