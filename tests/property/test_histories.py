"""However a history comes, by night or at once, cut, renamed, twice or in another order, it says the same at last."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.histories import (
    FIRST_NIGHT,
    PARQUET,
    Sent,
    at_once,
    count_findings,
    cut,
    draw_nights,
    home_with,
    outcome,
    screened,
)

SEEDS = tuple(range(1, 1 + int(os.environ.get("EARSHOT_SEEDS", "1"))))
"""`make long` draws more histories: each takes tens of seconds."""
_known: dict[int, dict[str, Any]] = {}


@pytest.fixture
def whole(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, Any]:
    """Return what a history says that is loaded at once."""
    seed = request.getfixturevalue("seed")
    if seed not in _known:
        desk = home_with(tmp_path / "whole", at_once(draw_nights(seed)))
        _known[seed] = outcome(desk)
        assert count_findings(desk.home.reports / "run") > 100
    return _known[seed]


def same(found: dict[str, Any], wanted: dict[str, Any]) -> None:
    assert [name for name in wanted if found[name] != wanted[name]] == []


@pytest.mark.parametrize("seed", SEEDS)
def test_night_by_night_is_at_once(seed: int, whole: dict[str, Any], tmp_path: Path) -> None:
    desk = home_with(tmp_path / "nights", draw_nights(seed), is_screened=True)
    same(outcome(desk, keep=True), whole)


@pytest.mark.parametrize("seed", SEEDS)
def test_files_that_say_when_they_were_taken_may_come_in_any_order(
    seed: int, whole: dict[str, Any], tmp_path: Path
) -> None:
    files = draw_nights(seed)
    random.Random(seed).shuffle(files)
    same(outcome(home_with(tmp_path / "shuffled", files, are_dated=True)), whole)


def renamed(files: Sequence[Sent]) -> list[Sent]:
    return [Sent(f"again-{one.name}", one.kind, one.rows) for one in files]


def turned(files: Sequence[Sent]) -> list[Sent]:
    return [Sent(one.name, one.kind, one.rows[::-1]) for one in reversed(files)]


def in_two(files: Sequence[Sent]) -> list[Sent]:
    return cut(files, random.Random(7))


def in_two_and_turned(files: Sequence[Sent]) -> list[Sent]:
    return turned(in_two(files))


def whole_and_in_two(files: Sequence[Sent]) -> list[Sent]:
    return [*files, *in_two(files), *renamed(files), *files]


@pytest.mark.parametrize("seed", SEEDS[:1])
@pytest.mark.parametrize(
    "way",
    [
        pytest.param(turned, marks=pytest.mark.long),
        in_two_and_turned,
        pytest.param(whole_and_in_two, marks=pytest.mark.long),
    ],
)
def test_the_same_rows_in_other_files_say_the_same(
    seed: int, way: Callable[[Sequence[Sent]], list[Sent]], whole: dict[str, Any], tmp_path: Path
) -> None:
    same(outcome(home_with(tmp_path / "other", way(at_once(draw_nights(seed))))), whole)


@pytest.mark.long
@pytest.mark.parametrize("are_dated", [False, True], ids=["by arrival", "by their own dates"])
def test_what_was_known_after_each_night_is_told_again_to_the_byte(tmp_path: Path, are_dated: bool) -> None:
    files = draw_nights(SEEDS[0])
    if are_dated:
        random.Random(4).shuffle(files)
    desk = home_with(tmp_path / "all", files, are_dated=are_dated)
    for number in (3, 6) if "EARSHOT_SEEDS" in os.environ else (3,):
        moment = FIRST_NIGHT + timedelta(days=number - 1, hours=1)
        before = home_with(tmp_path / f"{number}", files[:number], are_dated=are_dated)
        then, now = screened(before, moment), screened(desk, moment)
        assert count_findings(then) > 0
        assert [
            one for one in PARQUET if (then / f"{one}.parquet").read_bytes() != (now / f"{one}.parquet").read_bytes()
        ] == []
