"""A what-if costs less than reading the columns that the law looks at; the second one, under half a second.

EARSHOT_BENCH_LINES=17000000 for the full size; its home takes long to fill. EARSHOT_BENCH_HOME names one that is
filled, and was screened, already; it is only read, but for the report of the command.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from statistics import median

import pytest

from data.sample.generate import generate, write_csv
from flows.jobs.impact import open_past
from flows.settings import Home
from tests.support.large import LOOKED_AT, home_of
from tests.support.measure import report, take_turns, timed, told
from transforms.store import open_store

LINES = int(os.environ.get("EARSHOT_BENCH_LINES", "1000000"))
PERIOD = (date(2024, 1, 1), date(2025, 12, 31))
EARSHOT = str(Path(sys.executable).parent / "earshot")
RATIO, SECOND, COMMAND = 1.0, 0.5, 10.0


@pytest.fixture(scope="session")
def past_home(folder: Path) -> Home:
    if filled := os.environ.get("EARSHOT_BENCH_HOME"):
        return Home(Path(filled))
    path = folder / "past.csv"
    write_csv(generate(LINES), path)
    home = home_of(folder / "past", path)
    subprocess.run([EARSHOT, "screen", "--home", str(home.root)], check=False, capture_output=True)  # 1: findings
    return home


def test_what_if_ratio(past_home):
    def bare_read() -> float:
        """Every value of the columns, none answered from statistics; in the same process and configuration."""
        with open_store(past_home.database, read_only=True) as connection:
            connection.execute("set disabled_optimizers = 'statistics_propagation'")
            query = "select " + ", ".join(f"max({name})" for name in LOOKED_AT) + " from lines"
            return timed(lambda: connection.execute(query).fetchall())

    with open_past(past_home, *PERIOD) as past:
        first = timed(lambda: past.ask(["pakistan-rs"]))
        spent = take_turns(
            {
                "what-if, pakistan-rs": lambda: timed(lambda: past.ask(["pakistan-rs"])),
                "what-if, lab-equipment-ns and -rs": lambda: timed(
                    lambda: past.ask(["lab-equipment-ns", "lab-equipment-rs"])
                ),
                "bare read": bare_read,
            },
            times=5,
        )
    print(f"\n{LINES:,} lines; the first what-if of the process {first:.3f} s")
    ratios = [one / read for one, _, read in zip(*spent.values(), strict=True)]
    middle = report("what-if / bare read", ratios, RATIO, spent)
    assert median(spent["what-if, pakistan-rs"]) <= SECOND
    assert middle <= RATIO


def test_the_command_in_all(past_home):
    """A fresh process, with all its outputs."""
    words = ["pakistan-rs", "--from", str(PERIOD[0]), "--to", str(PERIOD[1]), "--home", str(past_home.root), "--json"]
    command = [EARSHOT, "impact", *words]
    runs = [timed(lambda: subprocess.run(command, check=True, capture_output=True)) for _ in range(3)]
    print(f"\nearshot impact, {LINES:,} lines, in all: {told('', runs)} (limit {COMMAND:g} s)")
    assert median(runs) <= COMMAND
