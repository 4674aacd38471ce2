"""15 CFR 30.37(a) where the whole key of a group is known: which lines ask, what groups come to, and which are over."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.steps import told
from transforms.contexts.contexts import SHIPMENT_VALUE

ALWAYS = [{"from_on": "0001-01-01", "until_on": "9999-12-31", "threshold_usd": "2500"}]
RAISED = [
    {"from_on": "2025-01-01", "until_on": "2025-06-30", "threshold_usd": "2500"},
    {"from_on": "2025-07-01", "until_on": "2025-12-31", "threshold_usd": "5000"},
]
DAY = "2025-03-03"


def valued(memory, situations: list[dict[str, Any]]) -> list[int]:
    """Which of these situations turn on the value of their shipment, by their place."""
    usual = {"activity": "export", "form": "tangible", "itn_form": "", "exemption": ""}
    given = {"situations": [usual | {"situation_key": at} | one for at, one in enumerate(situations)]}
    return [key for (key,) in told(memory, SHIPMENT_VALUE, "valued_situations", "situation_key", given)]


def test_an_export_of_goods_without_an_itn_turns_on_the_value_of_its_shipment(memory) -> None:
    situations = [
        {}, {"activity": ""}, {"activity": None}, {"form": None}, {"itn_form": "malformed"}, {"itn_form": None},
        {"exemption": "30.37(a)"}, {"exemption": "unreadable"}, {"exemption": None}, {"itn_form": "AESPOST"},
        {"itn_form": "AESDOWN"}, {"exemption": "AESPOST"}, {"exemption": "AESDOWN"},
    ]  # fmt: skip
    assert valued(memory, situations) == list(range(len(situations)))


def test_what_is_no_export_of_goods_or_is_filed_by_an_itn_does_not(memory) -> None:
    situations = [
        {"activity": "reexport"}, {"activity": "in_country_transfer"}, {"form": "intangible"},
        {"itn_form": "well formed"}, {"exemption": "ITN"},
    ]  # fmt: skip
    assert valued(memory, situations) == []


def test_a_line_asks_by_its_situation_or_as_aes_does_not_hold_its_filing_and_once_where_both_hold(memory) -> None:
    given = {
        "value_lines": [{"line_id": at, "line_situation_key": key} for at, key in ((1, 7), (2, 8), (3, 7), (4, 8))],
        "valued_situations": [{"situation_key": 7}],
        "aes_states": [{"line_id": 2, "aes_state": "not held"}, {"line_id": 3, "aes_state": "cancelled"}],
    }
    assert told(memory, SHIPMENT_VALUE, "valued_lines", "line_id", given) == [(1,), (2,), (3,)]


def sums(memory, *lines: dict[str, Any], asked: int = 5, days: tuple[str, str] = (DAY, DAY)) -> list[tuple]:
    given = {
        "value_lines": [{"value_key": 5, "export_on": DAY} | one for one in lines],
        "valued_lines": [{"line_id": 1, "value_key": asked}],
    }
    columns = "value_key known_usd::varchar without_value line_count"
    return told(memory, SHIPMENT_VALUE, "value_sums", columns, given, first_day=days[0], last_day=days[1])


def test_a_group_is_worth_what_all_its_lines_are(memory) -> None:
    assert sums(memory, {"value_usd": "2000"}, {"value_usd": "500.01"}) == [(5, "2500.0100", 0, 2)]


@pytest.mark.parametrize("credit", ["-200", "0"])
def test_a_credit_takes_nothing_off_and_is_no_value(memory, credit: str) -> None:
    assert sums(memory, {"value_usd": "2500.01"}, {"value_usd": credit}) == [(5, "2500.0100", 1, 2)]


def test_what_a_group_of_credits_alone_is_worth_is_not_known(memory) -> None:
    assert sums(memory, {"value_usd": "-200"}) == [(5, "0.0000", 1, 1)]


def test_lines_without_a_value_are_counted(memory) -> None:
    assert sums(memory, {"value_usd": None}, {"value_usd": "10"}) == [(5, "10.0000", 1, 2)]


def test_a_group_that_no_line_asks_of_is_not_summed(memory) -> None:
    assert sums(memory, {"value_usd": "10"}, asked=6) == []


def test_the_first_and_the_last_day_that_are_asked_of_are_read(memory) -> None:
    lines = [{"value_key": 5, "export_on": "2025-03-03"}, {"value_key": 5, "export_on": "2025-03-05"}]
    assert [row[-1] for row in sums(memory, *lines, days=("2025-03-03", "2025-03-05"))] == [2]


def whole(
    memory, usd: str, without_value: int = 0, day: str = DAY, thresholds=ALWAYS, without_rate: int = 0
) -> list[tuple]:
    given = {
        "valued_lines": [{"line_id": 1, "value_key": 5, "export_on": day}], "value_thresholds": thresholds,
        "value_sums": [
            {"value_key": 5, "known_usd": usd, "without_value": without_value, "without_rate": without_rate}
        ],
    }  # fmt: skip
    return told(memory, SHIPMENT_VALUE, "whole_groups", "low_value low_value_missing", given)


@pytest.mark.parametrize(
    ("usd", "expected"), [("2499.99", []), ("2500.00", []), ("2500.0001", [("over", "")]), ("2500.01", [("over", "")])]
)
def test_a_group_is_over_from_the_first_cent_above_the_threshold(memory, usd: str, expected) -> None:
    assert whole(memory, usd) == expected


@pytest.mark.parametrize(("usd", "expected"), [("2500", ("unknown", "value_usd")), ("2500.01", ("over", ""))])
def test_a_value_that_is_missing_leaves_a_group_in_doubt_only_where_the_others_are_not_over(memory, usd, expected):
    assert whole(memory, usd, without_value=1) == [expected]


@pytest.mark.parametrize(("lines", "expected"), [(1, "currency"), (2, "value_usd currency")])
def test_a_group_says_whether_values_are_missing_or_only_their_rates(memory, lines: int, expected: str) -> None:
    assert whole(memory, "2500", without_value=lines, without_rate=1) == [("unknown", expected)]


@pytest.mark.parametrize(
    ("day", "usd", "expected"),
    [
        ("2025-06-30", "2500.01", [("over", "")]),
        ("2025-07-01", "2500.01", []),
        ("2025-07-01", "5000.00", []),
        ("2025-07-01", "5000.01", [("over", "")]),
    ],
)
def test_the_threshold_is_that_of_the_day_of_export(memory, day: str, usd: str, expected) -> None:
    assert whole(memory, usd, day=day, thresholds=RAISED) == expected


def test_on_a_day_without_a_threshold_nothing_is_said(memory) -> None:
    assert whole(memory, "9000", day="2026-01-01", thresholds=RAISED) == []


def test_each_asked_line_of_a_group_is_told_alike(memory) -> None:
    given = {
        "valued_lines": [{"line_id": at, "value_key": 5, "export_on": DAY} for at in (1, 2)],
        "value_thresholds": ALWAYS,
        "value_sums": [{"value_key": 5, "known_usd": "2600", "without_value": 0}],
    }  # fmt: skip
    assert told(memory, SHIPMENT_VALUE, "whole_groups", "line_id low_value", given) == [(1, "over"), (2, "over")]


def test_a_line_is_told_by_its_value_and_by_what_is_missing(memory) -> None:
    given = {
        "whole_groups": [{"line_id": 1, "low_value": "over", "low_value_missing": ""}],
        "groups_in_doubt": [{"line_id": 2, "low_value": "unknown", "low_value_missing": "origin_df"}],
        "lines_beside_rows": [],
    }
    assert told(memory, SHIPMENT_VALUE, "shipment_value_facts", "line_id fact value", given) == [
        (1, "low_value", "over"), (1, "low_value_missing", ""),
        (2, "low_value", "unknown"), (2, "low_value_missing", "origin_df"),
    ]  # fmt: skip


def test_a_row_in_quarantine_leaves_open_what_is_not_over_without_it(memory) -> None:
    given = {
        "whole_groups": [{"line_id": 1, "low_value": "over", "low_value_missing": ""}],
        "groups_in_doubt": [{"line_id": 2, "low_value": "unknown", "low_value_missing": "origin_df"}],
        "lines_beside_rows": [{"line_id": 1}, {"line_id": 2}, {"line_id": 3}],
    }
    assert told(memory, SHIPMENT_VALUE, "shipment_value_facts", "line_id fact value", given) == [
        (1, "low_value", "over"), (1, "low_value_missing", ""),
        (2, "low_value", "unknown"), (2, "low_value_missing", "origin_df quarantined"),
        (3, "low_value", "unknown"), (3, "low_value_missing", "quarantined"),
    ]  # fmt: skip
