"""Which country a scope word reaches, and on which days."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import pairwise

import pytest

from flows.settings import RULES
from tests.support.tables_oracle import tables_of
from transforms.rulebook.places import ALWAYS, FOREVER, Membership, read_memberships

FOUND = read_memberships(RULES / "tables")
STRETCHES: dict[tuple[str, str], list[Membership]] = defaultdict(list)
for one in FOUND:
    STRETCHES[one.word, one.iso2].append(one)


def reach(word: str, iso2: str, day: str) -> bool | None:
    """True: reached; None: in doubt; False: not reached."""
    on = date.fromisoformat(day)
    here = [one for one in STRETCHES[word, iso2] if one.from_on <= on <= one.until_on]
    assert len(here) < 2
    return bool(here) and (None if here[0].doubt else True)


@pytest.mark.parametrize(
    "word, iso2, day, expected",
    [
        ("group:D:5", "KH", "2025-11-06", True),
        ("group:D:5", "KH", "2025-11-07", None),
        ("group:D:5", "KH", "2026-02-02", None),
        ("group:D:5", "KH", "2026-02-03", False),
        ("group:D", "KH", "2026-02-03", True),  # it stays in D:1
        ("group:D:5", "ET", "2021-10-31", False),
        ("group:D:5", "ET", "2025-01-16", None),
        ("group:D:5", "SY", "2026-09-24", True),
        ("group:D:5", "SY", "2026-09-25", None),
        ("group:D", "SY", "2026-09-25", True),  # D:3 and D:4 are in no doubt
        ("group:E", "SY", "2026-09-25", None),
        ("group:D:5", "MO", "2025-01-16", False),
        ("group:D", "AE", "2026-07-09", True),
        ("group:D", "AE", "2026-07-10", False),
        ("group:A:5", "AE", "2026-07-10", True),
        ("group:B", "AE", "2026-07-10", True),
        ("chart:NS2", "TW", "2025-01-16", True),
        ("chart:NS2", "IN", "2025-01-16", False),
        ("chart:NS2", "DE", "2025-01-16", False),
        ("chart:CC2", "TW", "2025-09-29", True),
        ("chart:CC2", "TW", "2025-09-30", False),
        ("country:CN", "HK", "2020-12-22", False),
        ("country:CN", "HK", "2020-12-23", True),
        ("country:HK", "HK", "2025-01-16", True),
        ("country:CN", "MO", "2025-01-16", False),
        ("all", "US", "2025-01-16", True),
        ("all", "PR", "2025-01-16", True),
        ("home", "CA", "2025-01-16", False),
        ("home", "GL", "2025-01-16", False),
    ],
)
def test_a_word_reaches_a_country_on_its_days(word: str, iso2: str, day: str, expected: bool | None) -> None:
    assert reach(word, iso2, day) is expected


@pytest.mark.parametrize("iso2", ["CU", "IR", "KP", "SY"])
def test_a_row_without_marks_is_a_doubt_in_every_column(iso2: str) -> None:
    assert {reach(word, iso2, "2025-06-01") for word, _ in list(STRETCHES) if word.startswith("chart:")} == {None}


def test_a_place_without_a_row_in_the_chart_is_a_doubt_and_the_united_states_is_no_destination_of_it() -> None:
    assert reach("chart:NS2", "GL", "2025-06-01") is None
    assert reach("chart:NS2", "US", "2025-06-01") is False


@pytest.mark.parametrize("iso2", ["US", "AS", "GU", "MP", "PR", "UM", "VI"])
@pytest.mark.parametrize("day", ["2012-05-04", "2025-06-01", "2026-11-20"])
def test_the_united_states_and_its_territories_have_no_mark_in_the_chart_and_keep_their_names(
    iso2: str, day: str
) -> None:
    words = {word for word, _ in list(STRETCHES)}
    assert {reach(word, iso2, day) for word in words if word.startswith("chart:")} == {False}
    in_groups = {word for word in words if word.startswith("group:") and reach(word, iso2, day)}
    assert in_groups == {"group:A", "group:A:1", "group:A:2", "group:A:3", "group:A:4", "group:B"}
    assert {word for word in words if word.startswith("country:") and reach(word, iso2, day)} == {f"country:{iso2}"}
    assert reach("home", iso2, day) is True


def test_a_list_that_names_the_united_states_does_not_name_its_territories() -> None:
    listed = {"name": "some-countries", "words": ["US"], "from_on": ALWAYS, "until_on": FOREVER}
    found = read_memberships(RULES / "tables", [listed])
    assert {one.iso2 for one in found if one.word == "list:some-countries"} == {"US"}


@pytest.mark.parametrize(
    ("word", "day", "expected"),
    [
        ("group:B", "2020-06-29", True), ("group:B", "2020-06-30", None), ("group:B", "2020-12-22", None),
        ("group:B", "2020-12-23", False), ("group:D:5", "2020-12-22", False), ("group:D:5", "2020-12-23", True),
        ("chart:NS2", "2020-06-29", True), ("chart:NS2", "2020-12-23", True),
    ],
)  # fmt: skip
def test_hong_kong_has_groups_of_its_own_until_it_is_china_and_its_row_of_the_chart_throughout(
    word: str, day: str, expected: bool | None
) -> None:
    assert reach(word, "HK", day) is expected


@pytest.mark.parametrize("iso2, other", [("LI", "CH")])
def test_a_country_that_stands_under_another_is_in_the_tables_what_the_other_is_and_says_so(
    iso2: str, other: str
) -> None:
    words = {word for word, country in list(STRETCHES) if country == other and word.startswith(("group:", "chart:"))}
    assert words == {
        word for word, country in list(STRETCHES) if country == iso2 and word.startswith(("group:", "chart:"))
    }
    for word in words:
        mine = [(one.from_on, one.until_on, one.doubt) for one in STRETCHES[word, iso2]]
        assert mine == [(one.from_on, one.until_on, one.doubt) for one in STRETCHES[word, other]]
        assert all(one.via and iso2 in one.via for one in STRETCHES[word, iso2])


def test_the_stretches_of_a_word_and_a_country_are_in_order_apart_and_as_long_as_can_be() -> None:
    for stretches in STRETCHES.values():
        for before, after in pairwise(stretches):
            assert before.until_on < after.from_on
            is_neighbor = (after.from_on - before.until_on).days == 1
            assert not is_neighbor or before[4:] != after[4:]
        assert all(ALWAYS <= one.from_on <= one.until_on <= FOREVER for one in stretches)


def test_the_tables_say_the_same_when_read_row_by_row() -> None:
    tables = tables_of(RULES / "tables")
    words = sorted({word for word, _ in list(STRETCHES) if word.startswith(("group:", "chart:"))})
    days = (
        "2020-06-29", "2020-07-01", "2020-12-22", "2020-12-23", "2024-05-29", "2025-09-30", "2025-11-07", "2026-09-25",
    )  # fmt: skip
    for day in days:
        on = date.fromisoformat(day)
        for word in words:
            for iso2 in tables.countries:
                assert reach(word, iso2, day) is tables.belongs(iso2, word, on), (word, iso2, day)
