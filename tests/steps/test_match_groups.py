"""How lines and filing lines of one key become each other's: alone, by group, by value, by ECCN, by number, by sum."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.steps import told
from transforms.match.match import MATCH

KEY = {"source": "erp", "match_key": "K"}
PAIR = "line_id filing_id matched_by source group_id"


def line(line_id: int, **columns: Any) -> dict[str, Any]:
    return KEY | {"line_id": line_id, "schedule_b": "9027509000", "origin": "D", "line_number": line_id,
                  "place": {"line": line_id, "shipment": "S"}} | columns  # fmt: skip


def filing(filing_id: int, **columns: Any) -> dict[str, Any]:
    place = {"itn": "X", "line": filing_id - 10, "filed_by": "aes"}
    return KEY | {"filing_id": filing_id, "schedule_b": "9027509000", "origin": "D", "line_number": filing_id - 10,
                  "place": place} | columns  # fmt: skip


def alone(memory, *filing_side: dict[str, Any]) -> list[tuple]:
    return told(memory, MATCH, "alone", PAIR, {"filing_side": [KEY | one for one in filing_side]}, matched_by="ITN")


def test_one_line_and_one_filing_line_of_a_key_are_each_others(memory) -> None:
    assert alone(memory, {"filing_id": 11, "line_count": 1, "first_line_id": 1}) == [(1, 11, "ITN", "erp", None)]


def test_neither_two_filing_lines_nor_two_lines_of_a_key_are_alone(memory) -> None:
    two_filings = [{"filing_id": at, "line_count": 1, "first_line_id": 1} for at in (11, 12)]
    two_lines = {"match_key": "L", "filing_id": 13, "line_count": 2, "first_line_id": 2}
    assert alone(memory, *two_filings, two_lines) == []


def test_a_filing_line_is_alone_with_one_line_of_each_source(memory) -> None:
    rows = [
        {"source": at, "filing_id": 11, "line_count": 1, "first_line_id": one} for at, one in (("erp", 1), ("wms", 2))
    ]
    assert alone(memory, *rows) == [(1, 11, "ITN", "erp", None), (2, 11, "ITN", "wms", None)]


def groups(memory, told_by: str, lines, filings, matches=()) -> list[tuple]:
    """The lines and filing lines of each group."""
    given = {"line_members": lines, "filing_members": filings, "filing_matches": matches}
    columns = "list_sort(line_ids) filing_ids first_filing_id"
    return told(memory, MATCH, "groups", columns, given, told_by=told_by)


ORIGINS = [line(1), line(2, origin="F")], [filing(11, origin="F"), filing(12)]


def test_goods_of_domestic_and_of_foreign_origin_are_two_groups(memory) -> None:
    assert groups(memory, "number and origin", *ORIGINS) == [([1], [12], 12), ([2], [11], 11)]


def test_by_number_alone_they_are_one(memory) -> None:
    assert groups(memory, "number", *ORIGINS) == [([1, 2], [11, 12], 11)]


@pytest.mark.parametrize("told_by", ["number and origin", "number"])
def test_what_records_no_schedule_b_number_is_in_no_group_by_number(memory, told_by: str) -> None:
    assert groups(memory, told_by, [line(1, schedule_b="")], [filing(11, schedule_b="")]) == []


def test_the_one_line_and_the_one_filing_line_that_are_left_are_a_group_whatever_their_numbers(memory) -> None:
    assert groups(memory, "rest", [line(1, schedule_b="9027306000")], [filing(11)]) == [([1], [11], 11)]


def test_where_more_are_left_and_both_sides_record_numbers_they_are_no_group(memory) -> None:
    assert groups(memory, "rest", [line(1), line(2)], [filing(11, schedule_b="9027306000")]) == []


def test_where_one_side_records_no_number_at_all_what_is_left_is_a_group(memory) -> None:
    bare = [line(1, schedule_b=""), line(2, schedule_b="")]
    assert groups(memory, "rest", bare, [filing(11), filing(12)]) == [([1, 2], [11, 12], 11)]


def test_a_side_that_records_a_number_once_is_not_bare(memory) -> None:
    assert groups(memory, "rest", [line(1, schedule_b=""), line(2)], [filing(11), filing(12)]) == []


def test_what_is_matched_is_in_no_group_but_a_filing_line_matched_to_another_source_is(memory) -> None:
    matches = [{"line_id": 2, "filing_id": 12, "source": "erp"}, {"line_id": 9, "filing_id": 11, "source": "wms"}]
    lines, filings = [line(1), line(2)], [filing(11), filing(12)]
    assert groups(memory, "number", lines, filings, matches) == [([1], [11], 11)]


def few(memory, line_ids: list[int], filing_ids: list[int]) -> list[tuple]:
    group = {"group_number": 1, "source": "erp", "line_count": len(line_ids), "filing_count": len(filing_ids),
             "line_ids": line_ids, "filing_ids": filing_ids, "first_filing_id": filing_ids[0]}  # fmt: skip
    return told(memory, MATCH, "few", "line_id filing_id group_id", {"groups": [group]}, matched_by="ITN")


def test_one_of_each_is_a_pair_and_no_sum(memory) -> None:
    assert few(memory, [1], [11]) == [(1, 11, None)]


def test_several_lines_of_one_filing_line_are_a_sum(memory) -> None:
    assert few(memory, [1, 2], [11]) == [(1, 11, 11), (2, 11, 11)]


def test_several_filing_lines_of_one_line_are_a_sum_under_the_first_of_them(memory) -> None:
    assert few(memory, [1], [12, 11]) == [(1, 11, 12), (1, 12, 12)]


def test_several_of_both_are_left_to_be_told_apart(memory) -> None:
    assert few(memory, [1, 2], [11, 12]) == []


def many(memory, lines, filings) -> list[tuple]:
    line_ids, filing_ids = [one["line_id"] for one in lines], [one["filing_id"] for one in filings]
    group = {"group_number": 1, "source": "erp", "line_count": len(lines), "filing_count": len(filings),
             "line_ids": line_ids, "filing_ids": filing_ids}  # fmt: skip
    given = {"groups": [group], "line_members": lines, "filing_members": filings}
    return told(memory, MATCH, "many", "line_id filing_id group_id", given, matched_by="ITN")


def test_values_that_are_all_found_again_outweigh_eccn_and_line_number(memory) -> None:
    lines = [line(1, dollars=100, eccn="3A999"), line(2, dollars=200, eccn="EAR99")]
    filings = [filing(11, dollars=200, eccn="3A999"), filing(12, dollars=100, eccn="EAR99")]
    assert many(memory, lines, filings) == [(1, 12, None), (2, 11, None)]


def test_equal_values_are_told_apart_by_eccn(memory) -> None:
    lines = [line(1, dollars=100, eccn="EAR99"), line(2, dollars=100, eccn="3A999")]
    filings = [filing(11, dollars=100, eccn="3A999"), filing(12, dollars=100, eccn="EAR99")]
    assert many(memory, lines, filings) == [(1, 12, None), (2, 11, None)]


def test_values_that_are_not_known_tell_nothing_apart(memory) -> None:
    lines = [line(1, dollars=None, eccn="EAR99"), line(2, dollars=100, eccn="3A999")]
    filings = [filing(11, dollars=100, eccn="EAR99"), filing(12, dollars=None, eccn="3A999")]
    assert many(memory, lines, filings) == [(1, 11, None), (2, 12, None)]


def test_an_eccn_that_stands_twice_tells_nothing_apart_where_line_numbers_do(memory) -> None:
    lines = [line(1, dollars=100, eccn="EAR99"), line(2, dollars=200, eccn="EAR99")]
    filings = [filing(11, line_number=2, dollars=1, eccn="EAR99"), filing(12, line_number=1, dollars=2, eccn="EAR99")]
    assert many(memory, lines, filings) == [(1, 12, None), (2, 11, None)]


def test_an_eccn_that_stands_twice_makes_a_sum_where_line_numbers_differ_too(memory) -> None:
    lines = [line(1, dollars=100, eccn="EAR99"), line(2, dollars=200, eccn="EAR99")]
    filings = [filing(11, line_number=5, dollars=1, eccn="EAR99"), filing(12, line_number=6, dollars=2, eccn="EAR99")]
    assert many(memory, lines, filings) == [(1, 11, 11), (1, 12, 11), (2, 11, 11)]


def test_where_both_sides_have_the_same_eccns_the_sums_are_of_one_eccn_each(memory) -> None:
    lines = [line(1, dollars=1, eccn="EAR99"), line(2, dollars=2, eccn="EAR99"), line(3, dollars=3, eccn="3A999")]
    filings = [filing(11, dollars=7, eccn="3A999"), filing(12, dollars=8, eccn="EAR99")]
    assert many(memory, lines, filings) == [(1, 12, 12), (2, 12, 12), (3, 11, None)]


def test_else_all_are_one_sum_of_every_line_against_the_first_filing_line_and_the_first_against_the_others(
    memory,
) -> None:
    lines = [line(1, dollars=1, eccn="EAR99"), line(2, dollars=2, eccn="3A999"), line(3, dollars=3, eccn="3A999")]
    filings = [filing(11, dollars=7, eccn="EAR99"), filing(12, dollars=8, eccn="EAR99")]
    assert many(memory, lines, filings) == [(1, 11, 11), (1, 12, 11), (2, 11, 11), (3, 11, 11)]
