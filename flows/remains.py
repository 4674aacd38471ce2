"""What stands beside a database that it should know of: where it does not, it is not the database of this home."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from transforms.damage import log_of
from transforms.errors import HomeLost

if TYPE_CHECKING:
    import duckdb

    from flows.settings import Home


def refuse_lost(home: Home) -> None:
    """Raise HomeLost where the home has no database, and files of one that it had."""
    if home.database.is_file():
        return
    if held := _held(home):
        raise HomeLost(f"{home.database}: the database is missing, but {held} there. {_what_to_do(home)}")


def why_not_new(home: Home) -> str:
    """Return why no database may be begun in a home, where it has files of one that it had; else nothing."""
    held = "" if home.is_being_built else _held(home)
    return f"{home.database}: the database is empty, but {held} there. {_what_to_do(home)}" if held else ""


def refuse_lacking(connection: duckdb.DuckDBPyConnection, home: Home) -> None:
    """Raise HomeLost where the open database lacks what the files beside it record."""
    if lacking := lacking_in(connection, home):
        raise HomeLost(f"{home.database}: {lacking}. It is not the latest database of this home. {_what_to_do(home)}")


def lacking_in(connection: duckdb.DuckDBPyConnection, home: Home) -> str:
    """Return in words what the files beside a database record and it lacks; empty where it lacks nothing."""
    from transforms.ledger.journal import read_seals
    from transforms.mirror.keep import read_state

    entries = dict(connection.execute("select entry, sha256 from journal").fetchall())
    seals = read_seals(home.seals)
    last = max(entries, default=0)
    if beyond := sorted(number for number in seals if number > last):
        return f"{home.seals.name} has entry {beyond[-1]} of the journal, and the database has {_up_to(last)}"
    if seals and entries.get(max(seals)) not in (None, seals[max(seals)]):
        return f"entry {max(seals)} of the journal has another seal than in {home.seals.name}"
    query = "select max(batch_id), max_by(sha256, batch_id), (select last_value from duckdb_sequences()"
    query += " where sequence_name = 'batch_ids') from batches"
    ((batch, _, issued),) = connection.execute(query).fetchall()
    state = read_state(home.mirror)
    if state is not None:
        if state.entry > last:
            return f"{home.mirror.name}/ has entry {state.entry} of the journal, and the database has {_up_to(last)}"
        if state.entry and entries.get(state.entry) not in (None, state.seal):
            return f"entry {state.entry} of the journal has another seal than in {home.mirror.name}/"
        if state.batch > max(batch or 0, issued or 0):
            return f"{home.mirror.name}/ has {state.batch} loaded files, and the database has {batch or 0}"
        held = connection.execute("select sha256 from batches where batch_id = ?", [state.batch]).fetchone()
        if held and held[0] != state.batch_sha256:
            return f"loaded file {state.batch} is another one than in {home.mirror.name}/"
    elif not entries and not batch and not issued:
        if _has_inputs(home):
            return "the database has no loaded files, and the runs in reports/ rest on some"
        if _files(home.landed):
            return "the database has no loaded files, and landed/ has some"
    return ""


def _held(home: Home) -> str:
    """Return in words which files of a database that was there are left; empty where there are none."""
    found = []
    if home.seals.is_file():
        found.append(home.seals.name)
    for folder in (home.landed, home.reports, home.mirror, home.archive):
        if _files(folder):
            found.append(f"{folder.name}/")
    return f"{', '.join(found)} {'is' if len(found) == 1 else 'are'}" if found else ""


def _files(folder: Path) -> list[Path]:
    return [one for one in folder.iterdir() if not one.name.startswith(".")] if folder.is_dir() else []


def _has_inputs(home: Home) -> bool:
    for path in home.reports.glob("[!.]*/manifest.json"):
        try:
            if json.loads(path.read_text(encoding="utf-8")).get("inputs"):
                return True
        except (OSError, ValueError, AttributeError):
            continue
    return False


def _up_to(last: int) -> str:
    return f"entries up to {last}" if last else "none"


def _what_to_do(home: Home) -> str:
    there = [one.name for one in (home.database, log_of(home.database)) if one.exists()]
    away = f" Move {' and '.join(there)} out of the home first." if there else ""
    return (
        f"Nothing was changed.{away} Restore {home.database.name} from your latest backup, or build it again from the"
        f" files that are left: {shlex.join(['earshot', 'rebuild', '--home', str(home.root)])}"
    )
