"""Every example in the rulebook comes to what its sentence says, through the real reading and screening."""

from __future__ import annotations

import pytest

from tests.support.shipped import shipped_results, shipped_rulebook
from transforms.reports.book.exercise import versions_without_cases

CASES = sorted(shipped_rulebook().cases.items())
EXAMPLES = [f"{rule_id}: {case.case}" for rule_id, file in CASES for case in file.cases]


@pytest.mark.parametrize("at", range(len(EXAMPLES)), ids=EXAMPLES)
def test_case(at: int) -> None:
    result = shipped_results()[at]
    assert f"{result.rule_id}: {result.case.case}" == EXAMPLES[at]
    assert not result.failures


def test_every_version_has_a_flagged_an_undetermined_and_a_clear_case() -> None:
    assert versions_without_cases(shipped_rulebook(), shipped_results()) == []
