"""The nightly job: take up what waits in the inbox, then screen the whole history."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from prefect import State, flow

from flows.jobs.failed import by_name
from flows.jobs.inbox import look_into
from flows.jobs.ingest import bytes_of
from flows.notices import watching
from flows.scheduled.artifacts import show_screening
from flows.scheduled.tasks import WAIT_MINUTES, in_use, ingest_task, named, screen_task, spreadsheet_task, taken
from flows.settings import Home, keep_private, now
from flows.watch.job import tell_refused
from transforms.errors import DoorStopped, EarshotError, HomeBusy, HomeDamaged, HomeLost
from transforms.ingest.load import Loaded
from transforms.ingest.named import plain_name
from transforms.phases import phase


@flow(name="nightly", flow_run_name=lambda: named("nightly"))
def nightly(
    home: Path = Path("data"),
    as_of: date | None = None,
    known_at: datetime | None = None,
    wait_minutes: int = WAIT_MINUTES,
) -> dict[str, Any] | State[Any]:
    """Ingest the inbox of `home`, screen, report; `as_of` is today where it is not given.

    A file that is refused or cannot be read stays in the inbox, whatever went wrong with it, and so does what is no
    file; the others and the screening go on. Returns `files` (what became of each), `refused` (file name to reason),
    `left` (names of files that are still being written) and `screened`. The home is held from the first look to the
    last file. Who is to be told of a night that ends or fails is told then (`flows/notices/`). Where another process
    has the home for longer than `wait_minutes`, that is told too, and the run ends as *Home in use*.
    """
    keep_private()
    try:
        with watching(Home(home)) as night, taken(home, "earshot nightly", wait_minutes) as where:
            night.result = result = _run(where, as_of or now().date(), known_at)
            return result
    except HomeBusy as error:
        return in_use(error)


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
    show_screening(screened, loaded=len(loaded), rejected=len(told), unfinished=len(waiting.unfinished))
    return {"files": loaded, "refused": told, "left": waiting.unfinished, "screened": screened}
