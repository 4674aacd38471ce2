"""A home with hostile text in what a source sends, and the impact of three rules on it, for the tests of the page."""

from datetime import date
from pathlib import Path

from flows.jobs.impact import Impact, find_impact
from tests.support.homes import make_home
from tests.support.lines import LINE, MONDAY, ingest
from tests.support.summary_sample import HOSTILE

YEAR = {"first_day": date(2024, 1, 1), "last_day": date(2024, 12, 31)}
RULES = ["pakistan-rs", "lab-equipment-ns", "lab-equipment-rs"]
SENT = LINE | {
    "export_on": "2024-03-04", "tendered_on": "2024-03-03", "destination": "PK", "consignee_country": "PK",
    "eccn": "3A992", "itn": "X20240302123456", "eei_exemption": "", "value_usd": "100.25",
    "consignee_name": "Indus Labs", "description": "Oscilloscope",
}  # fmt: skip
CHINA = {"destination": "CN", "consignee_country": "CN", "eccn": "3A999", "description": "Flow cytometer"}
LINES = [
    {},
    {"export_on": "2024-05-06", "consignee_name": HOSTILE, "description": HOSTILE, "value_usd": "2000"},
    {"export_on": "2024-05-07", "eccn": "2B999", "consignee_name": "INDUS LABS "},
    CHINA | {"export_on": "2024-09-02", "part_number": "</script><img src=x onerror=alert(1)>"},
    {"destination": "DE", "consignee_country": "DE"},
]


def sample(folder: Path) -> Impact:
    """Five lines, of which four turn: two certain and two possible ones."""
    home = make_home(folder)
    ingest(home, "lines", MONDAY, *[SENT | {"shipment_id": f"S{at}"} | line for at, line in enumerate(LINES, start=1)])
    return find_impact(home, RULES, **YEAR)


def nothing_found(folder: Path) -> Impact:
    """A home whose only line went elsewhere: nothing turns."""
    home = make_home(folder)
    ingest(home, "lines", MONDAY, SENT | LINES[-1] | {"shipment_id": "S1"})
    return find_impact(home, ["pakistan-rs"], **YEAR)
