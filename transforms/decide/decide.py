"""Decide the law once per situation: situations and the compiled rulebook in, verdicts out.

Four strata, none of which looks back: the controls, then listed parties, then filing (15 CFR 758.1(b)(2) reads the
controls, (b)(8) the lists), then the checks (some read controls or filing). What a record leaves open is gathered last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from threading import Event

import duckdb
import pyarrow as pa

from transforms.bounded import MOST_SECONDS, TRIAL_SECONDS, held
from transforms.decide.checks import run_checks
from transforms.decide.families import CONTROL, FAMILIES, FILING, PARTY, Family
from transforms.errors import EarshotError
from transforms.facts import all_facts
from transforms.pipeline import Stage, fill, give, make_table
from transforms.rulebook.law import Law
from transforms.sql import read_sql
from transforms.store import load_common, open_memory

WORDED = ("worded_verdicts", "determinations")
"""What is said in words: one row per verdict and rule version, and the same per situation."""
LAW = Path(__file__).parent.parent / "rulebook" / "law.sql"
DECIDE = Stage(
    name="decide",
    folder=Path(__file__).parent / "sql",
    reads=("subjects",),
    leaves=("verdicts", "family_rules", "subject_keys", *WORDED),
    steps=("keyed_subjects",),
    views=frozenset(WORDED),
    is_shared=True,
)
MANY = 50_000
"""From so many rows on, steps are shared out among threads."""
_SHOWN = 5


@contextmanager
def deciding(
    situations: pa.Table, law: Law, families: Sequence[Family] | None = None, seconds: float = MOST_SECONDS
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection without access to files or network that holds every step of the decision as a table.

    `situations` has one row per situation: situation_key and the facts; a fact that it lacks is not known. The view
    `determinations` has one row per situation, rule version and stretch of days, where the situation is or may be in
    scope. The SQL of one check may run for so many `seconds`.
    """
    with open_memory() as connection:
        if len(situations) < MANY:  # small steps cost more to share out than to take
            connection.execute("set threads = 1")
        load_law(connection, law)
        give_subjects(connection, situations)
        give_listed(connection, law)
        with held(connection, len(situations)):
            _decide(connection, FAMILIES if families is None else families, seconds)
        yield connection


def _decide(connection: duckdb.DuckDBPyConnection, families: Sequence[Family], seconds: float) -> None:
    """Make every step, the checks beside filing: filing does not read them, and few of them read filing."""
    DECIDE.run(connection)
    CONTROL.stage.run(connection)
    PARTY.stage.run(connection)
    is_filed = Event()
    with ThreadPoolExecutor(max_workers=1) as beside, connection.cursor() as second:
        load_common(second)
        checked = beside.submit(run_checks, second, is_filed.wait, seconds)
        try:
            FILING.stage.run(connection)
        finally:
            is_filed.set()
        checked.result()
    for family in families:
        if family not in (CONTROL, PARTY, FILING):  # these stand already
            family.stage.run(connection)
    gather(connection, families)


def gather(connection: duckdb.DuckDBPyConnection, families: Sequence[Family] = FAMILIES) -> None:
    """Leave `verdicts`, `family_rules` and `subject_keys` of all families, what the record leaves open, and words.

    Raises EarshotError where a family leaves a verdict under no rule of its own, or about no situation.
    """
    for family in families:
        _refuse_lost(connection, family)
    for relation, what in (("family_verdicts", "verdicts"), ("family_rules", "rules"), ("family_keys", "keys")):
        make_table(connection, relation, _all(f"{one.name}_{what}" for one in families), is_lasting=True)
    for step in ("silent_verdicts", "silent_rules", "silent_keys"):
        DECIDE.make(connection, step)
    all_verdicts = _all(("family_verdicts", "silent_verdicts"))
    keyed = f"select row_number() over () as verdict_key, * exclude (listed_pair), listed_pair from ({all_verdicts})"
    make_table(connection, "verdicts", keyed, is_lasting=True)
    make_table(connection, "subject_keys", _all(("family_keys", "silent_keys")), is_lasting=True)
    connection.execute("insert into family_rules by name from silent_rules")
    word_verdicts(connection)


def _refuse_lost(connection: duckdb.DuckDBPyConnection, family: Family) -> None:
    """Raise EarshotError, naming family and keys, where the joins that come after would lose verdicts of a family."""
    name = family.name
    for key, others in (("rule_key", f"{name}_rules"), ("subject_key", f"{name}_keys")):
        if key == "subject_key" and family.asks_elsewhere:
            continue
        lost = f"from {name}_verdicts anti join (select family, {key} from {others}) using (family, {key})"
        query = f"select distinct concat_ws(' ', family, coalesce({key}::varchar, 'NULL')) {lost} order by all"
        if keys := [found for (found,) in connection.execute(query).fetchall()]:
            shown = ", ".join(keys[:_SHOWN]) + (f" and {len(keys) - _SHOWN:,} more" if len(keys) > _SHOWN else "")
            raise EarshotError(
                f"the family {name}: {name}_verdicts has verdicts whose (family, {key}) is in no row of {others}, so"
                f" they would be lost: {shown}; let {others} have a row for each, and write {name!r} as the family"
            )


def _all(relations: Iterable[str]) -> str:
    return " union all by name ".join(f"from {relation}" for relation in relations)


def try_law(law: Law, seconds: float = TRIAL_SECONDS) -> None:
    """Raise InputError, naming the check, where the SQL of one cannot be run; no situation is looked at."""
    with deciding(pa.table({"situation_key": pa.array([], pa.uint64())}), law, seconds=seconds):
        return


def load_law(connection: duckdb.DuckDBPyConnection, law: Law) -> None:
    """Make the tables of the law, and what a decision starts from."""
    connection.execute(read_sql(LAW))
    for name, rows in law.handed().items():
        fill(connection, name, rows)
    connection.execute(CONTROL.stage.text("control_key"))
    give(connection, "record_verdicts", is_shared=True)


def give_subjects(connection: duckdb.DuckDBPyConnection, situations: pa.Table) -> None:
    """Hand the situations to the decision as `subjects`: what is not given is not known, or adds nothing."""
    for fact in all_facts().values():
        if fact.name not in situations.column_names:
            usual = pa.scalar(fact.usual, pa.bool_() if fact.type == "BOOLEAN" else pa.string())
            situations = situations.append_column(fact.name, pa.repeat(usual, len(situations)))
    give(connection, "subjects", situations, is_shared=True)


def give_listed(connection: duckdb.DuckDBPyConnection, law: Law) -> None:
    """Fill `entries_on_lists` with the entries of the lists that the subjects are about, and no others."""
    asked = {entry_id for (entry_id,) in connection.execute(DECIDE.text("asked_entries")).fetchall()}
    if asked:
        fill(connection, "entries_on_lists", law.listed.rows(asked))


def word_verdicts(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the views of `WORDED` over the relations of a decision."""
    for view in WORDED:
        DECIDE.make(connection, view)


@dataclass(frozen=True)
class Decision:
    """What a decision leaves; together they make the views of `WORDED`."""

    verdicts: pa.Table
    """One row per family, subject, rule and stretch of days: flagged, undetermined, clear; else out of scope."""
    family_rules: pa.Table
    """One row per family, rule and rule version that shares it: what a finding says of its rule."""
    subject_keys: pa.Table
    """One row per situation and family: by which key verdicts concern it."""


def decide(situations: pa.Table, law: Law) -> Decision:
    """Return what the rulebook says of `situations`, one row each: situation_key and the facts."""
    with deciding(situations, law) as connection:
        return Decision(*(connection.sql("from " + field.name).to_arrow_table() for field in fields(Decision)))
