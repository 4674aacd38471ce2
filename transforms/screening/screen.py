"""Screen every line of a home: the law decided once per situation, then one join of the lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from pathlib import Path

import duckdb
import pyarrow as pa

from transforms.contexts.add import ONE_REALM, add_contexts
from transforms.reconcile.differences import find_differences
from transforms.reconcile.match import match_filings
from transforms.reconcile.rules import ReconcileRule
from transforms.rulebook.compile import Law
from transforms.runs import RunFacts
from transforms.screening.decide import decide, name_views
from transforms.screening.keep import count, find, keep_counts, keep_decision, keep_found
from transforms.sql import read_sql

SQL = Path(__file__).parent / "sql"


def read_situations(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    """Return every situation that the lines are in, all told, one row each."""
    return connection.sql("from subjects").to_arrow_table()


def screen(
    connection: duckdb.DuckDBPyConnection,
    law: Law,
    run: RunFacts,
    reconciling: Sequence[ReconcileRule] = (),
    realm: str = ONE_REALM,
    *,
    keep: bool = False,
) -> None:
    """Leave the result of a screening in temporary tables: `determinations` (a view), `findings`,
    and `tallies` and `daily`, which count lines that are clear too.

    Where filings are loaded, the lines are matched to them first, as what AES does not hold is no filing, and compared
    with them last, under the rules for `reconciling`.

    Lines are taken as known at `run.known_until` (UTC). A finding is new when it was first made on `run.as_of`, else
    open. Nothing that lasts is written, unless `keep`, and the present is asked for: then what
    holds until lines or law change is kept in the database (`keep.py`), and the result is the same.
    """
    if not keep:
        _screen(connection, law, run, reconciling, realm, keep=False)
        return
    connection.execute("begin")
    try:
        _screen(connection, law, run, reconciling, realm, keep=True)
        connection.execute("commit")
    except BaseException:
        with suppress(duckdb.TransactionException):  # a failed commit has ended it already
            connection.execute("rollback")
        raise


def _screen(
    connection: duckdb.DuckDBPyConnection,
    law: Law,
    run: RunFacts,
    reconciling: Sequence[ReconcileRule],
    realm: str,
    *,
    keep: bool,
) -> None:
    match_filings(connection, run.known_until)
    asked = add_contexts(connection, law, run.known_until, realm, keep=keep)
    if asked is None:
        decision = decide(read_situations(connection), law)
        for field in fields(decision):
            connection.register("decided", getattr(decision, field.name))
            _create(connection, field.name, "from decided", {})
            connection.unregister("decided")
        name_views(connection)
        find(connection, "from placed_lines")
        count(connection)
    else:
        is_law_as_before = keep_decision(connection, law)
        keep_counts(connection, asked if is_law_as_before else "everything")
        keep_found(connection, asked, is_law_as_before=is_law_as_before)
    _create(
        connection,
        "findings",
        read_sql(SQL / "findings.sql"),
        {"run_id": run.run_id, "as_of": run.as_of, "rulebook_hash": run.rulebook_hash, "known_at": run.known_at},
    )
    find_differences(connection, run, reconciling)
    _create(connection, "tallies", read_sql(SQL / "tallies.sql"), {})


def _create(connection: duckdb.DuckDBPyConnection, name: str, query: str, values: Mapping[str, object]) -> None:
    connection.execute("create or replace temp table " + name + " as " + query, dict(values) or None)
