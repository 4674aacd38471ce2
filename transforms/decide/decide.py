"""Decide the law once per situation: situations and the compiled rulebook in, verdicts out.

Three strata, none of which looks back: the controls, then filing (15 CFR 758.1(b)(2) reads the controls), then the
checks. What a record leaves open is gathered last.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path

import duckdb
import pyarrow as pa

from transforms.decide.checks import run_checks
from transforms.pipeline import Stage, fill, give
from transforms.rulebook.compile import Law
from transforms.situations.facts import FACTS
from transforms.sql import read_sql
from transforms.store import load_common, open_memory

CONTROLS = ("control_situations", "item_states", "place_states", "claims", "answers", "verdicts")
FILING = (
    "filing_subjects", "filing_situations", "filing_reach", "license_needed", "filing_weighed", "filing_outcomes",
    "filing_verdicts",
)  # fmt: skip
"""The relations that a decision is made of, in their order."""
WORDED = ("worded_verdicts", "determinations")
"""What is said in words: one row per verdict and rule version, and the same per situation."""
LAW = Path(__file__).parent.parent / "rulebook" / "law.sql"
DECIDE = Stage(
    name="decide",
    folder=Path(__file__).parent / "sql",
    reads=(
        "subjects", "rule_versions", "rule_periods", "item_words", "place_words", "exception_terms", "memberships",
        "license_codes", "provisions", "filing",
    ),
    leaves=("verdicts", "filing_verdicts", "check_verdicts", "not_judged", "subject_keys", *WORDED),
    steps=("keyed_subjects", *CONTROLS),
    views=frozenset(WORDED),
    is_shared=True,
)  # fmt: skip
ADDED = ("item_says", "item_proves", "signal", "itn_use", "aes_state", "low_value", "low_value_missing")
"""What other records add to the facts of a line, see `contexts/`."""
_MANY = 50_000


@contextmanager
def deciding(situations: pa.Table, law: Law) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection without access to files or network that holds every step of the decision as a table.

    `situations` has one row per situation: situation_key and the facts; a fact that it lacks is not known. The view
    `determinations` has one row per situation, rule version and stretch of days, where the situation is or may be in
    scope.
    """
    with open_memory() as connection:
        if len(situations) < _MANY:  # small steps cost more to share out than to take
            connection.execute("set threads = 1")
        load_law(connection, law)
        give_subjects(connection, situations)
        DECIDE.run(connection)
        # filing and the checks do not read each other
        with ThreadPoolExecutor(max_workers=1) as beside, connection.cursor() as second:
            load_common(second)
            checked = beside.submit(run_checks, second)
            for step in FILING:
                DECIDE.make(connection, step)
            checked.result()
        for step in ("not_judged", "subject_keys", *WORDED):
            DECIDE.make(connection, step)
        yield connection


def try_law(law: Law) -> None:
    """Raise InputError, naming the check, where the SQL of one cannot be run; no situation is looked at."""
    with deciding(pa.table({"situation_key": pa.array([], pa.uint64())}), law):
        return


def load_law(connection: duckdb.DuckDBPyConnection, law: Law) -> None:
    """Make the tables of the law, and what a decision starts from."""
    connection.execute(read_sql(LAW))
    for name, rows in law.tables().items():
        fill(connection, name, rows)
    connection.execute(DECIDE.text("control_key"))
    give(connection, "check_verdicts", is_shared=True)


def give_subjects(connection: duckdb.DuckDBPyConnection, situations: pa.Table) -> None:
    """Hand the situations to the decision as `subjects`: what is not given is not known, or adds nothing."""
    for name in (*FACTS, "eccn_recorded", "item_eccn"):
        if name not in situations.column_names:
            situations = situations.append_column(name, pa.nulls(len(situations), pa.string()))
    for name in ADDED:
        if name not in situations.column_names:
            nothing = pa.scalar(False if name == "item_proves" else "")
            situations = situations.append_column(name, pa.repeat(nothing, len(situations)))
    give(connection, "subjects", situations, is_shared=True)


def word_verdicts(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the views of `WORDED` over the relations of a decision."""
    for view in WORDED:
        DECIDE.make(connection, view)


@dataclass(frozen=True)
class Decision:
    """What a decision leaves; together they make the views of `WORDED`, where copies of a law share its verdicts."""

    verdicts: pa.Table
    """One row per control situation, law and stretch of days: flagged, undetermined, clear; else out of scope."""
    rule_versions: pa.Table
    """One row per version of a control, with the law that it shares with those that say the same."""
    filing_verdicts: pa.Table
    """One row per filing situation and stretch of days."""
    filing: pa.Table
    """The rule `eei-filing`: one row, or none."""
    check_verdicts: pa.Table
    """One row per situation, check version and stretch of days in which something was found, or cannot be told."""
    checks: pa.Table
    """One row per version of a check."""
    not_judged: pa.Table
    """One row per situation and stretch of days in which the record is silent on what some rules ask for."""
    subject_keys: pa.Table
    """One row per situation: by which keys verdicts concern it."""


def decide(situations: pa.Table, law: Law) -> Decision:
    """Return what the rulebook says of `situations`, one row each: situation_key and the facts."""
    with deciding(situations, law) as connection:
        return Decision(*(connection.sql("from " + field.name).to_arrow_table() for field in fields(Decision)))
