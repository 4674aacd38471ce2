"""Costs that no line has a part in: a screening on 1,000 lines beside `--help`, a night on the sample beside a flow
that does nothing.
"""

from __future__ import annotations

import shutil
import sys

from flows.settings import SAMPLE
from tests.bench.measure.child import EARSHOT, earshot, run
from tests.bench.measure.homes import NEVER, Homes

EMPTY_FLOW = """
import sys
from pathlib import Path
from flows.prefect_home import prefect_for
from flows.settings import Home
with prefect_for(Home(Path(sys.argv[1])), verbose=False):
    from prefect import flow

    @flow
    def nothing():
        return 1

    nothing()
"""


def fixed_costs(small: Homes, turns: int) -> dict[str, list[float]]:
    """Seconds of each, by turns."""
    spent: dict[str, list[float]] = {}
    for turn in range(turns):
        for name, seconds in _take_turn(small).items():
            spent.setdefault(name, []).append(seconds)
        told = ", ".join(f"{name} {seconds[-1]:.2f} s" for name, seconds in spent.items())
        print(f"  fixed costs, turn {turn + 1}: {told}", flush=True)
    return spent


def _take_turn(small: Homes) -> dict[str, float]:
    help_only = run([EARSHOT, "--help"], NEVER).seconds
    home = small.copy(small.screened)
    screened = earshot(["screen", "--as-of", "2025-07-02"], home, NEVER).seconds
    night = small.empty("night")
    shutil.rmtree(night / "state")
    for path in SAMPLE.glob("*.csv"):
        shutil.copy(path, night / "inbox")
    nightly = earshot(["nightly", "--as-of", "2026-11-22"], night, NEVER).seconds
    again = earshot(["nightly", "--as-of", "2026-11-23"], night, NEVER).seconds
    empty = run(["-c", EMPTY_FLOW, str(night)], NEVER, sys.executable).seconds
    shutil.rmtree(night)
    return {
        "earshot --help": help_only,
        "earshot screen, 1,000 lines": screened,
        "an empty Prefect flow": empty,
        "first night on the sample": nightly,
        "second night on the sample": again,
    }

