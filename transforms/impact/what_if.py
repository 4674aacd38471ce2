"""Put a question to the past: decide two laws over the situations that may differ, and look at the lines that do."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from transforms.impact.laws import in_reach, names_entry, narrow, without
from transforms.impact.outcomes import Outcomes, find_outcomes
from transforms.impact.past import Past
from transforms.rulebook.compile import Law

_MOST_ALONE = 8
"""Beyond so many rules, what each adds on its own is not asked."""


@dataclass(frozen=True)
class Question:
    """Two laws, and the ids of the rules by which they differ."""

    baseline: Law
    reform: Law
    asked: tuple[str, ...]
    is_as_if: bool = True
    """Whether the rules are read as if in force on every day."""
    is_whole: bool = False
    """Whether more than these rules may differ, the tables for instance, so that every situation is decided."""


def ask(past: Past, question: Question) -> None:
    """Leave the answer in temporary tables of the past.

    `impact_rows` has one row per line and rule whose outcome differs, `impact_lines` one per such line, `answers` one
    per question and line. Nothing of it is written anywhere.
    """
    past.read_for((question.baseline, question.reform))
    subjects = past.subjects
    if not question.is_whole:
        subjects = _either([in_reach(law, question.asked, subjects) for law in (question.baseline, question.reform)])
    entries = _entries(past, question)
    held, moved = _candidates(past, entries)
    before = pa.concat_tables([subjects if question.is_whole else _either([subjects, held]), moved])
    whole = pa.concat_tables([subjects, moved])
    with ThreadPoolExecutor(max_workers=1) as beside:
        baseline = beside.submit(find_outcomes, before, _cut(question, question.baseline, before))
        reform = find_outcomes(whole, _cut(question, question.reform, whole))
        past.keep("baseline_outcomes", baseline.result().outcomes)
    past.keep("asked_situations", subjects.select(["situation_key"]))
    _ask_alone(past, question, whole)
    _compare(past, question, reform)
    past.make("answers")


def _ask_alone(past: Past, question: Question, subjects: pa.Table) -> None:
    """Leave `alone_rows`: one row per rule, line and row that this rule by itself would turn."""
    past.connection.execute(
        "create or replace temp table alone_rows (rule_id varchar, line_row bigint, certainty varchar)"
    )
    if question.is_whole or not 1 < len(question.asked) <= _MOST_ALONE:
        return
    for rule_id in question.asked:
        law = without(question.reform, [one for one in question.asked if one != rule_id])
        _compare(past, question, find_outcomes(subjects, _cut(question, law, subjects)))
        past.connection.execute(
            "insert into alone_rows select $rule_id, line_row, certainty from impact_rows where certainty is not null",
            {"rule_id": rule_id},
        )


def _compare(past: Past, question: Question, reform: Outcomes) -> None:
    past.keep("reform_outcomes", reform.outcomes)
    past.keep("offers", reform.offers)
    past.make("changes", asked=list(question.asked))
    past.make("reached_lines")
    past.connection.execute("create or replace temp table impact_rows as " + past.text("rows"))
    past.connection.execute(
        "create or replace temp table impact_lines as"
        " select * from reached_lines where line_row in (select line_row from impact_rows)"
    )


def _cut(question: Question, law: Law, subjects: pa.Table) -> Law:
    return law if question.is_whole else narrow(law, question.asked, subjects)


def _either(tables: Sequence[pa.Table]) -> pa.Table:
    """The situations of either of two tables, each once."""
    first, second = tables
    known = pc.is_in(second["situation_key"], value_set=first["situation_key"].combine_chunks())
    return pa.concat_tables([first, second.filter(pc.invert(known))])


def _entries(past: Past, question: Question) -> list[str]:
    """The new entries of splits that the rules asked about name; their candidates are looked for."""
    known = {str(row["to_eccn"]) for row in question.reform.splits}
    found = sorted(one for one in known if names_entry(question.reform, question.asked, one))
    if found:
        past.find_candidates(question.reform)
    else:
        past.no_candidates()
    return found


def _candidates(past: Past, entries: Sequence[str]) -> tuple[pa.Table, pa.Table]:
    """The situations of lines that may be of these entries: as they are, and as they would be."""
    past.entries = list(entries)
    past.make("candidate_situations", entries=list(entries))
    past.make("candidate_subjects")
    held = "from subjects semi join candidate_situations using (situation_key)"
    return past.connection.sql(held).to_arrow_table(), past.connection.sql("from candidate_subjects").to_arrow_table()
