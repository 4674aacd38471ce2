"""The report for leaders on the last whole month or quarter, as a flow for a schedule."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE

from flows.jobs.periods import Every, period_before
from flows.jobs.report import Reported, report_home
from flows.scheduled.artifacts import show_folder, show_screening
from flows.scheduled.tasks import WAIT_MINUTES, in_use, named, taken
from flows.settings import Home, now
from transforms.errors import HomeBusy


@task(name="report", task_run_name="report on {first_day} to {last_day}", tags=["report"], cache_policy=NO_CACHE)
def report_task(home: Home, as_of: date, first_day: date, last_day: date) -> Reported:
    """Screen, and write the report of a period."""
    return report_home(home, as_of, None, first_day, last_day)


@flow(name="report", flow_run_name=lambda: named("report"))
def report(
    home: Path = Path("data"), as_of: date | None = None, every: Every = "month", wait_minutes: int = WAIT_MINUTES
) -> dict[str, Any] | State[Any]:
    """Write the report on the last whole month, or quarter, before `as_of`; return what the command prints as JSON.

    Where another process has the home for longer than `wait_minutes`, the run ends as *Home in use*.
    """
    try:
        with taken(home, "earshot report", wait_minutes) as where:
            day = as_of or now().date()
            done = report_task(where, day, *period_before(day, every))
            show_screening(done.screened)
            show_folder(done.report / "report.html", "The report for leaders")
            return done.as_json()
    except HomeBusy as error:
        return in_use(error)
