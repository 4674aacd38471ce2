"""The engine and an independent reading of part 746 say the same of every line to its destinations."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Sequence
from functools import cache

import pytest

from tests.support.draw_746 import draw_746_lines
from tests.support.engine import RULEBOOK, Row, law_of, screen_lines
from tests.support.oracle_746 import RULES, judge
from tests.support.truth import Line
from transforms.rulebook.law import Law


@cache
def law_746() -> Law:
    return law_of(*(control for control in RULEBOOK.controls if control.id in RULES))
LINES = int(os.environ.get("EARSHOT_746_LINES", "1000"))
SEED = int(os.environ.get("EARSHOT_746_SEED", "0"))
Difference = tuple[str, str, str, str, Line]
"""A rule, what was expected, why, what was found, and the line."""


@pytest.mark.parametrize("seed", [SEED + 1, SEED + 2])
def test_the_engine_reads_part_746_as_the_oracle_does(seed: int) -> None:
    assert differences(draw_746_lines(random.Random(seed), LINES))[:3] == []


def differences(lines: Sequence[Line]) -> list[Difference]:
    said = sorted({str(line["item_facts"]) for line in lines if line["item_facts"]})
    numbered = [{**line, "part_number": line["item_facts"]} for line in lines]
    rows = screen_lines(numbered, law_746(), item_facts=said).by_line()
    found: list[Difference] = []
    for number, line in enumerate(lines):
        rolled_up = _rolled_up(rows.get((number, "not-judged")))
        for rule, answer in judge(line, is_bound=False).items():
            row = rows.get((number, rule))
            outcome = row["outcome"] if row else "undetermined" if rule in rolled_up else "clear"
            expected = {"flag": "flagged"}.get(answer.outcome, answer.outcome) if answer else "clear"
            if outcome != expected:
                found.append((rule, expected, answer.why if answer else "", outcome, line))
    return found


def _rolled_up(row: Row | None) -> list[str]:
    told = re.search(" could not be decided under (.*): the record", row["because"]) if row else None
    return told.group(1).split(", ") if told else []
