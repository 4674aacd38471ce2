"""A home whose lines stay in a lake takes files as one with a database alone does, whoever is killed or first."""

from __future__ import annotations

import os
import random
import shutil
from pathlib import Path

import pytest

from flows.jobs.lake import prove
from flows.jobs.lake_tend import update
from flows.settings import Home
from tests.support.desk import Desk
from tests.support.lake_histories import Night, copy_home, draw_history, on_lake, screened, start_desk, take, told
from tests.support.lake_kill import POINTS, load_killed
from transforms.errors import InputError

SEEDS = range(1, 1 + int(os.environ.get("EARSHOT_SEEDS", "1")))
OFTEN = ("committed to the lake",)
"""Where a load is killed in each round of tests: the lake has it, and the database lacks it."""


@pytest.mark.parametrize(
    ("seed", "files"),
    [pytest.param(1, 2, id="a night"), *(pytest.param(one, 99, marks=pytest.mark.long) for one in SEEDS)],
)
def test_a_history_taken_into_a_lake_says_what_one_database_says(seed: int, files: int, tmp_path: Path) -> None:
    first, *more = draw_history(seed)[:files]
    one = start_desk(tmp_path / "one")
    take(one, first)
    lake = on_lake(one, tmp_path / "two")
    for night in more:
        assert take(lake, night) == take(one, night), night.name
        assert told(lake) == told(one), night.name
    assert screened(lake) == screened(one)
    assert told(lake) == told(one)
    assert prove(tmp_path / "two" / "lake").holds


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, Night, dict[str, list[str]]]:
    """Return a home on a lake with one file, the second file, and what an unbroken load of that leaves."""
    folder = tmp_path_factory.mktemp("begun")
    first, second = draw_history(2)[:2]
    one = start_desk(folder / "one")
    take(one, first)
    lake = on_lake(one, folder / "two")
    take(one, second)
    return lake, second, told(one)


@pytest.mark.parametrize(
    "point", [pytest.param(one, marks=() if one in OFTEN else pytest.mark.long) for one in POINTS]
)
def test_a_load_that_is_killed_is_finished_by_the_next_command(
    point: str, begun: tuple[Desk, Night, dict[str, list[str]]], tmp_path: Path
) -> None:
    desk, night, wanted = copy_home(begun[0], tmp_path / "home", tmp_path / "lake"), begun[1], begun[2]
    before = told(desk)
    assert load_killed(desk.home.root, desk.put(night.content, night.name), night.layout, night.known_from, point)
    is_loaded = POINTS.index(point) >= POINTS.index("committed to the lake")
    assert told(desk) == (wanted if is_loaded else before)
    assert take(desk, night)["is_known"] == is_loaded
    assert told(desk) == wanted
    assert prove(tmp_path / "lake").holds


def test_of_two_homes_on_one_lake_one_commits_and_the_other_is_told(
    begun: tuple[Desk, Night, dict[str, list[str]]], tmp_path: Path
) -> None:
    desk, night, wanted = copy_home(begun[0], tmp_path / "home", tmp_path / "lake"), begun[1], begun[2]
    shutil.copytree(desk.home.root, tmp_path / "other")
    other = Desk(Home(tmp_path / "other"))
    before = told(other)
    take(desk, night)
    with pytest.raises(InputError, match=r"another home has committed up to 2 since.*earshot lake update"):
        take(other, night)
    assert told(other) == before
    assert update(other.home).changed == 1
    assert take(other, night)["is_known"]
    assert told(other) == wanted == told(desk)


@pytest.mark.long
def test_a_hundred_kills_end_as_an_unbroken_history(tmp_path: Path) -> None:
    draw = random.Random(7)
    first, *more = draw_history(3)
    one = start_desk(tmp_path / "one")
    take(one, first)
    lake = on_lake(one, tmp_path / "two")
    kills = 0
    for night in more:
        take(one, night)
        for _ in range(15):
            file = lake.put(night.content, night.name)
            kills += load_killed(lake.home.root, file, night.layout, night.known_from, "nowhere", draw.uniform(0.3, 4))
        take(lake, night)
    assert kills > 50
    assert told(lake) == told(one)
    assert screened(lake) == screened(one)
    assert prove(tmp_path / "two" / "lake").holds
