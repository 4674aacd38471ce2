"""Contexts of the present, kept with the lines from one screening to the next.

`lines.context_key` names the situation that a line is in, all told, NULL where other records add nothing;
`known_contexts` holds what they add; `context_state` says which batches are in it. A night then asks again only for the
days, ITNs and orders of the lines that came or ended since.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import duckdb

from transforms.ingest.recall import fetch_lines
from transforms.pipeline import Stage, make_view

KEPT = Stage(
    name="contexts",
    folder=Path(__file__).parent / "sql",
    reads=("lines", "batches", "current_lines", "known_contexts", "aes_states", "conversions", "line_asides"),
    leaves=("changed_lines", "touched_lines"),
)
Again = Literal["nothing", "some", "everything"]
"""Of which lines it was asked again what other records add to them."""
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


def is_present(connection: duckdb.DuckDBPyConnection) -> bool:
    """Return whether the moment that `recall` was asked for is the present: nothing was learned after it."""
    return not connection.execute("select 1 from later_batches limit 1").fetchall()


def what_changed(connection: duckdb.DuckDBPyConnection, rests_on: str) -> Changed | None:
    """Return what changed since contexts were kept; None where they must be made anew for all lines.

    That is where none are kept, they rest on another law, lines of then are worth otherwise at the exchange rates of
    now, item records came, or a number now tells the USPPI of some
    line where none did, or the other way round. Leaves `changed_lines`.
    """
    state = connection.execute("select up_to_batch, is_named_by_number, rests_on from context_state").fetchall()
    if not state or state[0][1] != _is_named_by_number(connection):
        return None
    since = {"since": state[0][0]}
    if state[0][2] != _at_rates(connection, rests_on, state[0][0]):
        return None
    item_batches, latest = connection.execute(
        "select count(*) filter (kind = 'items'), max(batch_id) from batches where batch_id > $since", since
    ).fetchall()[0]
    if item_batches:
        return None
    changed = KEPT.make(connection, "changed_lines", since)
    held = connection.execute("select count(*) from lines").fetchall()[0][0]
    if changed > max(_ALL_OVER * held, 1_000):
        return None
    return Changed(since["since"], changed, latest or since["since"])


def keep_changes(
    connection: duckdb.DuckDBPyConnection, changed: Changed, rests_on: str, make: Callable[[], None]
) -> None:
    """Ask again, by `make`, for the lines that other records may now add something else to, and keep what they add."""
    KEPT.make(connection, "touches")
    fetch_lines(connection, "from touches")
    KEPT.make(connection, "touched_lines", {"since": changed.since})
    KEPT.make(connection, "carried_facts")
    scopes = {"value": "is_of_day", "itn": "is_of_itn", "own": "has_come", "order": "is_of_order"}
    for scope, condition in scopes.items():
        make_view(connection, f"{scope}_lines", f"from touched_lines where {condition}")
    make()
    _keep(connection, "touched_lines")
    state = {"latest": changed.latest, "rests_on": _at_rates(connection, rests_on, changed.latest)}
    connection.execute("update context_state set up_to_batch = $latest, rests_on = $rests_on", state)
    KEPT.make(connection, "placed_again")


def keep_all(connection: duckdb.DuckDBPyConnection, rests_on: str) -> None:
    """Keep what `context_facts` holds for all lines."""
    latest = connection.execute("select coalesce(max(batch_id), 0) from batches").fetchall()[0][0]
    connection.execute("delete from known_contexts")
    _keep(connection, "current_lines")
    connection.execute("delete from context_state")
    connection.execute(
        "insert into context_state values ($latest, $rests_on, $named)",
        {
            "latest": latest,
            "rests_on": _at_rates(connection, rests_on, latest),
            "named": _is_named_by_number(connection),
        },
    )


def _keep(connection: duckdb.DuckDBPyConnection, asked: str) -> None:
    """Keep what `context_facts` holds for the lines `asked`."""
    make_view(connection, "asked_lines", f"from {asked}")
    KEPT.make(connection, "context_changes")
    connection.execute(
        "update lines set context_key = c.context_key from context_changes as c"
        " where id_of_version(lines.identity_hash, lines.batch_id) = c.line_id"
    )
    connection.execute(
        "insert into known_contexts by name select distinct * exclude (line_id) from context_facts"
        " anti join known_contexts using (situation_key)"
        " where line_id in (select line_id from asked_lines)"
    )


def _at_rates(connection: duckdb.DuckDBPyConnection, rests_on: str, latest: int) -> str:
    """Return on what is kept rests, with the rates that convert lines of the extracts up to the latest."""
    query = "select currency, export_on, rate from conversions where batch_id <= ? order by all"
    rates = connection.execute(query, [latest]).fetchall()
    digest = hashlib.sha256(repr(rates).encode()).hexdigest() if rates else ""
    return f"{rests_on} {digest}".rstrip()


def _is_named_by_number(connection: duckdb.DuckDBPyConnection) -> bool:
    query = "select 1 from current_lines where usppi_id <> '' limit 1"
    return bool(connection.execute(query).fetchall())
