"""Put back into a database what its mirror holds and landed files do not tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from transforms.derived import NOTED
from transforms.errors import EarshotError
from transforms.mirror.keep import BY_ENTRY, GROWING, SMALL, part_folders, read_state
from transforms.pipeline import transaction

PUT_BACK = ("journal", "ledger_events", "dispositions", *BY_ENTRY, *SMALL)
"""What is put back as it was. Batches are not: they come of loading their files."""
_TAKEN_OUT = {
    "lines": "source, shipment_id, line_number, batch_id", "filings": "source, itn, line_number, batch_id",
    "quarantine": "batch_id, quarantine_id", "left_out": "batch_id, row_number",
}  # fmt: skip
"""What an archive took out of the tables, and by which columns a row of it is known."""


@dataclass(frozen=True)
class Batch:
    """One file as it was loaded once, or rows of a sheet that were replayed: what loading it again needs."""

    batch_id: int
    source: str
    layout: str
    file_name: str
    sha256: str
    known_from: datetime
    """When it was learned of, UTC."""
    counts: tuple[int, int, int, int, int, int]
    """rows_in, loaded, duplicates, restated, quarantined, left_out."""
    is_replay: bool
    lookups: list[str]
    """The tables beside its layout in which cells were looked up: name and SHA-256 of each."""


@dataclass(frozen=True)
class Archive:
    """Records that were moved out of the tables, and when (UTC)."""

    name: str
    archived_at: datetime


_BATCH = (
    "select batch_id, source, layout, file_name, sha256, known_from,"
    " (rows_in, loaded, duplicates, restated, quarantined, coalesce(left_out, 0)), replayed_batch_id is not null,"
    " coalesce(lookups, []) from {} order by batch_id"
)


_LATER = {"batches": "select null::bigint as left_out, null::varchar[] as lookups"}


def mirrored_batches(folder: Path) -> list[Batch]:
    """Return the batches that a mirror tells of, in the order in which they came."""
    return [Batch(*row) for row in _rows(folder, "batches", _BATCH)]


def batches_of(connection: duckdb.DuckDBPyConnection) -> dict[int, Batch]:
    """Return the batches of a database, by their number."""
    return {row[0]: Batch(*row) for row in connection.execute(_BATCH.format("batches")).fetchall()}


def mirrored_archives(folder: Path) -> list[Archive]:
    """Return the archives that a mirror tells of, in the order in which they were made."""
    query = "select name, archived_at from {} order by archived_at, name"
    return [Archive(*row) for row in _rows(folder, "archives", query)]


def put_back(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Put back the tables of PUT_BACK in one transaction, in place of what they hold; once done, it is not again."""
    state = read_state(folder)
    with transaction(connection):
        for table in PUT_BACK:
            if files := _files(folder, table):
                connection.execute(f"delete from {table}")
                _ask(connection, files[0], f"insert into {table} by name from read_parquet($files)", files)
        connection.execute("delete from meta where list_contains(?, key)", [list(NOTED)])
        for key, value in state.noted.items() if state else ():
            connection.execute("insert into meta values (?, ?)", [key, value])


def take_out_again(connection: duckdb.DuckDBPyConnection, archive: Path) -> None:
    """Take out of the tables what stands in the folder of an archive; expects the batches of then to be loaded."""
    with transaction(connection):
        for table, key in _TAKEN_OUT.items():
            path = archive / f"{table}.parquet"
            if path.is_file():
                query = f"delete from {table} where ({key}) in (select ({key}) from read_parquet($files))"
                _ask(connection, path, query, [path])


def _rows(folder: Path, table: str, query: str) -> list[tuple[Any, ...]]:
    files = _files(folder, table)
    if not files:
        return []
    with duckdb.connect() as connection:
        # a part that an earlier schema wrote lacks the columns that came later
        held = "read_parquet($files, union_by_name := true)"
        if table in _LATER:
            held = f"(from {held} union all by name from ({_LATER[table]}) where false)"
        return _ask(connection, files[0], query.format(held), files)


def _files(folder: Path, table: str) -> list[Path]:
    """Return the files of the mirror that hold a table: of one that only grows all, of another the last one."""
    files = [path for part in part_folders(folder) if (path := part / f"{table}.parquet").is_file()]
    return files if table in GROWING else files[-1:]


def _ask(connection: duckdb.DuckDBPyConnection, path: Path, query: str, files: Sequence[Path]) -> list[tuple[Any, ...]]:
    try:
        found: list[tuple[Any, ...]] = connection.execute(query, {"files": [str(one) for one in files]}).fetchall()
    except duckdb.Error as error:
        raise EarshotError(
            f"{path}: cannot be read ({str(error).splitlines()[0]}). Nothing was changed. Restore the folder"
            f" {path.parent} from your backup and run the command again."
        ) from error
    return found
