"""What is killed at random instants, over and over, ends in the same bytes as what was not: all that writes a home."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest

from tests.support.command import earshot
from tests.support.kill_works import Works
from tests.support.kills import differences, held, kill_in_a_row, nightly, start_home

KILLS = int(os.environ.get("EARSHOT_KILLS", "200"))
KINDS = (
    "decisions", "decisions in a sheet", "corrected rows", "a report", "an archive", "an extract", "a screening",
    "taking an older home over",
)  # fmt: skip
IN_A_ROW = 10
"""How many kills one home takes before a run is let through and compared."""
COLD_EVERY = 10
"""Of so many homes one has a Prefect that was never started, so that its first start is killed too."""


def test_two_hundred_kills_of_a_nightly_run_over_the_sample_end_in_the_same_bytes(tmp_path: Path) -> None:
    draw = random.Random(20261120)
    began = time.perf_counter()
    whole = start_home(tmp_path / "whole", None)
    nightly(whole)
    expected, state = held(whole), whole / "state"
    took = nightly(start_home(tmp_path / "timed", state))
    print(f"\nan unbroken nightly run takes {took:.1f} s")
    killed = homes = 0
    while killed < KILLS:
        home = start_home(tmp_path / f"home-{homes}", None if homes % COLD_EVERY == COLD_EVERY - 1 else state)
        killed += kill_in_a_row(home, min(IN_A_ROW, KILLS - killed), took, draw)
        took = min(took, nightly(home))
        found = differences(held(home), expected)
        homes += 1
        spent = time.perf_counter() - began
        print(f"{killed} kills of {homes} homes, {spent:.0f} s, different: {found or 'nothing'}", flush=True)
        assert not found


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Works:
    """Return the kinds of work, and the small home that all but one begin with."""
    return Works(tmp_path_factory.mktemp("works"))


@pytest.mark.parametrize("kind", KINDS)
def test_kills_of_other_work_end_in_the_same_bytes(works: Works, tmp_path: Path, kind: str) -> None:
    assert set(works.kinds) == set(KINDS)
    work, draw = works.kinds[kind], random.Random(kind)
    work.prepare(tmp_path / "whole")
    words = work.words(tmp_path)
    began = time.perf_counter()
    done = earshot(*words, "--home", tmp_path / "whole")
    took, expected = time.perf_counter() - began, held(tmp_path / "whole")
    assert done.code == 0, done.err
    killed = homes = 0
    while killed < KILLS // len(KINDS):
        root = tmp_path / f"home-{homes}"
        work.prepare(root)
        killed += kill_in_a_row(root, draw.randrange(1, 4), took, draw, words)
        # what a killed command had done already is told, and not done a second time
        assert earshot(*words, "--home", root).code in (0, 2)
        homes += 1
        assert differences(held(root), expected) == []
    print(f"\n{kind}: {killed} kills of {homes} homes, different: nothing; unbroken {took:.1f} s")
