"""What holds for the present, kept from one screening to the next: decisions, what was found of each line, and counts.

The law is asked about new situations only, and lines are joined again only where something about them changed. The
tables `known_...` are made here, by the columns of what they keep, and made anew where the law changes.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import duckdb

from transforms.contexts.keep import Again
from transforms.decide.decide import DECIDE, Decision, decide, word_verdicts
from transforms.decide.families import FAMILIES
from transforms.find.find import COUNTS, FIND, count, find
from transforms.pipeline import Stage, make_table, make_view, registered
from transforms.rulebook.law import Law
from transforms.situations.situations import SITUATIONS

KEPT = Stage(
    name="screening",
    folder=Path(__file__).parent / "sql",
    reads=("subjects", "placed_lines", "placed_again", "touched_lines", "changed_lines", "found", "monthly", "daily"),
    leaves=("found", "monthly", "daily"),
)
_KEYS = {"verdicts": "family, subject_key", "subject_keys": "situation_key"}
"""By what a row is known: all rows of a key are decided together, once. The other table is of the law alone."""
AT_A_TIME = 10_000
"""So many situations are decided in one go: those of a long history would take gigabytes."""


@dataclass(frozen=True)
class Anew:
    """How much of a screening was made anew, and not kept from the one before it."""

    situations: int
    """Situations that the law was asked about."""
    lines: int
    """Lines that were joined with what the law says."""


def keep_decision(connection: duckdb.DuckDBPyConnection, law: Law) -> tuple[bool, int]:
    """Leave a view for each field of `Decision`, of what is kept.

    Return whether the law is as it was, and how many situations were decided now.

    Of `subjects`, those that were never decided under this law are decided now.
    """
    rests_on = decision_rests_on(law)
    is_as_before = bool(connection.execute("select rests_on from decision_state").fetchall() == [(rests_on,)])
    undecided = "from subjects" + (" anti join known_subject_keys using (situation_key)" if is_as_before else "")
    decided = make_table(connection, "undecided", f"select row_number() over () as place, * from ({undecided})")
    is_kept = is_as_before
    for first in range(0, max(decided, 0 if is_as_before else 1), AT_A_TIME):
        some = f"select * exclude (place) from undecided where place > {first} and place <= {first + AT_A_TIME}"
        decision = decide(connection.sql(some).to_arrow_table(), law)
        for field in fields(Decision):
            with registered(connection, getattr(decision, field.name)) as rows:
                _keep(connection, field.name, rows, is_as_before=is_kept)
        is_kept = True
    if not is_as_before:
        connection.execute("delete from decision_state")
        connection.execute("insert into decision_state values (?)", [rests_on])
    for field in fields(Decision):
        make_view(connection, field.name, f"from known_{field.name}")
    word_verdicts(connection)
    return is_as_before, decided


def decision_rests_on(law: Law) -> str:
    """Return a hash of all that decisions, and what is found by them, rest on but the situations."""
    stages = (*(family.stage for family in FAMILIES), FIND, SITUATIONS)
    return DECIDE.fingerprint(law.digest, *(stage.fingerprint() for stage in stages))


def _keep(connection: duckdb.DuckDBPyConnection, name: str, decided: str, *, is_as_before: bool) -> None:
    if not is_as_before:
        make_table(connection, f"known_{name}", f"from {decided}", is_lasting=True)
        return
    if name not in _KEYS:
        return
    rows = f"from {decided}"
    if name == "verdicts":
        last = "(select coalesce(max(verdict_key), 0) from known_verdicts)"
        rows = f"select * replace (verdict_key + {last} as verdict_key) from {decided}"
    connection.execute(f"insert into known_{name} by name {rows} anti join known_{name} using ({_KEYS[name]})")


def keep_found(connection: duckdb.DuckDBPyConnection, again: Again, *, is_law_as_before: bool) -> int:
    """Leave the view `found`: of lines of which something changed, what is found now; else what is kept.

    Return how many lines were looked at. Expects the decision, and what contexts leave.
    """
    looked_at = ""
    if again == "some" and is_law_as_before:
        connection.execute(
            "delete from known_found where identity_hash in (select identity_hash from touched_lines union all"
            " select identity_hash from changed_lines)"
        )
        looked_at = "placed_again"
        find(connection, f"from {looked_at}", name="found_now")
        connection.execute("insert into known_found by name from found_now")
    elif again != "nothing" or not is_law_as_before:
        looked_at = "placed_lines"
        find(connection, name="found_now")
        make_table(connection, "known_found", "from found_now", is_lasting=True)
    make_view(connection, "found", "from known_found")
    return connection.execute(f"select count(*) from {looked_at}").fetchall()[0][0] if looked_at else 0


def keep_counts(connection: duckdb.DuckDBPyConnection, again: Again) -> None:
    """Leave the views `monthly` and `daily`: months in which something changed are counted anew."""
    if again == "everything":
        count(connection, suffix="_now")
        for name in COUNTS:
            make_table(connection, f"known_{name}", f"from {name}_now", is_lasting=True)
    elif again == "some":
        KEPT.make(connection, "touched_months")
        first = connection.execute("select min(month) from touched_months").fetchall()[0][0]
        in_touched_months = "date_trunc('month', {0})::date in (from touched_months)"
        lines = f"from placed_lines where export_on >= $first_month and {in_touched_months.format('export_on')}"
        count(connection, lines, {"first_month": first}, suffix="_now")
        for name, day in COUNTS.items():
            connection.execute(f"delete from known_{name} where {in_touched_months.format(day)}")
            connection.execute(f"insert into known_{name} by name from {name}_now")
    for name in COUNTS:
        make_view(connection, name, f"from known_{name}")
