"""Of lines that lie in parts the same is said as of lines in one table, however they are cut."""

from __future__ import annotations

import os
import random
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.histories import AS_OF, FIRST_NIGHT, PARQUET, draw_nights, home_with, screened
from tests.support.lake import PAST, PRESENT, cut_home, draw_home, told_by_one, told_in_parts
from tests.support.shipped import shipped_law, shipped_rules
from transforms.lake.made import Made
from transforms.reports.run import Run, write_run
from transforms.screening.in_parts import screen_in_parts
from transforms.store import open_store

SEEDS = tuple(range(1, 1 + int(os.environ.get("EARSHOT_SEEDS", "1"))))
HOMES = 40


@pytest.mark.parametrize("seed", SEEDS)
def test_parts_say_what_one_table_says(seed: int, tmp_path: Path) -> None:
    law, reconciling = shipped_law(), shipped_rules()[1]
    home = tmp_path / "home.duckdb"
    draw_home(home, random.Random(seed), HOMES)
    wanted = {run: told_by_one(home, law, run, reconciling) for run in (PRESENT, PAST)}
    assert all(len(wanted[PRESENT][name]) > 0 for name in wanted[PRESENT])
    shutil.copyfile(home, tmp_path / "copy.duckdb")
    for path, most_rows, runs in ((home, 1, (PRESENT, PAST)), (tmp_path / "copy.duckdb", HOMES, (PRESENT,))):
        parts, made = cut_home(path, tmp_path / f"lake-{most_rows}", most_rows), Made(tmp_path / f"made-{most_rows}")
        assert len(parts.parts) > 1
        for run in runs:
            assert told_in_parts(path, parts, made, law, run, reconciling) == wanted[run]


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


def test_what_was_made_of_a_part_is_not_made_again(tmp_path: Path) -> None:
    law, reconciling = shipped_law(), shipped_rules()[1]
    home = tmp_path / "home.duckdb"
    draw_home(home, random.Random(99), HOMES // 4)
    parts = cut_home(home, tmp_path / "lake", 1)
    first, second = Made(tmp_path / "made"), Made(tmp_path / "made")
    wanted = told_in_parts(home, parts, first, law, PRESENT, reconciling, keep=True)
    assert first.new == first.used
    assert told_in_parts(home, parts, second, law, PRESENT, reconciling, keep=True) == wanted
    assert (second.new, second.used) == (set(), first.used)
