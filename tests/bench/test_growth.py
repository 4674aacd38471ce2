"""What a home takes up: memory while a long extract is loaded, and disk after thirty nights of restatements.

EARSHOT_BENCH_LINES=17000000 loads as many lines as the second target says; without it, 5,000,000.
"""

from __future__ import annotations

import csv
import os
import resource
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

from data.sample.generate import generate, write_csv
from flows.jobs.ingest import ingest_file
from flows.jobs.screen import screen_home
from flows.settings import Home

LINES = int(os.environ.get("EARSHOT_BENCH_LINES", "5000000"))
GIB, MOST_GIB = 1024**3, 2.0 if LINES <= 5_000_000 else 3.0
HELD, RESTATED, NIGHTS, MOST_GROWTH = 200_000, 200, 30, 0.25


def test_memory_of_a_long_extract(folder: Path) -> None:
    path, home = folder / "long.csv", folder / "memory"
    write_csv(generate(LINES), path)
    earshot = str(Path(sys.executable).parent / "earshot")
    subprocess.run([earshot, "init", "--home", str(home)], check=True, capture_output=True)
    subprocess.run([earshot, "ingest", str(path), "--home", str(home)], check=True, capture_output=True)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / GIB
    print(f"\npeak memory of loading {LINES:,} lines: {peak:.2f} GiB (limit {MOST_GIB:g})")
    path.unlink()
    assert peak <= MOST_GIB


def test_thirty_nights_of_restatements(folder: Path) -> None:
    home = Home(folder / "growth")
    home.create()
    path = folder / "held.csv"
    write_csv(generate(HELD), path)
    ingest_file(home, path, known_from=datetime(2026, 10, 1))
    screen_home(home, date(2026, 10, 1))
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    before = home.database.stat().st_size
    for night in range(NIGHTS):
        day = date(2026, 10, 2) + timedelta(night)
        restated = [row | {"value_usd": f"{9000 + night}.00"} for row in rows[night::997][:RESTATED]]
        target = folder / f"restated-{night}.csv"
        with target.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(restated)
        loaded = ingest_file(home, target, known_from=datetime(day.year, day.month, day.day))
        assert loaded.restated == len(restated)
        screen_home(home, day)
    after = home.database.stat().st_size
    print(f"\n{HELD:,} lines, {NIGHTS} nights of {RESTATED} restatements: {before / GIB:.3f} to {after / GIB:.3f} GiB,"
          f" {after / before - 1:+.1%} (limit {MOST_GROWTH:+.0%})")  # fmt: skip
    assert after / before - 1 <= MOST_GROWTH
