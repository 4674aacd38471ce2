"""The present of a home: after all that it holds, whatever the clock of the computer says; and what to tell of that."""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta

import duckdb

from flows.settings import now
from transforms.ingest.known import latest_reading

_TICK = timedelta(microseconds=1)
_STEP = timedelta(seconds=1)
"""A clock that was put right by less than this is not worth a word."""
_LEAP = timedelta(days=366)
"""A clock that is further ahead of all that the home holds may be wrong."""
_TOLD: set[str] = set()
"""What was told in this process: once is enough for a night of many files."""


def present(connection: duckdb.DuckDBPyConnection) -> datetime:
    """Return the present (UTC) of an open home: the clock's, or, where the home holds a later reading, just after it.

    So the present includes all that is loaded, and what comes after is later than what was there, however the clock
    runs. A clock that is behind what the home holds, or far ahead of it, is told on standard error.
    """
    at, latest = now(), latest_reading(connection)
    if latest is None:
        return at
    if at - latest > _LEAP:
        _tell(
            f"ahead of {_said(latest)}",
            f"The clock of this computer says {_said(at)}, {(at - latest).days:,} days after the last time that this"
            f" home recorded ({_said(latest)}). If the clock is wrong, correct it before you load more files.",
        )
    if at > latest:
        return at
    if latest - at >= _STEP:
        _tell(
            f"behind {_said(latest)}",
            f"The clock of this computer says {_said(at)}, which is before the last time that this home recorded"
            f" ({_said(latest)}). The clock is wrong now, or was ahead then. Earshot goes by the order in which files"
            " came and screens all that is loaded. It records what comes now as later than that time. Correct the"
            " clock if it is wrong.",
        )
    return latest + _TICK


def known_from(connection: duckdb.DuckDBPyConnection, asked: datetime | None) -> datetime:
    """Return from when on (UTC) a file that is loaded now is known: as asked by `--known-at`, or the present.

    The end of today, as `--known-at` has it, is not there yet: that is now. What is dated before the last screening is
    told, as the runs before it did not see it.
    """
    if asked is None:
        return present(connection)
    if asked.date() == now().date():
        asked = min(asked, now())
    query = "select max(known_until) from journal where kind = 'run'"
    ((screened,),) = connection.execute(query).fetchall()
    if screened is not None and asked <= screened:
        _tell(
            f"{asked} before {screened}",
            f"--known-at {_said(asked)} is not after the last screening ({_said(screened)}). The next screening treats"
            " these files as new. Screenings before it did not see them.",
        )
    return asked


def tell_past(connection: duckdb.DuckDBPyConnection, moment: datetime) -> None:
    """Tell where a question about the past leaves out files for the clock's sake, or leaves out all of them."""
    query = (
        "select count(*), count(*) filter (known_from > $moment), count(*) filter (known_from > $now), min(known_from)"
        " from batches"
    )
    ((files, later, ahead, first),) = connection.execute(query, {"moment": moment, "now": now()}).fetchall()
    if ahead:
        _tell(
            f"{ahead} not known at {moment}",
            f"{ahead:,} of {files:,} files were recorded while the clock of this computer was ahead of the present. As"
            f" of {_said(moment)} they are not known. Screen without --known-at to include all that is loaded.",
        )
    elif files and later == files:
        _tell(
            f"none known at {moment}",
            f"No file was known as of {_said(moment)}. The first of {files:,} was recorded at {_said(first)}. Screen"
            " without --known-at to include all that is loaded.",
        )


def tell_unnoted(as_of: date) -> None:
    """Tell that a screening is not in the journal, as the last one there is of a later day than `as_of`."""
    _tell(
        f"unnoted as of {as_of}",
        f"The screening as of {as_of} is not recorded in the journal, which has one of a later day. Its findings have"
        " the states of that day; decisions were not looked at again. Screen without --as-of for the present.",
    )


def _said(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"


def _tell(what: str, said: str) -> None:
    if what not in _TOLD:
        _TOLD.add(what)
        sys.stderr.write(f"{said}\n")
