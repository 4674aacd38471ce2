"""Lines that AES holds no filing of, and filings that no line has: which they are, and what is said of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.support.comparing import said
from tests.support.steps import made, told
from transforms.compare.compare import COMPARE

ITN = "X20250301000001"
LINE = {"line_id": 1, "source": "erp", "shipment_id": "S-1", "line_number": 1, "export_on": "2025-03-05", "itn": ITN,
        "activity": "export", "form": "tangible", "usppi_id": "12345678900"}  # fmt: skip
MARCH = {"month_on": "2025-03-01", "usppi_number": "123456789"}
FOUND = {"rule_id": "eei-filing", "outcome": "flagged", "source": "erp", "shipment_id": "S-1", "line_number": 1}


def left(memory, *lines: dict[str, Any], columns: str = "subject_key", **given: Any) -> list[tuple]:
    whole = {
        "current_lines": [LINE | one for one in lines or ({},)],
        "covered_months": [MARCH, MARCH | {"month_on": "2025-05-01"}],
        "filing_matches": [], "current_filings": [], "aes_states": [], "found": [],
    } | given  # fmt: skip
    values = {"first_on": date(2025, 3, 5), "last_on": date(2025, 5, 20)}
    return told(memory, COMPARE, "unmatched_lines", columns, whole, **values)


@pytest.mark.parametrize(
    ("day", "count"),
    [("2025-03-05", 1), ("2025-03-31", 1), ("2025-05-20", 1), ("2025-03-04", 0), ("2025-04-15", 0), ("2025-05-21", 0)],
)
def test_a_line_is_left_on_days_that_the_filings_cover(memory, day: str, count: int) -> None:
    assert len(left(memory, {"export_on": day})) == count


@pytest.mark.parametrize(("number", "count"), [("98765432100", 0), ("12-3456789", 1), ("", 1), (None, 1)])
def test_a_month_is_covered_for_the_usppi_whose_filings_are_loaded(memory, number, count: int) -> None:
    assert len(left(memory, {"usppi_id": number})) == count


@pytest.mark.parametrize("line", [{"activity": "reexport"}, {"form": "intangible"}])
def test_what_needs_no_filing_has_none_missing(memory, line) -> None:
    assert left(memory, line) == []


def test_a_line_with_a_match_is_filed(memory) -> None:
    assert left(memory, filing_matches=[{"line_id": 1, "filing_id": 11}]) == []


@pytest.mark.parametrize("itn", ["", None])
def test_a_line_without_an_itn_is_left_where_something_was_found_of_it(memory, itn) -> None:
    assert left(memory, {"itn": itn}) == []
    assert left(memory, {"itn": itn}, found=[FOUND]) == [(1,)]
    assert left(memory, {"itn": itn}, found=[FOUND | {"line_number": 2}]) == []


def test_what_aes_holds_of_its_itn_is_told_with_the_days_covered(memory) -> None:
    columns = "aes_state is_itn_held filings_from filings_until"
    days = date(2025, 3, 5), date(2025, 5, 20)
    assert left(memory, columns=columns) == [(None, False, *days)]
    states = [{"line_id": 1, "aes_state": "not held"}]
    assert left(memory, columns=columns, aes_states=states) == [("not held", False, *days)]
    assert left(memory, columns=columns, current_filings=[{"itn": ITN}]) == [(None, True, *days)]


UNMATCHED = {"subject_key": 1, "source": "erp", "itn": ITN, "schedule_b": "8413600000", "value_usd": "9000",
             "license_code": "C33", "license_number": "NLR", "is_itn_held": False, "filings_from": "2025-03-05",
             "filings_until": "2025-05-20"}  # fmt: skip
HELD = {"is_itn_held": True}


def not_filed(*lines: dict[str, Any], columns: str = "outcome", findings: Any = ()) -> list[tuple]:
    return said(
        "shipped-not-filed", columns, unmatched_lines=[UNMATCHED | one for one in lines], line_findings=findings
    )


def test_a_line_whose_itn_aes_does_not_hold_was_not_filed() -> None:
    assert not_filed({"aes_state": "not held"}, columns="outcome answer") == [("flagged", "itn-not-held")]
    assert not_filed({}) == not_filed({"aes_state": "cancelled"}) == []


@pytest.mark.parametrize(
    ("finding", "expected"),
    [({}, [("flagged",)]), ({"outcome": "undetermined"}, []), ({"rule_id": "itn-malformed"}, []),
     ({"subject_key": 2}, [])],
)  # fmt: skip
def test_a_line_without_an_itn_was_not_filed_where_it_needed_to_be(finding, expected) -> None:
    flagged = {"subject_key": 1, "rule_id": "eei-filing", "outcome": "flagged"}
    assert not_filed({"itn": ""}, findings=[flagged | finding]) == expected


@pytest.mark.parametrize(("usd", "expected"), [("2500", []), ("2500.01", [("undetermined",)])])
def test_a_line_beyond_those_of_its_filing_is_in_question_from_the_first_cent_over_2500(usd, expected) -> None:
    assert not_filed(HELD | {"value_usd": usd}) == expected


def test_lines_beyond_those_of_one_filing_are_summed_by_number() -> None:
    lines = {"value_usd": "1300"}, {"subject_key": 2, "value_usd": "1300"}, {"subject_key": 3, "schedule_b": "9",
             "value_usd": "5"}  # fmt: skip
    assert not_filed(*(HELD | line for line in lines), columns="subject_key") == [(1,), (2,)]


def test_a_credit_takes_nothing_off_that_sum() -> None:
    lines = {"value_usd": "2600"}, {"subject_key": 2, "value_usd": "-200"}
    assert not_filed(*(HELD | line for line in lines), columns="subject_key") == [(1,), (2,)]


@pytest.mark.parametrize("license", [{"license_code": "C30"}, {"license_number": "D123456"}])
def test_a_line_under_a_license_is_in_question_whatever_its_value(license) -> None:
    assert not_filed(HELD | {"value_usd": "1"} | license) == [("undetermined",)]


def test_a_line_without_a_value_is_in_question_and_the_value_asked_for() -> None:
    assert not_filed(HELD | {"value_usd": None}, columns="outcome missing") == [("undetermined", ["value_usd"])]


FILING = {"filing_id": 11, "itn": ITN, "line_number": 1, "export_on": "2025-03-05", "usppi_id": "12345678900",
          "filer_id": "123456789", "standing": "held"}  # fmt: skip


def left_filings(memory, filing: dict[str, Any], **given: Any) -> list[str]:
    """The comparisons that find a filing without a line, each with its outcome."""
    lines = [{"activity": "export", "export_on": day, "usppi_id": "123456789"} for day in ("2025-03-05", "2025-03-31")]
    whole = {
        "current_lines": lines, "current_filings": [FILING | filing], "filing_matches": [], "repeated_filings": [],
    } | given  # fmt: skip
    rows = made(memory, COMPARE, "unmatched_filings", whole)
    names = ("filed-by-another", "filed-not-shipped")
    return [f"{name} {outcome}" for name in names for (outcome,) in said(name, unmatched_filings=rows)]


NOT_SHIPPED, BY_ANOTHER = ["filed-not-shipped flagged"], ["filed-by-another undetermined"]


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
        ({"standing": "cancelled"}, {}),
        ({}, {"filing_matches": [{"line_id": 1, "filing_id": 11}]}),
        ({}, {"repeated_filings": [{"filing_id": 11}]}),
    ],
    ids=["canceled", "matched", "a copy"],
)
def test_a_filing_that_is_canceled_matched_or_a_copy_is_not_told(memory, filing, given) -> None:
    assert left_filings(memory, filing, **given) == []
