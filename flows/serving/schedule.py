"""When nights and reports are due, by the configuration of a home, and which was missed, by what the home has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from flows.jobs.periods import Every, period_before
from flows.notices.night import last_night
from flows.settings import Home
from transforms.ledger.journal import read_runs_sealed

_MONTHLY = timedelta(days=80)
"""A report that is due less often than this is about quarters."""


@dataclass(frozen=True)
class Schedule:
    """When the nightly job and the report are due: cron words, in a time zone."""

    nightly: str
    report: str | None
    """None where no report is written on a schedule."""
    timezone: str
    every_seconds: int | None = None
    """To try the schedule out: the nightly job so often, and no report."""

    @property
    def report_every(self) -> Every:
        """What a report is about: the last month, or the last quarter where it is due less often than monthly."""
        first = due_after(self.report or "0 0 1 * *", self.timezone, datetime(2024, 1, 1))
        after = due_after(self.report or "0 0 1 * *", self.timezone, first)
        return "quarter" if after - first >= _MONTHLY else "month"


@dataclass(frozen=True)
class Missed:
    """When a job was last due and did not run, because nothing served the home; UTC, None where none was missed."""

    nightly: datetime | None = None
    report: datetime | None = None


def schedule_of(home: Home, every_seconds: int | None = None) -> Schedule:
    """Return the schedule of a home; raise ConfigError where its configuration is at fault."""
    config = home.config
    report = None if every_seconds else config.value("schedule.report")
    return Schedule(config.value("schedule.nightly"), report, str(config.value("schedule.timezone")), every_seconds)


def missed(home: Home, schedule: Schedule, moment: datetime) -> Missed:
    """Return what was due before `moment` (UTC) and is not there: told by the home alone, not by Prefect.

    A night was missed where one was due after the last one that ended, or where none is noted after the last screening.
    A report was missed where one was due after the first
    screening, and no run has a report on its period. A home that was never screened has missed nothing. What was missed
    several times is told once, by its last time.
    """
    runs = read_runs_sealed(home.seals)
    if not runs or schedule.every_seconds:
        return Missed()
    night = last_due(schedule.nightly, schedule.timezone, last_night(home) or max(runs), moment)
    report = schedule.report and last_due(schedule.report, schedule.timezone, min(runs), moment)
    if report and _has_report(home, *period_before(report.date(), schedule.report_every)):
        report = None
    return Missed(night, report or None)


def _has_report(home: Home, first: date, last: date) -> bool:
    return any(home.reports.glob(f"[!.]*/report-{first}-{last}"))


def due_after(cron: str, timezone: str, moment: datetime) -> datetime:
    """Return when a job is due next after `moment`; both UTC, without a zone mark."""
    from cronsim import CronSim

    zoned = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(timezone))
    return next(CronSim(cron, zoned)).astimezone(UTC).replace(tzinfo=None)


def last_due(cron: str, timezone: str, since: datetime, moment: datetime) -> datetime | None:
    """Return when a job was last due after `since` and not after `moment`, or None; all UTC."""
    from cronsim import CronSim

    zone = ZoneInfo(timezone)
    if due_after(cron, timezone, since) > moment:
        return None
    zoned = moment.replace(tzinfo=UTC).astimezone(zone) + timedelta(minutes=1)
    return next(CronSim(cron, zoned, reverse=True)).astimezone(UTC).replace(tzinfo=None)
