"""Where a line and its filing differ: tolerances to the dollar, whole units, and what counts as the same."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.support.steps import made, told
from transforms.compare.compare import COMPARE

LINE = {"line_id": 1, "source": "erp", "line_number": 1, "export_on": "2025-03-03", "value_usd": "1000",
        "destination": "DE", "eccn": "3A999", "uom": "NO", "quantity": "2"}  # fmt: skip
FILING = {"filing_id": 11, "value_usd": "1000", "destination": "DE", "eccn": "3A999", "uom": "NO", "quantity": "2",
          "is_cancelled": False}  # fmt: skip
MATCH = {"line_id": 1, "filing_id": 11, "source": "erp", "matched_by": "ITN", "group_id": None}
TERMS = {"tolerance_usd": Decimal(1), "tolerance_percent": Decimal(1), "threshold_usd": Decimal(2500)}


def differing(memory, line: dict[str, Any], filing: dict[str, Any], sums: dict[str, Any] | None = None, **terms: Any):
    """The marks of a pair that differs; nothing where it does not."""
    given = {
        "current_lines": [LINE | line], "current_filings": [FILING | filing],
        "filing_matches": [MATCH | ({"group_id": 11} if sums else {})],
        "matched_sums": [{"source": "erp", "group_id": 11, "first_line_id": 1, "line_count": 2} | sums] if sums else [],
    }  # fmt: skip
    marks = ("is_value_missing", "is_declared_low", "is_value_off", "is_quantity_off")
    rows = made(memory, COMPARE, "differing_pairs", given, **(TERMS | terms))
    return [{mark for mark in marks if row[mark]} for row in rows]


OFF, MISSING, QUANTITY = [{"is_value_off"}], [{"is_value_missing"}], [{"is_quantity_off"}]


def which_differ(memory, mark: str | None, column: str, *sides: tuple[str | None, str | None]) -> list[tuple]:
    """Those of these (recorded, filed) in one column that make a pair differ, by that mark where one is asked for."""
    places = range(len(sides))
    given = {
        "current_lines": [LINE | {"line_id": at, column: sides[at][0]} for at in places],
        "current_filings": [FILING | {"filing_id": at, column: sides[at][1]} for at in places],
        "filing_matches": [MATCH | {"line_id": at, "filing_id": at} for at in places], "matched_sums": [],
    }  # fmt: skip
    rows = made(memory, COMPARE, "differing_pairs", given, **TERMS)
    return [sides[row["line_id"]] for row in rows if mark is None or row[mark]]


def test_values_may_lie_a_dollar_or_one_percent_of_the_record_apart(memory) -> None:
    within = ("50.00", "51"), ("50.00", "49"), ("0", "1"), ("1000", "1010"), ("1000", "990")
    beyond = [("49.99", "51"), ("50.00", "52"), ("50.00", "48"), ("0", "2"), ("1000", "1011"), ("1000", "989")]
    assert which_differ(memory, "is_value_off", "value_usd", *within, *beyond) == beyond


def test_a_value_is_declared_low_where_it_is_over_2500_in_whole_dollars_and_filed_as_no_more(memory) -> None:
    others = ("2500.49", "2500"), ("2500", "2499"), ("2501", "2501"), ("9000", "9000")
    low = [("2500.50", "2500"), ("2501", "2500"), ("9000", "1")]
    assert which_differ(memory, "is_declared_low", "value_usd", *others, *low) == low


def test_a_quantity_is_in_whole_units_from_a_half_up_and_at_least_one(memory) -> None:
    same = ("1.5", "2"), ("1.4999", "1"), ("0.2", "1"), ("2.0000", "2"), (None, "2"), ("2", None)
    others = [("1.5", "1"), ("1.4999", "2"), ("0.2", "0"), ("2", "3")]
    assert which_differ(memory, "is_quantity_off", "quantity", *same, *others) == others


@pytest.mark.parametrize(
    "column", ["eccn", "schedule_b", "destination", "consignee_name", "license_code", "license_number", "origin_df"]
)
def test_a_side_that_records_nothing_differs_in_nothing(memory, column: str) -> None:
    nothing = ("A", ""), ("A", None), ("", "A"), (None, "A"), (None, None)
    assert which_differ(memory, None, column, *nothing, ("A", "B")) == [("A", "B")]


@pytest.mark.parametrize(("filed", "expected"), [("103", []), ("97", []), ("104", OFF), ("96", OFF)])
def test_for_each_line_of_aes_in_a_sum_a_dollar_more_is_rounding(memory, filed, expected) -> None:
    sums = {"filing_count": 3, "recorded_usd": "100", "filed_usd": filed}
    assert differing(memory, {}, {}, sums) == expected


def test_within_a_sum_only_its_first_line_is_measured(memory) -> None:
    sums = {"filing_count": 1, "recorded_usd": "100", "filed_usd": "900", "first_line_id": 2}
    assert differing(memory, {}, {}, sums) == []


@pytest.mark.parametrize("line, filing", [({"value_usd": None}, {}), ({}, {"value_usd": None})])
def test_a_value_that_is_missing_on_one_side_is_told(memory, line, filing) -> None:
    assert differing(memory, line, filing) == MISSING


@pytest.mark.parametrize(("filed", "expected"), [("12", []), ("8", []), ("13", QUANTITY), ("7", QUANTITY)])
def test_each_further_line_of_aes_in_a_sum_may_have_rounded_a_unit(memory, filed, expected) -> None:
    money = {"recorded_usd": "1", "filed_usd": "1"}
    sums = money | {"filing_count": 3, "recorded_quantity": "10", "filed_quantity": filed}
    assert differing(memory, {}, {}, sums) == expected


@pytest.mark.parametrize("units", [("NO", "KG"), ("X", "X"), ("", ""), (None, "NO")])
def test_quantities_in_other_units_or_in_none_are_not_compared(memory, units) -> None:
    assert differing(memory, {"uom": units[0]}, {"uom": units[1], "quantity": "9"}) == []


def test_a_unit_is_the_same_in_either_case(memory) -> None:
    assert differing(memory, {"uom": "no"}, {"quantity": "9"}) == QUANTITY


def test_without_the_rule_that_states_a_figure_nothing_is_measured_by_it(memory) -> None:
    terms = {"tolerance_usd": None, "tolerance_percent": None, "threshold_usd": None}
    assert differing(memory, {"value_usd": "9000"}, {"value_usd": "1"}, **terms) == []


def test_an_itn_that_was_not_matched_by_itself_differs(memory) -> None:
    match = [MATCH | {"matched_by": "shipment reference"}]
    given = {
        "current_lines": [LINE | {"itn": "X1"}], "current_filings": [FILING | {"itn": "X2"}], "filing_matches": match,
        "matched_sums": [],
    }  # fmt: skip
    assert len(made(memory, COMPARE, "differing_pairs", given, **TERMS)) == 1


PAIR = {"line_id": 1, "matched_by": "ITN", "is_cancelled": False, "line_count": 1, "filing_count": 1,
        "export_on": "2025-03-03", "filed_itn": "X1", "filed_line": 4}  # fmt: skip


def differences(memory, alike=(), similarity: str = "0.9", **pair: Any) -> list[tuple]:
    given = {"differing_pairs": [PAIR | pair], "places_alike": alike}
    values = {"threshold_usd": Decimal(2500), "similarity": Decimal(similarity)}
    return told(memory, COMPARE, "pair_differences", "rule_id outcome", given, **values)


def test_aes_holds_the_five_characters_of_an_eccn(memory) -> None:
    assert differences(memory, eccn="3A999.f", filed_eccn="3A999") == []


def test_another_eccn_differs(memory) -> None:
    assert differences(memory, eccn="3A999.f", filed_eccn="3A069") == [("eccn-differs", "flagged")]


def test_what_is_recorded_as_an_eccn_and_is_none_differs_from_nothing(memory) -> None:
    assert differences(memory, eccn="3A99", filed_eccn="3A069") == []


SIDES = {
    "itn": "filed_itn", "eccn": "filed_eccn", "schedule_b": "filed_schedule_b", "destination": "filed_destination",
    "consignee_name": "filed_consignee", "license_code": "filed_code", "license_number": "filed_number",
    "origin_df": "filed_origin",
}  # fmt: skip


@pytest.mark.parametrize("nothing", ["", None])
def test_against_nothing_nothing_is_said_to_differ(memory, nothing) -> None:
    pair = PAIR | {"matched_by": "shipment reference", "filed_itn": None}
    pairs = [pair | {recorded: "EAR99", filed: nothing} for recorded, filed in SIDES.items()]
    values = {"threshold_usd": Decimal(2500), "similarity": Decimal("0.9")}
    assert made(memory, COMPARE, "pair_differences", {"differing_pairs": pairs, "places_alike": []}, **values) == []


def test_a_line_matched_by_its_reference_may_have_another_itn(memory) -> None:
    values = {"matched_by": "shipment reference", "itn": "X2", "filed_itn": "X1"}
    assert differences(memory, **values) == [("itn-differs", "flagged")]


def test_an_eccn_that_another_line_of_the_sum_holds_does_not_differ(memory) -> None:
    assert differences(memory, eccn="3A999", filed_eccn="EAR99", filed_eccns=["EAR99", "3A999"]) == []


def test_a_schedule_b_number_is_the_same_however_it_is_written(memory) -> None:
    assert differences(memory, schedule_b="9027.50.9000", filed_schedule_b="9027509000") == []


ALIKE = [{"one": "HK", "other": "CN", "from_on": "2020-12-23"}]


@pytest.mark.parametrize(
    ("day", "expected"), [("2020-12-22", [("destination-differs", "flagged")]), ("2020-12-23", [])]
)
def test_hong_kong_and_china_are_one_destination_from_the_day_of_the_rule(memory, day: str, expected) -> None:
    assert differences(memory, ALIKE, destination="HK", filed_destination="CN", export_on=day) == expected


@pytest.mark.parametrize(
    ("symbol", "outcome"), [("GBS", "undetermined"), ("NLR", "flagged"), ("D123456", "flagged"), (None, "flagged")]
)
def test_under_an_exception_aes_may_hold_the_country_of_the_end_user(memory, symbol, outcome: str) -> None:
    pair = {"destination": "DE", "filed_destination": "FR", "end_user_country": "FR", "license_number": symbol}
    assert differences(memory, **pair) == [("destination-differs", outcome)]


@pytest.mark.parametrize(
    ("filed", "expected"),
    [
        ("BETA, gmbh", []), ("Béta GmbH", []),
        ("Beta Gmbx", [("consignee-differs", "undetermined")]), ("Gamma SARL", [("consignee-differs", "flagged")]),
    ],
)  # fmt: skip
def test_a_consignee_is_the_same_however_written_and_open_where_it_is_spelled_alike(memory, filed, expected) -> None:
    assert differences(memory, consignee_name="Beta GmbH", filed_consignee=filed) == expected


def test_of_a_canceled_filing_that_alone_is_told(memory) -> None:
    pair = {"is_cancelled": True, "eccn": "3A999", "filed_eccn": "EAR99", "is_first": True, "is_value_missing": True}
    assert differences(memory, **pair) == [("filing-cancelled", "flagged")]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ({"is_value_missing": True}, [("value-differs", "undetermined")]),
        ({"is_declared_low": True, "is_value_off": True}, [("value-declared-low", "flagged")]),
        ({"is_value_off": True}, [("value-differs", "flagged")]),
        ({"is_value_off": True, "is_first": False}, []),
    ],
)
def test_of_one_value_one_thing_is_said(memory, marks, expected) -> None:
    assert differences(memory, recorded_usd="9000", filed_usd="1", **{"is_first": True} | marks) == expected
