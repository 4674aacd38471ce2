"""Every example in the rulebook comes to what its sentence says, through the real reading and screening."""

from __future__ import annotations

import pytest

from flows.settings import RULES
from transforms.reports.book.exercise import versions_without_cases
from transforms.rulebook.read import read_rulebook
from transforms.screening.cases import CaseResult, run_cases

RULEBOOK = read_rulebook(RULES)
RESULTS = run_cases(RULEBOOK)


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: f"{result.rule_id}: {result.case.case}")
def test_case(result: CaseResult) -> None:
    assert not result.failures


def test_every_version_has_a_flagged_an_undetermined_and_a_clear_case() -> None:
    assert versions_without_cases(RULEBOOK, RESULTS) == []
