"""How well names are matched: pairs with the wanted answer, listed names spoiled as clerks spoil them, other names.

`fixtures/names/pairs.csv` was written by hand, beside the pairs of ../shared/parties; no entity is in both.
"""

from __future__ import annotations

import csv
import random
from collections import Counter, defaultdict
from pathlib import Path

import duckdb
import pytest

from tests.support.named import FACTS, all_listed, matched, needs_facts, prepared
from tests.support.party_names import made_up, spoiled

pytestmark = needs_facts
OWN = Path(__file__).parents[1] / "fixtures" / "names" / "pairs.csv"
LEAST = {FACTS / "example_pairs.csv": (0.97, 0.85, 0.1), OWN: (0.97, 0.7, 0.1)}
"""Of each file: the least share of matches and of possible matches that is shown, the most of what must not be."""
SPOILED = 5_000


@pytest.fixture(scope="module")
def lists() -> duckdb.DuckDBPyConnection:
    return prepared(all_listed())


def answers(lists: duckdb.DuckDBPyConnection, path: Path) -> Counter[tuple[str, str]]:
    """Count the pairs of a file by the wanted answer and the one that was given."""
    entries = defaultdict(set)
    for row in all_listed():
        if row["kind"] == "name":
            entries[str(row["entry_id"]).split()[0], row["listed_name"]].add(row["entry_id"])
    with path.open(encoding="utf-8", newline="") as stream:
        pairs = list(csv.DictReader(stream))
    bands = defaultdict(dict)
    for row in matched(lists, [(pair["query_name"], pair["query_country"]) for pair in pairs]):
        bands[row["party_key"]][row["entry_id"]] = row["band"]
    counted: Counter[tuple[str, str]] = Counter()
    for at, pair in enumerate(pairs):
        of = entries[pair["listed_list"], pair["listed_name"]]
        assert of, pair
        given = {bands[at][entry] for entry in of if entry in bands[at]}
        counted[pair["expected"], min(given, default="no")] += 1
    return counted


@pytest.mark.parametrize("path", LEAST, ids=lambda one: one.name)
def test_pairs_are_answered_as_a_reviewer_would(lists: duckdb.DuckDBPyConnection, path: Path) -> None:
    counted = answers(lists, path)
    shown = {
        wanted: 1 - counted[wanted, "no"] / sum(count for (one, _), count in counted.items() if one == wanted)
        for wanted in ("match", "possible", "no")
    }
    matches, possible, negatives = LEAST[path]
    assert shown["match"] >= matches and shown["possible"] >= possible and shown["no"] <= negatives, counted
    assert counted["no", "match"] == 0


def test_a_listed_name_that_a_clerk_spoiled_is_shown(lists: duckdb.DuckDBPyConnection) -> None:
    draw = random.Random(1)
    rows = [
        row for row in all_listed()
        if row["type"] not in ("vessel", "aircraft") and sum(map(str.isalpha, str(row["listed_name"]))) > 5
    ]  # fmt: skip
    drawn = [draw.choice(rows) for _ in range(SPOILED)]
    names = [spoiled(str(row["listed_name"]), draw) for row in drawn]
    parties = [(name, next(iter(row["countries"]), "")) for (_, name), row in zip(names, drawn, strict=True)]
    shown = {(row["party_key"], row["entry_id"]) for row in matched(lists, parties)}
    lost = Counter(way for at, (way, _) in enumerate(names) if (at, drawn[at]["entry_id"]) not in shown)
    assert sum(lost.values()) <= 0.03 * SPOILED, lost


def test_names_that_are_nobodys_are_hardly_shown(lists: duckdb.DuckDBPyConnection) -> None:
    found = matched(lists, made_up(2_000, seed=5))
    assert len({row["party_key"] for row in found}) <= 0.02 * 2_000
