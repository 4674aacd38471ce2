"""What if: the rules of the Commerce Control List, and a rulebook with another row in it."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from flows.jobs.impact import find_impact
from flows.settings import RULES, Home
from tests.support.impacts import YEAR, put, rows
from transforms.errors import InputError

CONTROLLED = {"eccn": "3A001.a.7", "destination": "CN", "consignee_country": "CN"}
"""NS Column 2 and no other column of the chart, to China under NLR."""


def test_a_rule_of_the_list_is_asked_about_at_the_dates_of_its_rows(home: Home) -> None:
    put(home, CONTROLLED, CONTROLLED | {"destination": "DE", "consignee_country": "DE"}, {"eccn": "3A992"})
    found = find_impact(home, ["ccl-ns"], **YEAR)
    assert rows(found)["S1", "ccl-ns"][:2] == ("out of scope", "flagged")
    assert {shipment for shipment, _ in rows(found)} == {"S1"}
    assert found.told["reform"]["rules"][0]["title"].startswith("License required: items controlled for national")
    same = find_impact(home, [], without=["ccl-ns"], **YEAR)
    assert rows(same)["S1", "ccl-ns"] == rows(found)["S1", "ccl-ns"]


def test_a_rulebook_with_another_row_is_told_by_the_rule_of_its_reason(home: Home, tmp_path: Path) -> None:
    put(home, CONTROLLED)
    other = tmp_path / "other"
    shutil.copytree(RULES, other)
    path = other / "ccl" / "controls.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        kept = [row for row in reader if not (row["entry"] == "3A001" and row["reason"] == "NS")]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, reader.fieldnames or [], lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)
    found = find_impact(home, [str(other)], **YEAR)
    assert [one["id"] for one in found.told["reform"]["rules"]] == ["ccl-ns"]
    assert rows(found)["S1", "ccl-ns"][:2] == ("flagged", "out of scope")


def test_a_rule_of_the_list_is_not_asked_about_beside_another_rulebook(home: Home) -> None:
    put(home, CONTROLLED)
    with pytest.raises(InputError, match=r"ccl-ns: rows of rules/ccl\. Ask about them without drafts"):
        find_impact(home, ["ccl-ns"], baseline=RULES, **YEAR)
    with pytest.raises(InputError, match=r"ccl-nz: not a rule .*did you mean"):
        find_impact(home, ["ccl-nz"], **YEAR)
