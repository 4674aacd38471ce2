"""Every example in the rulebook comes to what its sentence says, through the real reading and screening."""

from __future__ import annotations

import pytest

from flows.settings import RULES
from transforms.rulebook.read import read_rulebook
from transforms.screening.cases import CaseResult, run_cases

RESULTS = run_cases(read_rulebook(RULES))


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: f"{result.rule_id}: {result.case.case}")
def test_case(result: CaseResult) -> None:
    assert not result.failures


def test_every_rule_has_flagged_undetermined_and_clear_cases() -> None:
    for rule_id in {result.rule_id for result in RESULTS}:
        found = {result.case.expect for result in RESULTS if result.rule_id == rule_id}
        assert found == {"flagged", "undetermined", "clear"}, rule_id
