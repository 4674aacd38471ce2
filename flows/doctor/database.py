"""The database of a home, which is only read: whether it can be opened, its schema, its copies, and the clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from flows.damage import damage_of
from flows.doctor.check import Check, fault, ok, warning
from flows.remains import refuse_lacking
from flows.settings import Home, now
from transforms.errors import EarshotError, HomeBusy, HomeDamaged, HomeLost, HomeNewer
from transforms.ingest.known import latest_reading
from transforms.store import SCHEMA_VERSION, check_schema, connect, read_meta

if TYPE_CHECKING:
    import duckdb

_AHEAD = timedelta(days=366)


def look_at_database(home: Home) -> Iterator[Check]:
    """Yield what is told of the database. It is never upgraded: that is for the next job to do."""
    import duckdb

    if not home.database.is_file():
        yield ok("database", "No data is loaded yet")
        return
    try:
        with connect(home.database, read_only=True) as connection:
            yield from _look(home, connection)
    except HomeBusy as error:
        yield ok("database", f"Not looked at, as a job has it open: {error}")
    except HomeNewer as error:
        yield fault("home-newer", str(error), "Install the version of Earshot that wrote it, or a later one.")
    except (duckdb.Error, HomeDamaged) as error:
        told = damage_of(home, error)
        yield fault("damaged", str(told or error), "Do as it says, then: earshot verify")
    except EarshotError as error:
        yield fault("database", str(error), "")


def _look(home: Home, connection: duckdb.DuckDBPyConnection) -> Iterator[Check]:
    stored = read_meta(connection)
    schema = check_schema(connection, home.database, stored)
    if schema < SCHEMA_VERSION:
        yield warning(
            "home-outdated", f"Schema {schema}; this version has {SCHEMA_VERSION}, and the next job upgrades the home",
            "Copy the home to a safe place before the next job.",
        )  # fmt: skip
        return
    yield ok("database", f"Schema {schema}, as this version has it")
    try:
        refuse_lacking(connection, home)
    except HomeLost as error:
        yield fault("not-latest", str(error), "")
    else:
        yield ok("copies", "journal.txt and mirror/ agree with the database")
    yield _clock(connection)


def _clock(connection: duckdb.DuckDBPyConnection) -> Check:
    at, latest = now(), latest_reading(connection)
    said = f"{at:%Y-%m-%d %H:%M:%S} UTC by this computer"
    if latest is None or latest <= at <= latest + _AHEAD:
        return ok("clock", said)
    return warning(
        "clock-behind" if at < latest else "clock-ahead",
        f"{said}; the home recorded {latest:%Y-%m-%d %H:%M:%S} UTC last",
        "Correct the clock of this computer if it is wrong.",
    )
