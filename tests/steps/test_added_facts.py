"""What other records add to a line: its item record, its description and what AES says of its ITN."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.support.parameters import parameter_rows
from tests.support.steps import made, told
from transforms.contexts.contexts import AES_STATE, DESCRIPTION, ITEM_RECORD

PARAMETERS = parameter_rows({"cytometer-detectors": "26"}, {"cytometer-detectors": "30"}, date(2026, 1, 1))
ITEM = {"part_number": "P-1", "eccn": "3A999", "detectors": None, "spectral": "N", "top_down_proteomics": "N",
        "fda_device": ""}  # fmt: skip


def item(
    memory, *records: dict[str, Any], eccn: str | None = "3A999", day: str = "2025-03-03", part: str = "P-1"
) -> dict:
    """The facts that item records add to one line."""
    given = {
        "own_lines": [{"line_id": 1, "part_number": part, "export_on": day, "eccn": eccn}],
        "current_items": [ITEM | one for one in records],
        "parameters": PARAMETERS,
    }
    rows = told(memory, ITEM_RECORD, "item_record_facts", "fact value", given)
    return {fact: value for fact, value in rows if value is not None}


@pytest.mark.parametrize("day", ["2025-03-01", "2025-03-31"])
def test_an_item_record_is_valid_on_its_first_and_its_last_day(memory, day: str) -> None:
    record = {"eccn": "3A992", "valid_from": "2025-03-01", "valid_until": "2025-03-31"}
    assert item(memory, record, eccn="EAR99", day=day) == {"item_eccn": "3A992"}


@pytest.mark.parametrize("day", ["2025-02-28", "2025-04-01"])
def test_an_item_record_says_nothing_on_the_day_before_and_the_day_after(memory, day: str) -> None:
    record = {"eccn": "3A992", "valid_from": "2025-03-01", "valid_until": "2025-03-31"}
    assert item(memory, record, eccn="EAR99", day=day) == {}


def test_a_part_number_is_the_same_in_either_case(memory) -> None:
    assert item(memory, {"eccn": "3A992"}, eccn="", part="p-1") == {"item_eccn": "3A992"}


def test_each_line_is_told_of_its_own_item_on_its_own_day(memory) -> None:
    lines = [
        ("P-1", "2025-03-03", ""),
        ("P-2", "2025-03-03", ""),
        ("P-1", "2025-04-01", ""),
        ("P-1", "2025-03-03", "3A992"),
    ]
    records = ("P-1", "3A992", "2025-03-31"), ("P-2", "3A991", None)
    given = {
        "own_lines": [
            {"line_id": at, "part_number": part, "export_on": day, "eccn": eccn}
            for at, (part, day, eccn) in enumerate(lines)
        ],
        "current_items": [{"part_number": part, "eccn": eccn, "valid_until": day} for part, eccn, day in records],
        "parameters": PARAMETERS,
    }
    rows = told(memory, ITEM_RECORD, "item_record_facts", "line_id value", given)
    assert [row for row in rows if row[1] is not None] == [(0, "3A992"), (1, "3A991")]


def test_records_of_one_day_with_two_eccns_leave_the_eccn_open(memory) -> None:
    assert item(memory, {"eccn": "3A992"}, {"eccn": "3A991"}, eccn="") == {"item_eccn": "several"}


def test_a_record_without_an_eccn_is_at_odds_with_none(memory) -> None:
    assert item(memory, {"eccn": "3A992"}, {"eccn": ""}, eccn="") == {"item_eccn": "3A992"}


@pytest.mark.parametrize("eccn", ["2B999", "2B999.j", "2B999.j.1"])
def test_a_record_as_coarse_as_the_line_or_coarser_adds_nothing(memory, eccn: str) -> None:
    assert item(memory, {"eccn": "2B999"}, eccn=eccn) == {}


@pytest.mark.parametrize("eccn", [None, "", "2B999", "EAR99", "2B99"])
def test_the_eccn_of_an_item_is_told_where_the_line_has_none_a_coarser_one_or_another(memory, eccn) -> None:
    assert item(memory, {"eccn": "2B999.j"}, eccn=eccn) == {"item_eccn": "2B999.j"}


SAYS = {"item_eccn": "3A999", "item_says": "26 detectors"}


def test_from_26_detectors_on_an_item_is_of_the_kind_of_3a069(memory) -> None:
    assert item(memory, {"detectors": 26}) == SAYS


@pytest.mark.parametrize(("day", "detectors"), [("2025-12-31", 26), ("2026-01-01", 30)])
def test_the_detectors_are_counted_by_the_law_of_the_day(memory, day: str, detectors: int) -> None:
    assert item(memory, {"detectors": detectors}, day=day)["item_says"] == f"{detectors} detectors"
    assert "item_says" not in item(memory, {"detectors": detectors - 1}, day=day)


def test_with_25_detectors_and_neither_of_the_other_marks_it_is_ruled_out(memory) -> None:
    assert item(memory, {"detectors": 25}) == {"item_eccn": "3A999", "item_rules_out": "true"}


@pytest.mark.parametrize("unknown", [{"spectral": ""}, {"spectral": None}, {"top_down_proteomics": ""}])
def test_with_25_detectors_and_a_mark_that_is_not_known_nothing_is_said(memory, unknown) -> None:
    assert item(memory, {"detectors": 25} | unknown) == {}


def test_an_item_that_is_no_fda_device_is_proved_to_be_of_the_kind(memory) -> None:
    assert item(memory, {"detectors": 26, "fda_device": "N"}) == SAYS | {"item_proves": "true"}


def test_an_fda_device_is_ruled_out_whatever_its_detectors(memory) -> None:
    record = {"detectors": 40, "spectral": "Y", "fda_device": "Y"}
    assert item(memory, record) == {"item_eccn": "3A999", "item_rules_out": "true"}


def test_an_fda_device_that_is_classified_3a069_is_told_and_proved_all_the_same(memory) -> None:
    says = {"item_says": "26 detectors, classified 3A069.a", "item_proves": "true"}
    assert item(memory, {"eccn": "3A069.a", "detectors": 26, "fda_device": "Y"}) == {"item_eccn": "3A069.a"} | says


def test_an_item_is_ruled_out_only_for_lines_that_may_be_taken_for_one(memory) -> None:
    assert item(memory, {"eccn": "3A992", "detectors": 25}, eccn="3A992") == {}


SIGNALS = [
    {"signal": "flow cytometer", "pattern": "flow cytometer", "from_on": "2025-01-16"},
    {"signal": "LC/MS", "pattern": "lc/ms", "from_on": "2025-01-16"},
]


def signals(
    memory, day: str = "2025-01-16", eccn: str | None = "3A999", text: str = "Flow cytometer, used", dated=SIGNALS
):
    given = {
        "own_lines": [{"line_id": 1, "line_situation_key": 7, "export_on": day, "description": text}],
        "situations": [{"situation_key": 7, "eccn": eccn}], "dated_signals": dated,
    }  # fmt: skip
    values = {"any_signal": "(?i)(?:flow cytometer)|(?:lc/ms)"}
    return [(row["fact"], row["value"]) for row in made(memory, DESCRIPTION, "description_facts", given, **values)]


TOLD = [("signal", "Flow cytometer (flow cytometer)")]


@pytest.mark.parametrize(("day", "expected"), [("2025-01-15", []), ("2025-01-16", TOLD)])
def test_a_description_is_read_from_the_day_on_which_3a069_began(memory, day: str, expected) -> None:
    assert signals(memory, day) == expected


@pytest.mark.parametrize("eccn", ["3A999", "3A999.f", "EAR99", "", None, "3A99"])
def test_a_description_is_read_where_the_line_may_be_of_3a069(memory, eccn) -> None:
    assert signals(memory, eccn=eccn) == TOLD


@pytest.mark.parametrize("eccn", ["3A992", "3A069", "4A999"])
def test_a_description_is_not_read_where_another_eccn_is_recorded(memory, eccn: str) -> None:
    assert signals(memory, eccn=eccn) == []


def test_what_a_description_tells_of_two_instruments_is_told_in_one_order(memory) -> None:
    text = "LC/MS and FLOW CYTOMETER"
    assert signals(memory, text=text) == [("signal", "FLOW CYTOMETER (flow cytometer), LC/MS (LC/MS)")]


def test_under_a_law_that_reads_no_description_none_tells_anything(memory) -> None:
    assert signals(memory, dated=[]) == []


def test_what_aes_says_of_an_itn_is_a_fact_of_its_line(memory) -> None:
    given = {"aes_states": [{"line_id": 1, "aes_state": "not held"}]}
    assert told(memory, AES_STATE, "aes_state_facts", "line_id fact value", given) == [(1, "aes_state", "not held")]
