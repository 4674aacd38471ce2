"""What a look back tells of parties on lists, beside the findings: listed since, listed then, and who came after."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from flows.jobs.screen import screen_home
from flows.jobs.screening import Finished
from tests.support.desk import make_desk
from tests.support.office import TODAY, Office
from transforms.cells.workbook import sheet_names, sheet_texts
from transforms.reports.parties.workbook import tell_parties, write_parties

LINE = {
    "consignee_name": "EnerQuip Private Ltd", "consignee_country": "PK", "destination": "PK", "eccn": "EAR99",
    "license_code": "C33", "license_number": "NLR", "tendered_on": "", "part_number": "MOT-4", "consignee_address": "",
}  # fmt: skip
"""To an entry of the Entity List since 2022-12-08."""


@pytest.fixture
def sheets(tmp_path: Path) -> Any:
    def made(*rows: dict[str, str]) -> dict[str, list[list[str]]]:
        office = Office(make_desk(tmp_path))
        office.take(*({"shipment_id": f"S{at}", **LINE, **row} for at, row in enumerate(rows)))
        path = tmp_path / "parties.xlsx"

        def also(finished: Finished, folder: Path) -> None:
            book = finished.rulebook
            write_parties(tell_parties(finished.connection, book.listed, book.parameters, finished.run.as_of), path)

        screen_home(office.desk.home, TODAY, None, also)
        told = {name: [list(row) for row in sheet_texts(path, name, ".")] for name in sheet_names(path)}
        return defaultdict(list, {name: rows[1:] for name, rows in told.items()})  # a sheet without rows is not read

    return made


def test_who_was_listed_since_is_no_finding_and_is_told(sheets: Any) -> None:
    told = sheets({"export_on": "2022-05-02"}, {"export_on": "2022-06-02"})
    (row,) = told["Listed since"]
    assert row[0] == "EnerQuip Private Ltd" and row[7] == "listed since"
    assert [float(cell) for cell in row[12:15]] == [2, 0, 0]


def test_lines_before_and_during_are_counted_apart(sheets: Any) -> None:
    told = sheets({"export_on": "2022-05-02"}, {"export_on": "2023-06-02"})
    (row,) = told["Parties on lists"]
    assert row[7] == "listed" and [float(cell) for cell in row[12:15]] == [1, 1, 0]
    assert not told["Listed since"]


def test_a_possible_match_stands_on_a_sheet_of_its_own(sheets: Any) -> None:
    told = sheets({"export_on": "2023-06-02", "consignee_country": "GB", "destination": "GB"})
    assert [row[0] for row in told["Possible matches"]] == ["EnerQuip Private Ltd"]
    assert not told["Parties on lists"]


@pytest.mark.parametrize(
    ("row", "is_told"),
    [
        ({"export_on": "2023-02-01"}, True),
        ({"export_on": "2023-12-08"}, True),
        ({"export_on": "2023-12-09"}, False),
        ({"export_on": "2022-12-08"}, False),
        ({"export_on": "2022-03-01"}, False),
        ({"export_on": "2023-02-01", "part_number": "OTHER"}, False),
        ({"export_on": "2023-02-01", "destination": "AE"}, False),
        ({"export_on": "2023-02-01", "destination": "AE", "part_number": "X", "consignee_address": "9 Mall"}, True),
    ],
)
def test_who_takes_up_the_parts_or_the_address_of_a_listed_party_is_told(
    sheets: Any, row: dict[str, str], is_told: bool
) -> None:
    before = {"export_on": "2022-05-02", "consignee_address": "9 Mall"}
    told = sheets(before, {"consignee_name": "Zebulon Traders", **row})
    assert [one[0] for one in told["New after a listing"]] == ["Zebulon Traders"] * is_told
