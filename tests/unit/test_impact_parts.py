"""The parts to confirm: listed for an engineer, and read back as an item master once filled in."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from flows.jobs.impact import find_impact
from flows.jobs.ingest import ingest_file
from flows.settings import Home
from tests.support.impacts import YEAR, filled
from tests.support.lines import LINE, MONDAY, ingest
from transforms.layouts.read import LayoutError, read_layout
from transforms.store import open_store

RULES = ["lab-equipment-ns", "lab-equipment-rs"]
TO_CHINA = LINE | {
    "export_on": "2024-03-04", "tendered_on": "2024-03-03", "destination": "CN", "consignee_country": "CN",
    "eccn": "3A999", "itn": "X20240302123456", "eei_exemption": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def three_parts(home: Home) -> None:
    words = ["Flow cytometer", "Cell sorter", "Flow cytometer, clinical"]
    lines = [
        {"shipment_id": f"S{at}", "part_number": f"P-{at}", "description": text} for at, text in enumerate(words, 1)
    ]
    ingest(home, "lines", MONDAY, *[TO_CHINA | line for line in lines])


def test_a_line_that_two_rules_reach_is_one_line_of_its_part(home: Home) -> None:
    parts = find_impact(home, RULES, **YEAR).told["parts_to_confirm"]
    assert [(one["part_number"], one["lines"], one["lines_turned"]) for one in parts] == [
        ("P-1", 1, 1), ("P-2", 1, 1), ("P-3", 1, 1),
    ]  # fmt: skip


def test_what_is_confirmed_is_read_back_and_what_is_not_is_set_aside(home: Home, tmp_path: Path) -> None:
    found = find_impact(home, RULES, **YEAR)
    assert found.told["lines"] == {"certain": 0, "possible": 3}
    is_one: dict[str, object] = {
        "Confirmed ECCN": "3A069.a",
        "Detectors": 30,
        "FDA device Y/N": "N",
        "Confirmed by": "JD",
    }
    is_none: dict[str, object] = {"Confirmed ECCN": "3A999.f"}
    book = filled(found.report / "impact.xlsx", tmp_path / "confirmed.xlsx", {"P-1": is_one, "P-2": is_none})
    loaded = ingest_file(home, book, known_from=datetime(2026, 11, 17))
    assert (loaded.layout, loaded.kind) == ("confirmed_parts", "items")
    assert (loaded.rows_in, loaded.loaded, loaded.quarantined) == (3, 2, 1)
    assert loaded.problems == {"eccn: not filled in: the ECCN is not confirmed": 1}
    with open_store(home.database, read_only=True) as connection:
        items = connection.execute(
            "select part_number, eccn, valid_from, detectors, fda_device from items order by part_number"
        ).fetchall()
    assert items == [
        ("P-1", "3A069.a", date(2025, 1, 16), 30, "N"), ("P-2", "3A999.f", date(2025, 1, 16), None, ""),
    ]  # fmt: skip
    # confirmed: certain; confirmed as another: none; left open: possible
    assert find_impact(home, RULES, **YEAR).told["lines"] == {"certain": 1, "possible": 1}


def test_an_untouched_workbook_confirms_nothing(home: Home) -> None:
    book = find_impact(home, RULES, **YEAR).report / "impact.xlsx"
    loaded = ingest_file(home, book, "confirmed_parts")
    assert (loaded.rows_in, loaded.loaded, loaded.quarantined) == (3, 0, 3)


def test_only_the_eccn_of_items_can_be_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "odd.yml"
    path.write_text("id: odd\ntitle: odd\nkind: items\ncolumns: {part_number: Part}\nmust_fill: [eccn, detectors]\n")
    with pytest.raises(LayoutError) as refused:
        read_layout(path)
    assert [fault.problem for fault in refused.value.faults] == [
        "detectors of items cannot be asked for", "eccn has no headings",
    ]  # fmt: skip
