"""What one day of a rule with several waves adds, and nothing of the days after it."""

from __future__ import annotations

from datetime import date

import pytest

from flows.jobs.impact import what_if
from tests.support.desk import Desk
from transforms.errors import InputError

RULE = "russia-belarus"
HEADINGS = (
    "shipment_id,line_number,export_on,tendered_on,destination,activity,eccn,schedule_b,license_code,license_number\n"
)
LINES = {  # shipment: handed over and exported, ECCN, Schedule B
    "CAT3": ("2023-07-03", "3A991", "0101210000"), "CAT2": ("2023-07-03", "2B999", "0101210000"),
    "CH84": ("2023-07-03", "EAR99", "8421198000"), "CH28": ("2025-07-03", "EAR99", "2801100000"),
    "NONE": ("2025-07-03", "EAR99", "0101210000"),
}  # fmt: skip


@pytest.fixture
def past(desk: Desk) -> Desk:
    rows = [f"{name},1,{day},{day},RU,export,{eccn},{hts},C33,NLR\n" for name, (day, eccn, hts) in LINES.items()]
    desk.take(HEADINGS + "".join(rows), "lines.csv")
    return desk


@pytest.mark.parametrize(
    ("day", "added"),
    [
        ("2022-02-23", {}),
        ("2022-02-24", {"CAT3": ("out of scope", "flagged")}),
        ("2022-04-08", {"CAT2": ("out of scope", "flagged")}),
        ("2023-05-19", {"CH84": ("undetermined", "flagged")}),
        ("2024-06-12", {"CH28": ("undetermined", "flagged")}),
    ],
)
def test_each_wave_adds_what_it_reached_first(past: Desk, day: str, added: dict[str, tuple[str, str]]) -> None:
    found = what_if(past.home, RULE, first_day="2022-01-01", last_day="2025-12-31", since=day)
    rows = zip(found.shipment_id, found.baseline_outcome, found.reform_outcome, strict=True)
    assert {name: (before, after) for name, before, after in rows} == added


def test_a_day_is_asked_of_license_requirements_alone(past: Desk) -> None:
    for rules, options in (((), {}), (("eei-filing",), {}), ((RULE,), {"as_dated": True}), ((), {"without": RULE})):
        with pytest.raises(InputError, match="--since 2022-02-24: only with the ids of license requirements"):
            what_if(past.home, rules, since=date(2022, 2, 24), **options)
