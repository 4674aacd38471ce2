"""Where a line and its filing differ as written: what is looked at, what counts as the same, and what goes together."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.steps import made
from transforms.compare.compare import COMPARE
from transforms.compare.rules import COMPARED

LINE = {"line_id": 1, "source": "erp", "line_number": 1, "export_on": "2025-03-03", "value_usd": "1000",
        "destination": "DE", "eccn": "3A999", "uom": "NO", "quantity": "2"}  # fmt: skip
FILING = {"filing_id": 11, "export_on": "2025-03-03", "value_usd": "1000", "destination": "DE", "eccn": "3A999",
          "uom": "NO", "quantity": "2", "is_cancelled": False}  # fmt: skip
RATIOS = [
    {"uom": one, "filed_uom": other, "ratio": ratio}
    for one, other, ratio in (("no", "NO", 1), ("EA", "NO", 1), ("DOZ", "NO", 12), ("NO", "DOZ", 1 / 12))
]
MATCH = {"line_id": 1, "filing_id": 11, "source": "erp", "matched_by": "ITN", "group_id": None}


def differing(memory, line: dict[str, Any], filing: dict[str, Any], sums=None, asked=COMPARED, *, everything=False):
    """The columns in which a pair differs, as a list of one; nothing where it does not."""
    whole = [{"source": "erp", "group_id": 11, "first_line_id": 1} | sums] if sums else []
    given = {
        "current_lines": [LINE | line], "current_filings": [FILING | filing],
        "filing_matches": [MATCH | ({"group_id": 11} if sums else {})], "matched_sums": whole,
        "unit_ratios": RATIOS,
    }  # fmt: skip
    rows = made(memory, COMPARE, "marked_pairs", given, compared=list(asked), are_all_shown=everything)
    return [row["differs"] for row in rows]


def which_differ(memory, column: str, *sides: tuple[str | None, str | None]) -> list[tuple]:
    """Those of these (recorded, filed) in one column that make a pair differ in it."""
    places = range(len(sides))
    given = {
        "current_lines": [LINE | {"line_id": at, column: sides[at][0]} for at in places],
        "current_filings": [FILING | {"filing_id": at, column: sides[at][1]} for at in places],
        "filing_matches": [MATCH | {"line_id": at, "filing_id": at} for at in places], "matched_sums": [],
        "unit_ratios": RATIOS,
    }  # fmt: skip
    rows = made(memory, COMPARE, "marked_pairs", given, compared=[column], are_all_shown=False)
    return [sides[row["line_id"]] for row in rows if row["differs"] == [column]]


def test_values_differ_in_whole_dollars_as_aes_takes_them(memory) -> None:
    same = ("1000.00", "1000"), ("999.50", "1000"), ("1000.49", "1000")
    others = [("1000.50", "1000"), ("999.49", "1000"), ("1001", "1000"), (None, "1000"), ("1000", None), (None, None)]
    assert which_differ(memory, "value_usd", *same, *others) == others


def test_quantities_differ_in_whole_units_from_a_half_up_and_at_least_one(memory) -> None:
    same = ("1.5", "2"), ("1.4999", "1"), ("0.2", "1"), ("2.0000", "2"), (None, "2"), ("2", None)
    others = [("1.5", "1"), ("1.4999", "2"), ("0.2", "0"), ("2", "3"), ("0.5", "0.5"), ("0", "0")]
    assert which_differ(memory, "quantity", *same, *others) == [*others[:4], ("0.5", "0.5"), ("0", "0")]


TEXTS = [name for name in COMPARED if name not in ("status", "export_on", "quantity", "value_usd")]


@pytest.mark.parametrize("column", TEXTS)
def test_a_side_that_records_nothing_differs_in_nothing(memory, column: str) -> None:
    one, other = ("12-3456789", "12-3456780") if column == "usppi_id" else ("A", "B")  # fewer than nine tell nobody
    nothing = (one, ""), (one, None), ("", one), (None, one), (None, None), (one, one)
    assert which_differ(memory, column, *nothing, (one, other)) == [(one, other)]


def test_a_day_of_export_may_be_compared_too(memory) -> None:
    days = ("2025-03-03", "2025-03-03"), ("2025-03-03", "2025-03-04")
    assert which_differ(memory, "export_on", *days) == [days[1]]


@pytest.mark.parametrize(
    ("column", "recorded", "filed"),
    [
        ("consignee_name", "Beta GmbH", "BETA, G.m.b.H."), ("schedule_b", "9027.50.9000", "9027509000"),
        ("license_number", "d 123-456", "D123456"), ("usppi_id", "12-3456789", "12345678900"), ("uom", "no", "NO"),
        ("eccn", "3A999.a", "3A999"), ("eccn", "3A999.a", "3A999.b"), ("routed", "y", "Y"),
    ],
)  # fmt: skip
def test_how_a_name_or_number_is_written_makes_no_difference(memory, column: str, recorded: str, filed: str) -> None:
    assert which_differ(memory, column, (recorded, filed)) == []


@pytest.mark.parametrize(
    ("unit", "filed_unit", "same", "other"),
    [
        ("EA", "NO", "2", "3"), ("DOZ", "NO", "24", "2"), ("NO", "DOZ", "1", "2"),
        ("", "NO", "2", "3"), ("NO", None, "2", "3"), (None, "", "2", "3"), ("ROLL", "ROLL", "2", "3"),
    ],
)  # fmt: skip
def test_quantities_are_compared_in_the_unit_of_aes(memory, unit, filed_unit, same: str, other: str) -> None:
    for quantity, expected in ((same, []), (other, [["quantity"]])):
        filing = {"uom": filed_unit, "quantity": quantity}
        assert differing(memory, {"uom": unit}, filing, asked=["quantity"]) == expected


@pytest.mark.parametrize(("unit", "filed_unit"), [("NO", "KG"), ("ROLL", "NO")])
def test_quantities_without_a_common_unit_are_never_the_same(memory, unit: str, filed_unit: str) -> None:
    assert differing(memory, {"uom": unit}, {"uom": filed_unit}, asked=["quantity"]) == [["quantity"]]


@pytest.mark.parametrize("unit", ["X", "EA", "KG", "", None])
def test_where_aes_asks_for_no_quantity_none_is_compared(memory, unit: str | None) -> None:
    assert differing(memory, {"uom": unit}, {"uom": "X", "quantity": "9"}, asked=["quantity"]) == []


def test_what_aes_adds_to_a_sum_is_told_on_the_first_line(memory) -> None:
    sums = {"is_value_other": False, "is_quantity_other": False, "is_schedule_b_other": True, "is_origin_other": True}
    assert differing(memory, {}, {}, sums) == [["schedule_b", "origin_df"]]
    assert differing(memory, {}, {}, sums | {"first_line_id": 2}) == []


def test_columns_that_no_comparison_asks_for_are_not_looked_at(memory) -> None:
    assert differing(memory, {"eccn": "EAR99"}, {"destination": "FR"}, asked=["destination"]) == [["destination"]]
    assert differing(memory, {"eccn": "EAR99"}, {}, asked=["destination"]) == []


def test_every_pair_is_shown_where_a_comparison_asks_for_no_column(memory) -> None:
    assert differing(memory, {}, {}, asked=[], everything=True) == [[]]


def test_a_canceled_filing_differs_in_its_status_alone(memory) -> None:
    pair = {"eccn": "EAR99", "value_usd": None}, {"is_cancelled": True}
    assert differing(memory, *pair) == [["status"]]
    assert differing(memory, *pair, asked=["eccn"]) == []


@pytest.mark.parametrize(("first", "expected"), [(1, [["quantity", "value_usd"]]), (2, [])])
def test_of_lines_that_go_together_the_sums_are_compared_on_the_first(memory, first: int, expected) -> None:
    sums = {"first_line_id": first, "is_value_other": True, "is_quantity_other": True}
    assert differing(memory, {"value_usd": "1"}, {}, sums) == expected
    assert differing(memory, {"value_usd": "1"}, {}, sums | {"is_value_other": False, "is_quantity_other": False}) == []


def words(memory, sums: dict[str, Any] | None = None, **filing: Any) -> tuple[str, str]:
    given = {
        "marked_pairs": [MATCH | {"is_first": True, "differs": ["eccn"]} | ({"group_id": 11} if sums else {})],
        "fetched_lines": [LINE], "current_filings": [FILING | {"itn": "X1", "line_number": 4} | filing],
        "matched_sums": [{"source": "erp", "group_id": 11} | sums] if sums else [],
        "unit_ratios": RATIOS,
    }  # fmt: skip
    (row,) = made(memory, COMPARE, "differing_pairs", given)
    return row["in_lines"], row["in_filing"]


def test_a_sentence_names_the_filing_its_line_and_by_what_it_was_matched(memory) -> None:
    assert words(memory) == ("", " under X1 line 4 (matched by ITN)")
    assert words(memory, itn="") == ("", " under a filing without ITN line 4 (matched by ITN)")


def test_a_sentence_of_lines_that_go_together_counts_them(memory) -> None:
    sums = {"line_count": 2, "filing_count": 3, "line_numbers": [1, 5]}
    assert words(memory, sums) == (" in lines 1, 5 together", " in 3 lines under X1 (matched by ITN)")
    assert words(memory, sums | {"line_count": 1, "filing_count": 1})[1] == " under X1 line 4 (matched by ITN)"
