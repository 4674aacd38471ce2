"""What is new since the screening before, what comes first, and whom it concerns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

import duckdb

from transforms.reports.run import REPORTS, Run
from transforms.reports.summary.model import (
    FIRST_LINES,
    TOP_LINES,
    ItemRow,
    ListedFinding,
    ListedLine,
    News,
    PartyRow,
    StepRow,
)


class Past(NamedTuple):
    """What the ledger tells: the as-of day of the screening before (None: none), and findings closed since."""

    previous_on: date | None
    closed: int


def read_news(
    connection: duckdb.DuckDBPyConnection, urgent: list[str], run: Run, past: Past, titles: Mapping[str, str]
) -> News:
    """Return what changed since the screening before; `titles` has the title of each rule by its id, `urgent` are
    the rules whose findings come before all others.

    Expects `findings` with their states, and `country_titles`.
    """
    (counts,) = REPORTS.read(connection, "news_counts", {"urgent": urgent})
    REPORTS.make(connection, "ranked_findings", {"urgent": urgent, "as_of": run.as_of})
    steps = [
        StepRow(
            row["rule_id"], titles.get(row["rule_id"], row["rule_id"]), row["is_urgent"], row["flagged"],
            row["undetermined"], row["line_count"], row["value_usd"], row["remedy"],
        )
        for row in REPORTS.read(connection, "steps")
    ]  # fmt: skip
    return News(
        previous_on=past.previous_on,
        closed=past.closed,
        steps=steps,
        parties=[PartyRow(*row.values()) for row in REPORTS.read(connection, "concerned_parties")],
        first_lines=list_lines(connection, largest=False),
        **counts,
    )


def list_lines(connection: duckdb.DuckDBPyConnection, *, largest: bool) -> list[ListedLine]:
    """Return the lines to review first, or those of highest value, each with its open findings, strictest first.

    Expects `ranked_findings`.
    """
    given = {"largest": largest, "most": TOP_LINES if largest else FIRST_LINES}
    return [
        ListedLine(**{**row, "findings": [ListedFinding(**one) for one in row["findings"]]})
        for row in REPORTS.read(connection, "listed_lines", given)
    ]


def read_items(connection: duckdb.DuckDBPyConnection, listed: Iterable[ListedLine]) -> list[ItemRow]:
    """Return, for each part number of the lines listed, what else was shipped of it."""
    parts = sorted({row.part_number for row in listed if row.part_number})
    if not parts:
        return []
    rows: list[dict[str, Any]] = REPORTS.read(connection, "listed_items", {"part_numbers": parts})
    return [ItemRow(*row.values()) for row in rows]
