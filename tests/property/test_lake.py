"""Of lines that lie in parts the same is said as of lines in one table, however they are cut."""

from __future__ import annotations

import os
import random
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.histories import AS_OF, FIRST_NIGHT, PARQUET, draw_nights, home_with, screened
from tests.support.lake import PAST, PRESENT, cut_home, draw_home, told_by_one, told_in_parts
from tests.support.runs import Run as Asked
from tests.support.shipped import shipped_law, shipped_rules
from transforms.lake.made import Made
from transforms.reports.run import Run, write_run
from transforms.screening.in_parts import screen_in_parts
from transforms.store import open_store

SEEDS = tuple(range(1, 1 + int(os.environ.get("EARSHOT_SEEDS", "1"))))
HOMES = 40


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("run", "most_rows"),
    [
        pytest.param(PRESENT, 1, id="present, by month"),
        pytest.param(PRESENT, HOMES, id="present, by more", marks=pytest.mark.long),
        pytest.param(PAST, 1, id="past", marks=pytest.mark.long),
    ],
)
def test_parts_say_what_one_table_says_and_are_not_read_again(
    seed: int, run: Asked, most_rows: int, tmp_path: Path
) -> None:
    law, reconciling = shipped_law(), shipped_rules()[1]
    home = tmp_path / "home.duckdb"
    draw_home(home, random.Random(seed), HOMES)
    wanted = told_by_one(home, law, run, reconciling)
    assert all(len(rows) > 0 for rows in wanted.values())
    parts = cut_home(home, tmp_path / "lake", most_rows)
    first, second = Made(tmp_path / "made"), Made(tmp_path / "made")
    assert len(parts.parts) > 1
    assert told_in_parts(home, parts, first, law, run, reconciling, keep=run is PRESENT) == wanted
    assert first.new == first.used
    assert told_in_parts(home, parts, second, law, run, reconciling, keep=run is PRESENT) == wanted
    assert second.new == set()
    assert second.used <= first.used  # parties that were held against the lists are kept in the database


@pytest.mark.long
@pytest.mark.parametrize("seed", SEEDS)
def test_a_history_of_nights_in_parts_gives_the_same_files(seed: int, tmp_path: Path) -> None:
    desk = home_with(tmp_path / "home", draw_nights(seed))
    run = Run("run", AS_OF, None, FIRST_NIGHT + timedelta(days=100), "", "", AS_OF)
    wanted = screened(desk)
    parts = cut_home(desk.home.database, tmp_path / "lake", random.Random(seed).choice([1, 200, 100_000]))
    with open_store(desk.home.database) as connection:
        screen_in_parts(connection, shipped_law(), run, parts, Made(tmp_path / "made"), shipped_rules()[1])
        found = write_run(connection, tmp_path / "reports", run, {}, {})
    for name in PARQUET:
        assert (found / f"{name}.parquet").read_bytes() == (wanted / f"{name}.parquet").read_bytes(), name
