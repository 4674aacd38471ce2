"""Make all anew that a home derives from its records: facts, keys, hashes, situations; what is kept is forgotten."""

from __future__ import annotations

import duckdb

from transforms.derived import DERIVED_TABLES, naming_values, recorded_columns, shapes, term_values
from transforms.ingest.forms import load_words
from transforms.ingest.steps import SQL, fold_names, hashing, input_of
from transforms.kinds import KINDS, RecordKind
from transforms.pipeline import make_view
from transforms.situations.situations import FACTS_STEP, IDENTIFIED_STEP
from transforms.sql import chain


def derive_again(connection: duckdb.DuckDBPyConnection) -> None:
    """Make anew all that is derived, by the SQL that loads records; recorded columns stay as they are.

    Expects the words of `common.sql`, the terms of the law (`note_terms`), the recorded columns of this version, and a
    transaction of the caller.
    """
    load_words(connection)
    for kind in KINDS.values():
        _rewrite(connection, kind)
    kept = connection.execute("select table_name from duckdb_tables() where not temporary and not internal").fetchall()
    for table in (name for (name,) in kept if name in DERIVED_TABLES or name not in shapes()):
        connection.execute(f'drop table "{table}"')
    for table in DERIVED_TABLES:
        _create(connection, table, table)
    situations = chain(("fact_lines", SQL / "first_lines.sql"), FACTS_STEP, IDENTIFIED_STEP)
    connection.execute("insert into situations by name " + situations, term_values(connection) | naming_values())
    connection.execute("update quarantine set row_key = key_of_aside(kind, source, identity, cells, recorded)")


def _rewrite(connection: duckdb.DuckDBPyConnection, kind: RecordKind) -> None:
    """Write the table of a kind once more, in the order of its rows, with the columns that this version derives.

    An UPDATE takes two thirds of the time, and cannot add or drop a column. Loading takes three times as long.
    """
    again = f"{kind.table}_again"
    _create(connection, again, kind.table)
    make_view(connection, input_of(kind), f"select {', '.join(recorded_columns(kind.table))} from {kind.table}")
    make_view(connection, "incoming", f"from {input_of(kind)}")
    fold_names(connection, kind)
    values = term_values(connection) if kind.is_screened else None
    connection.execute(f"insert into {again} by name " + chain(*hashing(kind)), values)
    connection.execute(f"drop view incoming; drop view {input_of(kind)}")
    connection.execute(f"drop table {kind.table}")
    connection.execute(f"alter table {again} rename to {kind.table}")


def _create(connection: duckdb.DuckDBPyConnection, name: str, table: str) -> None:
    columns = ", ".join(f'"{column}" {kind}' for column, kind in shapes()[table].items())
    connection.execute(f"create table {name} ({columns})")
