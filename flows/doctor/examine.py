"""All looks, one after the other: one that fails in a way that nobody foresaw is a fault of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flows.doctor.check import Check, fault
from flows.doctor.nights import look_at_nights
from flows.doctor.place import look_at_place
from flows.doctor.programs import look_at_programs
from flows.settings import Home

Look = Callable[[Home], Iterator[Check]]


def examine(home: Home, *, is_quick: bool = False) -> list[Check]:
    """Return what is seen of programs and home, and change nothing.

    `is_quick` leaves the database closed, and a lake unasked.
    """
    checks = [*_looked(look_at_programs, home), *_looked(look_at_place, home)]
    if any(one.code in ("no-home", "home-lost") for one in checks):
        return checks
    if not is_quick:
        from flows.doctor.database import look_at_database  # it needs DuckDB

        checks += _looked(look_at_database, home)
        from flows.doctor.lake import look_at_lake

        checks += _looked(look_at_lake, home)
    return [*checks, *_looked(look_at_nights, home)]


def _looked(look: Look, home: Home) -> list[Check]:
    checks: list[Check] = []
    try:
        checks.extend(look(home))
    except Exception as error:  # noqa: BLE001  whoever looks for what is wrong must not fail for what is
        name = look.__name__.removeprefix("look_at_")
        checks.append(fault("not-looked", f"{name}: {type(error).__name__}: {error}", "Report this message."))
    return checks
