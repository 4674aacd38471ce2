"""Prove a lake: that its commits follow each other, and that every file holds what the last one says."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from transforms.lake.commit import Commit, Held
from transforms.lake.cut import hash_of
from transforms.lake.folder import Folder
from transforms.lake.parts import LAKE


def faults_of_files(lake: Folder, held: Commit) -> Iterator[str]:
    """Yield each file that is not as the commit names it, and each batch whose rows are not all there."""
    whole = True
    for one in held.files:
        path = lake.get(one.name)
        if not path.is_file():
            whole = False
            yield f"{one.name}: missing"
        elif hash_of(path) != one.sha256:
            whole = False
            yield f"{one.name}: holds something else than when it was committed"
    if whole:
        yield from _faults_of_rows(lake, held)


def _faults_of_rows(lake: Folder, held: Commit) -> Iterator[str]:
    with duckdb.connect() as connection:
        for one in held.files:
            if one.rows is None:
                continue
            values = {"file": str(lake.get(one.name))}
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
