"""Summing the shipments that turn on their value costs less than grouping all lines by what makes a shipment.

Compared with one DuckDB GROUP BY over the seven columns themselves, names as written: 15 CFR 30.37(a) and 30.1(c).
"""

from __future__ import annotations

from datetime import date, datetime

from tests.support.measure import report, take_turns, timed
from transforms.contexts.contexts import SHIPMENT_VALUE, add_contexts
from transforms.ingest.recall import recall
from transforms.match.match import match_filings
from transforms.pipeline import make_table, make_view
from transforms.rulebook.compile import compile_law
from transforms.store import open_store

KEY = ("usppi_id", "consignee_name", "destination", "conveyance", "export_on", "schedule_b", "origin_df")
MOMENT = datetime(2026, 11, 22)
SUMS, LATE = 0.5, 0.05
"""Half of the bare grouping; and for 10,000 late lines a tenth of that again."""


def test_low_value_sums(large_home, rulebook):
    law = compile_law(rulebook)
    with open_store(large_home.database) as connection:
        recall(connection, MOMENT, law.filing_statuses)
        match_filings(connection, MOMENT, law.parameters)
        add_contexts(connection, law)
        make_view(connection, "value_lines", "from current_lines")
        days = {"first_day": date(1980, 1, 1), "last_day": date(2099, 12, 31)}
        # a late extract: 10,000 lines of the last weeks
        latest = "select line_id, value_key, export_on from current_lines order by export_on desc limit 10000"
        make_table(connection, "late", latest)

        def bare() -> float:
            query = f"select {', '.join(KEY)}, sum(value_usd) from lines group by all"
            return timed(lambda: make_table(connection, "bare", query))

        def sums() -> float:
            steps = ("valued_situations", "valued_lines", "value_sums", "whole_groups")
            return timed(lambda: [SHIPMENT_VALUE.make(connection, one, days) for one in steps])

        def late() -> float:
            """The groups that 10,000 lines of one late extract belong to."""

            def resum() -> None:
                make_table(connection, "valued_lines", "from late")
                ((first, last),) = connection.execute("select min(export_on), max(export_on) from late").fetchall()
                SHIPMENT_VALUE.make(connection, "value_sums", {"first_day": first, "last_day": last})

            return timed(resum)

        spent = take_turns({"bare grouping": bare, "sums": sums, "late": late}, times=7)
    turns = list(zip(*spent.values(), strict=True))
    whole = report("low-value sums / bare GROUP BY", [sums / bare for bare, sums, _ in turns], SUMS, spent)
    again = report("10,000 late lines / bare GROUP BY", [late / bare for bare, _, late in turns], LATE, spent)
    assert whole <= SUMS
    assert again <= LATE
