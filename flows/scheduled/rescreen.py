"""Screen again where rules, tables or lists changed, as a flow: for a schedule, or after a deployment of new rules."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE

from flows.jobs.rescreen import Rescreened, rescreen_home
from flows.scheduled.artifacts import show_screening
from flows.scheduled.tasks import WAIT_MINUTES, in_use, named, taken
from flows.settings import Home, now
from transforms.errors import HomeBusy


@task(name="rescreen", task_run_name="screen what changed, as of {as_of}", tags=["screen"], cache_policy=NO_CACHE)
def rescreen_task(home: Home, as_of: date) -> Rescreened:
    """Screen where something changed."""
    return rescreen_home(home, as_of)


@flow(name="rescreen", flow_run_name=lambda: named("rescreen"))
def rescreen(
    home: Path = Path("data"), as_of: date | None = None, wait_minutes: int = WAIT_MINUTES
) -> dict[str, Any] | State[Any]:
    """Screen where something changed since the last screening; return what the command prints as JSON.

    Where another process has the home for longer than `wait_minutes`, the run ends as *Home in use*.
    """
    try:
        with taken(home, "earshot rescreen", wait_minutes) as where:
            done = rescreen_task(where, as_of or now().date())
            if done.screened is not None:
                show_screening(done.screened)
            return done.as_json()
    except HomeBusy as error:
        return in_use(error)
