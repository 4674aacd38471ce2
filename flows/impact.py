"""Impact analysis as a Prefect flow, for those who run drafts on a schedule or from a server."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from prefect import flow, task

from flows.jobs.impact import Impact, find_impact
from flows.settings import Home, keep_private


@task(name="impact")
def impact_task(home: Home, rules: tuple[str, ...], options: dict[str, Any]) -> Impact:
    """Ask, and write the answer."""
    return find_impact(home, rules, **options)


@flow(name="impact")
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
    return impact_task(Home(home), rules, options).as_json()
