"""The examples hold every word and every date of the law: misread any one, and an example of that rule fails."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace

import pytest

from tests.support.drawing import edges
from tests.support.held import Judged, changed_paragraph, changed_version, judged_cases
from tests.support.mutations import mutants_of, mutants_of_parameter, says_the_same
from tests.support.near_lines import draw_near
from tests.support.shipped import shipped_rulebook
from tests.support.tables_oracle import tables_of
from transforms.rulebook.model import Control
from transforms.rulebook.parameter import Parameters
from transforms.screening.cases import run_cases

RULEBOOK = shipped_rulebook()
HELD_BY = {
    "crimea-places": ("occupied-ukraine",),
    "cytometer-detectors": ("stale-classification",),
    "failure-to-file-days": ("itn-after-export",),
    "dnr-lnr-places": ("occupied-ukraine",),
    "donetsk-luhansk-places": ("occupied-ukraine",),
    "first-itn-year": ("itn-date-impossible",),
    "habitual-transshipment-countries": ("destination-conflict",),
    "heading-destinations": ("north-korea", "russia-belarus", "syria"),
    "itn-agreeing-days": ("itn-date-impossible",),
    "itn-distant-days": ("itn-date-impossible",),
    "listing-savings-days": ("party-entity-list",),
    "low-value-threshold": ("exempt-low-value", "trigger-over-2500"),
    "order-value-well-over": ("ccl-ns",),
    "order-value-well-under": ("ccl-ns",),
    "post-departure-days": ("itn-after-export",),
    "software-descriptions": ("russia-belarus",),
    "split-shipment-days": ("itn-reused",),
    "split-shipment-days-modes": ("itn-reused",),
    "split-shipment-hours": ("itn-reused",),
    "split-shipment-hours-modes": ("itn-reused",),
    "supplement-6-descriptions": ("russia-belarus",),
    "transshipment-countries": ("trigger-transshipment",),
    "unit-price-band": ("russia-belarus",),
}
"""The rules whose examples hold a parameter of the law."""
HELD_ELSEWHERE = {
    "cwc-not-party-countries", "disclosure-narrative-days", "disclosure-review-years", "diversion-watch-days",
    "filing-headings",
    "record-retention-years", "sanctions-record-countries", "sanctions-retention-years", "un-arms-embargo-countries",
}  # fmt: skip
"""Those that no finding of an example here turns on: reports and retention ask for them, facts
(`tests/unit/test_parameters.py`), and rows of the Commerce Control List (`tests/cases/test_ccl_expected.py`)."""
IDLE = {"heading-destinations: values[0] without IR"}
"""What changes no outcome: to Iran 15 CFR 746.7(e) decides, whatever the heading."""
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
    alone = replace(RULEBOOK, controls=controls, cases=cases, provisions=(), filing=None, checks=(), party_rules=())
    for result in run_cases(alone):
        failed[ids[result.rule_id]] += bool(result.failures)
    assert not failed.pop("as written"), f"{control.id}: its own cases fail, or its copies disturb each other"
    return failed


def is_idle(control: Control, mutant: Control) -> bool:
    """Whether no line could tell the mutant from the rule: the word it lost is covered by another."""
    return says_the_same(control, mutant, TABLES.countries, edges([control]), TABLES)


PARAGRAPHED = [control for control in RULEBOOK.controls if control.versions[0].paragraph]
LINES_NEAR = 120
"""Lines drawn near a version: a mutant that none of them tells says the same, as one paragraph may hide another."""


@pytest.mark.parametrize("control", RULEBOOK.controls, ids=lambda control: control.id)
def test_the_oracle_says_of_each_example_what_it_expects(control: Control) -> None:
    judged = judged_cases(control, RULEBOOK.cases[control.id].cases, TABLES)
    assert [(one.line, expected) for one, expected in judged if one.outcome != expected] == []


@pytest.mark.parametrize(
    "control",
    [pytest.param(one, marks=pytest.mark.long if len(one.versions) > 12 else ()) for one in PARAGRAPHED],
    ids=lambda control: control.id,
)
def test_no_word_or_date_of_a_paragraph_can_be_misread_unnoticed(control: Control) -> None:
    cases = [one for one, _ in judged_cases(control, RULEBOOK.cases[control.id].cases, TABLES)]
    near: dict[int, list[Judged]] = {}
    survivors = []
    for name, mutant in mutants_of(control):
        paragraph, version = changed_paragraph(control, mutant), changed_version(control, mutant)
        if any(one.tells(mutant, paragraph) for one in cases):
            continue
        if id(version) not in near:
            lines = draw_near(random.Random(len(near)), control, version, TABLES, LINES_NEAR)
            near[id(version)] = [Judged(control, line, TABLES) for line in lines]
        if any(one.tells(mutant, paragraph) for one in near[id(version)]):
            survivors.append(name)
    assert not survivors, f"{control.id}: no case fails when this is changed: " + "; ".join(survivors)


SINGLE = [control for control in RULEBOOK.controls if control not in PARAGRAPHED]


@pytest.mark.parametrize("control", SINGLE, ids=lambda control: control.id)
def test_no_word_or_date_of_a_control_can_be_misread_unnoticed(control: Control) -> None:
    mutants = list(mutants_of(control))
    survivors = []
    for start in range(0, len(mutants), COPIES_AT_ONCE):
        broken = broken_by(control, dict(mutants[start : start + COPIES_AT_ONCE]))
        survivors += [
            name for name, failed in broken.items() if not failed and not is_idle(control, dict(mutants)[name])
        ]
    assert not survivors, f"{control.id}: no case fails when this is changed: " + "; ".join(survivors)


def test_each_parameter_is_held_by_examples_or_known_to_be_held_elsewhere() -> None:
    assert {one.id for one in RULEBOOK.stated} == {*HELD_BY, *HELD_ELSEWHERE}


@pytest.mark.long
@pytest.mark.parametrize("name", HELD_BY)
def test_no_number_or_word_of_a_parameter_can_be_misread_unnoticed(name: str) -> None:
    held = RULEBOOK.parameters.by_name
    examples = {rule_id: RULEBOOK.cases[rule_id] for rule_id in HELD_BY[name]}
    survivors = []
    for what, mutant in mutants_of_parameter(held[name]):
        misread = replace(RULEBOOK, cases=examples, parameters=Parameters({**held, name: mutant}))
        if f"{name}: {what}" not in IDLE and not any(result.failures for result in run_cases(misread)):
            survivors.append(what)
    assert not survivors, f"{name}: no case fails when this is changed: " + "; ".join(survivors)
