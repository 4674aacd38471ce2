"""Show what falls outside the years for which records are kept, move it to the archive, and hold what must stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from flows.holder import hold
from flows.jobs.clock import present
from flows.opening import opened
from flows.parts import refuse_on_lake
from flows.settings import Home, now, user
from transforms.errors import InputError
from transforms.phases import phase
from transforms.retention.holds import Hold, add_hold, lift_hold, read_holds
from transforms.retention.outside import DATES_USED, Outside, find_outside
from transforms.rulebook.read_parameters import known_parameters

YEARS, SANCTIONS_YEARS = "record-retention-years", "sanctions-retention-years"
"""The parameters of the law that say for how many years records are kept, also under the rules of OFAC."""
SANCTIONED = "sanctions-record-countries"


@dataclass(frozen=True)
class Retained:
    """What falls outside, and where it was moved; `archive` is None where it was only shown or there was nothing."""

    outside: Outside
    archive: Path | None
    rows: dict[str, int]
    moved: list[str]

    def as_json(self) -> dict[str, Any]:
        """Return the result as plain values."""
        told = {key: str(value) if isinstance(value, date) else value for key, value in self.outside.as_dict().items()}
        where = str(self.archive) if self.archive else None
        return {**told, "archive": where, "rows": self.rows, "landed_moved": self.moved, "dates_used": DATES_USED}


def retain(home: Home, as_of: date, years: int | None = None, *, archive: bool) -> Retained:
    """Return what falls outside on `as_of`; with `archive` it is moved below archive/ of the home.

    `years` None: those for which the law wants records kept. Raises InputError for fewer: 15 CFR 762.6.
    """
    from transforms.reports.words.phrases import in_words
    from transforms.retention.archive import move_landed, take_out, write_archive

    _require(home)
    if archive:
        refuse_on_lake(home, "earshot retain --archive")
    parameters = known_parameters(home.rules)
    least = int(parameters.number(YEARS, as_of))
    years = least if years is None else years
    if years < least:
        wanted = f"{in_words(least)} years at least ({parameters.authority(YEARS, as_of)})"
        raise InputError(f"--years {years}: not allowed. Records must be kept for {wanted}.")
    with hold(home, "earshot retain"), opened(home, "earshot retain") as connection:
        present(connection)  # what falls outside goes by the clock: one that may be wrong is told
        moved = move_landed(connection, home.landed, home.archive) if archive else []
        longer = int(parameters.number(SANCTIONS_YEARS, as_of))
        with phase("outside"):
            outside = find_outside(connection, as_of, years, longer, parameters.ever(SANCTIONED))
        if not archive or outside.is_empty:
            return Retained(outside, None, {}, moved)
        last = connection.execute("select name from journal where kind = 'run' order by entry desc limit 1").fetchone()
        findings = home.reports / last[0] / "findings.parquet" if last else None
        if findings is not None and not findings.is_file():
            findings = None
        at, by = now(), user()
        with phase("archive"):
            name, rows = write_archive(connection, outside, home.archive, findings, at, by)
            take_out(connection, outside, name, rows, at, by)
            moved += move_landed(connection, home.landed, home.archive)
    return Retained(outside, home.archive / name, rows, moved)


def hold_records(home: Home, scope: str, value: str, reason: str) -> Hold:
    """Add a hold and return it."""
    _require(home)
    with hold(home, "earshot hold"), opened(home, "earshot hold") as connection:
        return add_hold(connection, scope, value, reason, user(), now())


def lift_records(home: Home, hold_id: int, reason: str) -> Hold:
    """Lift a hold and return it."""
    _require(home)
    with hold(home, "earshot hold"), opened(home, "earshot hold") as connection:
        return lift_hold(connection, hold_id, reason, user(), now())


def list_holds(home: Home) -> list[Hold]:
    """Return every hold that ever was."""
    _require(home)
    with opened(home, "earshot hold", read_only=True) as connection:
        return read_holds(connection)


def _require(home: Home) -> None:
    home.require()
    if not home.database.is_file():
        raise InputError(f"{home.root}: no data is loaded. Load an extract first: earshot ingest FILE")
