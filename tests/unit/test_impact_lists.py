"""What if parties had been listed earlier, or another one were listed: a draft of a list, asked of the past."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from flows.jobs.impact import find_impact
from tests.support.desk import Desk, make_desk
from tests.support.office import lines
from transforms.errors import InputError, RulebookError

HEAD = "entry_id,list,name,countries,requirement,possible_from,listed_from,as_of,source,confidence\n"
EARLIER = 'EL-fc6e8a47,EL,"EnerQuip Private, Ltd.",PK,all items,2021-12-08,2021-12-08,2026-07-31,draft,low\n'
ANOTHER = "EL-draft,EL,Zebulon Traders,AE,all items,2022-01-01,2022-01-01,2026-07-31,draft,low\n"
LINE = {
    "eccn": "EAR99", "destination": "PK", "license_code": "C33", "license_number": "NLR", "export_on": "2022-05-02",
    "tendered_on": "2022-05-02", "consignee_country": "PK",
}  # fmt: skip


@pytest.fixture(scope="module")
def listed_desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    found = make_desk(tmp_path_factory.mktemp("lists"))
    found.take(lines(
        {"shipment_id": "A", **LINE, "consignee_name": "EnerQuip Private Ltd"},
        {"shipment_id": "B", **LINE, "consignee_name": "Zebulon Traders", "consignee_country": "AE"},
        {"shipment_id": "C", **LINE, "consignee_name": "Acme Labs"},
        {"shipment_id": "D", **LINE, "consignee_name": "EnerQuip Private Ltd", "export_on": "2021-12-07"},
    ))  # fmt: skip
    return found


def certain(desk: Desk, text: str) -> int:
    path = desk.put(HEAD + text, "draft.csv")
    told: Any = find_impact(desk.home, [str(path)], first_day=date(2021, 1, 1), last_day=date(2022, 12, 31))
    return int(told.told["lines"]["certain"])


def test_an_entry_that_had_been_listed_a_year_earlier_reaches_the_lines_since(listed_desk: Desk) -> None:
    assert certain(listed_desk, EARLIER) == 1


def test_a_party_that_were_listed_is_found_in_the_past(listed_desk: Desk) -> None:
    assert certain(listed_desk, ANOTHER) == 1
    assert certain(listed_desk, EARLIER + ANOTHER) == 2


@pytest.mark.long
def test_the_entry_as_it_stands_changes_nothing(listed_desk: Desk) -> None:
    assert certain(listed_desk, EARLIER.replace("2021-12-08", "2022-12-08")) == 0


def test_a_draft_with_faults_is_refused_with_row_and_column(listed_desk: Desk) -> None:
    with pytest.raises(RulebookError, match=r'draft\.csv: row 2, requirement: "some items" is not known'):
        certain(listed_desk, EARLIER.replace("all items", "some items"))


def test_a_draft_of_a_list_is_asked_alone(listed_desk: Desk) -> None:
    path = listed_desk.put(HEAD + EARLIER, "draft.csv")
    with pytest.raises(InputError, match=r"a draft of a list of parties\. Give it alone"):
        find_impact(listed_desk.home, [str(path), "pakistan-rs"])
