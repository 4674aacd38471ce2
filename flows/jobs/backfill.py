"""Load a folder of years of extracts, the oldest month first, and screen once: what was loaded before is skipped."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from flows.holder import hold
from flows.jobs.failed import one_file
from flows.jobs.ingest import CONSERVATION, ingest_file
from flows.jobs.plan import Planned, plan_backfill
from flows.jobs.rescreen import what_changed
from flows.jobs.screen import Screened, screen_home
from flows.opening import opened
from flows.settings import Home
from flows.watch.job import tell_refused, watched
from transforms.errors import EarshotError, HomeBusy, HomeDamaged, HomeLost
from transforms.ingest.load import Loaded
from transforms.phases import phase


@dataclass
class Backfilled:
    """A backfill that came to its end: the plan, what was loaded, what was refused and why, and the screening."""

    plan: list[Planned]
    loaded: list[Loaded] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    """Why a file was not loaded, by its path in the folder."""
    screened: Screened | None = None
    """None where nothing was loaded and nothing changed since the last screening."""

    @property
    def waiting(self) -> list[Planned]:
        """The files to load, in their order; of those that are loaded the last one, after which a run may have been
        killed: it is no more than completed."""
        return [one for one in self.plan if not one.why_not and (not one.is_loaded or one.is_latest)]

    @property
    def skipped(self) -> int:
        """How many files the home had loaded before."""
        return sum(one.is_loaded for one in self.plan)

    def as_json(self) -> dict[str, Any]:
        """Return the result in the keys that `--json` prints."""
        return {
            "plan": [one.as_dict() for one in self.plan],
            "files": [one.as_dict() for one in self.loaded],
            **{key: sum(getattr(one, key) for one in self.loaded) for key in CONSERVATION},
            "skipped": self.skipped,
            "refused": self.refused,
            "screened": self.screened.as_json() if self.screened else None,
        }


def backfill_home(home: Home, folder: Path, as_of: date, layout: str | None = None) -> Backfilled:
    """Load what the folder has and the home has not, one file after the other, then screen.

    Each file is one commit: a backfill that was killed goes on where it was when it is started again. A file that
    cannot be loaded keeps no other from being loaded.
    """
    with watched(home, "earshot backfill"), hold(home, "earshot backfill"):
        begun = begin_backfill(home, folder, layout)
        load_planned(home, begun, layout)
        begun.screened = screen_if_changed(home, begun, as_of)
    return begun


def begin_backfill(home: Home, folder: Path, layout: str | None = None) -> Backfilled:
    """Return the plan, and what it says is not loaded; a home of an earlier version is taken over first."""
    if home.database.is_file():
        with opened(home, "earshot backfill", read_only=True):
            pass
    plan = plan_backfill(home, folder, layout)
    return Backfilled(plan, refused={one.name: one.why_not for one in plan if one.why_not})


def load_planned(home: Home, begun: Backfilled, layout: str | None) -> None:
    """Load the files of the plan, in its order."""
    with phase("files", sum(one.size_bytes for one in begun.waiting), "bytes"):
        for file in begun.waiting:
            load_one(home, begun, file, layout)


def load_one(home: Home, begun: Backfilled, file: Planned, layout: str | None = None) -> None:
    """Load one file, and note what became of it."""
    try:
        with one_file(file.path):
            loaded = ingest_file(home, file.path, layout)
    except (HomeBusy, HomeDamaged, HomeLost):  # no fault of the file
        raise
    except EarshotError as error:
        tell_refused(error)
        begun.refused[file.name] = str(error)
        return
    if not file.is_loaded:
        begun.loaded.append(loaded)


def screen_if_changed(home: Home, begun: Backfilled, as_of: date) -> Screened | None:
    """Screen where something was loaded, also by a backfill that was killed before its screening."""
    if not home.database.is_file() or not (begun.loaded or what_changed(home)):
        return None
    return screen_home(home, as_of)
