"""The examples hold every number and date of a comparison: misread any one, and an example of that rule fails."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest

from flows.settings import RULES
from tests.support.comparing import NUMBERS, STATUSES, shipped
from transforms.compare.cases import run_comparison_cases
from transforms.compare.read import read_comparison_cases
from transforms.compare.rules import Comparison, ComparisonVersion, NamedParameter

CASES = read_comparison_cases(RULES)[0]
DAY = timedelta(days=1)


def mutants_of(rule: Comparison) -> Iterator[tuple[str, Comparison]]:
    """Yield (name, mutant) for every term a little less and a little more, and every date a day off."""
    for at, version in enumerate(rule.versions):
        for name, changed in _of_version(version):
            versions = (*rule.versions[:at], changed, *rule.versions[at + 1 :])
            yield f"versions[{at}].{name}", rule.model_copy(update={"versions": versions})
    if rule.compares:
        yield "compares another column", rule.model_copy(update={"compares": ("conveyance",)})


def _of_version(version: ComparisonVersion) -> Iterator[tuple[str, ComparisonVersion]]:
    for name, term in version.terms.items():
        if isinstance(term, NamedParameter):
            (term,) = [Decimal(str(row["number"])) for row in NUMBERS if row["name"] == term.parameter]
        by = Decimal("0.5") if term == 1 else Decimal("0.1") if term < 1 else Decimal(1)
        for changed in (term - by, term + by):
            yield f"terms.{name} {changed}", _with(version, terms={**version.terms, name: changed})
    for key in ("from_on", "until"):
        for by in (-DAY, DAY):
            if day := getattr(version, key):
                yield f"{key} {day + by}", _with(version, **{key: day + by})
    for at, alike in enumerate(version.alike):
        before, after = version.alike[:at], version.alike[at + 1 :]
        yield f"alike[{at}] left out", _with(version, alike=(*before, *after))
        for by in (-DAY, DAY):
            if alike.from_on:
                moved = alike.model_copy(update={"from_on": alike.from_on + by})
                yield f"alike[{at}].from {moved.from_on}", _with(version, alike=(*before, moved, *after))


def _with(version: ComparisonVersion, **changes: object) -> ComparisonVersion:
    return version.model_copy(update=changes)


UNREACHED = {"shipped-not-filed": {"versions[0].terms.threshold_usd 2499", "versions[0].terms.threshold_usd 2501"}}
"""An example has one line and one filing line, which match: lines beyond a filing are tested in tests/steps."""


@pytest.mark.parametrize("rule", shipped().values(), ids=lambda rule: rule.id)
def test_no_number_or_date_of_a_comparison_can_be_misread_unnoticed(rule: Comparison) -> None:
    survivors = {
        name
        for name, mutant in mutants_of(rule)
        if not any(one.failures for one in run_comparison_cases([mutant], CASES, NUMBERS, statuses=STATUSES))
    }
    assert survivors == UNREACHED.get(rule.id, set())
