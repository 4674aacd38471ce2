"""A row of a shipment in quarantine leaves open what the shipment is worth, until it is read."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from flows.jobs.screen import screen_home
from flows.settings import Home
from tests.support.desk import Desk
from tests.support.lines import LATER, LINE, MONDAY, TUESDAY, ingest
from tests.support.parquet import rows_of

DAY = date(2026, 11, 20)
BESIDE = LINE | {"line_number": "2", "schedule_b": "8413700000"}
UNREAD = {
    "no amount": {"value_usd": "N/A"},
    "free of charge": {"value_usd": "FOC"},
    "a negative amount in brackets": {"value_usd": "(5OO)"},
    "no day": {"export_on": "2025-13-45"},
    "no country": {"destination": "Freedonia"},
    "no line number": {"line_number": "two"},
    "no line number, and blanks": {"line_number": "two", "shipment_id": " no line number, and blanks "},
    "no activity": {"activity": "sold"},
}


def eei(home: Home, moment: datetime | None = None) -> dict[tuple[str, int], tuple[str, list[str], str]]:
    """Outcome, missing and reason of `eei-filing` by shipment and line."""
    found = screen_home(home, DAY, moment)
    rows = rows_of(
        found.report / "findings.parquet", "shipment_id, line_number, outcome, missing, because",
        "where rule_id = 'eei-filing'",
    )  # fmt: skip
    return {(row[0], row[1]): row[2:] for row in rows}



def test_a_line_beside_a_row_that_cannot_be_read_is_undetermined(desk: Desk) -> None:
    rows = [
        line | {"shipment_id": what, "conveyance": what, **change}
        for what, unread in UNREAD.items()
        for line, change in ((LINE, {}), (BESIDE, unread))
    ]
    ingest(desk.home, "lines", MONDAY, *rows, LINE | {"shipment_id": "alone", "conveyance": "LH 402"})
    found = eei(desk.home)
    open_now = ("undetermined", ["value_usd"])
    assert {key: one[:2] for key, one in found.items()} == {(what, 1): open_now for what in UNREAD}
    assert all("a row of the same shipment is in quarantine" in one[2] for one in found.values())


def test_what_the_row_says_once_it_is_read_decides(desk: Desk) -> None:
    ingest(desk.home, "first", MONDAY, LINE)
    assert eei(desk.home) == {}
    ingest(desk.home, "unread", TUESDAY, BESIDE | {"schedule_b": LINE["schedule_b"], "value_usd": "x"})
    assert [one[0] for one in eei(desk.home).values()] == ["undetermined"]
    ingest(desk.home, "read", LATER, BESIDE | {"schedule_b": LINE["schedule_b"], "value_usd": "500.00"})
    assert eei(desk.home) == {}
    assert [one[0] for one in eei(desk.home, TUESDAY).values()] == ["undetermined"]
    assert eei(desk.home, MONDAY) == {}


def test_a_restatement_that_cannot_be_read_leaves_its_own_line_open(desk: Desk) -> None:
    ingest(desk.home, "first", MONDAY, LINE)
    ingest(desk.home, "again", TUESDAY, LINE | {"value_usd": "9.000,00.0"})
    assert [one[0] for one in eei(desk.home).values()] == ["undetermined"]


def test_what_is_over_or_filed_stays_so_and_other_shipments_and_sources_are_untouched(desk: Desk) -> None:
    over, filed = LINE | {"value_usd": "2500.01"}, LINE | {"shipment_id": "S2", "itn": "X20250301000001"}
    unread = [BESIDE | {"shipment_id": one, "value_usd": "x"} for one in ("S1", "S2", "S3")]
    ingest(desk.home, "lines", MONDAY, over, filed | {"conveyance": "LH 402", "eei_exemption": ""}, *unread)
    assert {key: one[0] for key, one in eei(desk.home).items()} == {("S1", 1): "flagged"}


@pytest.mark.parametrize(("value", "outcome"), [("2500.00", "undetermined"), ("2500.01", "flagged")])
def test_a_row_that_comes_a_night_later_is_seen_where_the_sum_is_not_over_by_itself(
    desk: Desk, value: str, outcome: str
) -> None:
    ingest(desk.home, "one", MONDAY, LINE | {"value_usd": value})
    eei(desk.home)
    ingest(desk.home, "another", TUESDAY, BESIDE | {"value_usd": "x"})
    assert {key: one[0] for key, one in eei(desk.home).items()} == {("S1", 1): outcome}
