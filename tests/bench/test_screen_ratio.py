"""Screening costs about what reading the columns that the law looks at costs, and writing what was found."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

from tests.support.large import LOOKED_AT, RUN
from tests.support.measure import report, take_turns, timed, told
from transforms.reports.run import _write_table
from transforms.rulebook.compile import compile_law
from transforms.screening.screen import screen
from transforms.store import forget_kept, open_store

RATIO, SECONDS = 1.5, 3.0
FIRST = 7.0
"""What a first screening may take, so that it grows no dearer: 1.5 is wanted, and not reached."""


@pytest.mark.parametrize(("what", "limit"), [("again", RATIO), ("first", FIRST)])
def test_screen_ratio(large_home, small_home, rulebook, folder, what, limit):
    """A screening as each night makes it, on what the last one kept; and the first of all, that has nothing."""
    law = compile_law(rulebook)
    keep = what == "again"

    def screened(home) -> float:
        """Determine, join, write findings."""
        with open_store(home.database) as connection:
            return timed(
                lambda: (
                    screen(connection, law, RUN, keep=keep),
                    _write_table(connection, "findings", folder / "f.parquet"),
                )
            )

    def bare_read() -> float:
        """Every value of the columns, none answered from statistics."""
        with open_store(large_home.database) as connection:
            connection.execute("set disabled_optimizers = 'statistics_propagation'")
            query = "select " + ", ".join(f"max({name})" for name in LOOKED_AT) + " from lines"
            return timed(lambda: connection.execute(query).fetchall())

    for home in (large_home, small_home):
        screened(home)
    with open_store(large_home.database) as made:
        if not keep:
            forget_kept(made)
        screen(made, law, RUN, keep=keep)
        made.execute(f"copy (from findings) to '{folder}/found.parquet'")

    def bare_copy() -> float:
        with open_store(large_home.database) as connection:
            connection.execute(f"create temp table findings as from '{folder}/found.parquet'")
            return timed(lambda: _write_table(connection, "findings", folder / "bare.parquet"))

    spent = take_turns(
        {
            "screen, 1,000 lines": lambda: screened(small_home),
            "screen, 1,000,000 lines": lambda: screened(large_home),
            "bare read": bare_read,
            "bare copy": bare_copy,
        },
        times=11,
    )
    turns = zip(*spent.values(), strict=True)
    ratios = [(large - small) / (read + copy) for small, large, read, copy in turns]
    assert report(f"screen ({what}) beyond 1,000 lines / bare read and copy", ratios, limit, spent) <= limit


def test_screen_in_all(large_home):
    """A fresh process, the page included."""
    command = [str(Path(sys.executable).parent / "earshot"), "screen", "--home", str(large_home.root), "--json"]
    runs = [timed(lambda: subprocess.run(command, check=True, capture_output=True)) for _ in range(6)][1:]
    print(f"\nearshot screen, 1,000,000 lines, in all: {told('', runs)} (limit {SECONDS:g} s)")
    assert median(runs) <= SECONDS
