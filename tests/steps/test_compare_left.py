"""Lines that AES holds no filing of, filings that no line has, and the findings that all differences become."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from hashlib import md5
from typing import Any

import pytest

from tests.support.steps import told
from transforms.compare.compare import COMPARE

ITN = "X20250301000001"
LINE = {"line_id": 1, "source": "erp", "shipment_id": "S-1", "line_number": 1, "export_on": "2025-03-05", "itn": ITN,
        "activity": "export", "form": "tangible", "usppi_id": "12345678900", "schedule_b": "8413600000",
        "value_usd": "9000", "license_code": "C33", "license_number": "NLR"}  # fmt: skip
MARCH = {"month_on": "2025-03-01", "usppi_number": "123456789"}
NOT_HELD = [{"line_id": 1, "aes_state": "not held"}]


def left(memory, *lines: dict[str, Any], columns: str = "outcome", **given: Any) -> list[tuple]:
    whole = {
        "current_lines": [LINE | one for one in lines or ({},)],
        "covered_months": [MARCH, MARCH | {"month_on": "2025-05-01"}],
        "filing_matches": [], "current_filings": [], "aes_states": [], "found": [],
    } | given  # fmt: skip
    values = {"first_on": date(2025, 3, 5), "last_on": date(2025, 5, 20), "threshold_usd": Decimal(2500)}
    return told(memory, COMPARE, "unmatched_lines", columns, whole, **values)


@pytest.mark.parametrize("day", ["2025-03-05", "2025-03-31", "2025-05-20"])
def test_a_line_whose_itn_aes_does_not_hold_was_not_filed(memory, day: str) -> None:
    assert left(memory, {"export_on": day}, aes_states=NOT_HELD) == [("flagged",)]


@pytest.mark.parametrize("day", ["2025-03-04", "2025-04-15", "2025-05-21"])
def test_of_a_day_that_is_not_covered_nothing_is_said(memory, day: str) -> None:
    assert left(memory, {"export_on": day}, aes_states=NOT_HELD) == []


@pytest.mark.parametrize(("number", "count"), [("98765432100", 0), ("12-3456789", 1), ("", 1), (None, 1)])
def test_a_month_is_covered_for_the_usppi_whose_filings_are_loaded(memory, number, count: int) -> None:
    assert len(left(memory, {"usppi_id": number}, aes_states=NOT_HELD)) == count


@pytest.mark.parametrize("line", [{"activity": "reexport"}, {"form": "intangible"}])
def test_what_needs_no_filing_has_none_missing(memory, line) -> None:
    assert left(memory, line, aes_states=NOT_HELD) == []


def test_a_line_with_a_match_is_filed(memory) -> None:
    assert left(memory, aes_states=NOT_HELD, filing_matches=[{"line_id": 1, "filing_id": 11}]) == []


EEI = {"rule_id": "eei-filing", "outcome": "flagged", "source": "erp", "shipment_id": "S-1", "line_number": 1}


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        ({}, [("flagged",)]),
        ({"outcome": "undetermined"}, []),
        ({"rule_id": "itn-malformed"}, []),
        ({"line_number": 2}, []),
    ],
)
def test_a_line_without_an_itn_was_not_filed_where_it_needed_to_be(memory, finding, expected) -> None:
    assert left(memory, {"itn": ""}, found=[EEI | finding]) == expected


HELD = {"current_filings": [{"itn": ITN}]}


@pytest.mark.parametrize(("usd", "expected"), [("2500", []), ("2500.01", [("undetermined",)])])
def test_a_line_beyond_those_of_its_filing_is_in_question_from_the_first_cent_over_2500(memory, usd, expected) -> None:
    assert left(memory, {"value_usd": usd}, **HELD) == expected


def test_lines_beyond_those_of_one_filing_are_summed_by_number(memory) -> None:
    lines = (
        {"value_usd": "1300"},
        {"line_id": 2, "value_usd": "1300"},
        {"line_id": 3, "schedule_b": "9", "value_usd": "5"},
    )
    assert left(memory, *lines, columns="line_id", **HELD) == [(1,), (2,)]


def test_a_credit_takes_nothing_off_that_sum(memory) -> None:
    lines = {"value_usd": "2600"}, {"line_id": 2, "value_usd": "-200"}
    assert left(memory, *lines, columns="line_id", **HELD) == [(1,), (2,)]


@pytest.mark.parametrize("license", [{"license_code": "C30"}, {"license_number": "D123456"}])
def test_a_line_under_a_license_is_in_question_whatever_its_value(memory, license) -> None:
    assert left(memory, {"value_usd": "1"} | license, **HELD) == [("undetermined",)]


def test_a_line_without_a_value_is_in_question_and_the_value_asked_for(memory) -> None:
    rows = left(memory, {"value_usd": None}, columns="outcome missing", **HELD)
    assert rows == [("undetermined", ["value_usd"])]


FILING = {"filing_id": 11, "itn": ITN, "line_number": 1, "export_on": "2025-03-05", "usppi_id": "12345678900",
          "filer_id": "123456789", "is_cancelled": False}  # fmt: skip


def left_filings(memory, filing: dict[str, Any], **given: Any) -> list[tuple]:
    lines = [{"activity": "export", "export_on": day, "usppi_id": "123456789"} for day in ("2025-03-05", "2025-03-31")]
    whole = {
        "current_lines": lines, "current_filings": [FILING | filing], "filing_matches": [], "repeated_filings": [],
    } | given  # fmt: skip
    return told(memory, COMPARE, "unmatched_filings", "rule_id outcome", whole)


NOT_SHIPPED, BY_ANOTHER = [("filed-not-shipped", "flagged")], [("filed-by-another", "undetermined")]


@pytest.mark.parametrize(
    ("filing", "expected"),
    [
        ({}, NOT_SHIPPED), ({"filer_id": "98-7654321"}, BY_ANOTHER), ({"routed": "Y"}, BY_ANOTHER),
        ({"routed": "yes"}, BY_ANOTHER), ({"filer_id": ""}, NOT_SHIPPED),
        ({"usppi_id": "555555555", "routed": "Y"}, NOT_SHIPPED),
    ],
)  # fmt: skip
def test_a_filing_without_a_line_is_open_where_another_made_it_on_our_number(memory, filing, expected) -> None:
    assert left_filings(memory, filing) == expected


@pytest.mark.parametrize("day", ["2025-03-04", "2025-04-01"])
def test_a_filing_of_a_day_that_no_lines_cover_is_not_told(memory, day: str) -> None:
    assert left_filings(memory, {"export_on": day}) == []


@pytest.mark.parametrize(
    ("filing", "given"),
    [
        ({"is_cancelled": True}, {}),
        ({}, {"filing_matches": [{"line_id": 1, "filing_id": 11}]}),
        ({}, {"repeated_filings": [{"filing_id": 11}]}),
    ],
    ids=["canceled", "matched", "a copy"],
)
def test_a_filing_that_is_canceled_matched_or_a_copy_is_not_told(memory, filing, given) -> None:
    assert left_filings(memory, filing, **given) == []


RULE = {"rule_id": "value-differs", "rule_from": None, "severity": "medium"}


def compared(memory, columns: str, difference: dict[str, Any], day: str = "2025-03-05", rule_from=None) -> list[tuple]:
    filing = {
        "filing_id": 11,
        "source": "aes",
        "itn": "",
        "shipment_reference": "REF",
        "line_number": 4,
        "export_on": day,
    }
    given = {
        "differences": [{"rule_id": "value-differs", "outcome": "flagged"} | difference],
        "placed_lines": [LINE | {"situation_key": 7, "export_on": day}], "current_filings": [filing],
        "subjects": [{"situation_key": 7, "situation_id": "seven"}],
        "compared_rules": [RULE | {"rule_from": rule_from}],
    }  # fmt: skip
    return told(memory, COMPARE, "compared", columns, given)


def test_a_difference_goes_by_the_line_and_the_rule_as_every_finding_does(memory) -> None:
    expected = md5(b'["erp","S-1","1","value-differs"]').hexdigest(), "seven", "reconcile"
    assert compared(memory, "finding_id situation_id rule_kind", {"line_id": 1}) == [expected]


def test_a_filing_without_a_line_goes_by_its_itn_or_else_by_its_reference(memory) -> None:
    expected = md5(b'["aes","REF","4","value-differs"]').hexdigest(), None
    assert compared(memory, "finding_id situation_id", {"filing_id": 11}) == [expected]


@pytest.mark.parametrize("side", [{"line_id": 1}, {"filing_id": 11}])
@pytest.mark.parametrize(("day", "count"), [("2025-03-04", 0), ("2025-03-05", 1)])
def test_a_rule_holds_from_its_first_day(memory, side, day: str, count: int) -> None:
    assert len(compared(memory, "rule_from", side, day, rule_from="2025-03-05")) == count


def test_a_rule_older_than_the_first_text_read_holds_always(memory) -> None:
    assert compared(memory, "rule_from", {"line_id": 1}, "1999-01-01") == [(None,)]


def test_a_difference_under_a_rule_that_is_not_among_them_is_not_told(memory) -> None:
    assert compared(memory, "rule_id", {"line_id": 1, "rule_id": "origin-differs"}) == []
