"""What holds for the present, kept from one screening to the next: decisions, what was found of each line, and counts.

The law is asked about new situations only, and lines are joined again only where something about them changed. The
tables `known_...` are made here, by the columns of what they keep, and made anew where the law changes.
"""

from __future__ import annotations

from dataclasses import fields

import duckdb

from transforms.contexts.keep import Asked
from transforms.contexts.steps import fingerprint, make_step
from transforms.rulebook.compile import Law
from transforms.screening.decide import SQL, Decision, decide, name_views
from transforms.situations.derive import SQL as FACTS
from transforms.sql import read_sql

_KEYS = {
    "verdicts": "control_key", "filing_verdicts": "filing_key", "check_verdicts": "situation_key",
    "not_judged": "situation_key", "subject_keys": "situation_key",
}  # fmt: skip
"""By what a row is known: all rows of a key are decided together, once. The other tables are of the law alone."""
_NUMBERED = {"verdicts": 0, "filing_verdicts": 0, "check_verdicts": 0, "not_judged": 2_000_000_000}
"""The tables whose rows are numbered, and from where."""
_COUNTS = {"monthly": "month", "daily": "export_on"}
"""The tables that count lines, and the day by which a row belongs to a month."""


def keep_decision(connection: duckdb.DuckDBPyConnection, law: Law) -> bool:
    """Leave a temporary view for each field of `Decision`, of what is kept; return whether the law is as it was.

    Of `subjects`, those that were never decided under this law are decided now.
    """
    rests_on = fingerprint([law.tables()], SQL, FACTS)
    is_as_before = bool(connection.execute("select rests_on from decision_state").fetchall() == [(rests_on,)])
    undecided = "from subjects" + (" anti join known_subject_keys using (situation_key)" if is_as_before else "")
    situations = connection.sql(undecided).to_arrow_table()
    if len(situations) or not is_as_before:
        decision = decide(situations, law)
        for field in fields(Decision):
            connection.register("decided", getattr(decision, field.name))
            _keep(connection, field.name, is_as_before=is_as_before)
            connection.unregister("decided")
    if not is_as_before:
        connection.execute("delete from decision_state")
        connection.execute("insert into decision_state values (?)", [rests_on])
    for field in fields(Decision):
        connection.execute(f"create or replace temp view {field.name} as from known_{field.name}")
    name_views(connection)
    return is_as_before


def _keep(connection: duckdb.DuckDBPyConnection, name: str, *, is_as_before: bool) -> None:
    if not is_as_before:
        connection.execute(f"create or replace table known_{name} as from decided")
        return
    if name not in _KEYS:
        return
    first = _NUMBERED.get(name)
    last = f"(select coalesce(max(verdict_key), {first}) - {first} from known_{name})"
    rows = "from decided" if first is None else f"select * replace (verdict_key + {last} as verdict_key) from decided"
    connection.execute(f"insert into known_{name} by name {rows} anti join known_{name} using ({_KEYS[name]})")


def keep_found(connection: duckdb.DuckDBPyConnection, asked: Asked, *, is_law_as_before: bool) -> None:
    """Leave the temporary view `found`: of lines of which something changed, what is found now; else what is kept.

    Expects the decision, and the tables that contexts leave.
    """
    if asked == "some" and is_law_as_before:
        connection.execute(
            "delete from known_found where identity_hash in (select identity_hash from touched_lines union all"
            " select identity_hash from changed_lines)"
        )
        connection.execute(
            "create or replace temp table touched_now as select line_row, situation_key, export_on, tendered_on"
            " from placed_lines semi join touched_lines using (line_row)"
        )
        find(connection, "from touched_now")
        connection.execute("insert into known_found by name from found")
    elif asked != "nothing" or not is_law_as_before:
        find(connection, "from placed_lines")
        connection.execute("create or replace table known_found as from found")
    connection.execute("create or replace temp view found as from known_found")


def find(connection: duckdb.DuckDBPyConnection, asked_about: str) -> None:
    """Leave the temporary view `found`: what the law, as decided, says of these of the `placed_lines`."""
    connection.execute("create or replace temp view asked_about as " + asked_about)
    for step in ("open_verdicts", "hits", "told_lines"):
        connection.execute(f"create or replace temp table {step} as " + read_sql(SQL / f"{step}.sql"))
    make_step(connection, "told_sums")
    connection.execute("create or replace temp table found_now as " + read_sql(SQL / "found.sql"))
    connection.execute("create or replace temp view found as from found_now")


def keep_counts(connection: duckdb.DuckDBPyConnection, asked: Asked) -> None:
    """Leave the temporary views `monthly` and `daily`: months in which something changed are counted anew."""
    if asked == "everything":
        count(connection)
        for name in _COUNTS:
            connection.execute(f"create or replace table known_{name} as from {name}")
    elif asked == "some":
        connection.execute("create or replace temp table touched_months as " + read_sql(SQL / "touched_months.sql"))
        connection.execute("set variable first_month = (select min(month) from touched_months)")
        in_touched_months = "date_trunc('month', {0})::date in (from touched_months)"
        lines = f"from placed_lines where export_on >= getvariable('first_month') and {in_touched_months}"
        count(connection, lines.format("export_on"))
        for name, day in _COUNTS.items():
            connection.execute(f"delete from known_{name} where {in_touched_months.format(day)}")
            connection.execute(f"insert into known_{name} by name from {name}")
    for name in _COUNTS:
        connection.execute(f"create or replace temp view {name} as from known_{name}")


def count(connection: duckdb.DuckDBPyConnection, counted_lines: str = "from placed_lines") -> None:
    """Leave the temporary views `monthly` and `daily`: how many lines, worth what."""
    connection.execute("create or replace temp view counted_lines as " + counted_lines)
    for name in _COUNTS:
        connection.execute(f"create or replace temp table {name}_now as " + read_sql(SQL / f"{name}.sql"))
        connection.execute(f"create or replace temp view {name} as from {name}_now")

