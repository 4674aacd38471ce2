"""What stands beside a database that it should know of: where it does not, it is not the database of this home."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

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


def refuse_lacking(connection: duckdb.DuckDBPyConnection, home: Home, *, is_proof: bool = False) -> None:
    """Raise HomeLost where the open database lacks what the files beside it record.

    `is_proof`: the caller tells of the journal itself, entry by entry.
    """
    if lacking := ("" if is_proof else _lacking_entries(connection, home)) or _lacking_files(connection, home):
        raise HomeLost(f"{home.database}: {lacking}. It is not the latest database of this home. {_what_to_do(home)}")


def _lacking_entries(connection: duckdb.DuckDBPyConnection, home: Home) -> str:
    """Return in words which entry journal.txt or mirror/ record and the database lacks; empty where it has all."""
    from transforms.ledger.journal import read_seals
    from transforms.mirror.keep import read_state

    if seals := read_seals(home.seals):
        last = max(seals)
        if lacking := _lacking_entry(connection, last, seals[last], home.seals.name):
            return lacking
    state = read_state(home.mirror)
    return _lacking_entry(connection, state.entry, state.seal, f"{home.mirror.name}/") if state else ""


def _lacking_files(connection: duckdb.DuckDBPyConnection, home: Home) -> str:
    """Return in words which files mirror/ records, or without it landed/ and the runs, and the database lacks."""
    from transforms.mirror.keep import read_state

    state, mirror = read_state(home.mirror), f"{home.mirror.name}/"
    query = "select max(batch_id), (select last_value from duckdb_sequences() where sequence_name = 'batch_ids'),"
    query += " (select count(*) from journal) from batches"
    ((batch, issued, entries),) = connection.execute(query).fetchall()
    if state is not None:
        if state.batch > max(batch or 0, issued or 0):
            return f"{mirror} has {state.batch} loaded files, and the database has {batch or 0}"
        held = connection.execute("select sha256 from batches where batch_id = ?", [state.batch]).fetchone()
        if held and held[0] != state.batch_sha256:
            return f"loaded file {state.batch} is another one than in {mirror}"
    elif not entries and not batch and not issued:
        if _has_inputs(home):
            return "the database has no loaded files, and the runs in reports/ rest on some"
        if _files(home.landed):
            return "the database has no loaded files, and landed/ has some"
    return ""


def _lacking_entry(connection: duckdb.DuckDBPyConnection, entry: int, seal: str, named_in: str) -> str:
    """Return in words that the database lacks an entry of the journal, or has another one; else nothing."""
    last = connection.execute("select coalesce(max(entry), 0) from journal").fetchall()[0][0]
    if entry > last:
        there = f"entries up to {last}" if last else "none"
        return f"{named_in} has entry {entry} of the journal, and the database has {there}"
    held = connection.execute("select sha256 from journal where entry = ?", [entry]).fetchone()
    return f"entry {entry} of the journal has another seal than in {named_in}" if held and held[0] != seal else ""


def _held(home: Home) -> str:
    """Return in words which files of a database that was there are left; empty where there are none."""
    found = []
    if home.seals.is_file():
        found.append(home.seals.name)
    for folder in (home.landed, home.reports, home.mirror, home.archive):
        if any(one != home.failed for one in _files(folder)):
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


def _what_to_do(home: Home) -> str:
    from transforms.damage import log_of  # it needs DuckDB, and the command's help does not

    there = [one.name for one in (home.database, log_of(home.database)) if one.exists()]
    away = f" Move {' and '.join(there)} out of the home first." if there else ""
    return (
        f"Nothing was changed.{away} Restore {home.database.name} from your latest backup, or build it again from the"
        f" files that are left: {shlex.join(['earshot', 'rebuild', '--home', str(home.root)])}"
    )
