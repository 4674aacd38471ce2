"""Contexts of the present, kept with the lines from one screening to the next.

`lines.context_key` names the situation that a line is in, all told, NULL where other records add nothing;
`known_contexts` holds what they add; `context_state` says which batches are in it. A night then asks again only for the
days and ITNs of the lines that came or ended since.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import duckdb

from transforms.contexts.steps import make_step

Asked = Literal["nothing", "some", "everything"]
"""Of which lines it was asked anew what other records add to them."""
_ALL_OVER = 0.2
"""From this share of changed lines on, everything is made anew."""


@dataclass(frozen=True)
class Changed:
    """What came since contexts were last kept: after which batch, and how many versions of lines came or ended."""

    since: int
    lines: int
    latest: int
    """The latest batch."""

    @property
    def is_nothing(self) -> bool:
        """Whether what is kept holds as it is."""
        return self.lines == 0 and self.latest == self.since


def is_present(connection: duckdb.DuckDBPyConnection, is_one_realm: bool) -> bool:
    """Return whether the moment asked for is the present: nothing was learned after it."""
    later = "select 1 from batches where known_from > getvariable('known_at') limit 1"
    return is_one_realm and not connection.execute(later).fetchall()


def what_changed(connection: duckdb.DuckDBPyConnection, rests_on: str) -> Changed | None:
    """Return what changed since contexts were kept; None where they must be made anew for all lines.

    That is where none are kept, they rest on another law, item records came, or a number now tells the USPPI of some
    line where none did, or the other way round. Leaves the temporary table `changed_lines`.
    """
    state = connection.execute(
        "select up_to_batch, is_named_by_number from context_state where rests_on = ?", [rests_on]
    ).fetchall()
    if not state or state[0][1] != _is_named_by_number(connection):
        return None
    since = {"since": state[0][0]}
    item_batches, latest = connection.execute(
        "select count(*) filter (kind = 'items'), max(batch_id) from batches where batch_id > $since", since
    ).fetchall()[0]
    if item_batches:
        return None
    make_step(connection, "changed_lines", since)
    changed, held = connection.execute(
        "select (select count(*) from changed_lines), (select count(*) from lines)"
    ).fetchall()[0]
    if changed > max(_ALL_OVER * held, 1_000):
        return None
    return Changed(since["since"], changed, latest or since["since"])


def keep_changes(connection: duckdb.DuckDBPyConnection, changed: Changed, make: Callable[[], None]) -> None:
    """Ask again, by `make`, for the lines that other records may now add something else to, and keep what they add."""
    since = {"since": changed.since}
    make_step(connection, "touched_lines", since)
    make_step(connection, "carried")
    for scope, condition in (("value", "is_of_day"), ("itn", "is_of_itn"), ("own", "has_come")):
        connection.execute(f"create or replace temp view {scope}_lines as from touched_lines where {condition}")
    make()
    _keep(connection, changed.latest)


def keep_all(connection: duckdb.DuckDBPyConnection, rests_on: str) -> None:
    """Keep what `context_facts` holds for all lines."""
    latest = connection.execute("select coalesce(max(batch_id), 0) from batches").fetchall()[0][0]
    connection.execute("create or replace temp view touched_lines as from current_lines")
    _keep(connection, latest, rests_on)


def _keep(connection: duckdb.DuckDBPyConnection, latest: int, rests_on: str | None = None) -> None:
    make_step(connection, "context_changes")
    connection.execute(
        "update lines set context_key = c.context_key from context_changes as c where lines.rowid = c.line_row"
    )
    if rests_on is not None:
        connection.execute("delete from known_contexts")
        connection.execute("delete from context_state")
        connection.execute(
            "insert into context_state values ($latest, $rests_on, $named)",
            {"latest": latest, "rests_on": rests_on, "named": _is_named_by_number(connection)},
        )
    connection.execute("update context_state set up_to_batch = ?", [latest])
    connection.execute(
        "insert into known_contexts by name select distinct * exclude (line_row) from context_facts"
        " anti join known_contexts using (situation_key)"
        " where line_row in (select line_row from touched_lines)"
    )


def _is_named_by_number(connection: duckdb.DuckDBPyConnection) -> bool:
    query = "select 1 from current_lines where usppi_id <> '' limit 1"
    return bool(connection.execute(query).fetchall())
