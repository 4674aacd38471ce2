"""Load into a home whose lines lie in a lake, and commit what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from flows.jobs.lake_put import as_committed, names_in, put_files, put_rows, put_tables
from flows.lake_state import begin_move, drop_move, end_move
from flows.opening import opened
from flows.parts import Pointer, commit_of, lake_of, parts_of, read_pointer
from flows.settings import Home
from transforms.errors import EarshotError, InputError
from transforms.lake.commit import Commit, Held, commit, hash_of_commit, require_commit
from transforms.lake.cut import cut
from transforms.lake.lend import Lender, end_lending, write_ends
from transforms.lake.store import Store
from transforms.lake.tables import IN_PARTS
from transforms.phases import phase


@contextmanager
def lending(home: Home, connection: duckdb.DuckDBPyConnection) -> Iterator[Lender | None]:
    """Yield what lends a load the records of a lake; None where the home has its lines in its database.

    Expects the home held. Once the block is done the home is at the commit that the load made. Where it fails, the lake
    and the home are as before. Raises InputError where another home has committed to the lake since.
    """
    pointer, parts = read_pointer(home), parts_of(home)
    if pointer is None or parts is None:
        yield None
        return
    lake, before = lake_of(home, pointer), commit_of(home, pointer)
    refuse_behind(home, lake, before)

    def commit_load(loaded: duckdb.DuckDBPyConnection) -> None:
        with phase("lake"), TemporaryDirectory(prefix=".lake-", dir=home.state) as beside:
            rows = list(_put_loaded(loaded, lake, before, Path(beside)))
            end_lending(loaded)
            if loaded.execute("select 1 from batches where batch_id > ?", [before.last_batch]).fetchall():
                _commit(home, loaded, lake, before, [*_in_parts(before), *rows], Path(beside))

    with moving(home):
        yield Lender(parts, commit_load)
    now = parts_of(home)
    if now is not None:
        now.lay(connection)


def put_records(home: Home) -> tuple[Commit, int]:
    """Have the lake of a home hold its tables and files as they are now; return the commit, and how many files are new.

    Expects the home held. Raises InputError where another home has committed to the lake since.
    """
    with (
        opened(home, "earshot lake export") as connection,
        TemporaryDirectory(prefix=".lake-", dir=home.state) as beside,
    ):
        pointer = read_pointer(home)
        if pointer is None:
            raise ValueError(f"{home.root}: has no lake")
        lake, before = lake_of(home, pointer), commit_of(home, pointer)
        refuse_behind(home, lake, before)
        with moving(home):
            new = _commit(home, connection, lake, before, _in_parts(before), Path(beside))
    known = names_in(before)
    return new, sum(one.name not in known for one in new.files)


@contextmanager
def moving(home: Home) -> Iterator[None]:
    """Have the home be at the commit that the block makes, if it does; else as before."""
    try:
        yield
    except BaseException:
        with suppress(EarshotError):  # who cannot ask the lake leaves that to the next command
            drop_move(home)
        raise
    end_move(home)


def refuse_behind(home: Home, lake: Store, at: Commit) -> None:
    """Raise InputError where the lake has later commits than the home."""
    last = require_commit(lake)
    if last.number != at.number:
        raise InputError(
            f"{home.root}: is at commit {at.number} of the lake {lake.address}, and another home has committed up to"
            f" {last.number} since. Nothing was changed. Bring this home up: earshot lake update --home {home.root}."
            " Then run the command again."
        )


def move_to(home: Home, lake: Store, new: Commit, before: Commit) -> None:
    """Have the lake hold a commit that follows the one that the home is at, and note that it comes there."""
    begin_move(home, Pointer(lake.address, new.number, hash_of_commit(new)))
    try:
        commit(lake, new, before)
    except InputError:
        refuse_behind(home, lake, before)
        raise


def _commit(
    home: Home, connection: duckdb.DuckDBPyConnection, lake: Store, before: Commit, rows: list[Held], beside: Path
) -> Commit:
    known = names_in(before)
    held = [*rows, *put_tables(connection, beside, lake, known), *put_files(home, lake, known, (home.inbox.name,))]
    new = replace(as_committed(connection, before), files=tuple(sorted(held, key=lambda one: (one.name, one.of))))
    if new.files == before.files:
        return before
    move_to(home, lake, new, before)
    return new


def _in_parts(one: Commit) -> list[Held]:
    """Return the files of a commit that hold lines and filings, and what ended of them."""
    return [held for held in one.files if held.kind not in ("table", "file")]


def _put_loaded(
    connection: duckdb.DuckDBPyConnection, lake: Store, before: Commit, beside: Path
) -> Iterator[Held]:
    known = names_in(before)
    for name in IN_PARTS:
        yield from put_rows(cut(connection, name, beside, "rows", before.last_batch), name, lake, known)
        yield from put_rows(write_ends(connection, name, beside), f"closed_{name}", lake, known)
