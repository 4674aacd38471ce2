"""What both shipped rules would have caught in the sample of 2024, as a person last reviewed it; see docs/what-if.md.

After a change of the rules or of the sample, write the files anew and read their difference line by line:

    make golden && git diff tests/flow/golden
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import pytest

from flows.jobs.impact import what_if
from flows.jobs.ingest import ingest_file
from flows.settings import SAMPLE, Home
from tests.support.golden import reviewed
from tests.support.homes import make_home
from transforms.reports.impact.words import headline

pytestmark = pytest.mark.golden
YEAR = {"first_day": date(2024, 1, 1), "last_day": date(2024, 12, 31)}
KEYS = (
    "lines",
    "value_usd",
    "shipments",
    "consignees",
    "parts",
    "destinations",
    "by_month",
    "top",
    "exceptions",
    "fields",
)


@pytest.fixture(scope="module")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a home with all of the sample."""
    made = make_home(tmp_path_factory.mktemp("impact"))
    for path in sorted(SAMPLE.glob("*.csv"), key=lambda one: (not one.name.startswith("history"), one.name)):
        ingest_file(made, path, known_from=datetime(2026, 11, 20))
    return made


@pytest.mark.parametrize("rules", [("pakistan-rs",), ("lab-equipment-ns", "lab-equipment-rs")], ids="-".join)
def test_the_sample_would_have_been_caught_as_it_was_last_reviewed(sample_home: Home, rules: tuple[str, ...]) -> None:
    frame = what_if(sample_home, rules, **YEAR)
    told = frame.attrs["impact"]
    found: dict[str, Any] = {key: told[key] for key in KEYS}
    found["headline"] = headline(told)
    found["questions"] = {name: one["lines"] for name, one in told["questions"].items()}
    found["by_rule"] = {name: one["lines"] for name, one in told["by_rule"].items()}
    found["on_its_own"] = {name: one["lines"] for name, one in told["on_its_own"].items()}
    found["parts_to_confirm"] = [
        [one["part_number"], one["rank"], one["lines"], one["evidence"]] for one in told["parts_to_confirm"]
    ]
    found["rows"] = [
        " ".join(map(str, row))
        for row in frame[["shipment_id", "line_number", "rule_id", "reform_outcome"]].itertuples(index=False)
    ]
    kept = reviewed(f"impact-{rules[0]}.json", json.dumps(found, indent=1, ensure_ascii=False) + "\n")
    assert found == json.loads(kept)
