"""Impact analysis as a Prefect flow, for those who run drafts on a schedule or from a server."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.jobs.impact import Impact, find_impact
from flows.scheduled.artifacts import show_folder
from flows.settings import Home, keep_private


@task(name="impact", task_run_name="impact of {rules}", tags=["impact"], cache_policy=NO_CACHE)
def impact_task(home: Home, rules: tuple[str, ...], options: dict[str, Any]) -> Impact:
    """Ask, and write the answer."""
    return find_impact(home, rules, **options)


@flow(name="impact", flow_run_name="impact of {rules}")
def impact(
    home: Path = Path("data"),
    rules: tuple[str, ...] = (),
    first_day: date | None = None,
    last_day: date | None = None,
    baseline: Path | None = None,
    without: tuple[str, ...] = (),
    as_dated: bool = False,
    since: date | None = None,
    known_at: datetime | None = None,
) -> dict[str, Any]:
    """Write what `rules` would have caught among the lines of `home`; return what the command prints as JSON."""
    keep_private()
    options = {
        "first_day": first_day, "last_day": last_day, "baseline": baseline, "without": without, "as_dated": as_dated,
        "since": since, "known_at": known_at,
    }  # fmt: skip
    answer = impact_task(Home(home), rules, options)
    show_folder(answer.report / "impact.html", "The page of the impact")
    return answer.as_json()
