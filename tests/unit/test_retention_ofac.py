"""Records under the rules of OFAC are kept longer than those of the EAR."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from flows.jobs.retain import retain
from tests.support.desk import Desk

HEADINGS = "shipment_id,line_number,export_on,destination,license_code,end_user_country,activity\n"
AS_OF, LEARNED = date(2026, 11, 20), datetime(2026, 1, 5)


def line(shipment: str, export_on: str, destination: str = "PK", license_code: str = "", end_user: str = "") -> str:
    return f"{shipment},1,{export_on},{destination},{license_code},{end_user},export\n"


@pytest.mark.parametrize("other", [{"destination": "IR"}, {"license_code": "T10"}, {"end_user": "KP"}], ids=str)
def test_they_are_kept_for_ten_years_from_the_day_on_which_that_was_law(desk: Desk, other: dict[str, str]) -> None:
    """31 CFR 501.601, from 2025-03-12."""
    text = line("A", "2016-11-19", **other) + line("B", "2016-11-20", **other) + line("C", "2021-11-19")
    desk.take(HEADINGS + text, "ofac.csv", known_from=LEARNED)
    found = retain(desk.home, AS_OF, 5, archive=False).outside
    assert (found.shipments, found.kept_for_ofac) == (2, 1)
    before = retain(desk.home, date(2025, 3, 11), 5, archive=False).outside
    assert (before.shipments, before.kept_for_ofac) == (2, 0)
