"""What it costs to measure a report on 1,000,000 lines: each question is asked of counts and findings, not of lines."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from time import perf_counter

import pytest

from flows.jobs.screen import Finished, screen_home
from flows.settings import Home
from transforms.reports.leadership.measures import measure
from transforms.reports.leadership.model import Period

pytestmark = pytest.mark.bench
TURNS, TARGET_S = 3, 5.0
AS_OF = date(2026, 11, 22)


def test_a_report_of_thirteen_months_is_measured_in_seconds(large_home: Home) -> None:
    took: list[float] = []

    def add(finished: Finished, folder: Path) -> None:
        for _ in range(TURNS):
            start = perf_counter()
            period = Period(date(2025, 11, 1), AS_OF)
            measure(finished.connection, finished.rulebook, finished.run, finished.summary, period)
            took.append(perf_counter() - start)

    screen_home(large_home, AS_OF, None, add)
    print(f"\nmeasured in {[round(one, 2) for one in sorted(took)]} s")
    assert sorted(took)[TURNS // 2] < TARGET_S
