"""Load a folder of years of extracts, as a flow: each file is a task, so the server shows how far it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from prefect import State, flow, task
from prefect.cache_policies import NO_CACHE

from flows.jobs.backfill import Backfilled, begin_backfill, load_one, screen_if_changed
from flows.jobs.plan import Planned, plan_backfill
from flows.jobs.screen import Screened
from flows.scheduled.artifacts import Progress, show_screening
from flows.scheduled.tasks import WAIT_MINUTES, in_use, named, taken
from flows.settings import Home, now
from transforms.errors import HomeBusy


@task(name="plan", task_run_name="look at the folder", tags=["load"], cache_policy=NO_CACHE)
def plan_task(home: Home, folder: Path, layout: str | None) -> Backfilled:
    """Look at every file of the folder."""
    return begin_backfill(home, folder, layout)


@task(name="load", task_run_name="load {name}", tags=["load"], cache_policy=NO_CACHE)
def load_task(home: Home, begun: Backfilled, file: Planned, layout: str | None, name: str) -> None:
    """Load one file of the plan, told as `name`."""
    del name
    load_one(home, begun, file, layout)


@task(name="screen", task_run_name="screen as of {as_of}", tags=["screen"], cache_policy=NO_CACHE)
def screen_task(home: Home, begun: Backfilled, as_of: date) -> Screened | None:
    """Screen where something was loaded or changed."""
    return screen_if_changed(home, begun, as_of)


@flow(name="backfill", flow_run_name=lambda: named("backfill"))
def backfill(
    folder: Path,
    home: Path = Path("data"),
    layout: str | None = None,
    as_of: date | None = None,
    dry_run: bool = False,
    wait_minutes: int = WAIT_MINUTES,
) -> dict[str, Any] | State[Any]:
    """Load what the folder has and the home has not, oldest month first, and screen; what the command prints as JSON.

    With `dry_run` the plan alone is returned. Where another process has the home for longer than `wait_minutes`, the
    run ends as *Home in use*.
    """
    if dry_run:
        return {"plan": [one.as_dict() for one in plan_backfill(Home(home), folder, layout)]}
    try:
        with taken(home, "earshot backfill", wait_minutes) as where:
            begun = plan_task(where, folder, layout)
            progress, waiting = Progress("backfill", "Files of the folder, by their size"), begun.waiting
            whole = sum(one.size_bytes for one in waiting)
            for number, file in enumerate(waiting):
                load_task(where, begun, file, layout, file.name)
                progress.tell(sum(one.size_bytes for one in waiting[: number + 1]), whole)
            begun.screened = screen_task(where, begun, as_of or now().date())
            if begun.screened is not None:
                show_screening(begun.screened, loaded=len(begun.loaded), rejected=len(begun.refused))
            return begun.as_json()
    except HomeBusy as error:
        return in_use(error)
