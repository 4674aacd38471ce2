"""A job that is watched: `watched` around it keeps its course, shows it, logs it, and writes its figures.

What it came to is told by who did it (`tell_loaded`, `tell_refused`, `tell_screened`), as only they know; of a job
within a job the outer one is watched. Nothing of this keeps a job from being done: a home that cannot be written to has
no log, and no figures.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from flows.settings import Home, now
from flows.watch.course import Course
from flows.watch.former import keep_former, read_former
from transforms.phases import watched_by

if TYPE_CHECKING:
    import duckdb

    from flows.jobs.screening import Screened
    from flows.watch.log import Log
    from transforms.ingest.load import Loaded

_WORTH_KEEPING = 2.0
"""Seconds from which on a job is worth keeping how long its phases took."""


@dataclass
class Job:
    """A job of one command: when it began, and what it came to."""

    home: Home
    command: str
    course: Course
    log: Log
    begun: datetime = field(default_factory=now)
    loaded: list[Loaded] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    """Files that were refused, by the class of the error."""
    screened: Screened | None = None
    by_severity: list[tuple[str, str, str, str, int]] = field(default_factory=list)
    """Findings of the screening: rule, outcome, severity, state, how many."""
    is_of_present: bool = False
    """Whether that screening is of the present."""
    error: BaseException | None = None
    writes: bool = False
    """Whether it changed the home, or was to: its figures are written."""

    @property
    def id(self) -> str:
        """What tells the lines of its log from those of other jobs."""
        return f"{self.begun:%Y%m%dT%H%M%S}-{os.getpid()}"

    @property
    def run_id(self) -> str:
        """The id of its screening; empty without."""
        return self.screened.run_id if self.screened else ""


_JOB: ContextVar[Job | None] = ContextVar("job", default=None)


@contextmanager
def watched(home: Home, command: str, *, writes: bool = True) -> Iterator[None]:
    """Watch what the block does, as one job by the name of its command; within a watched job, do nothing."""
    if _JOB.get() is not None or not home.inbox.is_dir():
        yield
        return
    from flows.watch.log import Log

    is_terminal = sys.stderr.isatty()  # else nothing is shown, and what shows it is not imported
    if is_terminal:
        from flows.show.progress import is_seen, shown

        is_terminal = is_seen()
    kept = home.state / "phases.json"
    course = Course(command.rpartition(" ")[2], read_former(kept), asks_database=is_terminal)
    job = Job(home, command, course, Log.of(home), writes=writes)
    course.tell = partial(job.log.passed, job)
    token = _JOB.set(job)
    job.log.begun(job)
    try:
        with watched_by(course), shown(course) if is_terminal else nullcontext():
            yield
    except BaseException as error:
        job.error = error
        raise
    finally:
        _JOB.reset(token)
        course.finish()
        job.log.ended(job)
        if job.writes:
            _write_figures(job)
        if job.error is None and course.root.seconds() >= _WORTH_KEEPING:
            with suppress(OSError):
                keep_former(kept, course.root)


def _write_figures(job: Job) -> None:
    from flows.watch.metrics import write_metrics

    with suppress(OSError):
        write_metrics(job)


def tell_loaded(loaded: Loaded) -> None:
    """Tell the job that is watched of a file that was loaded."""
    if job := _JOB.get():
        job.loaded.append(loaded)
        job.log.loaded(job, loaded)


def tell_refused(error: BaseException) -> None:
    """Tell the job that is watched of a file that was refused."""
    if job := _JOB.get():
        job.refused[type(error).__name__] += 1
        job.log.refused(job, error)


def tell_screened(screened: Screened, connection: duckdb.DuckDBPyConnection | None = None) -> None:
    """Tell the job that is watched of a finished screening; of one of the present with the connection that holds it."""
    if job := _JOB.get():
        job.screened = screened
        if connection is not None:
            query = "select rule_id, outcome, severity, state, count(*) from findings group by all order by all"
            job.by_severity = connection.execute(query).fetchall()
            job.is_of_present = True
        job.log.screened(job, screened)
