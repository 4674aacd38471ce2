"""What the examples of a rulebook leave out is found: by version, by outcome, by kind of rule."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.shipped import shipped_results, shipped_rulebook
from transforms.reports.book.exercise import case_gaps, versions_without_cases
from transforms.rulebook.ccl import NO_CCL
from transforms.rulebook.check import Check
from transforms.rulebook.model import Rulebook
from transforms.screening.cases import CaseResult

SELECT = "select situation_key, 'flagged' as outcome, 'odd' as because, []::varchar[] as missing from subject"


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return shipped_rulebook()


@pytest.fixture(scope="module")
def results(rulebook: Rulebook) -> list[CaseResult]:
    return shipped_results()


def checking(rulebook: Rulebook, query: str = SELECT, **version: object) -> Rulebook:
    """The rulebook with one check and no example of it."""
    dated = {"from": "2025-01-16", "authority": ["15 CFR 758.1(g)"]} | version
    check = Check.model_validate({"id": "draft", "title": "It is so", "remedy": "Look", "versions": [dated]})
    nothing = replace(rulebook, controls=(), provisions=(), party_rules=(), filing=None, ccl=NO_CCL)
    return replace(nothing, checks=(check,), check_sql={("draft", "check.sql"): query})


def test_the_examples_of_the_rulebook_leave_nothing_out(rulebook: Rulebook, results: list[CaseResult]) -> None:
    assert versions_without_cases(rulebook, results) == []


def test_a_version_without_a_case_of_an_outcome_is_found(rulebook: Rulebook, results: list[CaseResult]) -> None:
    rule = next(one for one in rulebook.controls if one.versions[-1].from_on and not one.versions[-1].doubts)
    start = rule.versions[-1].from_on
    fewer = [one for one in results if one.rule_id != rule.id or one.case.expect != "clear"]
    missing = f"{rule.id}, version from {start}: no case expects clear"
    assert missing in versions_without_cases(rulebook, fewer)
    assert missing not in versions_without_cases(rulebook, results)
    assert start is not None
    early = [replace(one, export_on=start.replace(year=start.year - 5)) for one in results if one.rule_id == rule.id]
    assert len([gap for gap in case_gaps(rulebook, early) if gap.rule_id == rule.id]) == 3


def test_a_case_within_the_doubt_before_a_version_counts_for_it(rulebook: Rulebook, results: list[CaseResult]) -> None:
    rule_id, day = next(
        (one.id, doubt.from_on)
        for one in rulebook.controls
        for doubt in one.versions[0].doubts
        if doubt.from_on and one.versions[0].from_on and doubt.from_on < one.versions[0].from_on
    )
    day_of = [replace(one, export_on=day) for one in results if one.rule_id == rule_id]
    assert [gap for gap in case_gaps(rulebook, day_of) if gap.rule_id == rule_id] == []


@pytest.mark.parametrize(
    ("query", "version", "wanted"),
    [
        (SELECT, {}, ["flagged", "clear"]),
        (SELECT, {"needs": ["itn"]}, ["flagged", "undetermined", "clear"]),
        (SELECT, {"doubt": "It is garbled"}, ["undetermined", "clear"]),
        (SELECT, {"doubt": {"because": "Garbled", "until": "2025-02-01"}}, ["flagged", "undetermined", "clear"]),
        (SELECT.replace("flagged", "undetermined"), {}, ["undetermined", "clear"]),
        (SELECT.replace("'flagged'", "outcome"), {}, ["flagged", "undetermined", "clear"]),
    ],
)
def test_of_a_check_each_outcome_that_it_can_come_to_is_wanted(
    rulebook: Rulebook, query: str, version: dict[str, object], wanted: list[str]
) -> None:
    gaps = case_gaps(checking(rulebook, query, **version), [])
    assert [gap.outcome for gap in gaps] == wanted
    assert gaps[0].sentence == f"draft, version from 2025-01-16: no case expects {wanted[0]}"


def test_of_a_provision_two_different_outcomes_are_wanted(rulebook: Rulebook, results: list[CaseResult]) -> None:
    provision = rulebook.provisions[0]
    alike = [one for one in results if one.rule_id != provision.id or one.case.expect == "clear"]
    assert f"{provision.id}: no case expects flagged or undetermined" in versions_without_cases(rulebook, alike)
    none = [one for one in results if one.rule_id != provision.id]
    assert f"{provision.id}: no case expects flagged, undetermined or clear" in versions_without_cases(rulebook, none)
