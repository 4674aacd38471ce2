"""What the book shows of the comparisons with AES, and of their examples, which have two sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from transforms.compare.cases import ComparisonResult
from transforms.compare.examples import ComparisonCase, ComparisonCaseFile, Sides
from transforms.compare.rules import Comparison
from transforms.reports.book.exercise import OUTCOMES, Gap
from transforms.reports.book.views import CaseView, Facts, RuleView, VersionView, by_topic, facts_of
from transforms.reports.words.phrases import joined
from transforms.reports.words.reconcile import (
    comparison_doubts,
    describe_comparison_alone,
    describe_comparison_version,
    describe_subject,
)


@dataclass(frozen=True)
class Compared:
    """The comparisons of a rulebook with their examples, and what these came to; None where they were not run."""

    comparisons: Sequence[Comparison] = ()
    cases: Mapping[str, ComparisonCaseFile] = field(default_factory=dict)
    results: Sequence[ComparisonResult] | None = None


def comparison_views(compared: Compared, countries: Mapping[str, str]) -> list[RuleView]:
    """Return one view per comparison, by id."""
    ran = {(one.rule_id, one.case.case): one for one in compared.results or ()}
    gaps = comparison_gaps(compared) if compared.results is not None else []
    views = []
    for rule in sorted(compared.comparisons, key=lambda one: one.id):
        sheet = compared.cases[rule.id]
        versions = [
            VersionView(one, by_topic(describe_comparison_version(rule, one)), [], comparison_doubts(rule, one))
            for one in rule.versions
        ]
        cases = [_case(rule, case, sheet.defaults, ran.get((rule.id, case.case)), countries) for case in sheet.cases]
        missing = [gap.outcome + (f" ({gap.version})" if gap.version else "") for gap in gaps if gap.rule_id == rule.id]
        told = by_topic([*describe_subject(rule), *describe_comparison_alone(rule)])
        usual = _sides(sheet.defaults.line, sheet.defaults.filing, Sides(), countries)
        mark = f"{rule.severity} severity"
        views.append(RuleView(rule, mark, versions, told, usual, cases, missing, rule.queries))
    return views


def comparison_gaps(compared: Compared) -> list[Gap]:
    """Return what the examples leave out: each version wants one that is clear, and one that is not, on its days."""
    found = []
    for rule in compared.comparisons:
        for version in rule.versions:
            first, last = version.from_on or date.min, version.until or date.max
            expected = {
                one.case.expect
                for one in compared.results or ()
                if one.rule_id == rule.id and one.export_on and first <= one.export_on <= last
            }
            named = f"version from {version.from_on or 'unknown'}"
            if "clear" not in expected:
                found.append(Gap(rule.id, named, "clear"))
            if not expected - {"clear"}:
                found.append(Gap(rule.id, named, " or ".join(one for one in OUTCOMES if one != "clear")))
    return found


def comparisons_without_cases(compared: Compared) -> list[str]:
    """Return one sentence per gap."""
    return [gap.sentence for gap in comparison_gaps(compared)]


def _case(
    rule: Comparison,
    case: ComparisonCase,
    defaults: Sides,
    result: ComparisonResult | None,
    countries: Mapping[str, str],
) -> CaseView:
    facts = _sides(case.line, case.filing, defaults, countries)
    if case.eei_filing != "clear":
        facts.append(("eei-filing outcome", case.eei_filing))
    if case.covered_on:
        facts.append(("records of", str(case.covered_on)))
    days = next((side.get("export_on") for side in (case.line, case.filing) if side is not None), None)
    failures = result.failures if result else []
    said = result.because if result and result.outcome != "clear" else ""
    return CaseView(case, facts, _exercised(rule, days), not failures if result else None, failures, said)


def _exercised(rule: Comparison, day: str | None) -> str:
    if not day:
        return "none effective"
    here = [one for one in rule.versions if str(one.from_on or date.min) <= day <= str(one.until or date.max)]
    dates = [f"from {one.from_on}" if one.from_on else "effective date not researched" for one in here]
    return joined(dates) or "none effective"


def _sides(
    line: Mapping[str, str | None] | None,
    filing: Mapping[str, str | None] | None,
    defaults: Sides,
    countries: Mapping[str, str],
) -> Facts:
    """What is written of both sides, but for what the defaults say; a side that is not there is told as none."""
    found: Facts = []
    for name, side, usual in (("line", line, defaults.line), ("filing", filing, defaults.filing)):
        if side is None:
            found.append((name, "none"))
            continue
        own = {column: value for column, value in side.items() if column not in usual or usual[column] != value}
        found += [(f"{name}: {column}", value) for column, value in facts_of(own, countries)]
    return found
