"""The steps that several flows share, and what is waited for or tried again: never what the database itself refuses.

A home that another process writes to is waited for; a share or disk that fails for a moment is tried again.
"""

from __future__ import annotations

import errno
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.runtime import flow_run
from prefect.states import Cancelled

from flows.holder import hold
from flows.jobs.ingest import take_from_inbox
from flows.jobs.screen import Screened, screen_home, write_spreadsheet
from flows.settings import Home, keep_private, now
from flows.watch.job import watched
from transforms.errors import HomeBusy
from transforms.ingest.load import Loaded

IN_USE = "Home in use"
"""The state of a run that another process kept from the home: not a failure, and nothing was done."""
WAIT_MINUTES = 15
"""For so long a run waits for a home that another process writes to."""
_LOOK_SECONDS = 10
PASSING = frozenset(
    getattr(errno, name)
    for name in ("EIO", "EAGAIN", "EBUSY", "EINTR", "ESTALE", "ETIMEDOUT", "ENOTCONN", "ECONNRESET", "EHOSTDOWN",
                 "EHOSTUNREACH", "ENETUNREACH", "EREMOTEIO")
    if hasattr(errno, name)
)  # fmt: skip
"""What a share over the network, or a disk, says where it may answer a moment later."""


def _is_passing(_: Any, __: TaskRun, state: State[Any]) -> bool:
    error = state.result(raise_on_failure=False)
    cause = error.__cause__ if isinstance(error, Exception) else None
    return isinstance(cause, OSError) and cause.errno in PASSING


@task(name="take the home", cache_policy=NO_CACHE)
def _take(stack: ExitStack, home: Home, command: str, wait_minutes: int) -> HomeBusy | None:
    """Hold the home, as soon as no other process has it; return the error where one had it for all those minutes.

    An error that was raised would be a page of traceback in the log, for something that is no fault.
    """
    until = time.monotonic() + 60 * wait_minutes
    while True:
        try:
            stack.enter_context(hold(home, command))
        except HomeBusy as error:
            if time.monotonic() >= until:
                return error
            time.sleep(_LOOK_SECONDS)
        else:
            return None


@contextmanager
def taken(home: Path, command: str, wait_minutes: int) -> Iterator[Home]:
    """Yield the home, held while the block runs; raise HomeBusy where others held it for all those minutes."""
    keep_private()
    where = Home(home)
    if told := where.open_to_others():
        get_run_logger().warning(told)
    with watched(where, command), ExitStack() as stack:
        if (error := _take(stack, where, command, wait_minutes)) is not None:
            raise error
        yield where


def in_use(error: HomeBusy) -> State[Any]:
    """Return the state in which a run ends that could not have the home."""
    return Cancelled(name=IN_USE, message=str(error))


def named(what: str) -> str:
    """Return the name of a flow run: what it does, and as of which day."""
    day = flow_run.parameters.get("as_of") or now().date()
    return f"{what}, as of {day}"


@task(
    name="ingest", task_run_name="ingest {name}", tags=["load"], cache_policy=NO_CACHE, retries=2,
    retry_delay_seconds=[10, 60], retry_condition_fn=_is_passing,
)  # fmt: skip
def ingest_task(home: Home, path: Path, name: str, known_from: datetime | None) -> Loaded:
    """Load one extract of the inbox, told as `name`."""
    del name
    return take_from_inbox(home, path, known_from)


@task(name="screen", task_run_name="screen as of {as_of}", tags=["screen"], cache_policy=NO_CACHE)
def screen_task(home: Home, as_of: date, known_at: datetime | None) -> Screened:
    """Screen the whole history and write the reports."""
    return screen_home(home, as_of, known_at)


@task(name="spreadsheet", task_run_name="situations to review first", tags=["report"], cache_policy=NO_CACHE)
def spreadsheet_task(screened: Screened) -> Path:
    """Write counsel's view of the situations to review first."""
    return write_spreadsheet(screened, whole=False)
