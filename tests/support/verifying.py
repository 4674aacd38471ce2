"""A home in which something was noted, and the ways to change it by other means than Earshot's."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import duckdb

from flows.jobs.verify import Verified, verify
from flows.settings import Home
from tests.support.desk import make_desk
from tests.support.office import TODAY, Office


def noted(folder: Path) -> Home:
    """Return a home with three screenings and two decisions: entries 1 and 3 and 5 are screenings."""
    office = Office(make_desk(folder))
    office.take({"shipment_id": "A"}, {"shipment_id": "B"})
    office.screen(TODAY - timedelta(days=1))
    office.decide("authorized", office.finding("A"))
    office.take({"shipment_id": "C"}, {"shipment_id": "D", "export_on": "not a day"})
    office.screen()
    office.decide("escalated", office.finding("B"))
    office.screen()
    return office.desk.home


def tampered(home: Home, *statements: str) -> Verified:
    """Change the database by other means than Earshot's, and verify."""
    with duckdb.connect(str(home.database)) as connection:
        for statement in statements:
            connection.execute(statement)
    return verify(home)


def last_run(home: Home) -> Path:
    return home.reports / home.seals.read_text(encoding="utf-8").splitlines()[-1].split("\t")[2]
