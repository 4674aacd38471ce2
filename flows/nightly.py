"""The nightly job: take up what waits in the inbox, then screen the whole history."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger, task

from flows.holder import hold
from flows.jobs.failed import by_name
from flows.jobs.inbox import look_into
from flows.jobs.ingest import bytes_of, take_from_inbox
from flows.jobs.screen import Screened, screen_home, write_spreadsheet
from flows.notices import watching
from flows.settings import Home, keep_private, now
from flows.watch.job import tell_refused, watched
from transforms.errors import DoorStopped, EarshotError, HomeDamaged, HomeLost
from transforms.ingest.load import Loaded
from transforms.ingest.named import plain_name
from transforms.phases import phase


@task(name="ingest", task_run_name="ingest {name}")
def ingest_task(home: Home, path: Path, name: str, known_from: datetime | None) -> Loaded:
    """Load one extract of the inbox, told as `name`."""
    del name
    return take_from_inbox(home, path, known_from)


@task(name="screen")
def screen_task(home: Home, as_of: date, known_at: datetime | None) -> Screened:
    """Screen the whole history and write the reports."""
    return screen_home(home, as_of, known_at)


@task(name="spreadsheet")
def spreadsheet_task(screened: Screened) -> Path:
    """Write counsel's view of the situations to review first."""
    return write_spreadsheet(screened, whole=False)


@flow(name="nightly")
def nightly(home: Path = Path("data"), as_of: date | None = None, known_at: datetime | None = None) -> dict[str, Any]:
    """Ingest the inbox of `home`, screen, report; `as_of` is today where it is not given.

    A file that is refused or cannot be read stays in the inbox, whatever went wrong with it, and so does what is no
    file; the others and the screening go on. Returns `files` (what became of each), `refused` (file name to reason),
    `left` (names of files that are still being written) and `screened`. The home is held from the first look to the
    last file. Who is to be told of a night that ends or fails is told then (`flows/notices/`).
    """
    keep_private()
    where = Home(home)
    if told := where.open_to_others():
        get_run_logger().warning(told)
    with watching(where) as night, watched(where, "earshot nightly"), hold(where, "earshot nightly"):
        night.result = result = _run(where, as_of or now().date(), known_at)
    return result


def _run(where: Home, as_of: date, known_at: datetime | None) -> dict[str, Any]:
    loaded: list[Loaded] = []
    waiting = look_into(where)
    refused: list[tuple[str, str]] = []
    stopped: list[tuple[str, str]] = []
    with phase("files", bytes_of(waiting.files), "bytes"):
        for path in waiting.files:
            name = plain_name(path.name)
            outcome = ingest_task(where, path, name, known_at, return_state=True).result(raise_on_failure=False)
            if isinstance(outcome, HomeDamaged | HomeLost):  # no fault of the file
                raise outcome
            if isinstance(outcome, EarshotError):
                tell_refused(outcome)
                (stopped if isinstance(outcome, DoorStopped) else refused).append((name, str(outcome)))
            elif isinstance(outcome, BaseException):
                raise outcome
            else:
                loaded.append(outcome)
    screened = screen_task(where, as_of, known_at)
    spreadsheet_task(screened)
    told = by_name([*waiting.unread, *refused, *stopped])
    return {"files": loaded, "refused": told, "left": waiting.unfinished, "screened": screened}
