"""A nightly run that is killed at any instant leaves the home such that the next one ends as an unbroken one would."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.support.command import Golden
from tests.support.kills import differences, held, kill_in_a_row, nightly, start_home

KILLS = 2
"""Few, as each takes seconds; `make long` does two hundred."""


@pytest.mark.long
def test_after_kills_of_a_nightly_run_the_next_one_ends_in_the_same_bytes(golden: Golden, tmp_path: Path) -> None:
    warm = golden.home / "state"
    took = nightly(start_home(tmp_path / "timed", warm))
    home = start_home(tmp_path / "home", warm)
    assert kill_in_a_row(home, KILLS, took, random.Random(20261121)) > 0
    nightly(home)
    assert differences(held(home), held(golden.copy(tmp_path / "golden"))) == []
