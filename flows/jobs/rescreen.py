"""Screen again after a change of rules, parameters, tables or lists, and do nothing where nothing changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flows.holder import hold
from flows.jobs.changes import Changes, changes_since
from flows.jobs.screen import Screened, screen_home
from flows.opening import opened
from flows.settings import Home
from flows.watch.job import watched
from transforms.errors import InputError


@dataclass(frozen=True)
class Rescreened:
    """What changed since the last screening, and the screening that this made; None where nothing changed."""

    changes: Changes
    screened: Screened | None

    @property
    def situations(self) -> int:
        """How many situations the law was asked about anew, those of former versions of lines among them."""
        if self.screened is None:
            return 0
        return self.screened.anew.situations if self.screened.anew else self.screened.situations

    @property
    def lines(self) -> int:
        """How many lines were looked at."""
        if self.screened is None:
            return 0
        return self.screened.anew.lines if self.screened.anew else self.screened.lines

    def as_json(self) -> dict[str, Any]:
        """Return the result in the keys that `--json` prints."""
        screened = self.screened.as_json() if self.screened else None
        told = {"situations_decided": self.situations, "lines_looked_at": self.lines}
        return {**self.changes.as_json(), **told, "screened": screened}


def what_changed(home: Home) -> Changes:
    """Return what changed since the last screening; raise InputError where nothing was ever loaded."""
    home.require()
    if not home.database.is_file():
        raise InputError(f"{home.root}: no data is loaded. Load an extract first: earshot ingest FILE")
    with opened(home, "earshot rescreen", read_only=True) as connection:
        return changes_since(home, connection)


def rescreen_home(home: Home, as_of: date) -> Rescreened:
    """Screen the home where something changed since its last screening; the findings are those of `screen_home`.

    What is kept from screening to screening holds as long as the law does: after a change that leaves the law of lines
    as it was (comparisons, examples, decisions), no situation is decided anew.
    """
    with watched(home, "earshot rescreen"), hold(home, "earshot rescreen"):
        changes = what_changed(home)
        return Rescreened(changes, screen_home(home, as_of) if changes else None)
