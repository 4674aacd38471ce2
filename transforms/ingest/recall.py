"""Records as they are known at a moment, and lines fetched by their ids: what everything after loading reads.

A line goes by its `line_id`, made of its identity and its version, wherever it is; where a line lies in the table is
known here alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import duckdb

from transforms.pipeline import Row, Stage, give, make_table, make_view

RECALL = Stage(
    name="ingest",
    folder=Path(__file__).parent / "sql" / "recall",
    reads=("lines", "items", "filings", "batches", "rates", "quarantine", "filing_statuses"),
    leaves=(
        "conversions", "current_lines", "current_items", "current_filings", "filings_aside", "line_asides",
        "lines_aside", "later_batches", "fetched_lines",
    ),
    steps=(
        "conversions", "recorded_lines", "current_lines", "current_items", "status_standings", "current_filings",
        "filings_aside", "line_asides", "lines_aside", "later_batches",
    ),
    views=frozenset({
        "recorded_lines", "current_lines", "current_items", "current_filings", "line_asides", "later_batches",
        "fetched_lines",
    }),
)
RATE_DAYS = 7
"""An amount in another currency is converted at the rate for its day, or the last one of so many days before it."""


def recall(
    connection: duckdb.DuckDBPyConnection,
    moment: datetime,
    statuses: Sequence[Row],
    *,
    is_realm_per_source: bool = False,
) -> None:
    """Leave `current_lines`, `current_items` and `current_filings`: records as known at `moment` (UTC).

    `statuses` are the status words of filings, of the law; `filings_aside` are the ITNs of filings
    in quarantine then, `lines_aside` the shipments of lines.
    Lines of different realms never share a shipment: all lines of a home are of one realm, or those of a source each.
    """
    give(connection, "filing_statuses", statuses)
    values = {
        "moment": moment, "is_realm_per_source": is_realm_per_source, "rate_days": RATE_DAYS, "batch_id": None,
    }  # fmt: skip
    RECALL.run(connection, values, without=("current_lines",))
    recall_lines(connection)


def recall_lines(connection: duckdb.DuckDBPyConnection) -> None:
    """Leave `current_lines` over the lines as they lie now, known at the moment that `recall` was asked for."""
    if connection.execute("select 1 from conversions limit 1").fetchall():
        RECALL.make(connection, "current_lines")
    else:  # lines in dollars need no join
        make_view(connection, "current_lines", "from recorded_lines")


def fetch_lines(connection: duckdb.DuckDBPyConnection, wanted: str, *, is_realm_per_source: bool = False) -> None:
    """Leave the view `fetched_lines`: what is recorded of the lines whose `line_id` the query `wanted` returns.

    Wide columns of scattered lines are read many times faster so than by a join with all lines. Whoever joins it does
    so before other lines are fetched.
    """
    make_table(connection, "wanted_lines", f"select distinct line_id from ({wanted})")
    RECALL.make(connection, "line_places")
    RECALL.make(connection, "fetched_lines", {"is_realm_per_source": is_realm_per_source})
