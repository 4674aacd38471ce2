"""Put a question to the past: decide two laws over the situations that may differ, and look at the lines that do."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from transforms.impact.frame import find_variants
from transforms.impact.laws import in_reach, names_entry, narrow, without
from transforms.impact.outcomes import Outcomes, find_outcomes, join_outcomes
from transforms.impact.past import Past
from transforms.ingest.recall import fetch_lines
from transforms.pipeline import give, make_view
from transforms.rulebook.law import Law

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

    `impact_rows` has one row per line and rule whose outcome differs, `reached_lines` one per line of a situation that
    is judged otherwise, `question_lines` one per question and line. Nothing of it is written anywhere.
    """
    past.read_for(question.baseline, question.reform)
    subjects = past.subjects
    if not question.is_whole:
        subjects = _either([in_reach(law, question.asked, subjects) for law in (question.baseline, question.reform)])
    entries = _entries(past, question)
    held, moved = _candidates(past, entries)
    give(past.connection, "asked_situations", subjects.select(["situation_key"]))
    _compare(past, question, _decide(past, question, subjects, held, moved))
    past.make("question_lines")


def _decide(past: Past, question: Question, subjects: pa.Table, held: pa.Table, moved: pa.Table) -> Outcomes:
    """What each law says: of what is asked about, of lines that may be of another entry, and of what they may be."""
    alone = _alone(question)
    variants = None
    if not question.is_whole:
        variants = find_variants(question.baseline, question.reform, question.asked, alone)
    if variants:
        either = pa.concat_tables([_either([subjects, held]), moved])
        anyway = pa.concat_tables([held, moved]).select(["situation_key"])
        return past.frame_of(question.reform).decide(either, anyway, variants, past.period)
    before = pa.concat_tables([subjects if question.is_whole else _either([subjects, held]), moved])
    whole = pa.concat_tables([subjects, moved])
    with ThreadPoolExecutor(max_workers=1) as beside:
        seen = past.as_before(before)
        baseline = beside.submit(find_outcomes, seen, _cut(question, question.baseline, seen), "before")
        found = [find_outcomes(whole, _cut(question, question.reform, whole), "after")]
        for rule_id in alone:
            law = without(question.reform, [one for one in question.asked if one != rule_id])
            found.append(find_outcomes(whole, _cut(question, law, whole), rule_id))
        return join_outcomes([baseline.result(), *found])


def _alone(question: Question) -> tuple[str, ...]:
    """The rules of which it is asked, beside all of them, what each adds on its own."""
    is_asked = not question.is_whole and 1 < len(question.asked) <= _MOST_ALONE
    return question.asked if is_asked else ()


def _compare(past: Past, question: Question, said: Outcomes) -> None:
    """Leave `impact_rows` and `alone_rows`: one row per rule and line that it alone turns."""
    connection = past.connection
    give(connection, "outcomes", said.outcomes)
    give(connection, "offers", said.offers.filter(pc.equal(said.offers["variant"], "after")))
    make_view(connection, "baseline_outcomes", "from outcomes where variant = 'before'")
    make_view(connection, "reform_outcomes", "from outcomes where variant <> 'before'")
    past.make("changes", asked=list(question.asked))
    past.make("reached_situations")
    fetch_lines(connection, "from reached_situations")
    past.make("reached_lines")
    past.make("rows")
    make_view(connection, "impact_rows", "select * exclude (variant) from rows where variant = 'after'")
    make_view(
        connection,
        "alone_rows",
        "select variant as rule_id, line_id, certainty from rows where variant <> 'after' and certainty is not null",
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
