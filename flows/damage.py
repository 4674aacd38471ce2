"""What to say of a database that is damaged: which tables, what is safe, and how to restore it."""

from __future__ import annotations

import shlex
from collections.abc import Mapping

from flows.settings import Home
from transforms.damage import is_damage, log_of, unreadable_tables
from transforms.errors import HomeDamaged


def damage_of(home: Home, error: Exception) -> HomeDamaged | None:
    """Return the error that tells of the damage behind an error, by reading every table; None where there is none.

    Expects that the database is no longer open.
    """
    if isinstance(error, HomeDamaged):
        return HomeDamaged(f"{error}. {_what_to_do(home)}", is_told=True) if not error.is_told else None
    if not is_damage(error):
        return None
    tables = unreadable_tables(home.database)
    if not tables:
        return None
    return told_damage(home, tables)


def told_damage(home: Home, tables: Mapping[str, str]) -> HomeDamaged:
    """Return the error that names the tables that cannot be read, with what is safe and how to restore."""
    if "" in tables:
        where = tables[""]
    else:
        named = ", ".join(tables)
        where = (
            f"not all of {'this table' if len(tables) == 1 else 'these tables'} can be read: {named}"
            f" ({next(iter(tables.values()))}). All other tables can be read"
        )
    return HomeDamaged(f"{home.database}: the database is damaged: {where}. {_what_to_do(home)}", is_told=True)


def _what_to_do(home: Home) -> str:
    safe = [
        f"{path.name}{'/' if path.is_dir() else ''}"
        for path in (home.landed, home.mirror, home.seals, home.reports, home.archive)
        if path.exists()
    ]
    files = [path for path in (home.database, log_of(home.database)) if path.exists()]
    move = " && ".join(shlex.join(["mv", str(path), f"{path}.damaged"]) for path in files)
    again = shlex.join(["earshot", "rebuild", "--home", str(home.root)])
    return (
        f"Nothing of the running step was kept. Not affected: {', '.join(safe)}. Move the database away: {move}. Then"
        f" restore {home.database.name} from your latest backup, or build it again: {again}"
    )
