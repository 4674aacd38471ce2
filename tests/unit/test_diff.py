"""Two runs are compared by finding, with the cause: as the journal tells it, or as the runs themselves show."""

from __future__ import annotations

import csv
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.jobs.diff import Diff, diff_runs
from flows.jobs.screen import screen_home
from flows.settings import RULES
from tests.support.desk import make_desk
from tests.support.office import TODAY, Office
from transforms.errors import InputError


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Return an office with two screenings, between which a line came, two were corrected, and one was decided."""
    office = Office(make_desk(tmp_path_factory.mktemp("diff")))
    office.take(*({"shipment_id": one, "consignee_name": "=cmd()"} for one in "ABCD"))
    office.screen(TODAY - timedelta(days=1))
    office.decide("authorized", office.finding("D"))
    office.take({"shipment_id": "A", "eccn": "EAR99"}, {"shipment_id": "B", "license_code": ""}, {"shipment_id": "E"})
    office.screen()
    return office


def told(found: Diff, rule: str = "pakistan-rs") -> dict[str, tuple[Any, ...]]:
    """Return change and cause under a rule, by shipment."""
    return {one["shipment_id"]: (one["change"], one["cause"]) for one in found.findings if one["rule_id"] == rule}


def test_findings_gained_lost_and_changed_are_told_with_the_cause_of_the_journal(office: Office) -> None:
    found = diff_runs(office.desk.home, "previous", "last")
    assert found.is_noted
    assert told(found) == {
        "A": ("lost", "classification changed"), "B": ("changed", "record corrected"),
        "D": ("changed", "disposed"), "E": ("gained", "line recorded"),
    }  # fmt: skip
    (lost,) = [one for one in found.findings if (one["shipment_id"], one["rule_id"]) == ("A", "pakistan-rs")]
    assert "eccn: 3A999 to EAR99" in lost["detail"]


def test_the_counts_by_rule_and_cause_add_up_to_the_findings(office: Office) -> None:
    found = diff_runs(office.desk.home, "previous", "last")
    assert sum(found.counts().values()) == len(found.findings) == len({one["finding_id"] for one in found.findings})


def test_a_run_compared_with_itself_has_nothing(office: Office) -> None:
    assert diff_runs(office.desk.home, "last", "last").findings == []


def test_the_other_way_round_what_was_lost_is_gained(office: Office) -> None:
    found = diff_runs(office.desk.home, "last", "previous")
    assert found.is_reversed
    assert told(found)["A"] == ("gained", "classification changed")
    assert told(found)["E"] == ("lost", "line recorded")


def test_runs_that_are_not_noted_are_compared_by_what_they_show(office: Office) -> None:
    early = screen_home(office.desk.home, TODAY - timedelta(days=5)).run_id
    first = diff_runs(office.desk.home, "previous", "last").before
    found = diff_runs(office.desk.home, first, early)
    assert not found.is_noted
    assert told(found) == {
        "A": ("lost", "classification changed"), "B": ("changed", "record corrected"),
        "E": ("gained", "line recorded or corrected"),
    }  # fmt: skip


def test_a_folder_of_a_run_may_be_given_and_another_rulebook_is_a_cause(office: Office, tmp_path: Path) -> None:
    home = office.desk.home
    before = screen_home(home, TODAY - timedelta(days=6))
    shutil.copytree(before.report, tmp_path / before.run_id)
    shutil.copytree(RULES, home.root / "rules")
    rule = home.root / "rules" / "controls" / "pakistan-rs" / "rule.yml"
    rule.write_text(rule.read_text(encoding="utf-8").replace("from: 2024-12-26", "from: 2025-06-01", 1))
    after = screen_home(home, TODAY - timedelta(days=6)).run_id
    shutil.rmtree(home.root / "rules")
    found = diff_runs(home, str(tmp_path / before.run_id), after)
    assert {cause for _, cause in told(found).values()} == {"rule changed"}


def test_the_csv_file_holds_every_row_and_no_formula(office: Office, tmp_path: Path) -> None:
    found = diff_runs(office.desk.home, "previous", "last", tmp_path / "diff.csv")
    with (tmp_path / "diff.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["finding_id"] for row in rows] == [one["finding_id"] for one in found.findings]
    assert {row["consignee_name"] for row in rows} >= {"'=cmd()"}
    assert [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "@"))] == []


def test_a_run_that_is_none_is_refused(office: Office) -> None:
    with pytest.raises(InputError, match="no such run"):
        diff_runs(office.desk.home, "previous", "2026-01-01-0000000000")
