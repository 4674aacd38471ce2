"""A nightly run that is killed at random instants, over and over, ends in the same bytes as an unbroken one."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

from tests.support.kills import differences, held, kill_in_a_row, nightly, start_home

KILLS = int(os.environ.get("EARSHOT_KILLS", "200"))
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
