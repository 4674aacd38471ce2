"""What the matching of names costs, beside one pass of `rapidfuzz` over every pair; run by `make long` only."""

from __future__ import annotations

import random
import resource
import time

import pytest
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import cdist

from tests.support.named import all_listed, matched, needs_facts, prepared
from tests.support.party_names import made_up, spoiled

pytestmark = [pytest.mark.bench, needs_facts]
PARTIES, TRIED = 200_000, 2_000
"""Parties that are matched, and those of them that are compared with every listed name: each costs the same."""
MOST_MEMORY = 3 * 2**30


def parties(count: int, seed: int = 1) -> list[tuple[str, str]]:
    """Made-up parties, one in five a listed name as a clerk spoils it."""
    draw = random.Random(seed)
    rows = all_listed()
    return [
        (spoiled(str(row["listed_name"]), draw)[1], next(iter(row["countries"]), ""))
        if draw.random() < 0.2 and (row := draw.choice(rows)) and len(str(row["listed_name"])) > 5 else one
        for one in made_up(count, seed)
    ]  # fmt: skip


def spent(begun: float) -> float:
    return time.process_time() - begun


@pytest.fixture(scope="module")
def brute() -> float:
    """Seconds of CPU that one pass over every pair takes."""
    listed = sorted({str(row["listed_name"]).lower() for row in all_listed()})
    names = [name.lower() for name, _ in parties(TRIED)]
    begun = time.process_time()
    for at in range(0, TRIED, 500):
        cdist(names[at : at + 500], listed, scorer=ratio, score_cutoff=80, workers=1)
    return spent(begun) * PARTIES / TRIED


def test_all_parties_cost_no_more_than_one_pass_over_every_pair(brute: float) -> None:
    named = parties(PARTIES)
    begun = time.process_time()
    connection = prepared(all_listed())
    lists = spent(begun)
    found = matched(connection, named)
    whole = spent(begun)
    few = [time.process_time()]
    matched(connection, parties(100, seed=2))
    few = [spent(few[0])]
    alone = prepared([row for row in all_listed() if hash_of(row) % 100 == 0][:300])
    begun = time.process_time()
    matched(alone, named)
    new_list = spent(begun)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(
        f"\nevery pair {brute:.0f} s, all {whole:.1f} s (lists {lists:.1f} s), {len(found)} matches; "
        f"100 new parties {few[0]:.2f} s; 300 new names {new_list:.1f} s; {peak / 2**30:.2f} GiB"
    )
    assert whole <= brute and few[0] <= brute / 100 and new_list <= brute / 3 and peak <= MOST_MEMORY


def hash_of(row: dict[str, object]) -> int:
    return sum(map(ord, str(row["listed_name"])))
