"""A real history of 10,324 lines, made by others, is taken whole; what it cannot say is said of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from flows.jobs.ingest import ingest_file
from flows.jobs.screen import screen_home
from tests.support.desk import Desk
from tests.support.extracts import data_rows

FILE = Path(__file__).parents[3] / "shared" / "data" / "scms" / "SCMS_Delivery_History_Dataset.csv"

WITHOUT_A_VALUE = 17
"""Lines of the history whose `Line Item Value` is zero."""

pytestmark = pytest.mark.skipif(not FILE.is_file(), reason=f"the SCMS delivery history is not at {FILE}")


def test_every_line_of_the_real_history_is_accounted_for_and_none_is_judged_beyond_its_record(guarded: Desk) -> None:
    done = ingest_file(guarded.home, FILE)
    assert (done.layout, done.rows_in) == ("scms", len(data_rows(FILE.read_bytes())))
    assert done.rows_in == done.loaded + done.quarantined == 10_324
    screened = screen_home(guarded.home, date(2026, 11, 20))
    assert screened.lines == done.loaded
    assert screened.lines_without_eccn == screened.lines
    # no ECCN, no ITN, no authority: nothing could be judged but that goods have a value
    assert set(screened.findings) == {"not-judged", "value-not-positive"}
    assert screened.findings["not-judged"] == {"undetermined": screened.lines}
    assert screened.findings["value-not-positive"] == {"flagged": WITHOUT_A_VALUE}
    assert screened.value_usd["flagged"] == 0
