"""What must hold of any impact: nothing changes, nothing turns; as dated, it is what the screening finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

import pytest

from tests.support.engine import law_of, load_lines, screen_lines
from tests.support.runs import MOMENT
from tests.support.seeds import drawn, few, open_rules, seeds
from tests.support.truth import Line
from transforms.impact.laws import as_if_in_force, without
from transforms.impact.past import Past
from transforms.impact.what_if import Question, ask
from transforms.rulebook.law import Law
from transforms.store import open_memory

TURNED = (
    "select l.line_number, r.rule_id, r.reform_outcome from impact_rows as r join current_lines as l using (line_id)"
    " where not r.is_candidate and r.certainty is not null"
)

COUNTS = (
    "question", "lines_certain", "lines_possible", "shipments_certain", "shipments_possible", "consignees_certain",
    "consignees_possible", "destinations_certain", "destinations_possible",
)  # fmt: skip
COUNTED = """
    select question, count(*) filter (certainty = 'certain'), count(*) filter (certainty = 'possible'),
        count(distinct shipment) filter (certainty = 'certain'),
        count(distinct shipment) - count(distinct shipment) filter (certainty = 'certain'),
        count(distinct nullif(upper(trim(consignee_name)), '')) filter (certainty = 'certain'),
        count(distinct nullif(upper(trim(consignee_name)), ''))
            - count(distinct nullif(upper(trim(consignee_name)), '')) filter (certainty = 'certain'),
        count(distinct nullif(destination, '')) filter (certainty = 'certain'),
        count(distinct nullif(destination, ''))
            - count(distinct nullif(destination, '')) filter (certainty = 'certain')
    from question_lines join reached_lines using (line_id) group by question order by question
"""
"""What `measures` counts by profile, counted one by one."""


@contextmanager
def past_of(lines: Sequence[Line], law: Law) -> Iterator[Past]:
    with open_memory() as connection:
        load_lines(connection, lines)
        yield Past(connection, law, MOMENT, date(1980, 1, 1), date(2099, 12, 31))


@pytest.mark.long
@few
@seeds
def test_an_unchanged_law_has_an_empty_impact(seed: int) -> None:
    _, lines, controls = drawn(seed)
    law = law_of(*controls)
    with past_of(lines, law) as past:
        for is_whole in (False, True):
            ask(past, Question(law, law, tuple(one.id for one in controls), is_as_if=False, is_whole=is_whole))
            assert past.connection.execute("select count(*) from impact_rows").fetchall() == [(0,)]
            assert past.read("measures") == []


@few
@seeds
def test_at_its_own_dates_a_rule_turns_what_the_screening_finds_under_it(seed: int) -> None:
    rng, lines, controls = drawn(seed)
    law = law_of(*controls)
    asked = tuple(sorted(one.id for one in rng.sample(controls, 3)))
    screened = screen_lines(lines, law)
    # what is gathered in `not-judged` and may be saved is settled there for all its rules at once
    gathered = {(row["line_number"], row["rule_id"]) for row in screened.reached if row["is_rolled_up"]
                and row["has_savings"]}  # fmt: skip
    expected = {
        key: outcome for key, outcome in open_rules(screened).items() if key[1] in asked and key not in gathered
    }
    with past_of(lines, law) as past:
        ask(past, Question(without(law, asked), law, asked, is_as_if=False))
        turned = {(line, rule): outcome for line, rule, outcome in past.connection.execute(TURNED).fetchall()}
    assert {key: outcome for key, outcome in turned.items() if key not in gathered} == expected


@few
@seeds
def test_a_line_is_counted_once_and_the_situations_that_are_left_out_would_add_nothing(seed: int) -> None:
    rng, lines, controls = drawn(seed)
    law = law_of(*controls)
    asked = tuple(sorted(one.id for one in rng.sample(controls, 3)))
    before, after = without(law, asked), as_if_in_force(law, asked)
    found = []
    with past_of(lines, law) as past:
        for is_whole in (False, True):
            ask(past, Question(before, after, asked, is_whole=is_whole))
            measures = {row["question"]: row for row in past.read("measures")}
            counted = past.connection.execute(COUNTED).fetchall()
            assert counted == [tuple(measures[str(row[0])][name] for name in COUNTS) for row in counted]
            assert len(counted) == len(measures)
            for row in measures.values():
                assert 0 < row["lines_certain"] + row["lines_possible"] <= len(lines)
            found.append(sorted(past.connection.execute(TURNED).fetchall()))
    assert found[0] == found[1]
