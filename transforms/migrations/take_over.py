"""Take over a home that an earlier version wrote: a copy beside it, and then all of it in one transaction.

Killed at any moment, the home is as it was and is taken over the next time, or it is taken over.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from filecmp import cmp
from itertools import count
from pathlib import Path

import duckdb

from transforms.derived import DERIVED_TABLES, Terms, note_terms, recorded_columns, shapes
from transforms.durable import sync
from transforms.errors import EarshotError
from transforms.kinds import KINDS
from transforms.migrations.derive import derive_again
from transforms.migrations.steps import MIGRATIONS
from transforms.pipeline import transaction
from transforms.store import SCHEMA_VERSION, check_schema, connect, load_common, outdated, read_meta, write_meta

Tell = Callable[[str], None]
Held = Mapping[str, tuple[int, int]]
"""Rows of each table, and the sum of the hashes of what is recorded in them."""
NOT_RECORDED = {"ledger": {"because_hash"}, "quarantine": {"row_key"}}
"""Columns beside those of records that are derived."""


def take_over(path: Path, *, terms: Terms, at: datetime, by: str, tell: Tell, most_memory: str | None = None) -> None:
    """Bring the database at `path` to this version, where it is not; `tell` is called with what is done.

    `terms` are those of the law by which facts are told. Expects the home to be held. Of a change of the stored schema
    a copy of the database as it was stays beside it. Raises EarshotError where a table would not come out as it was;
    nothing is changed then.
    """
    with connect(path, most_memory=most_memory) as connection:
        stored = read_meta(connection)
        schema = check_schema(connection, path, stored)
        why = outdated(connection, stored, terms)
        if not why:
            return
        lacking = [one for one in MIGRATIONS if one.to_schema > schema]
        asked = _asked(connection, {name for one in lacking for name in one.changes})
        before = hold_fast(connection, asked)  # all is read: of a damaged file no backup is made
        connection.execute("checkpoint")
    backup = backup_of(path, schema) if lacking else None
    tell(f"{path}: {why}; " + _announced(backup))
    if backup is not None:
        back_up(path, backup)
    with connect(path, most_memory=most_memory) as connection:
        load_common(connection)
        with transaction(connection):
            for one in lacking:
                one.migrate(connection, path.parent)
            note_terms(connection, terms)
            derive_again(connection)
            after = hold_fast(connection, asked)
            if changed := [table for table in before if before[table] != after[table]]:
                raise EarshotError(
                    f"{path}: {', '.join(changed)} would not come out as before; nothing was changed, and this is a"
                    " fault of Earshot's own"
                )
            if backup is not None:
                connection.execute(
                    "insert into migrations values (?, ?, ?, ?, ?)", [schema, SCHEMA_VERSION, at, by, backup.name]
                )
            write_meta(connection, terms)
    tell(f"{path}: done; {after['lines'][0]:,} versions of lines and {after['journal'][0]:,} entries of the journal"
         " are as they were")  # fmt: skip


def backup_of(path: Path, schema: int) -> Path:
    """Return where the database of an earlier schema is kept: no other copy is ever written over."""
    names = (f"{path.name}.schema-{schema}.backup{f'-{number}' if number > 1 else ''}" for number in count(1))
    return next(one for one in map(path.with_name, names) if not one.exists() or cmp(path, one, shallow=False))


def back_up(path: Path, backup: Path) -> None:
    """Copy the database, which nobody has open, where that was not done; the copy appears whole or not at all."""
    if backup.exists():
        return
    partial = backup.with_name(f".{backup.name}.partial")
    try:
        shutil.copyfile(path, partial)
        sync(partial)
        partial.replace(backup)
        sync(path.parent)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def hold_fast(connection: duckdb.DuckDBPyConnection, asked: Mapping[str, Sequence[str]]) -> Held:
    """Return how many rows each table has, and the sum of the hashes of the columns asked for."""
    found = {}
    for table, columns in asked.items():
        names = ", ".join(f'"{column}"' for column in columns)
        query = f'select count(*), coalesce(sum(hash(({names}))::hugeint), 0) from "{table}"'
        ((rows, digest),) = connection.execute(query).fetchall()
        found[table] = (int(rows), int(digest))
    return found


def _asked(connection: duckdb.DuckDBPyConnection, changing: set[str]) -> dict[str, list[str]]:
    """Return the recorded columns of the tables that a home has, but for those that are to change."""
    found: dict[str, list[str]] = {}
    for table, column in connection.execute(
        "select table_name, column_name from duckdb_columns() where not internal and table_name in"
        " (select table_name from duckdb_tables() where not temporary) order by table_name, column_index"
    ).fetchall():
        is_kept = table in shapes() and table not in DERIVED_TABLES
        is_recorded = column in recorded_columns(table) if table in KINDS else column not in NOT_RECORDED.get(table, ())
        if is_kept and is_recorded and table != "meta" and f"{table}.{column}" not in changing:
            found.setdefault(table, []).append(column)
    return found


def _announced(backup: Path | None) -> str:
    if backup is None:
        return "facts, keys and hashes are made anew from the records"
    return f"it is being taken over; the database as it was is kept as {backup.name}"
