"""Write a home into a lake, and prove a lake."""

from __future__ import annotations

from collections.abc import Iterator, Set
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from flows.holder import hold
from flows.lakes.open import Named, is_bucket, open_lake
from flows.opening import opened
from flows.parts import refuse_on_lake
from flows.settings import VERSION, Home
from transforms.derived import CANARY
from transforms.errors import InputError
from transforms.holding import NOTE
from transforms.lake.commit import (
    Commit,
    Held,
    all_commits,
    commit,
    faults_of_chain,
    hash_of_commit,
    last_commit,
    require_commit,
)
from transforms.lake.cut import NO_MONTH, cut, hash_of
from transforms.lake.prove import faults_of_files
from transforms.lake.store import Store
from transforms.lake.tables import IN_PARTS, last_batch_of, write_tables
from transforms.store import SCHEMA_VERSION

_NOT_MOVED = ("state", NOTE)
"""What of the folder of a home is no part of it elsewhere: what can be made again, and the note of who holds it."""
_DATABASE = "earshot.duckdb"


@dataclass(frozen=True)
class Moved:
    """A home that was moved to a lake, or back."""

    lake: str
    home: str
    commit: int
    lines: int
    filings: int
    files: int
    """How many files the commit names."""
    new_files: int
    """How many of them were not there before."""
    months: int
    """Months of export that have lines."""

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return dict(self.__dict__)


@dataclass(frozen=True)
class Proved:
    """What was proved of a lake, and every place where it does not hold."""

    commits: int
    files: int
    rows: dict[str, int]
    faults: list[str]

    @property
    def holds(self) -> bool:
        """Whether nothing was found that does not hold."""
        return not self.faults

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {"holds": self.holds, **self.__dict__}


def export(home: Home, named: Named) -> Moved:
    """Put all that a home holds into the lake of this name, in one commit; the home stays as it is.

    A month that holds what it held in the commit before keeps its file. Raises InputError where another process
    committed meanwhile.
    """
    home.require()
    refuse_on_lake(home, "earshot lake export")
    if not home.database.is_file():
        raise InputError(f"{home.root}: no data is loaded. Load an extract first: earshot ingest FILE")
    refuse_inside(home, named)
    with hold(home, "earshot lake export"), TemporaryDirectory(prefix=".lake-", dir=home.state) as beside:
        lake = open_lake(named, Path(beside) / "spill")
        before = last_commit(lake)
        with opened(home, "earshot lake export") as connection:
            if before:
                _refuse_other(connection, lake, before)
            new = _as_committed(connection, before)
            there = set(lake.list(""))
            held = list(_rows(connection, Path(beside), lake, there))
        held += _files(home, lake, there)
        new = replace(new, files=tuple(sorted(held, key=lambda one: one.name)))
        known = {one.name for one in before.files} if before else set()
        if not before or before.files != new.files:
            commit(lake, new, before)
        else:
            new = before
    return moved(lake, home, new, sum(one.name not in known for one in new.files))


def prove(named: Named) -> Proved:
    """Read every file of the last commit of a lake, and every commit before it, and say what does not hold."""
    with TemporaryDirectory(prefix="earshot-lake-") as beside:
        lake = open_lake(named, Path(beside) / "spill")
        held = require_commit(lake)
        commits = list(all_commits(lake))
        faults = faults_of_chain(commits) + list(faults_of_files(lake, held, let_go=True))
    rows = {table: sum(one.rows or 0 for one in held.files if one.of == table) for table in IN_PARTS}
    return Proved(len(commits), len(held.files), rows, faults)


def _as_committed(connection: duckdb.DuckDBPyConnection, before: Commit | None) -> Commit:
    ((canary,),) = connection.execute(CANARY).fetchall()
    number, parent = (before.number + 1, hash_of_commit(before)) if before else (1, "")
    last_batch = last_batch_of(connection)
    return Commit(number, parent, SCHEMA_VERSION, canary, duckdb.__version__, VERSION, last_batch)


def _refuse_other(connection: duckdb.DuckDBPyConnection, lake: Store, before: Commit) -> None:
    """Raise InputError where the lake holds the records of another home: some file that this one never loaded."""
    known = {sha256 for (sha256,) in connection.execute("select sha256 from batches").fetchall()}
    with duckdb.connect() as reader:
        for one in before.of_kind("table"):
            if one.of == "batches":
                path = str(lake.get(one.name))
                held = {sha256 for (sha256,) in reader.execute("select sha256 from read_parquet(?)", [path]).fetchall()}
                if held - known:
                    raise InputError(
                        f"{lake.address}: holds {len(held - known):,} loaded files that are not in this home, so it is"
                        " the lake of another home, or of a later state of this one. Nothing was changed. Name another"
                        " folder."
                    )


def _rows(connection: duckdb.DuckDBPyConnection, beside: Path, lake: Store, there: Set[str]) -> Iterator[Held]:
    for table in IN_PARTS:
        for file in cut(connection, table, beside, "rows"):
            month = "none" if file.month == NO_MONTH else f"{file.month:%Y-%m}"
            name = f"{table}/month={month}/{file.sha256[:40]}.parquet"
            _put(lake, name, file.path, there)
            yield Held(name, table, file.sha256, file.rows, file.month, table)
    for table, path, rows in write_tables(connection, beside):
        sha256 = hash_of(path)
        name = f"tables/{table}/{sha256[:40]}.parquet"
        _put(lake, name, path, there)
        yield Held(name, "table", sha256, rows, None, table)


def _put(lake: Store, name: str, path: Path, there: Set[str]) -> None:
    """Put a file whose name tells what it holds, where it is not there yet."""
    if name not in there:
        lake.put(name, path)
    with suppress(FileNotFoundError):
        path.unlink()


def _files(home: Home, lake: Store, there: Set[str]) -> list[Held]:
    """Put the files of the home beside its database into the lake."""
    found = []
    for path in sorted(home.root.rglob("*")):
        within = path.relative_to(home.root)
        is_half_made = any(part.startswith(".") and part.endswith((".partial", ".former")) for part in within.parts)
        if not path.is_file() or within.parts[0] in _NOT_MOVED or is_half_made or within.parts[0].startswith(_DATABASE):
            continue
        sha256 = hash_of(path)
        name = f"files/{sha256[:2]}/{sha256}"
        if name not in there:
            lake.put(name, path)
        found.append(Held(name, "file", sha256, None, None, within.as_posix()))
    return found


def refuse_inside(home: Home, named: Named) -> None:
    """Raise InputError where a lake lies in a home, or a home in a lake."""
    root, lake = home.root.resolve(), Path(named).resolve()
    if is_bucket(named):
        return
    if lake == root or root in lake.parents or lake in root.parents:
        raise InputError(f"{named}: a lake lies beside a home, not in it or around it. Name another folder.")


def moved(lake: Store, home: Home, held: Commit, new: int) -> Moved:
    """Return what is told of a home and the commit that holds it, with so many new files."""
    rows = {table: sum(one.rows or 0 for one in held.files if one.of == table) for table in IN_PARTS}
    months = len({one.month for one in held.of_kind("lines")})
    return Moved(
        lake.address, str(home.root), held.number, rows["lines"], rows["filings"], len(held.files), new, months
    )
