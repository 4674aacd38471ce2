"""Provisions and checks are refused as strictly as controls: with file, key and what is allowed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from flows.settings import RULES
from tests.support.shipped import shipped_law, shipped_rulebook
from transforms.errors import RulebookError
from transforms.rulebook.provision import Provision
from transforms.rulebook.read import read_rule, read_rulebook
from transforms.rulebook.words import known_words

WORDS = known_words(RULES / "tables")
PROVISION = """id: draft
title: a draft
kind: trigger
paragraph: 758.1(b)(99)
versions:
  - from: 2025-01-01
    authority: [90 FR 1]
"""
CHECK = """id: draft
title: a draft
versions:
  - from: 2025-01-01
    authority: [90 FR 1]
remedy: Ask
"""


def refused(folder: Path, text: str) -> str:
    (folder / "rule.yml").write_text(text)
    with pytest.raises(RulebookError) as caught:
        read_rule(folder, WORDS)
    return str(caught.value)


@pytest.mark.parametrize(
    ("more", "key", "problem", "allowed"),
    [
        ("via: {countries: [MX]}", "via.countries", "keeps no other country", "AU, CA, GB"),
        ("via: {groups: [B]}", "via.countries", "keeps no other country", "AU, CA, GB"),
        ('schedule_b: ["840410"]', "schedule_b[0]", "under no heading", "7102, 9027"),
        ("schedule_b: [71]", "schedule_b[0]", "not a heading", "six digits"),
        ("threshold_usd: lots", "threshold_usd", "not an amount", "2500.00"),
        ("threshold_usd: -1", "threshold_usd", "not an amount", "US dollars"),
        ("spares: [30.37(y)]", "spares", "overrides none", "overrides_exemptions: true"),
        ("spares: [37(y)]\n    overrides_exemptions: true", "spares[0]", "not an exemption legend", "30.37(a)"),
        ("license_codes: [C]", "license_codes[0]", "not an AES license code", "C33"),
        ("form: solid", "form", "not known", "tangible, intangible"),
        ("own_terms: maybe", "own_terms", "neither true nor false", "true, false"),
        ("items: {eccn: [700]}", "items.eccn[0]", "not an ECCN", "600 and 9x515"),
        ("thresholds: 1", "thresholds", "unknown key, did you mean", "threshold_usd"),
    ],
)
def test_a_provision_is_refused_with_its_key_and_what_is_allowed(
    tmp_path: Path, more: str, key: str, problem: str, allowed: str
) -> None:
    said = refused(tmp_path, PROVISION + f"    {more}\n")
    assert f"versions[0].{key}" in said
    assert problem in said
    assert allowed in said


def test_a_trigger_has_no_legend_and_an_exemption_may(tmp_path: Path) -> None:
    legends = "legends: {30.37(b): tools of trade}\n"
    assert "a trigger has no legend" in refused(tmp_path, PROVISION + legends)
    (tmp_path / "rule.yml").write_text(PROVISION.replace("trigger", "exemption") + legends)
    (rule,) = read_rule(tmp_path, WORDS)
    assert isinstance(rule, Provision)
    assert rule.legends == {"30.37(b)": "tools of trade"}


@pytest.mark.parametrize(
    ("more", "key", "problem"),
    [
        ("needs: [conveyance]", "needs[0]", "not a column that a check can need"),
        ("scopes: {here: {}}", "scopes.here", "one of items and destinations is needed"),
        ("scopes: {Here: {items: {all: true}}}", "scopes", "not a name for a scope"),
        ("sql: other.sql", "sql", "not a file of this check"),
        ("activities: [import]", "activities[0]", "not known"),
    ],
)
def test_a_check_is_refused_with_its_key(tmp_path: Path, more: str, key: str, problem: str) -> None:
    (tmp_path / "check.sql").write_text("select 1")
    said = refused(tmp_path, CHECK.replace("remedy", f"    {more}\nremedy"))
    assert f"versions[0].{key}" in said
    assert problem in said


def test_the_sql_that_a_version_names_must_be_there_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "check-2.sql").write_text("select 1")
    said = refused(tmp_path, CHECK)
    assert "check.sql: named by versions[0], and missing" in said
    assert "check-2.sql: no version names this file" in said


def test_a_rulebook_with_provisions_needs_filing_yml(tmp_path: Path) -> None:
    copy = shutil.copytree(RULES, tmp_path / "rules")
    (copy / "eei" / "filing.yml").unlink()
    with pytest.raises(RulebookError, match=r"rules/eei/filing\.yml: the file is missing"):
        read_rulebook(copy)


def test_what_is_presumed_absent_is_never_met() -> None:
    law = shipped_law()
    absent = {row["version_key"] for row in law.provisions if row["presumed_absent"]}
    assert len(absent) == 1
    assert not absent & {row["version_key"] for row in law.rule_periods}


def test_the_two_thresholds_of_the_low_value_test_are_one() -> None:
    """758.1(b)(5) is met above what 30.37(a) exempts: the sums are compared once."""
    provisions = {one.id: one for one in shipped_rulebook().provisions}
    trigger, exemption = provisions["trigger-over-2500"], provisions["exempt-low-value"]
    named = {one.threshold for rule in (trigger, exemption) for one in rule.versions}
    assert named == {"low-value-threshold"}


def test_a_title_may_have_its_threshold_in_braces_and_nothing_else(tmp_path: Path) -> None:
    text = PROVISION.replace("title: a draft", "title: more than {low-value} of it") + "    threshold: low-value\n"
    (tmp_path / "rule.yml").write_text(text)
    assert read_rule(tmp_path, WORDS)
    said = refused(tmp_path, text.replace("{low-value}", "{the-limit}"))
    assert 'versions: "{the-limit}" in title names no threshold of it' in said
