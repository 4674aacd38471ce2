"""A night costs by what came that day, not by the history: 10,000 new lines on a long history, and on a short one.

EARSHOT_BENCH_LINES=5000000 makes the long history as long as the target says; without it, it has 1,000,000 lines.
"""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median

from data.sample.generate import generate, write_csv
from flows.jobs.ingest import ingest_file
from flows.jobs.screen import screen_home
from flows.settings import Home
from tests.support.measure import timed, told

LONG, SHORT, NEW = int(os.environ.get("EARSHOT_BENCH_LINES", "1000000")), 50_000, 10_000
NIGHTS, SECONDS = 5, 1.0
HISTORY_UNTIL = date(2026, 10, 31)


def test_a_night_costs_by_the_day(folder: Path) -> None:
    homes = {lines: Home(folder / f"nights-{lines}") for lines in (SHORT, LONG)}
    for lines, home in homes.items():
        path = folder / f"history-{lines}.csv"
        write_csv(generate(lines, until=HISTORY_UNTIL), path)
        home.create()
        ingest_file(home, path, known_from=datetime(2026, 11, 1))
        path.unlink()
        first = timed(lambda home=home: screen_home(home, HISTORY_UNTIL))
        print(f"\nfirst screening of {lines:,} lines: {first:.2f} s")
    spent: dict[int, list[float]] = {lines: [] for lines in homes}
    for night in range(NIGHTS + 1):
        day = HISTORY_UNTIL + timedelta(1 + night)
        path = folder / f"night-{night}.csv"
        write_csv(generate(NEW, 100 + night, day - timedelta(3), day, first_shipment=90_000_000 + night * NEW), path)
        for lines, home in homes.items():

            def work(home: Home = home, path: Path = path, day: date = day) -> None:
                ingest_file(home, path, known_from=datetime(day.year, day.month, day.day))
                screen_home(home, day)

            spent[lines].append(timed(work))
    more = [long - short for short, long in zip(*(one[1:] for one in spent.values()), strict=True)]
    print(told(f"night of {NEW:,} lines on {SHORT:,}", spent[SHORT][1:]))
    print(told(f"the same on {LONG:,}", spent[LONG][1:]))
    print(told(f"more (limit {SECONDS:g} s)", more))
    assert median(more) <= SECONDS
