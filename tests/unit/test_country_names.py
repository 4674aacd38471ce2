"""Countries in a column are read in German and French, too; a name that the rulebook has is its own."""

from __future__ import annotations

import pytest

from flows.settings import LAYOUTS, RULES
from tests.support.desk import Desk
from tests.support.extracts import extract, row
from transforms.drafts.contents import Lists
from transforms.ingest.forms import OTHER_LANGUAGES, country_names, load_words
from transforms.rulebook.places import read_table
from transforms.store import open_memory

WORDS = LAYOUTS / "words"
OWN = {one["name"]: one["iso2"] for one in read_table(RULES / "tables" / "country_names.csv")}
OTHERS = read_table(WORDS / OTHER_LANGUAGES)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("Deutschland", "DE"), ("Österreich", "AT"), ("Oesterreich", "AT"), ("Schweiz", "CH"), ("Tschechien", "CZ"),
        ("Vereinigtes Königreich", "GB"), ("Allemagne", "DE"), ("États-Unis", "US"), ("Corée du Sud", "KR"),
        ("Émirats arabes unis", "AE"), ("Royaume-Uni", "GB"), ("AT-ÖSTERREICH", "AT"),
    ],
)  # fmt: skip
def test_a_destination_in_german_or_french_is_read(desk: Desk, told: str, code: str) -> None:
    done = desk.take(extract(row("A", destination=told)))
    assert (done.loaded, done.quarantined) == (1, 0)
    assert desk.rows("select destination from lines") == [(code,)]


def test_a_name_that_is_none_is_set_aside_still(desk: Desk) -> None:
    assert desk.take(extract(row("A", destination="Freedonia"))).quarantined == 1


def test_no_name_says_two_countries_and_each_is_a_country_of_the_rulebook_under_its_source() -> None:
    names = [one["name"] for one in OTHERS]
    assert len(set(names)) == len(names) > 300
    assert set(names).isdisjoint(OWN)
    assert {one["iso2"] for one in OTHERS} <= set(OWN.values())
    assert [one for one in OTHERS if "Unicode CLDR" not in one["source"]] == []
    assert country_names(RULES / "tables", WORDS) == OWN | {one["name"]: one["iso2"] for one in OTHERS}


def test_each_name_stands_as_cells_are_folded() -> None:
    names = [one["name"] for one in OTHERS]
    with open_memory() as memory:
        load_words(memory)
        folded = memory.execute("select unnest($names) as name, fold_country(name)", {"names": names}).fetchall()
    assert [one for one in folded if one[0] != one[1]] == []


def test_a_draft_takes_them_for_countries() -> None:
    lists = Lists(country_names(RULES / "tables", WORDS))
    assert all(lists.is_country(one) for one in ("Österreich", "Corée du Sud", "DE", "Germany"))
    assert not lists.is_country("Freedonia")
