"""The value of an order, on which License Exception LVS turns: what is in it, what it comes to, what is missing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.steps import hand
from transforms.contexts.contexts import ORDER_VALUE

LVS = {
    "line_id": 1, "realm": 0, "source": "erp", "shipment_id": "S1", "order_number": "O1", "eccn": "3A001.c",
    "value_usd": "900", "license_code": "C35", "license_number": "LVS",
}  # fmt: skip


def value(memory, *lines: dict[str, Any], aside: tuple[str, ...] = ()) -> str:
    """Return the fact of the first line; the others are like it but for what they say."""
    rows = [LVS | {"line_id": at} | one for at, one in enumerate(lines, start=1)]
    asides = [{"source": "erp", "shipment_id": one} for one in aside]
    given = {"order_lines": rows, "current_lines": rows, "lines_aside": asides}
    hand(memory, ORDER_VALUE, given)
    ORDER_VALUE.run(memory)
    return dict(memory.execute("select line_id, value from order_value_facts").fetchall())[1]


@pytest.mark.parametrize(
    ("recorded", "told"),
    [
        ("0.01", "order 0-50"), ("50", "order 0-50"), ("50.01", "order 50-100"), ("1500", "order 1450-1500"),
        ("1500.01", "order 1500-1550"), ("10000", "order 9950-10000"), ("10000.01", "order 10000-11000"),
        ("100000", "order 99000-100000"), ("100000.01", "order 100000-110000"),
        ("1000000", "order 990000-1000000"), ("1000000.01", "order 1000000-"), ("90000000", "order 1000000-"),
    ],
)  # fmt: skip
def test_the_value_lies_above_the_first_step_and_not_above_the_second(memory, recorded: str, told: str) -> None:
    assert value(memory, {"value_usd": recorded}) == told


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({}, "order 1750-1800"),
        ({"shipment_id": "S2"}, "order 1750-1800"),
        ({"order_number": "O2"}, "order 850-900"),
        ({"source": "other"}, "order 850-900"),
        ({"realm": 1}, "order 850-900"),
        ({"eccn": "3A001.d"}, "order 1750-1800"),
        ({"eccn": "3A002"}, "order 850-900"),
        ({"eccn": "EAR99"}, "order 850-900"),
        ({"eccn": ""}, "order 850-1800 without eccn"),
        ({"eccn": None}, "order 850-1800 without eccn"),
        ({"value_usd": None}, "order 850- without value_usd"),
        ({"value_usd": "-5"}, "order 850- without value_usd"),
        ({"value_usd": None, "value_recorded": "5"}, "order 850- without currency"),
        ({"order_number": ""}, "order 850-1800 without order_number"),
        ({"order_number": "TBD"}, "order 850-1800 without order_number"),
        ({"order_number": "", "shipment_id": "S2"}, "order 850-900"),
        ({"license_code": "C33", "license_number": "NLR"}, "order 1750-1800"),
    ],
)
def test_what_is_in_the_order(memory, other: dict[str, Any], told: str) -> None:
    assert value(memory, {}, other) == told


def test_without_an_order_number_the_shipment_counts_with_all_that_is_in_it(memory) -> None:
    assert value(memory, {"order_number": None}, {"order_number": "O2"}) == "shipment 1750-1800"
    assert value(memory, {"order_number": ""}, {"order_number": "", "shipment_id": "S2"}) == "shipment 850-900"


def test_a_line_without_an_eccn_does_not_tell_its_entry(memory) -> None:
    assert value(memory, {"eccn": ""}, {}) == "order 0-1800 without eccn"


def test_a_row_of_the_shipment_in_quarantine_leaves_the_value_open(memory) -> None:
    assert value(memory, {}, aside=("S1",)) == "order 850- without quarantined"
    assert value(memory, {}, {"shipment_id": "S2", "eccn": "EAR99"}, aside=("S2",)) == "order 850- without quarantined"
    assert value(memory, {}, aside=("S3",)) == "order 850-900"


def test_lines_that_do_not_claim_it_are_not_asked(memory) -> None:
    assert value(memory, {}, {"license_code": "C33", "license_number": "NLR"}) == "order 1750-1800"
    asked = "select line_id from order_value_facts order by 1"
    assert memory.execute(asked).fetchall() == [(1,)]
