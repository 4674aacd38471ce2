"""Put the comparisons to pairs, lines and filings: the SQL of each, in a database of its own, without access."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from transforms.compare.compile import Comparing, Stretch, compile_comparisons
from transforms.compare.rules import Comparison
from transforms.decide.families import Family
from transforms.errors import Fault, RulebookError
from transforms.pipeline import Row, Stage, give, make_table, make_view
from transforms.sql_text import literal
from transforms.store import open_memory

SUBJECTS = {"pair": "differing_pairs", "line": "unmatched_lines", "filing": "unmatched_filings"}
"""What a comparison is about, and the relation that holds it."""
HANDED = (*SUBJECTS.values(), "line_findings")
"""What the SQL of a comparison may read, beside the parts `pairs` and `alike`."""
COMPARISON = Family("comparison", Stage(
    name="compare",
    folder=Path(__file__).parent / "sql",
    reads=("rule_periods",),
    leaves=("comparison_verdicts", "comparison_keys", "comparison_rules"),
    steps=("comparison_keys", "comparison_rules"),
    views=frozenset({"differences"}),
    is_shared=True,
))  # fmt: skip
"""Comparisons with AES, by SQL of the rulebook: `run_comparisons` fills `comparison_verdicts`."""
_NEEDED = ("subject_key", "outcome", "answer", "because", "missing")
_OPTIONAL = ("from_on", "until_on", "severity")


@contextmanager
def comparing(law: Comparing) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection without access to files or network that knows the comparisons, and nothing to compare yet."""
    with open_memory() as alone:
        give(alone, "comparisons", law.versions, is_shared=True)
        give(alone, "rule_periods", law.periods, is_shared=True)
        give(alone, "alike_values", law.alike, is_shared=True)
        give(alone, "comparison_verdicts", is_shared=True)
        for relation in HANDED:
            give(alone, relation, is_shared=True)
        yield alone


def run_comparisons(alone: duckdb.DuckDBPyConnection, law: Comparing, *, is_trial: bool = False) -> list[Fault]:
    """Fill `comparison_verdicts` from every version of every comparison, and return every fault of their SQL.

    A version whose SQL has a fault leaves no verdicts; the others are run all the same. With `is_trial` all is asked of
    one that selects no row, too.
    """
    faults = []
    for version in law.versions:
        for stretch in law.stretches[int(str(version["version_key"]))]:
            if told := list(_run(alone, version, stretch, is_trial=is_trial)):
                faults += told
                break
    return faults


def try_comparisons(comparisons: Sequence[Comparison], parameters: Sequence[Row] = ()) -> None:
    """Raise RulebookError with every fault of the SQL of these comparisons, as far as it shows without any record."""
    law = compile_comparisons(comparisons, parameters)
    with comparing(law) as alone:
        if faults := run_comparisons(alone, law, is_trial=True):
            raise RulebookError(faults)


def _run(alone: duckdb.DuckDBPyConnection, version: Row, stretch: Stretch, *, is_trial: bool) -> Iterator[Fault]:
    shown_as = str(version["shown_as"])
    days = {"version_key": version["version_key"], "from_on": stretch.from_on, "until_on": stretch.until_on}
    try:
        rows = make_table(alone, "answered", _statement(version), stretch.terms, is_lasting=True)
        names = [column[0] for column in alone.execute("from answered limit 0").description or ()]
        yield from _faults_of_names(shown_as, names)
        if set(names) - {*_NEEDED, *_OPTIONAL} or set(_NEEDED) - set(names):
            return
        if not rows and not is_trial:
            return
        COMPARISON.stage.make(alone, "differences")
        make_view(alone, "asked_subjects", f"select subject_key from {SUBJECTS[str(version['about'])]}")
        if wrong := list(_faults_of_answer(shown_as, alone)):
            yield from wrong
            return
        COMPARISON.stage.add(alone, "comparison_verdicts", "comparison_verdicts", days)
    except duckdb.Error as error:
        problem = f"its SQL cannot be run: {str(error).splitlines()[0]}"
        yield Fault(shown_as, "", problem, f"one SELECT from pairs, alike, {', '.join(HANDED[1:])}")


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


def _faults_of_answer(shown_as: str, alone: duckdb.DuckDBPyConnection) -> Iterator[Fault]:
    (found,) = COMPARISON.stage.read(alone, "answer_faults")
    for outcome in found["unknown_outcomes"] or ():
        yield Fault(shown_as, "", f'it selects the outcome "{outcome}"', "flagged, undetermined; clear is not selected")
    for name in found["null_columns"] or ():
        yield Fault(shown_as, "", f"it selects a row whose {name} is NULL", "a value in each row")
    if found["strange_count"]:
        yield Fault(shown_as, "", "it selects a subject_key of something else", "subject_key of what it is about")
    if found["repeated_count"]:
        yield Fault(shown_as, "", "it selects one subject_key twice", "one row each, or one for each from_on")
