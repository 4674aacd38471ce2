"""SQL files as named steps: each file holds one SELECT, and a chain of them becomes one WITH."""

from __future__ import annotations

import glob
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import duckdb


def as_named(path: Path) -> str:
    """Return the path as DuckDB reads that one file and no other: `[1]`, `*` and `?` in a name are no pattern."""
    return glob.escape(str(path))


@cache
def read_sql(path: Path) -> str:
    """Return the text of one `.sql` file, without a trailing semicolon."""
    return path.read_text(encoding="utf-8").rstrip().rstrip(";")


def chain(*files: Path | tuple[str, Path]) -> str:
    """Return one statement: `WITH stem AS (file), ...` for all files but the last, whose SELECT ends it.

    A file refers to an earlier one by its stem, or by the name that it is given here. Each file also runs alone where
    its inputs are tables, which is how a step is looked at in isolation.
    """
    *steps, (_, last) = [(one.stem, one) if isinstance(one, Path) else one for one in files]
    if not steps:
        return read_sql(last)
    named = ",\n".join(f"{name} as (\n{read_sql(path)}\n)" for name, path in steps)
    return f"with {named}\nfrom (\n{read_sql(last)}\n)"


UNWANTED = "in_clause"
"""What the planner of DuckDB never does here: it would make a join of each list of words. Those of the load alone were
42 joins, which took three times as long to plan as all the rest."""


FEW = 50_000
"""So many rows are few: a plan costs more than what it does with them."""


def are_few(connection: duckdb.DuckDBPyConnection, relation: str) -> bool:
    """Return whether a relation has few rows, without counting many."""
    row = connection.execute(f"select count(*) <= {FEW} from (select 1 from {relation} limit {FEW + 1})").fetchone()
    return bool(row and row[0])


@contextmanager
def as_written(connection: duckdb.DuckDBPyConnection, reads: str = "incoming") -> Iterator[None]:
    """Run statements that read a relation in the order in which their steps are written, each expression computed once.

    A long pipeline over a CSV file has no statistics to plan with: left alone, the planner builds its hash tables on
    the file in place of the small tables, and repeats costly expressions in filters. Measured on 1,000,000 rows, the
    load of a file took four times as long.

    Of few rows each step is held before the next one reads it: a pipeline of joins begins anew for each of them, which
    takes 0.3 s where 20 joins go before the facts of a line, however few the rows.
    """
    held = ",cte_inlining" if are_few(connection, reads) else ""
    connection.execute(f"set disabled_optimizers = '{UNWANTED},filter_pushdown,build_side_probe_side{held}'")
    try:
        yield
    finally:
        with suppress(
            duckdb.TransactionException
        ):  # a failed transaction takes nothing more, and is to be told as it is
            connection.execute(f"set disabled_optimizers = '{UNWANTED}'")
