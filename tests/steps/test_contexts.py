"""How what other records add completes a situation: the pivot to one row per line, and what the law is asked about."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.steps import made, told
from transforms.contexts.contexts import CONTEXTS

COLUMNS = ["low_value", "low_value_missing", "itn_use", "item_eccn", "item_says", "item_proves", "signal", "aes_state"]


def contexts(
    memory, *values: tuple[int, str, str | None], situations: tuple[int, ...] = (7, 7)
) -> list[dict[str, Any]]:
    given = {
        "context_values": [{"line_id": at, "fact": fact, "value": value} for at, fact, value in values],
        "current_lines": [{"line_id": at, "line_situation_key": key} for at, key in enumerate(situations, 1)],
    }
    return made(memory, CONTEXTS, "context_facts", given)


def added(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in COLUMNS if row[name] is not None}


@pytest.mark.parametrize("fact", ["low_value", "itn_use", "item_eccn", "item_says", "signal", "aes_state"])
def test_each_fact_that_is_added_stands_in_its_own_column(memory, fact: str) -> None:
    assert [added(row) for row in contexts(memory, (1, fact, "so"))] == [{fact: "so"}]


def test_what_is_missing_stands_beside_the_value_and_nothing_missing_as_nothing(memory) -> None:
    (row,) = contexts(memory, (1, "low_value", "over"), (1, "low_value_missing", ""))
    assert added(row) == {"low_value": "over", "low_value_missing": ""}


def test_all_that_is_added_to_a_line_stands_in_one_row(memory) -> None:
    values = (
        (1, "item_eccn", "3A999"),
        (1, "item_says", "26 detectors"),
        (1, "item_proves", "true"),
        (1, "itn_use", "x"),
    )
    (row,) = contexts(memory, *values)
    assert added(row) == {"item_eccn": "3A999", "item_says": "26 detectors", "item_proves": True, "itn_use": "x"}


def test_a_record_that_rules_the_item_out_takes_the_signal_of_its_description_away(memory) -> None:
    values = (1, "signal", "LC/MS"), (1, "item_rules_out", "true"), (1, "item_eccn", "EAR99")
    assert [added(row) for row in contexts(memory, *values)] == [{"item_eccn": "EAR99"}]


def test_a_line_of_which_a_record_only_rules_out_the_signal_is_in_its_ordinary_situation(memory) -> None:
    assert contexts(memory, (1, "signal", "LC/MS"), (1, "item_rules_out", "true")) == []


def test_a_record_that_rules_nothing_out_leaves_the_signal(memory) -> None:
    (row,) = contexts(memory, (1, "signal", "LC/MS"), (1, "item_rules_out", None), (1, "item_eccn", None))
    assert added(row) == {"signal": "LC/MS"}


def test_a_line_to_which_nothing_is_added_has_no_row(memory) -> None:
    assert contexts(memory, (1, "item_eccn", None), (1, "item_says", None), (1, "item_proves", None)) == []


def test_lines_of_one_situation_with_the_same_added_are_in_one_situation(memory) -> None:
    rows = contexts(memory, (1, "aes_state", "not held"), (2, "aes_state", "not held"))
    assert len({row["situation_key"] for row in rows}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("low_value", "over"), ("low_value", "unknown")),
        (("item_says", "so"), ("signal", "so")),
        (("item_eccn", "3A999"), ("item_says", "3A999")),
    ],
)
def test_lines_with_something_else_added_are_in_two_situations(memory, one, other) -> None:
    rows = contexts(memory, (1, *one), (2, *other))
    assert len({row["situation_key"] for row in rows}) == 2


def test_the_same_added_to_two_situations_makes_two(memory) -> None:
    rows = contexts(memory, (1, "aes_state", "not held"), (2, "aes_state", "not held"), situations=(7, 8))
    assert len({row["situation_key"] for row in rows}) == 2


def subjects(memory, columns: str, eccn: str | None, added: dict[str, Any] | None, is_valued: bool = False) -> tuple:
    """What the law is asked about: the situation as recorded (7), and as it is completed (8)."""
    given = {
        "situations": [{"situation_key": 7, "situation_id": "seven", "eccn": eccn}],
        "valued_situations": [{"situation_key": 7}] if is_valued else [],
        "used_contexts": [] if added is None else [{"situation_key": 8, "line_situation_key": 7} | added],
    }
    rows = told(memory, CONTEXTS, "subjects", f"situation_key {columns}", given)
    return rows[-1][1:]


@pytest.mark.parametrize("recorded", [None, "", "2B999", "2B999.h", "2B99", "unknown"])
def test_an_eccn_that_is_missing_coarser_or_none_is_completed_by_that_of_the_item(memory, recorded) -> None:
    assert subjects(memory, "eccn eccn_recorded", recorded, {"item_eccn": "2B999.h.2"}) == ("2B999.h.2", recorded)


@pytest.mark.parametrize("recorded", ["EAR99", "3A999", "2B999.j", "2B999.h.2.a"])
def test_another_eccn_of_the_line_is_kept_and_that_of_the_item_stands_beside_it(memory, recorded: str) -> None:
    assert subjects(memory, "eccn item_eccn", recorded, {"item_eccn": "2B999.h.2"}) == (recorded, "2B999.h.2")


@pytest.mark.parametrize("recorded", [None, "", "2B999"])
def test_where_item_records_disagree_the_line_stands_as_recorded(memory, recorded) -> None:
    assert subjects(memory, "eccn item_eccn", recorded, {"item_eccn": "several"}) == (recorded, "several")


@pytest.mark.parametrize(("is_valued", "expected"), [(True, "under"), (False, "")])
def test_a_situation_that_turns_on_value_is_under_the_threshold_unless_told_otherwise(memory, is_valued, expected):
    assert subjects(memory, "low_value", "EAR99", None, is_valued) == (expected,)


def test_what_was_added_of_the_value_is_told(memory) -> None:
    told_of_value = {"low_value": "unknown", "low_value_missing": "origin_df"}
    assert subjects(memory, "low_value low_value_missing", "EAR99", told_of_value, True) == ("unknown", "origin_df")


@pytest.mark.parametrize("state", ["not held", "cancelled"])
def test_an_itn_that_aes_does_not_hold_leaves_the_value_to_be_asked(memory, state: str) -> None:
    assert subjects(memory, "low_value aes_state", "EAR99", {"aes_state": state}) == ("under", state)


def test_a_situation_that_nothing_completes_keeps_its_name(memory) -> None:
    assert subjects(memory, "situation_id", "EAR99", None) == ("seven",)


def test_a_situation_that_is_completed_otherwise_goes_by_another_name(memory) -> None:
    names = {
        subjects(memory, "situation_id", "EAR99", {"itn_use": use})[0] for use in ("too far apart", "may be split")
    }
    assert len(names - {"seven"}) == 2
