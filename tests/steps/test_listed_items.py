"""What a summary tells of the parts that it lists: also of one whose lines record no ECCN and no destination."""

from __future__ import annotations

from datetime import date

from tests.support.steps import told
from transforms.reports.run import REPORTS

LINE = {"part_number": "P-1", "export_on": date(2025, 1, 2), "line_id": 1, "value_usd": 10}


def test_a_part_without_an_eccn_or_a_destination_has_none_of_them(memory):
    lines = [LINE | {"eccn": "", "destination": ""}, LINE | {"line_id": 2, "eccn": None, "destination": None}]
    assert listed(memory, lines) == [([], [], 2)]


def test_a_part_has_each_eccn_and_destination_once(memory):
    lines = [LINE | {"eccn": "EAR99", "destination": "DE"}, LINE | {"line_id": 2, "eccn": "EAR99", "destination": "PK"}]
    assert listed(memory, lines) == [(["EAR99"], ["DE", "PK"], 2)]


def listed(memory, lines):
    given = {"current_lines": lines, "findings": []}
    return told(memory, REPORTS, "listed_items", "eccns destinations line_count", given, part_numbers=["P-1"])
