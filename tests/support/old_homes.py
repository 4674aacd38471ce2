"""A home of an earlier version, what is recorded in it, and a database whose derived part rests on something else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from flows.opening import opened
from flows.settings import Home
from transforms.derived import DERIVED_TABLES, recorded_columns, shapes
from transforms.kinds import KINDS
from transforms.migrations.take_over import NOT_RECORDED

Rows = list[tuple[Any, ...]]
RECORDED = {
    table: [
        column
        for column in columns
        if (column in recorded_columns(table) if table in KINDS else column not in NOT_RECORDED.get(table, ()))
    ]
    for table, columns in shapes().items()
    if table not in (*DERIVED_TABLES, "meta", "migrations")
}
"""The recorded columns of each table."""
DERIVED = {
    **{kind.table: [one for one in shapes()[kind.table] if one not in RECORDED[kind.table]] for kind in KINDS.values()},
    "situations": list(shapes()["situations"]),
    "quarantine": ["row_key"],
}
"""What is derived whenever records are loaded; `context_key` is of a screening."""
DERIVED["lines"].remove("context_key")


def take_over(home: Home) -> Home:
    """Open the home as any command does, and return it."""
    with opened(home, "tests"):
        return home


def recorded(path: Path, as_in: Path | None = None) -> dict[str, Rows]:
    """Return all that is recorded in a database of any schema, but for what a later one than that of `as_in` added."""
    with duckdb.connect(str(as_in or path), read_only=True) as connection:
        held = connection.execute("select table_name, column_name from duckdb_columns() where not internal").fetchall()
    with duckdb.connect(str(path), read_only=True) as connection:
        asked = {table: [one for one in columns if (table, one) in held] for table, columns in RECORDED.items()}
        return {table: _rows(connection, table, columns) for table, columns in asked.items() if columns}


def derived(path: Path) -> dict[str, Rows]:
    """Return what is derived in a database of this version, each row with the record that it is of."""
    with duckdb.connect(str(path), read_only=True) as connection:
        known = {table: RECORDED.get(table, []) for table in DERIVED}
        return {table: _rows(connection, table, [*known[table], *columns]) for table, columns in DERIVED.items()}


def _rows(connection: duckdb.DuckDBPyConnection, table: str, columns: list[str]) -> Rows:
    names = ", ".join(f'"{column}"' for column in columns)
    return connection.execute(f'select {names} from "{table}" order by all').fetchall()


def spoil(home: Home, key: str = "hash_canary") -> None:
    """Make all that is derived wrong, as where DuckDB's `hash` was another one, and note that it rests on it."""
    with duckdb.connect(str(home.database)) as connection:
        for kind in KINDS.values():
            names = [name for name in DERIVED[kind.table] if name.endswith(("_hash", "_key", "_group"))]
            sets = ", ".join(f"{name} = {name} // 3" for name in names)
            connection.execute(f"update {kind.table} set {sets}")
        connection.execute("update situations set situation_key = situation_key // 3, hs6 = 'spoiled'")
        connection.execute("update quarantine set row_key = row_key // 3")
        connection.execute("update meta set value = 'another' where key = ?", [key])


def question(home: Home, query: str) -> Rows:
    """Return the rows of a query over a database of any schema."""
    with duckdb.connect(str(home.database), read_only=True) as connection:
        return connection.execute(query).fetchall()
