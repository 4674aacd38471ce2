"""Explain tells a person in a dozen lines what decided, and everything on request."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.support.command import Golden, earshot

FLAGGED = ("SC20250203-1", "1")


@pytest.mark.parametrize("count", [1, 2])
def test_a_usual_line_is_told_in_fifteen_lines_with_what_to_do(golden: Golden, count: int) -> None:
    findings = pd.read_parquet(golden.report / "findings.parquet")
    findings = findings[findings["rule_kind"] != "reconcile"]
    lines = findings.groupby(["shipment_id", "line_number"]).filter(lambda one: len(one) == count)
    shipment, number = lines[["shipment_id", "line_number"]].iloc[0]
    done = earshot("explain", str(shipment), str(number), "--home", golden.home)
    assert done.code == 0
    assert len(done.out.splitlines()) <= 15
    assert done.out.count("What to do: ") == done.out.count("Authority: ") == count


def test_a_line_is_told_by_its_fields_and_its_country_by_its_name(golden: Golden) -> None:
    told = earshot("explain", *FLAGGED, "--home", golden.home).out
    fields = ("Pakistan (PK)", "ECCN: 1B999", "$9,800.00", "License code: C33", "ITN: X20250202930203", "2025-02-03")
    assert [field for field in fields if field not in told] == []
    assert "pakistan-rs: flagged" in told
    assert "iraq-rs" not in told


def test_all_adds_the_facts_the_period_of_law_the_steps_and_every_rule(golden: Golden) -> None:
    short = earshot("explain", *FLAGGED, "--home", golden.home)
    whole = earshot("explain", *FLAGGED, "--home", golden.home, "--all")
    told = earshot("explain", *FLAGGED, "--home", golden.home, "--json").json["determinations"]
    outcomes = [one["outcome"] for one in told]
    assert f"{outcomes.count('clear')} clear, {outcomes.count('out of scope')} out of scope" in short.out
    assert "Period of law: 2024-12-26" in whole.out
    assert "license_code: C33" in whole.out
    for one in told:
        assert f"{one['rule_id']}: {one['outcome']}" in whole.out
        assert [step for step in one["steps"] if f"{step['step']}: {step['found']}" not in whole.out] == []


def test_one_rule_alone_is_told_with_its_steps(golden: Golden) -> None:
    told = earshot("explain", *FLAGGED, "--home", golden.home, "--rule", "iraq-rs").out
    assert "iraq-rs: out of scope" in told
    assert "items: 1B999" in told
    assert "pakistan-rs" not in told
