"""Summing the shipments that turn on their value costs less than grouping all lines by what makes a shipment.

Compared with one DuckDB GROUP BY over the seven columns themselves, names as written: 15 CFR 30.37(a) and 30.1(c).
"""

from __future__ import annotations

from datetime import datetime

import duckdb

from tests.support.measure import report, take_turns, timed
from transforms.contexts.add import add_contexts, make_step
from transforms.reconcile.match import match_filings
from transforms.rulebook.compile import compile_law
from transforms.store import open_store

KEY = ("usppi_id", "consignee_name", "destination", "conveyance", "export_on", "schedule_b", "origin_df")
NOW = {"known_at": datetime(2026, 11, 22)}
SUMS, LATE = 0.5, 0.05
"""Half of the bare grouping; and for 10,000 late lines a tenth of that again."""


def _step(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    make_step(connection, name, NOW["known_at"])


def test_low_value_sums(large_home, rulebook):
    law = compile_law(rulebook)
    with open_store(large_home.database) as connection:
        match_filings(connection, NOW["known_at"])
        add_contexts(connection, law, NOW["known_at"])
        # a late extract: the last 10,000 lines that came, of the last weeks
        connection.execute(
            "create temp table late as select rowid as line_row from lines order by rowid desc limit 10000"
        )

        def bare() -> float:
            query = f"select {', '.join(KEY)}, sum(value_usd) from lines group by all"
            return timed(lambda: connection.execute(f"create or replace temp table bare as {query}"))

        def sums() -> float:
            return timed(
                lambda: [_step(connection, one) for one in ("asked", "asked_lines", "value_sums", "value_groups")]
            )

        def late() -> float:
            """The groups that 10,000 lines of one late extract belong to."""

            def resum() -> None:
                connection.execute(
                    "create or replace temp table asked_lines as select l.rowid as line_row,"
                    " xor(l.value_group, realm_of(l.source)) as value_key, l.export_on"
                    " from lines as l where l.rowid in (select line_row from late)"
                )
                _step(connection, "value_sums")

            return timed(resum)

        spent = take_turns({"bare grouping": bare, "sums": sums, "late": late}, times=7)
    turns = list(zip(*spent.values(), strict=True))
    whole = report("low-value sums / bare GROUP BY", [sums / bare for bare, sums, _ in turns], SUMS, spent)
    again = report("10,000 late lines / bare GROUP BY", [late / bare for bare, _, late in turns], LATE, spent)
    assert whole <= SUMS
    assert again <= LATE
