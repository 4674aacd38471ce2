"""Which lines and filing lines look for each other, by which key, and in what they can be told apart."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.steps import told
from transforms.match.match import MATCH

ITN = "X20250301000001"
LINE = {"line_id": 1, "source": "erp", "shipment_id": "S-1", "itn": ITN, "invoice_number": "INV/7",
        "activity": "export", "export_on": "2025-03-03", "schedule_b": "9027.50.9000", "form": "tangible"}  # fmt: skip
FILING = {"filing_id": 11, "source": "aes", "itn": ITN, "shipment_reference": "s 1", "invoice_number": "inv-7",
          "export_on": "2025-03-03", "schedule_b": "9027509000", "standing": "held"}  # fmt: skip

KEYS = {"ITN": ITN, "shipment reference": "s1", "invoice number": "inv7 2025-03-03 9027509000"}


def line_keys(memory, matched_by: str, *lines: dict[str, Any], matches=()) -> list[str]:
    given = {
        "current_lines": [LINE | line for line in lines], "filing_matches": matches,
        "free_filings": [{"filing_id": 11, "match_key": key, "export_on": "2025-03-03"} for key in KEYS.values()],
    }  # fmt: skip
    rows = told(memory, MATCH, "line_side", "match_key", given, matched_by=matched_by)
    return [key for (key,) in rows]


@pytest.mark.parametrize(("matched_by", "key"), KEYS.items())
def test_a_line_looks_for_its_filing_by_itn_by_reference_or_by_invoice_day_and_number(memory, matched_by, key) -> None:
    assert line_keys(memory, matched_by, {}) == [key]


@pytest.mark.parametrize("missing", ["", None])
@pytest.mark.parametrize(
    ("matched_by", "column"),
    [("ITN", "itn"), ("invoice number", "invoice_number"), ("invoice number", "schedule_b")],
)
def test_a_line_without_the_key_looks_for_nothing_by_it(memory, matched_by, column, missing) -> None:
    assert line_keys(memory, matched_by, {column: missing}) == []


@pytest.mark.parametrize("line", [{"activity": ""}, {"activity": None}, {"form": ""}, {"form": None}])
def test_a_line_that_may_be_a_tangible_export_is_looked_up(memory, line) -> None:
    assert line_keys(memory, "ITN", line) == [ITN]


@pytest.mark.parametrize(
    "line", [{"activity": "reexport"}, {"activity": "in_country_transfer"}, {"form": "intangible"}]
)
def test_what_the_foreign_trade_regulations_leave_out_is_not_looked_up(memory, line) -> None:
    assert line_keys(memory, "ITN", line) == []


def test_a_line_that_has_a_filing_looks_for_no_other(memory) -> None:
    assert line_keys(memory, "ITN", {}, matches=[{"line_id": 1, "filing_id": 11, "source": "erp"}]) == []


def filing_keys(memory, matched_by: str, *filings: dict[str, Any], standing="held", repeated=()) -> list[tuple]:
    given = {
        "current_filings": [FILING | filing for filing in filings],
        "repeated_filings": [{"filing_id": one} for one in repeated],
    }  # fmt: skip
    asked = {"matched_by": matched_by, "standing": standing}
    return told(memory, MATCH, "free_filings", "filing_id match_key", given, **asked)


@pytest.mark.parametrize(("matched_by", "key"), KEYS.items())
def test_a_filing_is_found_by_the_key_of_its_line(memory, matched_by, key) -> None:
    assert filing_keys(memory, matched_by, {}) == [(11, key)]


@pytest.mark.parametrize("reference", ["", None, "N/A", "TBD", "-", "0000"])
@pytest.mark.parametrize("matched_by", ["shipment reference", "invoice number"])
def test_what_says_nothing_finds_nothing(memory, matched_by, reference) -> None:
    assert filing_keys(memory, matched_by, {"shipment_reference": reference, "invoice_number": reference}) == []


@pytest.mark.parametrize("reference", ["Ä-1/ß", "ÄΩ 7", "s#1", "S\t1", "7"])
def test_a_reference_is_one_for_both_sides_whatever_its_signs(memory, reference) -> None:
    ((_, key),) = filing_keys(memory, "shipment reference", {"shipment_reference": reference.lower()})
    given = {
        "current_lines": [LINE | {"shipment_id": reference}], "filing_matches": [],
        "free_filings": [{"filing_id": 11, "match_key": key}],
    }  # fmt: skip
    assert told(memory, MATCH, "line_side", "match_key", given, matched_by="shipment reference") == [(key,)]


@pytest.mark.parametrize(("standing", "expected"), [("held", 11), ("cancelled", 12), ("unknown", 13)])
def test_live_and_canceled_filings_are_looked_for_apart(memory, standing, expected) -> None:
    filings = [{}, {"filing_id": 12, "standing": "cancelled"}, {"filing_id": 13, "standing": "unknown"}]
    assert filing_keys(memory, "ITN", *filings, standing=standing) == [(expected, ITN)]


def test_a_copy_from_a_second_report_is_left_aside(memory) -> None:
    assert filing_keys(memory, "ITN", {}, {"filing_id": 12}, repeated=[11]) == [(12, ITN)]


SIDE = {"source": "erp", "line_id": 1, "match_key": "s1"}


def free_filings(memory, key: str = "s1", matches=(), side=(SIDE,)):
    given = {
        "free_filings": [{"filing_id": 11, "match_key": key}], "filing_matches": matches, "line_side": side,
    }  # fmt: skip
    return told(memory, MATCH, "filing_side", "source filing_id line_count first_line_id", given)


def test_a_filing_line_is_looked_for_by_the_lines_of_each_source_that_have_its_key(memory) -> None:
    side = [SIDE | {"line_id": 4}, SIDE | {"line_id": 3}, SIDE | {"source": "wms", "line_id": 9}]
    assert free_filings(memory, side=side) == [("erp", 11, 2, 3), ("wms", 11, 1, 9)]


def test_a_filing_line_under_a_key_that_no_line_has_is_left_out(memory) -> None:
    assert free_filings(memory, "s2") == []


def test_a_filing_line_that_is_matched_to_one_source_is_free_for_the_lines_of_another(memory) -> None:
    side = [SIDE, SIDE | {"source": "wms", "line_id": 9}]
    matches = [{"line_id": 2, "filing_id": 11, "source": "erp"}]
    assert free_filings(memory, side=side, matches=matches) == [("wms", 11, 1, 9)]


def members(memory, columns: str, *lines: dict[str, Any], filing_key: str = "s1", matches=()) -> list[tuple]:
    given = {
        "current_lines": [LINE | line for line in lines], "filing_matches": matches,
        "line_side": [SIDE | {"line_id": line.get("line_id", 1)} for line in lines],
        "filing_side": [{"source": "erp", "match_key": filing_key, "filing_id": 11}],
    }  # fmt: skip
    return told(memory, MATCH, "line_members", columns, given)


@pytest.mark.parametrize(("usd", "dollars"), [("99.49", 99), ("99.50", 100), ("0.4999", 0), (None, None)])
def test_values_are_told_apart_in_whole_dollars_from_half_a_dollar_up(memory, usd, dollars) -> None:
    assert members(memory, "dollars", {"value_usd": usd}) == [(dollars,)]


def test_the_schedule_b_number_counts_by_its_ten_digits_and_the_eccn_by_its_five_characters(memory) -> None:
    assert members(memory, "schedule_b eccn", {"eccn": "2B999.h.2"}) == [("9027509000", "2B999")]


def test_a_line_that_is_matched_is_no_member(memory) -> None:
    matched = [{"line_id": 2, "filing_id": 12, "source": "erp"}]
    assert members(memory, "line_id", {"line_id": 1}, {"line_id": 2}, matches=matched) == [(1,)]


def test_a_line_whose_key_no_filing_has_is_no_member(memory) -> None:
    assert members(memory, "line_id", {"line_id": 1}, filing_key="s2") == []
