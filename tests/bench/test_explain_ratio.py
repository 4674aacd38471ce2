"""Explaining one line costs about the same on a million lines as on the sample."""

from __future__ import annotations

import duckdb

from flows.jobs.questions import explain_line
from tests.support.measure import report, take_turns, timed

RATIO = 3.0


def test_explain_ratio(large_home, sample_home):
    def explained(home):
        with duckdb.connect(str(home.database), read_only=True) as connection:
            shipment_id, line_number = connection.execute(
                "select shipment_id, line_number from lines where eccn like '3A069%' and destination = 'CN'"
                " order by export_on, shipment_id limit 1"
            ).fetchone()
        return lambda: timed(lambda: explain_line(home, shipment_id, line_number))

    spent = take_turns({"1,000,000 lines": explained(large_home), "sample": explained(sample_home)}, times=7)
    ratios = [large / small for large, small in zip(*spent.values(), strict=True)]
    assert report("explain on 1,000,000 lines / on the sample", ratios, RATIO, spent) <= RATIO
