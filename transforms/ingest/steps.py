"""The steps from a row to what is stored of it: the same ones for rows that come, and for rows that are stored."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from transforms.ingest.texts import read_texts
from transforms.kinds import RecordKind
from transforms.pipeline import add_rows, make_table
from transforms.situations.situations import FACTS_STEP
from transforms.sql import as_written, chain, read_sql

SQL = Path(__file__).parent / "sql"
Steps = tuple[Path | tuple[str, Path], ...]


def hashing(kind: RecordKind) -> Steps:
    """Return the steps that add to rows of a kind all that is derived from them alone; they read `input_of(kind)`."""
    return (*((FACTS_STEP,) if kind.is_screened else ()), kind.sql / "hashed_rows.sql")


def input_of(kind: RecordKind) -> str:
    """Return the name under which `hashing` reads the rows: canonical columns, and any others."""
    return "fact_lines" if kind.is_screened else "readable_rows"


READABLE = SQL / "readable_rows.sql"


def loading(kind: RecordKind, wanted: Path = READABLE) -> Steps:
    """Return the steps from the rows of `incoming` to versions of records; `wanted` is the step that chooses rows."""
    return kind.sql / "typed.sql", (input_of(kind), wanted), *hashing(kind), SQL / "versioned.sql"


def fold_names(connection: duckdb.DuckDBPyConnection, kind: RecordKind) -> None:
    """Leave `name_folds`: the names in the rows of `incoming`, each folded once, as few of them are told many times."""
    if kind.is_screened:
        make_table(connection, "name_folds", read_sql(SQL / "name_folds.sql"))


def insert_rows(
    connection: duckdb.DuckDBPyConnection, kind: RecordKind, values: Mapping[str, Any], wanted: Path = READABLE
) -> int:
    """Insert the `wanted` rows of `incoming`, each as the version of its record, and return how many they are."""
    fold_names(connection, kind)
    read_texts(connection, kind, values)
    with as_written(connection):
        return add_rows(connection, kind.table, chain(*loading(kind, wanted)), values)
