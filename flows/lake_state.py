"""At which commit of its lake a home is, and how it comes from one to the next, whoever is killed meanwhile.

1. A load writes its files into the lake. Nothing counts yet.
2. The home notes the commit that is to come, beside its pointer (`begin_move`).
3. The lake has the commit: from here on the load counts, for everybody.
4. The transaction of the database ends.
5. The note takes the place of the pointer (`end_move`).

Killed before 3, the home is as before, and the note goes: the file is loaded when the command is run again. Killed
after it, the next command that opens the home puts the tables that the commit holds in place of those of the home,
which they follow, as the home was held meanwhile, and ends the move (`finish_move`).
"""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from flows.parts import Pointer, commit_of, lake_of, read_pointer
from transforms.durable import sync

if TYPE_CHECKING:
    import duckdb

    from flows.settings import Home
    from transforms.lake.commit import Commit
    from transforms.lake.store import Store

_CARRIED = ("landed", "reports", "rulebooks", "quarantine", "archive", "lists", "mirror/tables")
"""Folders of a home whose files are taken from a lake where the home lacks them."""
_REPLACED = ("journal.txt", "mirror/said.jsonl")


def begin_move(home: Home, to: Pointer) -> None:
    """Note to which commit the home is about to come."""
    partial = _note(home)
    partial.write_text(json.dumps(asdict(to), indent=2) + "\n", encoding="utf-8")
    sync(partial)
    sync(home.root)


def end_move(home: Home) -> None:
    """Have the home be at the commit that was noted, if one was."""
    if _note(home).exists():
        _note(home).replace(home.pointer)
        sync(home.root)


def is_moving(home: Home) -> bool:
    """Return whether a command was killed while the home came to another commit, or is at it now."""
    return _note(home).exists()


def drop_move(home: Home) -> None:
    """Forget a commit that was noted, where the lake does not hold it."""
    if _arrived(home) is None:
        _note(home).unlink(missing_ok=True)


def finish_move(home: Home, connection: duckdb.DuckDBPyConnection) -> None:
    """End what a command that was killed began: the home is at the commit that was noted, or as before.

    Expects the home held, its database open, and no open transaction.
    """
    drop_move(home)
    arrived = _arrived(home)
    if arrived is None:
        return
    before = read_pointer(home)
    lake, held = arrived
    if before is None or _tables(commit_of(home, before)) != _tables(held):
        from transforms.lake.tables import put_tables_back

        files = {one.of: lake.get(one.name) for one in held.of_kind("table")}
        put_tables_back(connection, files, held.last_batch)
    _carry_files(home, lake, held)
    end_move(home)


def own_records(home: Home, connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the tables of a home that are not as the commit that it is at holds them."""
    from transforms.lake.made import digest_of_rows
    from transforms.sql_text import literal

    pointer = read_pointer(home)
    if pointer is None:
        return []
    lake, found = lake_of(home, pointer), []
    for one in commit_of(home, pointer).of_kind("table"):
        held = digest_of_rows(connection, f"from read_parquet({literal(str(lake.get(one.name)))})")
        if digest_of_rows(connection, f"from {one.of}") != held:
            found.append(one.of)
    return found


def _note(home: Home) -> Path:
    return home.pointer.with_name(f".{home.pointer.name}.partial")


def _arrived(home: Home) -> tuple[Store, Commit] | None:
    """Return the commit that was noted; None where none was, or the lake does not hold it."""
    from transforms.lake.commit import COMMITS, hash_of_commit, read_commit

    try:
        to = Pointer(**json.loads(_note(home).read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):  # none, or cut off by a kill
        return None
    lake = lake_of(home, to)
    name = f"{COMMITS}/{to.commit:08}.json"
    if name not in lake.list(COMMITS):
        return None
    held = read_commit(lake, name)
    return (lake, held) if hash_of_commit(held) == to.sha256 else None


def _tables(one: Commit) -> list[str]:
    return [held.name for held in one.of_kind("table")]


def _carry_files(home: Home, lake: Store, held: Commit) -> None:
    for one in held.of_kind("file"):
        target = home.root / one.of
        is_new = one.of.startswith(tuple(f"{name}/" for name in _CARRIED)) and not target.exists()
        if is_new or one.of in _REPLACED:
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            partial = target.with_name(f".{target.name}.partial")
            shutil.copyfile(lake.get(one.name), partial)
            partial.chmod(0o600)
            partial.replace(target)
