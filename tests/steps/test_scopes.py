"""Which items and destinations a scope reaches: coarse records, carve-outs, series, doubts, days, what is absent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from tests.support.steps import told
from transforms.decide.families import CONTROL

ALWAYS, FOREVER = date(1, 1, 1), date(9999, 12, 31)


def items(memory, words: str, *eccns: str | None) -> dict[str | None, str]:
    """The state of each ECCN; a word after a minus is carved out. What a scope never touches has none."""
    rows = [{"item_key": 1, "word": word.lstrip("-"), "is_except": word[0] == "-"} for word in words.split()]
    given = {"control_situations": [{"eccn": eccn} for eccn in eccns], "item_words": rows}
    return dict(told(memory, CONTROL.stage, "item_states", "eccn state", given))


def test_a_word_covers_its_paragraphs_and_nothing_beside_them(memory) -> None:
    eccns = "3A999", "3A999.f", "3A999.f.1", "3A992", "EAR99"
    assert items(memory, "3A999", *eccns) == {"3A999": "in", "3A999.f": "in", "3A999.f.1": "in"}


def test_a_record_coarser_than_the_word_leaves_the_paragraph_open(memory) -> None:
    states = {"2B999": "unknown", "2B999.h": "unknown", "2B999.h.2": "in", "2B999.h.20": "out", "2B999.j": "out"}
    assert items(memory, "2B999.h.2", *states) == states


def test_what_is_carved_out_is_out_with_its_paragraphs_and_a_record_above_it_is_open(memory) -> None:
    states = {
        "2B999": "unknown", "2B999.h": "unknown", "2B999.h.2": "out", "2B999.h.2.a": "out", "2B999.h.20": "in",
        "2B999.j": "in",
    }  # fmt: skip
    assert items(memory, "2B999 -2B999.h.2", *states) == states


def test_a_carve_out_of_another_eccn_leaves_a_word_as_it_is(memory) -> None:
    assert items(memory, "3A999 -2B999.h.2", "3A999") == {"3A999": "in"}


def test_the_600_series_is_told_by_the_third_character(memory) -> None:
    states = {"9A610": "in", "3A611.x": "in", "0A606.b": "in"}
    assert items(memory, "600", *states, "9A515.a", "3A999", "EAR99", "6A998") == states


def test_paragraph_y_of_the_600_series_is_carved_out_and_a_record_of_five_characters_is_open(memory) -> None:
    states = {"9A610": "unknown", "9A610.x": "in", "9A610.y": "out", "9A610.y.1": "out"}
    assert items(memory, "600 -600.y", *states) == states


def test_the_spacecraft_series_is_9x515_in_every_product_group(memory) -> None:
    states = {"9A515": "unknown", "9A515.a": "in", "9E515.a": "in", "9A515.y": "out"}
    assert items(memory, "9x515 -9x515.y", *states, "9A610.x", "9A516") == states


def test_a_series_and_one_of_its_eccns_by_name_agree(memory) -> None:
    assert items(memory, "600 -9A610.y", "9A610.x", "9A610.y", "9A610") == {
        "9A610.x": "in", "9A610.y": "out", "9A610": "unknown"
    }  # fmt: skip


@pytest.mark.parametrize("eccn", [None, "", "3A99", "unknown"])
def test_without_a_readable_eccn_a_scope_of_some_items_is_open(memory, eccn) -> None:
    assert items(memory, "3A999", eccn) == {eccn: "unknown"}


@pytest.mark.parametrize("eccn", [None, "", "3A99", "EAR99", "3A999"])
def test_a_scope_of_any_item_asks_for_no_eccn(memory, eccn) -> None:
    assert items(memory, "*", eccn) == {eccn: "in"}


def test_a_scope_of_any_item_but_some_asks_for_one(memory) -> None:
    states = {None: "unknown", "EAR99": "out", "3A999": "in", "2B999": "unknown", "2B999.h.2": "out"}
    assert items(memory, "* -EAR99 -2B999.h.2", *states) == states


@pytest.mark.parametrize(
    ("eccn", "is_absent", "note"),
    [
        (None, True, "the source does not provide the ECCN"),
        ("", True, "ECCN is not recorded"),
        ("3A99", True, "the recorded ECCN, 3A99, is not in the required format"),
        ("2B999", False, "only 2B999.h, 2B999.j is covered, and the ECCN paragraph is not recorded"),
    ],
)
def test_what_keeps_an_item_open_is_said_in_words(memory, eccn, is_absent: bool, note: str) -> None:
    words = [{"item_key": 1, "word": word, "is_except": False} for word in ("2B999.j", "2B999.h")]
    given = {"control_situations": [{"eccn": eccn}], "item_words": words}
    assert told(memory, CONTROL.stage, "item_states", "is_absent note", given) == [(is_absent, note)]


def places(memory, words: str, *reaches: dict[str, Any], to: Sequence[str | None] = ("PK",), via=(), columns="state"):
    rows = [{"place_key": 1, "word": word.lstrip("-"), "is_except": word[0] == "-"} for word in words.split()]
    given = {
        "control_situations": [{"destination": one} for one in to],
        "keyed_subjects": [{"via_country": one} for one in via],
        "place_words": rows,
        "memberships": [{"iso2": "PK", "from_on": ALWAYS, "until_on": FOREVER, "doubt": None} | one for one in reaches],
    }
    return told(memory, CONTROL.stage, "place_states", f"destination from_on until_on {columns}", given)


NS2, D5 = {"word": "chart:NS2"}, {"word": "group:D:5"}


def test_a_country_is_within_a_scope_from_its_first_day_to_its_last(memory) -> None:
    reach = NS2 | {"from_on": date(2020, 1, 1), "until_on": date(2024, 12, 31)}
    assert places(memory, "chart:NS2", reach) == [
        ("PK", ALWAYS, date(2019, 12, 31), "out"),
        ("PK", date(2020, 1, 1), date(2024, 12, 31), "in"),
        ("PK", date(2025, 1, 1), FOREVER, "out"),
    ]


def test_a_doubt_leaves_it_open_on_the_days_of_the_doubt_alone(memory) -> None:
    doubtful = NS2 | {"from_on": date(2025, 1, 1), "doubt": "Not seen."}
    assert places(memory, "chart:NS2", NS2 | {"until_on": date(2024, 12, 31)}, doubtful, columns="state note") == [
        ("PK", ALWAYS, date(2024, 12, 31), "in", None),
        ("PK", date(2025, 1, 1), FOREVER, "unknown", "Not seen."),
    ]


def test_what_one_word_reaches_for_sure_is_in_whatever_is_in_doubt_about_another(memory) -> None:
    assert places(memory, "chart:NS2 group:D:5", NS2, D5 | {"doubt": "Not seen."}) == [("PK", ALWAYS, FOREVER, "in")]


@pytest.mark.parametrize(("doubt", "state"), [(None, "out"), ("Not seen.", "unknown")])
def test_what_is_excepted_is_out_and_in_doubt_where_that_is(memory, doubt, state: str) -> None:
    assert places(memory, "chart:NS2 -group:D:5", NS2, D5 | {"doubt": doubt}) == [("PK", ALWAYS, FOREVER, state)]


def test_what_is_reached_in_doubt_and_excepted_for_sure_is_out(memory) -> None:
    rows = places(memory, "chart:NS2 -group:D:5", NS2 | {"doubt": "Not seen."}, D5)
    assert rows == [("PK", ALWAYS, FOREVER, "out")]


def test_a_destination_that_a_scope_never_touches_has_no_row(memory) -> None:
    assert places(memory, "chart:NS2", NS2, to=["DE"]) == []


def test_a_country_that_goods_go_by_is_asked_of_as_a_destination_is(memory) -> None:
    reach = {"word": "country:CA", "iso2": "CA"}
    assert places(memory, "country:CA", reach, to=["DE"], via=["CA"]) == [("CA", ALWAYS, FOREVER, "in")]


@pytest.mark.parametrize("words", ["all -country:CA", "chart:NS2"])
@pytest.mark.parametrize(
    ("to", "note"), [(None, "the source does not provide the destination"), ("", "destination is not recorded")]
)
def test_a_destination_that_is_absent_is_open_wherever_a_scope_leaves_any_out(
    memory, to, note: str, words: str
) -> None:
    rows = places(memory, words, to=[to], columns="is_absent state note")
    assert rows == [(to, ALWAYS, FOREVER, True, "unknown", note)]


@pytest.mark.parametrize("to", [None, ""])
def test_a_scope_of_all_places_asks_for_no_destination(memory, to) -> None:
    assert places(memory, "all", to=[to], columns="is_absent state note") == [(to, ALWAYS, FOREVER, False, "in", None)]


def test_a_country_under_another_says_so(memory) -> None:
    reach = {"word": "country:CN", "iso2": "HK", "via": "Hong Kong is read as China"}
    rows = places(memory, "country:CN", reach, to=["HK"], columns="state via words")
    assert rows == [("HK", ALWAYS, FOREVER, "in", "Hong Kong is read as China", "country:CN")]
