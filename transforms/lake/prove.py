"""Prove a lake: that its commits follow each other, and that every file holds what the last one says."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from transforms.lake.commit import Commit, Held
from transforms.lake.cut import hash_of
from transforms.lake.parts import LAKE
from transforms.lake.store import ChangedError, LostError, Store


def faults_of_files(lake: Store, held: Commit, *, let_go: bool = False) -> Iterator[str]:
    """Yield each file that is not as the commit names it. With `let_go` no more than one need be on this machine."""
    with duckdb.connect() as connection:
        for one in held.files:
            yield from _faults_of_file(connection, lake, one)
            if let_go:
                lake.let_go(one.name)


def _faults_of_file(connection: duckdb.DuckDBPyConnection, lake: Store, one: Held) -> Iterator[str]:
    try:
        path = lake.get(one.name)
        if hash_of(path) != one.sha256:
            raise ChangedError
    except LostError:
        yield f"{one.name}: missing"
        return
    except ChangedError:
        yield f"{one.name}: holds something else than when it was committed"
        return
    if one.rows is None:
        return
    values = {"file": str(path)}
    rows = int(LAKE.read(connection, "rows_of_file", values)[0]["rows"])
    if rows != one.rows:
        yield f"{one.name}: {rows:,} rows, and {one.rows:,} were committed"
    yield from _faults_of_month(connection, one, values)


def _faults_of_month(connection: duckdb.DuckDBPyConnection, one: Held, values: dict[str, str]) -> Iterator[str]:
    if one.month is None:
        return
    months = [row["month"] for row in LAKE.read(connection, "months_of_file", values)]
    if any(month != one.month for month in months):
        yield f"{one.name}: has rows of another month of export than {one.month:%Y-%m}"
