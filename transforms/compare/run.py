"""Put the comparisons to pairs, lines and filings: the SQL of each, in a database of its own, without access."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from transforms.bounded import MOST_SECONDS, TRIAL_SECONDS, OutOfBoundsError, bounded, held
from transforms.compare.compile import Comparing, Stretch, compile_comparisons
from transforms.compare.rules import READABLE, Comparison
from transforms.decide.decide import MANY
from transforms.decide.families import Family
from transforms.errors import Fault, RulebookError
from transforms.pipeline import Row, Stage, add_rows, give, names_of
from transforms.sql_text import literal
from transforms.store import open_memory

SUBJECTS = {"pair": "differing_pairs", "line": "unmatched_lines", "filing": "unmatched_filings"}
"""What a comparison is about, and the relation that holds it."""
HANDED = (*SUBJECTS.values(), "line_findings", "name_pairs")
"""What the SQL of a comparison may read, beside the parts `pairs` and `alike`."""
COMPARISON = Family("comparison", Stage(
    name="compare",
    folder=Path(__file__).parent / "sql",
    reads=("rule_periods",),
    leaves=("comparison_verdicts", "comparison_keys", "comparison_rules"),
    steps=("comparison_keys", "comparison_rules"),
    is_shared=True,
))  # fmt: skip
"""Comparisons with AES, by SQL of the rulebook: `run_comparisons` fills `comparison_verdicts`."""
_NEEDED = {
    "subject_key": "UBIGINT", "outcome": "VARCHAR", "answer": "VARCHAR", "because": "VARCHAR", "missing": "VARCHAR[]"
}  # fmt: skip
_OPTIONAL = {"from_on": "DATE", "until_on": "DATE", "severity": "VARCHAR"}
_ASKED = {"version_key": "INTEGER", "asked_from": "DATE", "asked_until": "DATE"}


@contextmanager
def comparing(law: Comparing, handed: Mapping[str, pa.Table] | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection without access to files or network that knows the comparisons, and what they may read.

    `handed` has the relations of `HANDED`; one that is not there is empty.
    """
    handed = handed or {}
    with open_memory() as alone:
        if sum(map(len, handed.values())) < MANY:  # small steps cost more to share out than to take
            alone.execute("set threads = 1")
        for relation, rows in {
            "comparisons": law.versions, "rule_periods": law.periods, "alike_values": law.alike,
            "comparison_verdicts": (), **dict.fromkeys(HANDED, ()), **handed,
        }.items():  # fmt: skip
            give(alone, relation, rows, is_shared=True)
        yield alone


def run_comparisons(
    alone: duckdb.DuckDBPyConnection, law: Comparing, *, is_trial: bool = False, seconds: float = MOST_SECONDS
) -> list[Fault]:
    """Fill `comparison_verdicts` from every version of every comparison, and return every fault of their SQL.

    Where one has a fault, none leaves verdicts. With `is_trial` the names of its columns are looked at where it selects
    no row. Each may run for so many `seconds`.
    """
    faults = []
    give(alone, "answered", columns=_NEEDED | _OPTIONAL | _ASKED, is_shared=True)
    compared = sum(alone.sql(f"select count(*) from {relation}").fetchall()[0][0] for relation in HANDED)
    with held(alone, compared):
        for version in law.versions:
            for stretch in law.stretches[int(str(version["version_key"]))]:
                if told := _ask_bounded(alone, version, stretch, is_trial, seconds):
                    faults += told
                    break
        faults += _faults_of_answers(alone)
    if not faults:
        COMPARISON.stage.add(alone, "comparison_verdicts", "comparison_verdicts")
    return faults


def try_comparisons(
    comparisons: Sequence[Comparison], parameters: Sequence[Row] = (), seconds: float = TRIAL_SECONDS
) -> None:
    """Raise RulebookError with every fault of the SQL of these comparisons, as far as it shows without any record."""
    law = compile_comparisons(comparisons, parameters)
    with comparing(law) as alone:
        if faults := run_comparisons(alone, law, is_trial=True, seconds=seconds):
            raise RulebookError(faults)


def _ask_bounded(
    alone: duckdb.DuckDBPyConnection, version: Row, stretch: Stretch, is_trial: bool, seconds: float
) -> list[Fault]:
    try:
        with bounded(alone, seconds):
            return _ask(alone, version, stretch, is_trial=is_trial)
    except OutOfBoundsError as error:
        return [Fault(str(version["shown_as"]), "", str(error), "one SELECT that ends")]


def _ask(alone: duckdb.DuckDBPyConnection, version: Row, stretch: Stretch, *, is_trial: bool) -> list[Fault]:
    """Add what a version selects to `answered`, with the days of its terms, or return what is wrong with its SQL."""
    shown_as, statement = str(version["shown_as"]), _statement(version)
    of = {"version_key": version["version_key"], "asked_from": stretch.from_on, "asked_until": stretch.until_on}
    marks = ", ".join(f"{literal(value)} as {name}" for name, value in of.items())
    try:
        if is_trial and (faults := list(_faults_of_names(shown_as, names_of(alone, statement, stretch.terms)))):
            return faults
        add_rows(alone, "answered", f"select *, {marks} from ({statement})", stretch.terms)
    except (duckdb.InterruptException, duckdb.OutOfMemoryException):
        raise
    except duckdb.Error as error:
        if not is_trial:  # names tell more than the error does
            return _ask(alone, version, stretch, is_trial=True)
        problem = f"its SQL cannot be run: {str(error).splitlines()[0]}"
        return [Fault(shown_as, "", problem, f"one SELECT from {', '.join(READABLE)}")]
    return []


def _statement(version: Row) -> str:
    """The SQL of a version, with the pairs that it is shown, and the values that it counts as one."""
    compares = version["compares"]
    shown = f"where list_has_any(differs, {literal(compares)})" if compares else ""
    return (
        f"with pairs as (select * from differing_pairs {shown}),\n"
        f"alike as (select one, other, from_on from alike_values where version_key = {version['version_key']})\n"
        f"from (\n{version['query']}\n)"
    )


def _faults_of_names(shown_as: str, names: Sequence[str]) -> Iterator[Fault]:
    for name in _NEEDED:
        if name not in names:
            yield Fault(shown_as, "", f"it selects no {name}", ", ".join(_NEEDED))
    for name in names:
        if name not in (*_NEEDED, *_OPTIONAL):
            allowed = f"{', '.join(_NEEDED)}; and {', '.join(_OPTIONAL)}"
            yield Fault(shown_as, "", f"it selects {name}, which is not asked for", allowed)


def _faults_of_answers(alone: duckdb.DuckDBPyConnection) -> Iterator[Fault]:
    for found in COMPARISON.stage.read(alone, "answer_faults"):
        shown_as = found["shown_as"]
        for outcome in found["unknown_outcomes"] or ():
            problem = f'it selects the outcome "{outcome}"'
            yield Fault(shown_as, "", problem, "flagged, undetermined; clear is not selected")
        for name in found["null_columns"]:
            yield Fault(shown_as, "", f"it selects a row whose {name} is NULL", "a value in each row")
        if found["strange_count"]:
            yield Fault(shown_as, "", "it selects a subject_key of something else", "subject_key of what it is about")
        if found["is_repeated"]:
            yield Fault(shown_as, "", "it selects one subject_key twice", "one row each, or one for each from_on")
