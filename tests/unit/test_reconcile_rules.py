"""The rules by which lines are held against filings: each has its examples, and its faults are all told at once."""

from __future__ import annotations

import pytest

from flows.settings import RULES
from transforms.compare.cases import ComparisonResult, run_comparison_cases
from transforms.compare.read import read_comparisons
from transforms.compare.rules import COMPARISONS


@pytest.fixture(scope="module")
def results() -> list[ComparisonResult]:
    return run_comparison_cases(RULES)


def test_every_example_holds(results: list[ComparisonResult]) -> None:
    failed = [f"{one.rule_id}: {one.case.case}: {one.failures}" for one in results if one.failures]
    assert not failed


def test_every_comparison_has_a_rule_and_examples_of_both_sides_of_it(results: list[ComparisonResult]) -> None:
    rules, _ = read_comparisons(RULES)
    assert {rule.id for rule in rules} == set(COMPARISONS)
    for rule_id in COMPARISONS:
        outcomes = {one.outcome for one in results if one.rule_id == rule_id}
        assert "clear" in outcomes and len(outcomes) > 1, rule_id


def test_every_fault_of_the_room_is_told_at_once(tmp_path) -> None:
    folder = tmp_path / "rules" / "reconcile" / "value-differs"
    folder.mkdir(parents=True)
    (folder / "rule.yml").write_text(
        "id: value-difers\ntitle: T\nkind: check\nfrom: 2025-13-01\nauthority: []\nremedy: R\ntolerance: {usd: much}\n"
    )
    (folder / "cases.yml").write_text(
        "cases:\n  - {case: C, line: {valu_usd: '1'}, filing: {value_usd: x}, expect: wrong}\n"
    )
    (folder.parent / "stray.yml").write_text("")
    rules, faults = read_comparisons(tmp_path / "rules")
    assert rules == ()
    assert [(fault.file.removeprefix("rules/reconcile/"), fault.key) for fault in faults] == [
        ("stray.yml", ""),
        ("value-differs/cases.yml", "cases[0].expect"),
        ("value-differs/cases.yml", "cases[0].filing.value_usd"),
        ("value-differs/cases.yml", "cases[0].line.export_on"),
        ("value-differs/cases.yml", "cases[0].line.valu_usd"),
        ("value-differs/rule.yml", "authority"),
        ("value-differs/rule.yml", "from"),
        ("value-differs/rule.yml", "id"),
        ("value-differs/rule.yml", "id"),
        ("value-differs/rule.yml", "kind"),
        ("value-differs/rule.yml", "severity"),
        ("value-differs/rule.yml", "tolerance.percent"),
        ("value-differs/rule.yml", "tolerance.usd"),
    ]
