"""The one way in which relations are made: a stage reads some, makes its steps one after the other, and leaves others.

A relation is a table or view with a name, declared in `relations/` where more than one package reads it. A step is one
file of SQL, which makes the relation of its name. Nothing else in the tree creates, fills or replaces a relation, and
`transaction` is the one place that begins, commits and rolls back.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from transforms.relations import declared, spelled
from transforms.sql import read_sql
from transforms.sql_text import VALUE, literal, reads_of, values_of

Row = Mapping[str, Any]
MANY_ROWS = 500
"""From so many rows on, they are handed over as Arrow: as values of Python they take ten times as long."""
Values = Mapping[str, object]


@dataclass(frozen=True)
class Stage:
    """A package's way from the relations that it reads to those that it leaves.

    `views` names the steps that are made as views; `is_shared` is for a database in memory whose tables a second cursor
    reads too: elsewhere, relations are temporary.
    """

    name: str
    """The package."""
    folder: Path
    """Where its SQL is: one file per step."""
    reads: tuple[str, ...] = ()
    """Relations of other packages."""
    leaves: tuple[str, ...] = ()
    """Relations for other packages."""
    steps: tuple[str, ...] = ()
    """What `run` makes, in this order."""
    views: frozenset[str] = frozenset()
    is_shared: bool = False

    def text(self, step: str) -> str:
        """Return the SQL of a step."""
        return read_sql(self.folder / f"{step}.sql")

    def run(
        self, connection: duckdb.DuckDBPyConnection, values: Values | None = None, without: Sequence[str] = ()
    ) -> None:
        """Make every step in order, but for those in `without`, which were given."""
        for step in self.steps:
            if step not in without:
                self.make(connection, step, values)

    def make(
        self, connection: duckdb.DuckDBPyConnection, step: str, values: Values | None = None, name: str | None = None
    ) -> int:
        """Make the relation of a step in place of any of its name, and return its number of rows (of a view, 0).

        `values` may hold more than the step asks for. Raises KeyError for a value that it lacks.
        """
        text = self.text(step)
        if step in self.views:
            make_view(connection, name or step, text, values)
            return 0
        return make_table(connection, name or step, text, values, is_lasting=self.is_shared)

    def add(self, connection: duckdb.DuckDBPyConnection, step: str, relation: str, values: Values | None = None) -> int:
        """Add the rows of a step to a relation, by the names of its columns, and return how many they are."""
        return add_rows(connection, relation, self.text(step), values)

    def read(
        self, connection: duckdb.DuckDBPyConnection, step: str, values: Values | None = None
    ) -> list[dict[str, Any]]:
        """Return the rows of a step, by column; nothing is made."""
        return read_rows(connection, self.text(step), values)

    def look(
        self, connection: duckdb.DuckDBPyConnection, step: str, values: Values | None = None
    ) -> dict[str, pa.Table]:
        """Return what a step reads and what comes of it, by relation, the step's own rows last: to see it by itself."""
        text = self.text(step)
        seen = {name: connection.sql(f"from {name}").to_arrow_table() for name in reads_of(text)}
        seen[step] = connection.sql(text, params=_asked(text, values)).to_arrow_table()
        return seen

    def fingerprint(self, *law: object) -> str:
        """Return a hash of what the stage's result rests on but the records: its SQL, and these parts of the law."""
        texts = [read_sql(path) for path in sorted(self.folder.rglob("*.sql"))]
        return hashlib.sha256(json.dumps([texts, law], default=str, sort_keys=True).encode()).hexdigest()


def make_table(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    text: str,
    values: Values | None = None,
    *,
    is_lasting: bool = False,
) -> int:
    """Make a table of a query in place of any of its name, and return its number of rows.

    It is temporary, unless it is to last as long as the database: in memory, so that a second cursor sees it.
    """
    where = "" if is_lasting else "temp "
    return _count(connection, f"create or replace {where}table {name} as {text}", _asked(text, values))


def add_rows(connection: duckdb.DuckDBPyConnection, relation: str, text: str, values: Values | None = None) -> int:
    """Add the rows of a query to a relation, by the names of its columns, and return how many they are."""
    return _count(connection, f"insert into {relation} by name {text}", _asked(text, values))


def make_view(connection: duckdb.DuckDBPyConnection, name: str, text: str, values: Values | None = None) -> None:
    """Make a temporary view; as a view takes no values, they are written into its text."""
    given = _asked(text, values) or {}
    text = re.sub(VALUE, lambda one: literal(given[one.group(1)]), text)
    connection.execute(f"create or replace temp view {name} as {text}")


def lasting_table(name: str) -> str:
    """Return the statement that makes a table of a home as it is declared, where it is not there yet."""
    return f"create table if not exists {name} ({spelled(declared(name).types)});"


def give(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    rows: pa.Table | Sequence[Row] = (),
    *,
    columns: Mapping[str, str] | None = None,
    is_shared: bool = False,
) -> None:
    """Hand a relation to a stage: a table, or rows by column; what no row names is NULL.

    Its columns are those of its declaration, or for a package's own relation `columns` by name and type. This is how
    examples, one line to be explained and tests drive the same stages on other inputs. Without rows the relation is
    there, and empty. Raises KeyError where it is not declared.
    """
    create = f"create or replace {'' if is_shared else 'temp '}table {name}"
    if isinstance(rows, pa.Table):
        with registered(connection, rows) as source:
            connection.execute(f"{create} as from {source}")
        return
    connection.execute(f"{create} ({spelled(columns or declared(name).types)})")
    fill(connection, name, rows)


def fill(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table | Sequence[Row]) -> None:
    """Add rows to a relation that is there, by the names of its columns; what a row does not name is NULL."""
    if isinstance(rows, pa.Table) or len(rows) > MANY_ROWS:
        table = rows if isinstance(rows, pa.Table) else as_arrow(rows)
        with registered(connection, table) as source:
            connection.execute(f"insert into {name} by name from {source}")
    elif rows:
        query = f"insert into {name} by name select unnest(row) from (select unnest($rows) as row)"
        connection.execute(query, {"rows": [dict(row) for row in rows]})


def as_arrow(rows: Sequence[Row]) -> pa.Table:
    """Return rows as one table, with the columns that any of them names."""
    names = dict.fromkeys(chain.from_iterable(rows))
    return pa.table({name: [row.get(name) for row in rows] for name in names})


@contextmanager
def registered(connection: duckdb.DuckDBPyConnection, table: pa.Table) -> Iterator[str]:
    """Yield the name under which SQL can read an Arrow table for the time being."""
    connection.register("given_rows", table)
    try:
        yield "given_rows"
    finally:
        connection.unregister("given_rows")


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection, *, is_trial: bool = False) -> Iterator[None]:
    """Keep what the block does wholly or not at all; with `is_trial`, not at all."""
    connection.execute("begin")
    try:
        yield
        connection.execute("rollback" if is_trial else "commit")
    except BaseException:
        with suppress(duckdb.TransactionException):  # a failed commit has ended it already
            connection.execute("rollback")
        raise


def read_rows(connection: duckdb.DuckDBPyConnection, text: str, values: Values | None = None) -> list[dict[str, Any]]:
    """Return the rows of a query, by column."""
    found = connection.execute(text, _asked(text, values))
    names = [column[0] for column in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def names_of(connection: duckdb.DuckDBPyConnection, text: str, values: Values | None = None) -> list[str]:
    """Return the names of the columns of a query; none of its rows is made."""
    described = connection.execute(f"from ({text}) limit 0", _asked(text, values)).description
    return [column[0] for column in described or ()]


def _asked(text: str, values: Values | None) -> dict[str, object] | None:
    """Those of the values that a text asks for by `$name`."""
    names = values_of(text)
    return {name: (values or {})[name] for name in names} or None


def _count(connection: duckdb.DuckDBPyConnection, statement: str, values: dict[str, object] | None) -> int:
    counted = connection.execute(statement, values).fetchone()
    return int(counted[0]) if counted else 0
