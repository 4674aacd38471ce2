"""Provisions, the rule that they make, and checks are told in plain words made from their data."""

from __future__ import annotations

import pytest

from tests.support.shipped import shipped_rulebook
from transforms.reports.words.checks import describe_check, opening
from transforms.reports.words.filing import describe_filing, describe_provision
from transforms.reports.words.rules import by_id, describe_rule, listed
from transforms.rulebook.check import Check
from transforms.rulebook.model import Rulebook
from transforms.rulebook.provision import Provision

NAMES = {"CA": "Canada", "AU": "Australia", "CN": "China"}
SQL = "-- Is it odd? One row per situation that is.\n-- 15 CFR 30.4: before the export.\nselect 1"


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return shipped_rulebook()


def provision(kind: str = "trigger", legends: dict[str, str] | None = None, **version: object) -> Provision:
    dated = {"from": "2025-01-16", "authority": ["15 CFR 758.1(b)"]} | version
    return Provision.model_validate(
        {"id": "draft", "title": "goods so and so", "kind": kind, "paragraph": "758.1(b)(1)", "versions": [dated]}
        | {"legends": legends or {}}
    )


def check(**version: object) -> Check:
    dated = {"from": "2025-01-16", "authority": ["15 CFR 758.1(g)"]} | version
    return Check.model_validate({"id": "draft", "title": "It is so", "remedy": "Look", "versions": [dated]})


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (provision(), "Goods so and so."),
        (provision(), "EEI must be filed for any export."),
        (provision(), "It overrides no exemption."),
        (provision(), "Provision: 15 CFR 758.1(b)(1)."),
        (provision(), "Effective from 2025-01-16"),
        (provision(overrides_exemptions=True), "the exemptions of 15 CFR 30.36 to 30.40, without exception."),
        (
            provision(overrides_exemptions=True, spares=["30.37(y)"]),
            "30.36 to 30.40, except 30.37(y): undetermined if claimed.",
        ),
        (
            provision(items={"eccn": ["600", "9x515"], "except": ["600.y"]}),
            "an export of items of the 600 series or the 9x515 series and their sub-paragraphs, except .y of the 600"
            " series and sub-paragraphs.",
        ),
        (
            provision(items={"eccn": ["600"], "except": ["600.y"]}),
            "It is in doubt for a line whose ECCN is no more specific than the 600 series.",
        ),
        (
            provision(items={"all": True, "except": ["EAR99"]}, destinations={"countries": ["CN"]}),
            "EEI must be filed for an export of any item except EAR99 to China (CN).",
        ),
        (
            provision(threshold_usd="2500"),
            "for any export of more than $2,500 of one Schedule B number in the shipment.",
        ),
        (
            provision("exemption", threshold_usd="2500"),
            "No EEI is required for any export of no more than $2,500 of one",
        ),
        (provision("exemption", threshold_usd="2500"), "whether or not the exemption is claimed."),
        (provision(threshold_usd="2500"), "Lines of one USPPI to one consignee"),
        (provision("exemption", {"30.36": "to Canada"}), "Claimed as NOEEI 30.36 (to Canada)."),
        (
            provision("exemption", own_terms=True),
            "must be verified outside the shipment record. Without a claim it is not considered.",
        ),
        (provision("exclusion", form="intangible"), "No EEI is required for any export that is intangible, whether"),
        (provision("exclusion", form="intangible"), "is treated as tangible, unless"),
        (provision("exclusion", not_onward=True), "if a consignee or end user is recorded in another country"),
        (provision(license_codes=["C57", "C59"]), "under license code C57 or C59, or their symbol where no code is"),
        (provision(schedule_b=["710210"]), "of a Schedule B number that begins with 710210."),
        (provision(license_required=True), "for any export that requires a license application."),
        (provision(license_required=True), "If such a requirement is undetermined, so is this."),
        (
            provision(due_if_direct=True, via={"countries": ["AU", "CA"]}),
            "must be filed for any export through an intermediate consignee in Australia (AU) or Canada (CA), whatever",
        ),
        (
            provision(presumed_absent="No column shows it"),
            "Presumed absent and never met, as no column shows it: No column shows it.",
        ),
        (
            provision(doubt={"because": "Garbled", "items": {"eccn": ["3A999"]}}),
            "From 2025-01-16 on, whether it covers a line in scope (items of ECCN 3A999 and its sub-paragraphs) is in"
            " doubt: Garbled.",
        ),
    ],
)
def test_a_provision_in_words(one: Provision, words: str) -> None:
    assert words in " ".join(sentence.text for sentence in describe_provision(one, NAMES))


def test_what_is_presumed_absent_is_said_to_cover_nothing() -> None:
    said = [one.text for one in describe_provision(provision(presumed_absent="No column shows it"), NAMES)]
    assert not [text for text in said if text.startswith("EEI must be filed")]


def test_the_filing_rule_names_each_of_its_provisions_by_kind(rulebook: Rulebook) -> None:
    assert rulebook.filing
    said = describe_filing(rulebook.filing, rulebook.provisions, {"low-value-threshold": "$2,500"})
    topics = {"trigger": "triggers", "exemption": "exemptions", "exclusion": "exclusions"}
    for one in rulebook.provisions:
        assert [text for topic, text in said if topic == topics[one.kind] and f"({one.id})" in text]
    verdict = " ".join(text for topic, text in said if topic == "verdict")
    assert all(word in verdict for word in ("flagged", "undetermined", "clear", "overrides", "savings clause"))


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (check(), "It is so."),
        (check(), "Is it odd? 15 CFR 30.4: before the export."),
        (
            check(needs=["itn", "eccn"]),
            "Requires itn and eccn. A line is undetermined if the source does not provide the column.",
        ),
        (
            check(),
            "Applies to each export, reexport or transfer (in-country), and to a line whose activity is not recorded.",
        ),
        (check(activities=["export"]), "Does not apply to reexport and transfer (in-country)."),
        (check(scopes={"group_b": {"destinations": {"groups": ["B"]}}}), "group b: a country of Country Group B."),
        (check(scopes={"series": {"items": {"eccn": ["600"]}}}), "series: items of the 600 series and its sub-para"),
        (check(doubt="Garbled"), "From 2025-01-16 on, a finding is undetermined: Garbled."),
        (check(), "What to do: Look."),
        (check(), "Severity: medium, unless the SQL sets another."),
    ],
)
def test_a_check_in_words(one: Check, words: str) -> None:
    said = describe_check(one, {("draft", "check.sql"): SQL}, NAMES)
    assert words in " ".join(sentence.text for sentence in said)
    assert said[-1] == ("SQL, check.sql", SQL)


def test_a_query_without_a_comment_opens_with_nothing() -> None:
    assert opening("select 1") == ""


def test_every_rule_is_listed_once_with_its_kind_and_can_be_shown(rulebook: Rulebook) -> None:
    entries = listed(rulebook)
    assert len({entry["id"] for entry in entries}) == len(entries) == len(rulebook.rules) + len(rulebook.ccl.rules) + 1
    assert [entry["kind"] for entry in entries if entry["id"] == "eei-filing"] == ["eei"]
    assert {"control", "trigger", "exemption", "exclusion", "check"} <= {entry["kind"] for entry in entries}
    assert all(set(entry) == {"id", "kind", "title", "reason", "paragraph", "versions"} for entry in entries)
    for rule in by_id(rulebook).values():
        assert describe_rule(rulebook, rule, NAMES)
