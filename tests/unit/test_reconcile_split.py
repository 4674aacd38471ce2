"""One line filed as several and several as one: sums are compared, and what AES adds is told without alarm."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.reconciling import found, pairs, put

A, B, REPAIR = "9027509000", "9027306000", "9801100000"
BY_KEY = {"ITN": {}, "shipment reference": {"itn": ""}}


def of(*values: str, **columns: Any) -> list[dict[str, Any]]:
    """Lines, or filing lines, numbered, with these values in turn and each column's own value in turn."""
    turns = {name: each if isinstance(each, tuple) else (each,) * len(values) for name, each in columns.items()}
    return [
        {"line_number": at + 1, "value_usd": value} | {name: each[at] for name, each in turns.items()}
        for at, value in enumerate(values)
    ]


def said(store, lines: list[dict[str, Any]], filings: list[dict[str, Any]], key: str = "ITN") -> dict[str, str]:
    """What is said, by rule: outcome and answer."""
    put(store, "lines", *(line | BY_KEY[key] for line in lines))
    put(store, "filings", *filings)
    found(store)
    rows = store.execute("select rule_id, outcome || ' ' || answer || ' ' || severity from compared").fetchall()
    return dict(rows)


SPLIT, MERGED = ("12000",), ("8000", "4000")
LOW_SPLIT, REPAIRED = "undetermined split low", "undetermined repair low"


@pytest.mark.parametrize("key", BY_KEY)
@pytest.mark.parametrize(
    ("lines", "filings", "expected"),
    [
        (of(*SPLIT), of(*MERGED), {}),
        (of(*SPLIT), of(*MERGED, origin_df=("F", "D")), {"origin-differs": LOW_SPLIT}),
        (of(*SPLIT), of(*MERGED, schedule_b=(B, A)), {"schedule-b-differs": LOW_SPLIT}),
        (of(*SPLIT), of(*MERGED, schedule_b=("9027209000", B)), {"schedule-b-differs": "flagged differs medium"}),
        (of(*MERGED), of(*SPLIT), {}),
        (of(*MERGED, origin_df=("D", "F")), of(*SPLIT), {"origin-differs": "flagged differs low"}),
        (of(*MERGED, schedule_b=(A, B)), of(*SPLIT), {"schedule-b-differs": "flagged differs medium"}),
        (of(*MERGED), of("900", schedule_b=REPAIR), {"schedule-b-differs": REPAIRED, "value-differs": REPAIRED}),
    ],
)
def test_the_sums_are_compared_whatever_tells_the_parts_apart(store, key: str, lines, filings, expected) -> None:
    assert said(store, lines, filings, key) == expected


def test_the_sums_of_parts_are_told_where_they_differ(store) -> None:
    assert said(store, of("12000"), of("8000", "3500", schedule_b=A)) == {"value-differs": "flagged differs medium"}


def test_freight_in_the_parts_is_told_as_freight(store) -> None:
    told = said(store, of("12000"), of("8000", "4500", schedule_b=(A, B)))
    assert told == {"value-differs": "undetermined freight low", "schedule-b-differs": LOW_SPLIT}


@pytest.mark.parametrize(
    ("filings", "places"),
    [
        (of("12000", "4000", schedule_b=(A, B)), [(0, 0)]),
        (of("12005", "60", schedule_b=(A, B)), [(0, 0)]),
        (of("8000", "1000", schedule_b=(A, B)), [(0, 0)]),
        (of("8000", "9000", schedule_b=(A, B)), [(0, 0)]),
        (of("9000", "4200.4", schedule_b=(A, B)), [(0, 0), (0, 1)]),
        (of("9000", "4201", schedule_b=(A, B)), [(0, 0)]),
    ],
)
def test_what_is_no_part_of_the_whole_is_not_taken_for_one(store, filings, places) -> None:
    put(store, "lines", *of("12000"))
    put(store, "filings", *filings)
    assert [(line, filing) for line, filing, _ in pairs(store)] == places


def test_a_value_that_is_not_known_makes_no_whole(store) -> None:
    put(store, "lines", *of("12000"))
    put(store, "filings", *of("8000", None, schedule_b=(A, B)))
    assert len(pairs(store)) == 1


UNITS = [
    ({"quantity": ("2", "3"), "uom": ("EA", "PC")}, {"quantity": "5", "uom": "NO"}, None),
    ({"quantity": ("2", "3"), "uom": ("EA", "PC")}, {"quantity": "6", "uom": "NO"}, "shows quantity 5 EA in lines"),
    ({"quantity": ("1", "6"), "uom": ("DOZ", "EA")}, {"quantity": "18", "uom": "NO"}, None),
    ({"quantity": ("1", "6"), "uom": ("DOZ", "EA")}, {"quantity": "7", "uom": "NO"}, "shows quantity 18 EA"),
    ({"quantity": ("1", "6"), "uom": ("DOZ", "EA")}, {"quantity": "2", "uom": "DOZ"}, None),
    ({"quantity": ("600", "900"), "uom": ("G", "g")}, {"quantity": "2", "uom": "KG"}, None),
    ({"quantity": ("2", "3"), "uom": ("EA", "KG")}, {"quantity": "5", "uom": "NO"}, "in several units in lines"),
    ({"quantity": ("2", "3"), "uom": ("EA", "")}, {"quantity": "5", "uom": "NO"}, "in several units in lines"),
    ({"quantity": ("2", "3"), "uom": ("", "")}, {"quantity": "5", "uom": "NO"}, None),
    ({"quantity": ("2", "3"), "uom": ("", "")}, {"quantity": "6", "uom": "NO"}, "shows quantity 5 in lines"),
    ({"quantity": ("2", None), "uom": ("EA", "EA")}, {"quantity": "5", "uom": "NO"}, None),
    ({"quantity": ("2", "3"), "uom": ("EA", "EA")}, {"quantity": "0", "uom": "X"}, None),
    ({"quantity": ("2", "3"), "uom": ("ROLL", "roll")}, {"quantity": "5", "uom": "ROLL"}, None),
    ({"quantity": ("2", "3"), "uom": ("ROLL", "roll")}, {"quantity": "5", "uom": "NO"}, "no common measure"),
]  # fmt: skip


@pytest.mark.parametrize(("recorded", "filed", "because"), UNITS)
def test_quantities_of_several_lines_are_summed_in_one_measure(store, recorded, filed, because: str | None) -> None:
    put(store, "lines", *of("100", "100", **recorded))
    put(store, "filings", *of("200", **filed))
    told = found(store)
    assert [rule for _, _, rule in told] == (["quantity-differs"] if because else [])
    assert (because or "") in "".join(told.values())


def test_of_several_filing_lines_each_is_rounded_in_its_own_unit(store) -> None:
    put(store, "lines", *of("300", quantity="19", uom="EA"))
    put(store, "filings", *of("200", "100", quantity=("1", "7"), uom=("DOZ", "NO")))
    assert found(store) == {}
