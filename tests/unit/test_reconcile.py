"""Filings held against shipment lines: what is matched by what, and what is summed."""

from __future__ import annotations

import pytest

from tests.support.reconciling import ITN, OTHER, found, pairs, put


def test_the_itn_goes_before_the_reference_and_the_reference_before_the_invoice(store) -> None:
    put(store, "lines", {"shipment_id": "S-9"}, {"shipment_id": "S-2", "itn": ""}, {"shipment_id": "S-3", "itn": ""})
    put(
        store,
        "filings",
        {"itn": "X20250301000003", "shipment_reference": "A"},
        {"itn": OTHER, "shipment_reference": "s2"},
        {"itn": ITN, "shipment_reference": "B"},
    )
    assert pairs(store) == [(0, 2, "ITN"), (1, 1, "shipment reference"), (2, 0, "invoice number")]


def test_within_an_itn_the_schedule_b_number_tells_lines_apart(store) -> None:
    put(store, "lines", {}, {"line_number": 2, "schedule_b": "9027306000"})
    put(store, "filings", {"schedule_b": "9027.30.6000"}, {"line_number": 2})
    assert pairs(store) == [(0, 1, "ITN"), (1, 0, "ITN")]


def test_then_the_origin(store) -> None:
    put(store, "lines", {}, {"line_number": 2, "origin_df": "F"})
    put(store, "filings", {"origin_df": "F"}, {"line_number": 2})
    assert pairs(store) == [(0, 1, "ITN"), (1, 0, "ITN")]


@pytest.mark.parametrize(
    ("lines", "filings"),
    [
        pytest.param(({"value_usd": "100.2"}, {"value_usd": "200"}), ({"value_usd": "200"}, {}), id="value"),
        pytest.param(({"eccn": "3A999.f"}, {}), ({"value_usd": "9"}, {"eccn": "3A999"}), id="eccn"),
    ],
)
def test_then_what_else_is_found_again(store, lines, filings) -> None:
    put(store, "lines", *({"line_number": at} | line for at, line in enumerate(lines, 1)))
    put(store, "filings", *({"line_number": at} | filing for at, filing in enumerate(filings, 1)))
    assert pairs(store) == [(0, 1, "ITN"), (1, 0, "ITN")]


def test_then_the_line_number_and_only_the_line_that_differs_is_told(store) -> None:
    put(store, "lines", {}, {"line_number": 2, "value_usd": "200"}, {"line_number": 3, "value_usd": "300"})
    put(store, "filings", {"line_number": 3, "value_usd": "400"}, {}, {"line_number": 2, "value_usd": "200"})
    assert list(found(store)) == [("S-1", 3, "value-differs")]


def test_what_is_left_on_both_sides_is_each_others(store) -> None:
    put(store, "lines", {}, {"line_number": 2, "schedule_b": "9027306000"})
    put(store, "filings", {}, {"line_number": 2, "schedule_b": "9027208030"})
    assert list(found(store)) == [("S-1", 2, "schedule-b-differs")]


def test_several_lines_are_one_filing_line_and_their_sum_is_compared(store) -> None:
    put(store, "lines", {}, {"line_number": 2, "value_usd": "250"}, {"line_number": 3, "value_usd": "150.4"})
    put(store, "filings", {"value_usd": "500"})
    assert found(store) == {}
    store.execute("update filings set value_usd = 400")
    assert found(store) == {
        (
            "S-1",
            1,
            "value-differs",
        ): "Shipment record shows value $500.40 in lines 1, 2, 3 together; AES filing shows $400.00"
        f" under {ITN} line 1 (matched by ITN)."
    }


def test_one_line_is_several_filing_lines(store) -> None:
    put(store, "lines", {"value_usd": "500", "license_code": "C33"})
    put(store, "filings", {"value_usd": "250"}, {"line_number": 2, "value_usd": "250", "license_code": "C33"})
    assert found(store) == {}


def test_sums_are_compared_where_numbers_of_lines_differ(store) -> None:
    put(store, "lines", {}, {"line_number": 2}, {"line_number": 3})
    put(store, "filings", {"value_usd": "120"}, {"line_number": 2, "value_usd": "180"})
    assert found(store) == {}
    store.execute("update filings set value_usd = 80 where line_number = 2")
    assert list(found(store)) == [("S-1", 1, "value-differs")]


def test_a_sum_with_a_value_not_known_is_undetermined_once(store) -> None:
    put(store, "lines", {}, {"line_number": 2, "value_usd": None})
    put(store, "filings", {"value_usd": "500"})
    assert list(found(store)) == [("S-1", 1, "value-differs")]
    assert store.execute("select outcome, missing from compared").fetchall() == [("undetermined", ["value_usd"])]


def test_the_records_of_two_sources_are_not_summed(store) -> None:
    put(store, "lines", {}, {"source": "forwarder"}, {"source": "third", "itn": ""})
    put(store, "filings", {})
    assert pairs(store) == [(0, 0, "ITN"), (1, 0, "ITN"), (2, 0, "shipment reference")]
    assert found(store) == {}


def test_a_filing_that_came_by_two_reports_counts_once(store) -> None:
    put(store, "lines", {})
    put(store, "filings", {}, {"source": "aes-203", "known_from": "2026-02-01", "value_usd": "100.5"})
    assert pairs(store) == [(0, 1, "ITN")]
    assert found(store) == {}


def test_a_line_beyond_those_of_its_itn_is_told_unless_low_value(store) -> None:
    put(store, "lines", {}, {"line_number": 2, "schedule_b": "9027306000", "value_usd": "2500"})
    put(store, "filings", {})
    assert found(store) == {}
    store.execute("update lines set value_usd = 2501 where line_number = 2")
    assert list(found(store)) == [("S-1", 2, "shipped-not-filed")]
