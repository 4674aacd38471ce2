"""Which parties are shown for which listed names, in which band, and by which rule."""

from __future__ import annotations

import pytest

from tests.support.named import band, give_parties, listed, matched, prepared, shipped_words
from transforms.names.prepare import prepare_parties

MILANDR = listed(("Milandr Microcircuits JSC", "RU"))


@pytest.mark.parametrize(
    ("name", "country", "expected"),
    [
        ("OOO Milandr Microcircuits", "RU", ("match", "same-words")),
        ("Milandr Microcircuits", "", ("match", "same-words")),
        ("Microcircuits Milandr", None, ("match", "same-words")),
        ("Milandr Microcircuits", "DE", ("possible", "same-words-elsewhere")),
        ("Milandr Microcircuits Moscow Branch", "RU", ("match", "contained")),
        ("Milandr Microcircuts", "RU", ("match", "misspelled")),
        ("Mil Andr Microcircuits", "RU", ("match", "same-words")),
        ("MilandrMicrocircuits", "RU", ("match", "same-words")),
        ("Milandr Foods", "RU", None), ("Microcircuits Ltd", "DE", None), ("Milandr", "DE", None),
    ],
)  # fmt: skip
def test_a_company_is_met_by_the_words_that_tell_it_apart(name: str, country: str | None, expected: object) -> None:
    assert band(name, country, MILANDR) == expected


@pytest.mark.parametrize(
    ("entry", "name", "country", "expected"),
    [
        ("Advanced Aerospace Industries", "Advanced Aerospace Industries LLC", "AE", ("possible", "common-words")),
        ("Advanced Aerospace Industries", "Advanced Aerospace Industries", "US", None),
        ("Advanced Aerospace Industries", "Advanced Aerospace", "AE", None),
        ("FTL GmbH", "FTL", "AE", ("possible", "weak-alias")), ("FTL GmbH", "FTL", "US", None),
        ("FTL GmbH", "FTL", "", None), ("TDKV Ltd", "TDKV", "AE", ("match", "short-name")),
        ("TDKV Ltd", "TDKW", "AE", None),
        ("13th Research Institute", "43rd Research Institute", "AE", None),
        ("Novatek Plant No. 5", "Novatek Plant", "AE", ("possible", "figures-missing")),
        ("Novatek Plant No. 5", "Novatek Plant 6", "AE", None),
        ("China Electronics Technology Group (CETC)", "CETC", "AE", ("match", "acronym")),
        ("China Electronics Technology Group (CETC)", "CETC", "US", None),
    ],
)  # fmt: skip
def test_common_and_short_names_and_figures_are_no_sure_match(
    entry: str, name: str, country: str, expected: tuple[str, str] | None
) -> None:
    assert band(name, country, listed((entry, "AE"))) == expected


@pytest.mark.parametrize(
    ("name", "country", "expected"),
    [
        ("Evgenii Biryukov", "RU", ("match", "person")), ("Biriukov Yevgeny", None, ("match", "person")),
        ("Y. Biryukov", "RU", None), ("Biryukov", "RU", None), ("Yevgeniy Kulakov", "RU", None),
        ("Yevgeniy Biryukov", "US", ("possible", "person-elsewhere")),
        ("Yevgeniy Birykov", "RU", ("possible", "person")), ("Biryukov Trading LLC", "RU", None),
    ],
)  # fmt: skip
def test_persons_are_met_by_all_of_their_names(name: str, country: str | None, expected: object) -> None:
    assert band(name, country, listed(("Yevgeniy L Biryukov", "RU"), type="individual")) == expected


def test_two_common_names_are_a_possible_match_and_none_elsewhere() -> None:
    rows = listed(("Ali Khan", "PK"), type="individual")
    assert band("Khan, Ali", "PK", rows) == ("match", "person")
    assert band("Ali Khan", "", rows) == ("possible", "person")
    assert band("Ali Khan", "US", rows) is None


def test_a_weak_alias_and_the_name_of_a_vessel_are_possible_at_most() -> None:
    assert band("Milandr Group", "RU", listed(("Milandr Group", "RU"), is_weak=True)) == ("possible", "weak-alias")
    vessel = listed(("Pacific Bravery", "IR"), type="vessel")
    assert band("Pacific Bravery", "", vessel) == ("possible", "vessel-name")
    assert band("Pacific Bravery Shipping", "IR", vessel) is None


def test_the_part_of_a_recorded_name_that_met_is_told() -> None:
    (found,) = matched(prepared(MILANDR), [("Fast Freight c/o Milandr Microcircuits Ltd", "RU")])
    assert (found["part"], found["band"]) == ("Milandr Microcircuits Ltd", "match")
    (found,) = matched(prepared(MILANDR), [("Milandr Microcircuits Ltd", "RU")])
    assert found["part"] == ""


def test_the_words_that_met_and_those_that_did_not_are_told() -> None:
    rows = listed(("Beijing Skyverse Semiconductor", "CN"))
    (found,) = matched(prepared(rows), [("Skyverse Semiconductor Moscow", "HK")])
    assert (found["met"], found["unmet"], found["extra"]) == (["skyverse", "semiconductor"], ["beijing"], ["moscow"])
    assert found["country_state"] == "agrees"


def test_an_address_makes_a_possible_match_sure() -> None:
    (row,) = listed(("Advanced Metal Works", "IR"))
    rows = [row | {"address": "12 Kandovan Alley, Enghelab Ave., Tehran, IR"}]
    for address, expected in (("Kandovan Alley 12, Tehran", "match"), ("Kandovan 14", "possible"), (None, "possible")):
        (found,) = matched(prepared(rows), [("Advanced Metal Works", "IR", address)])
        assert found["band"] == expected
        assert found["address_state"] == ("agrees" if expected == "match" else "says nothing")


def test_an_entry_is_told_once_for_a_party_by_its_best_name() -> None:
    rows = listed(("Milandr Microcircuits JSC", "RU"), ("Milandr Microcircuits Plant", "RU"))
    rows[1]["entry_id"] = rows[0]["entry_id"]
    (found,) = matched(prepared(rows), [("Milandr Microcircuits", "RU")])
    assert (found["listed_name"], found["reason"]) == ("Milandr Microcircuits JSC", "same-words")


@pytest.mark.parametrize("name", ["TO ORDER", "to the order", "UNKNOWN", "VARIOUS", "N/A", "---", "CASH SALE"])
def test_what_names_nobody_is_no_party(name: str) -> None:
    connection = prepared(listed(("Order", "RU"), ("Various", "RU")))
    assert matched(connection, [(name, "RU"), ("Milandr", "RU")]) == []
    assert connection.sql("from unnamed_parties").fetchall() == [(0,)]


def test_what_stands_after_to_the_order_of_is_a_party() -> None:
    connection = prepared(MILANDR)
    give_parties(connection, [("TO THE ORDER OF HABIB BANK", "PK")])
    prepare_parties(connection, shipped_words())
    assert connection.sql("from unnamed_parties").fetchall() == []
    assert connection.sql("select part from party_parts").fetchall() == [("HABIB BANK",)]
