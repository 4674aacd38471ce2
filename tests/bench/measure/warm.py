"""What-ifs of one process, one after the other, each beside a bare read: python -m tests.bench.measure.warm HOME TURNS.

Prints the seconds of each turn as JSON: the first what-if of the process, then rules that turn few lines, more, and all
that the filing rule reaches.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from data.sample.year import START, UNTIL
from flows.jobs.impact import open_past
from flows.settings import Home
from tests.bench.measure.floors import READ
from tests.support.measure import take_turns, timed
from transforms.store import open_store

ASKED = {
    "what-if of few lines (pakistan-rs)": ["pakistan-rs"],
    "what-if of both laboratory rules": ["lab-equipment-ns", "lab-equipment-rs"],
    "what-if of all filing (eei-filing)": ["eei-filing"],
}
LIMITS = dict(zip(ASKED, (0.3, 1.0, 1.0), strict=True))
"""What each may cost, in bare reads."""


def ask(home: Home, turns: int) -> dict[str, list[float]]:
    def bare_read() -> float:
        with open_store(home.database, read_only=True) as connection:
            connection.execute("set disabled_optimizers = 'statistics_propagation'")
            return timed(lambda: connection.execute(READ).fetchall())

    with open_past(home, START, UNTIL) as past:
        first = timed(lambda: past.ask(["pakistan-rs"]))
        works = {name: lambda rules=rules: timed(lambda: past.ask(rules)) for name, rules in ASKED.items()}
        return {"first": [first]} | take_turns(works | {"bare read": bare_read}, turns)


if __name__ == "__main__":
    json.dump(ask(Home(Path(sys.argv[1])), int(sys.argv[2])), sys.stdout)
