"""Write a home into a lake, and prove a lake."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from flows.holder import hold
from flows.jobs.lake_load import put_records
from flows.jobs.lake_put import as_committed, names_in, put_files, put_rows, put_tables
from flows.lakes.open import Named, is_bucket, open_lake
from flows.opening import opened
from flows.parts import is_own_lake
from flows.settings import Home
from transforms.errors import InputError
from transforms.lake.commit import Commit, all_commits, commit, faults_of_chain, last_commit, require_commit
from transforms.lake.cut import cut
from transforms.lake.prove import faults_of_files
from transforms.lake.store import Store
from transforms.lake.tables import IN_PARTS


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

    A month that holds what it held in the commit before keeps its file. Into the lake in which its lines are, a home
    puts its other records alone. Raises InputError where another process committed meanwhile.
    """
    home.require()
    if not home.database.is_file():
        raise InputError(f"{home.root}: no data is loaded. Load an extract first: earshot ingest FILE")
    refuse_inside(home, named)
    with hold(home, "earshot lake export"), TemporaryDirectory(prefix=".lake-", dir=home.state) as beside:
        lake = open_lake(named, Path(beside) / "fetched")
        done = put_records(home) if is_own_lake(home, named) else _put_all(home, lake, Path(beside))
        return moved(lake, home, *done)


def _put_all(home: Home, lake: Store, beside: Path) -> tuple[Commit, int]:
    """Return the commit that holds all of a home, and how many files were new."""
    before = last_commit(lake)
    known = names_in(before)
    with opened(home, "earshot lake export") as connection:
        if before:
            _refuse_other(connection, lake, before)
        new = as_committed(connection, before)
        held = [one for name in IN_PARTS for one in put_rows(cut(connection, name, beside, "rows"), name, lake, known)]
        held += put_tables(connection, beside, lake, known)
    held += put_files(home, lake, known)
    new = replace(new, files=tuple(sorted(held, key=lambda one: (one.name, one.of))))
    if before and before.files == new.files:
        return before, 0
    commit(lake, new, before)
    return new, sum(one.name not in known for one in new.files)


def prove(named: Named) -> Proved:
    """Read every file of the last commit of a lake, and every commit before it, and say what does not hold."""
    with TemporaryDirectory(prefix="earshot-lake-") as beside:
        lake = open_lake(named, Path(beside) / "fetched")
        held = require_commit(lake)
        commits = list(all_commits(lake))
        faults = faults_of_chain(commits) + list(faults_of_files(lake, held, let_go=True))
    rows = {table: sum(one.rows or 0 for one in held.of_kind(table)) for table in IN_PARTS}
    return Proved(len(commits), len(held.files), rows, faults)


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


def refuse_inside(home: Home, named: Named) -> None:
    """Raise InputError where a lake lies in a home, or a home in a lake."""
    root, lake = home.root.resolve(), Path(named).resolve()
    if is_bucket(named):
        return
    if lake == root or root in lake.parents or lake in root.parents:
        raise InputError(f"{named}: a lake lies beside a home, not in it or around it. Name another folder.")


def moved(lake: Store, home: Home, held: Commit, new: int) -> Moved:
    """Return what is told of a home and the commit that holds it, with so many new files."""
    rows = {table: sum(one.rows or 0 for one in held.of_kind(table)) for table in IN_PARTS}
    months = len({one.month for one in held.of_kind("lines")})
    return Moved(
        lake.address, str(home.root), held.number, rows["lines"], rows["filings"], len(held.files), new, months
    )
