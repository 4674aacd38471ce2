"""The engine and an independent reading of design.md say the same of every line under every rule."""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.support.draw_746 import draw_746_lines
from tests.support.drawing import draw_controls, draw_lines
from tests.support.engine import RULEBOOK, law_of, law_of_controls, screen_lines
from tests.support.oracle import judge
from tests.support.oracle_746 import RULES
from tests.support.tables_oracle import tables_of
from tests.support.truth import Line
from transforms.rulebook.model import Control

TABLES = tables_of(RULEBOOK.tables_dir)

seeds = given(seed=st.integers(0, 2**32 - 1))
DRAWS = 3 if "EARSHOT_SEEDS" in os.environ else 2
rarely = settings(max_examples=DRAWS, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])


def disagreements(lines: Sequence[Line], controls: Sequence[Control]) -> list[str]:
    """One sentence per line and rule on which the two readings differ, `not-judged` included."""
    said = sorted({one for line in lines if (one := line.get("item_facts"))})
    screened = screen_lines(lines, law_of(*controls), item_facts=said)
    counted = Counter((row["line_number"], row["rule_id"]) for row in screened.findings)
    found = [f"{key} has {count} findings" for key, count in counted.items() if count > 1]
    by_line = screened.by_line()
    for number, line in enumerate(lines):
        expected = expected_of(line, controls)
        for rule in (*(control.id for control in controls), "not-judged"):
            row = by_line.get((number, rule))
            outcome = row["outcome"] if row else None
            if outcome != expected.get(rule):
                found.append(f"{rule}: expected {expected.get(rule)}, found {outcome} of {line}")
    return found


def expected_of(line: Line, controls: Sequence[Control]) -> dict[str, str]:
    """The outcome of each rule that is not clear; the rules that a missing field leaves open are one, `not-judged`."""
    answers = {control.id: judge(control, line, TABLES) for control in controls}
    found = {rule: one.outcome for rule, one in answers.items() if one.outcome != "clear" and not one.is_silent}
    return found | ({"not-judged": "undetermined"} if any(one.is_silent for one in answers.values()) else {})


@rarely
@seeds
def test_the_engine_reads_the_shipped_rules_as_the_oracle_does(seed: int) -> None:
    lines = draw_lines(random.Random(seed), 3000, RULEBOOK.controls)
    assert not disagreements(lines, RULEBOOK.controls)[:5]


@rarely
@seeds
def test_the_engine_reads_the_embargoes_and_sanctions_as_the_oracle_does(seed: int) -> None:
    controls = [control for control in RULEBOOK.controls if control.id in RULES]
    lines = [{**line, "part_number": line["item_facts"]} for line in draw_746_lines(random.Random(seed), 1000)]
    assert not disagreements(lines, controls)[:5]


@rarely
@seeds
def test_the_engine_reads_drawn_rules_as_the_oracle_does(seed: int) -> None:
    rng = random.Random(seed)
    controls = draw_controls(rng, 12)
    assert not disagreements(draw_lines(rng, 1200, controls), controls)[:5]


def test_not_judged_lists_the_rules_that_a_missing_field_leaves_open_and_those_that_may_be_saved() -> None:
    lines = draw_lines(random.Random(1), 1500, RULEBOOK.controls)
    rows = screen_lines(lines, law_of_controls()).by_line()
    for number, line in enumerate(lines):
        open_here = {control.id for control in RULEBOOK.controls if judge(control, line, TABLES).is_silent}
        row = rows.get((number, "not-judged"))
        listed = _rules(" could not be decided under (.*): the record", row)
        saved = _rules(" A savings clause may clear the line under (.*)\\.", row)
        assert open_here <= listed, line
        assert listed - open_here <= saved, line


def _rules(pattern: str, row: dict[str, Any] | None) -> set[str]:
    found = re.search(pattern, row["because"]) if row else None
    return set(found.group(1).split(", ")) if found else set()
