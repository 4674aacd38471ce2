"""What a home takes up on disk after thirty nights of restatements."""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta
from pathlib import Path

from data.sample.generate import generate, write_csv
from flows.jobs.ingest import ingest_file
from flows.jobs.screen import screen_home
from flows.settings import Home

GIB = 1024**3
HELD, RESTATED, NIGHTS, MOST_GROWTH = 200_000, 200, 30, 0.25


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
