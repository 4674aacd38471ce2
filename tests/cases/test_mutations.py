"""The examples hold every word and every date of the law: misread any one, and an example of that rule fails."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest

from flows.settings import RULES
from tests.support.drawing import edges
from tests.support.mutations import mutants_of, says_the_same
from tests.support.tables_oracle import tables_of
from transforms.rulebook.model import Control
from transforms.rulebook.read import read_rulebook
from transforms.screening.cases import run_cases

RULEBOOK = read_rulebook(RULES)
TABLES = tables_of(RULEBOOK.tables_dir)
COPIES_AT_ONCE = 60
"""Copies of a rule in one run; a run costs half a second, and each copy brings every case of its rule."""


def broken_by(control: Control, mutants: dict[str, Control]) -> dict[str, int]:
    """The number of cases that fail under each mutant, by its name; all are decided in one run.

    Each copy of the rule has an id, and a copy of the cases, of its own. The unchanged rule goes with them, to show
    that the copies leave each other alone.
    """
    copies = {"as written": control, **mutants}
    ids = {f"{control.id}-{number}": name for number, name in enumerate(copies)}
    controls = tuple(copies[name].model_copy(update={"id": copy}) for copy, name in ids.items())
    cases = dict.fromkeys(ids, RULEBOOK.cases[control.id])
    failed: dict[str, int] = defaultdict(int)
    alone = replace(RULEBOOK, controls=controls, cases=cases, provisions=(), filing=None, checks=())
    for result in run_cases(alone):
        failed[ids[result.rule_id]] += bool(result.failures)
    assert not failed.pop("as written"), f"{control.id}: its own cases fail, or its copies disturb each other"
    return failed


def is_idle(control: Control, mutant: Control) -> bool:
    """Whether no line could tell the mutant from the rule: the word it lost is covered by another."""
    return says_the_same(control, mutant, TABLES.countries, edges([control]), TABLES)


@pytest.mark.parametrize("control", RULEBOOK.controls, ids=lambda control: control.id)
def test_no_word_or_date_of_a_control_can_be_misread_unnoticed(control: Control) -> None:
    mutants = list(mutants_of(control))
    survivors = []
    for start in range(0, len(mutants), COPIES_AT_ONCE):
        broken = broken_by(control, dict(mutants[start : start + COPIES_AT_ONCE]))
        survivors += [
            name for name, failed in broken.items() if not failed and not is_idle(control, dict(mutants)[name])
        ]
    assert not survivors, f"{control.id}: no case fails when this is changed: " + "; ".join(survivors)
