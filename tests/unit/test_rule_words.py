"""A rule is told in plain words made from its data, as the screening reads them."""

from __future__ import annotations

import pytest

from flows.settings import RULES
from transforms.reports.words.controls import describe, describe_version, doubt_words, exception_standings
from transforms.reports.words.phrases import country_names
from transforms.rulebook.model import Control, Version
from transforms.rulebook.places import read_table

NAMES = {"PK": "Pakistan", "MO": "Macau", "IQ": "Iraq"}
DEADLINE = {"en_route_on": "2025-01-16", "exported_before": "2025-02-18"}
NO_DEADLINE = {"en_route_on": "2025-01-16", "exported_before": "unknown", "look_until": "2025-02-15"}
CARVED = {"eccn": ["2B999"], "except": ["2B999.h.2"]}
GROUP_B = {"groups": ["B"], "except": {"countries": ["IQ"], "groups": ["D:5"]}}
OUTSIDE = "eligibility must be verified outside the shipment record"
NOT_RESEARCHED = "Effective date not researched; in effect for all dates screened"


def version(**changes: object) -> Version:
    base = {"from": "2024-12-26", "authority": ["89 FR 93164"], "activities": ["export"],
            "items": {"eccn": ["3A999"]}, "destinations": {"countries": ["PK"]}}  # fmt: skip
    return Version.model_validate(base | changes)


def control(*versions: Version, **changes: object) -> Control:
    base = {"id": "draft", "title": "A license is required", "reason": "RS", "remedy": "Ask counsel"}
    return Control.model_validate(base | {"versions": versions or (version(),)} | changes)


def said(one: Version) -> str:
    return " ".join(sentence.text for sentence in describe_version(control(one), one, NAMES))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "A license is required to export items of ECCN 3A999 and its sub-paragraphs to Pakistan (PK)."),
        (
            {"activities": ["in_country_transfer"]},
            "to transfer (in-country) items of ECCN 3A999 and its sub-paragraphs within",
        ),
        ({"activities": ["export", "reexport", "in_country_transfer"]}, "sub-paragraphs to or within Pakistan (PK)."),
        ({}, "Not covered: reexport and transfer (in-country)."),
        ({"items": {"all": "true"}}, "to export any item (regardless of ECCN) to Pakistan (PK)."),
        ({"items": {"eccn": ["EAR99"]}}, "to export EAR99 items to Pakistan (PK)."),
        ({"items": CARVED}, "except 2B999.h.2 and sub-paragraphs, to Pakistan"),
        (
            {"items": CARVED},
            "no more specific than 2B999 or 2B999.h may be excluded (2B999.h.2): undetermined.",
        ),
        (
            {"items": {"eccn": ["3A069.a", "3A999"]}},
            "no more specific than 3A069 may be the part that alone is covered (3A069.a): undetermined.",
        ),
        (
            {"destinations": {"all": "true", "except": {"countries": ["PK", "XX"]}}},
            "to any destination, except Pakistan (PK) and XX.",
        ),
        (
            {"destinations": {"countries": ["MO"], "groups": ["D:5", "E:1"]}},
            "Macau (MO) or a country of Country Group D:5 or E:1.",
        ),
        ({"destinations": {"chart": ["NS2"]}}, "a country with a mark in NS Column 2 of the Commerce Country Chart."),
        ({}, "Effective from 2024-12-26 with no end date. Publication date not recorded."),
        (
            {"until": "2025-01-15", "published": "2024-11-26"},
            "Effective from 2024-12-26 through 2025-01-15, both days included. Published 2024-11-26.",
        ),
        ({"from": "unknown"}, f"{NOT_RESEARCHED}. Publication date not recorded."),
        ({"from": "unknown", "until": "2025-01-15"}, f"{NOT_RESEARCHED} through 2025-01-15."),
        ({}, "Authority: 89 FR 93164."),
        ({"governed_by": "15 CFR part 746"}, "15 CFR part 746 governs and is not in this rulebook: undetermined"),
        ({"governed_by": "15 CFR part 746"}, "A license may be required"),
        (
            {},
            f"Every license exception may be available; {OUTSIDE}: undetermined.",
        ),
        ({}, "No savings clause is recorded"),
        (
            {"savings": DEADLINE},
            "exported before 2025-02-18 are covered: clear. Exported on 2025-02-18 itself: undetermined.",
        ),
        ({"savings": NO_DEADLINE}, "the deadline is not known: undetermined, however late the export."),
        ({"savings": NO_DEADLINE}, "undetermined for exports through 2025-02-15, later screened as if not covered."),
        (
            {"doubt": "It is garbled."},
            "From 2024-12-26 on, a line in scope is undetermined unless its license authority settles it: It is",
        ),
        (
            {"doubt": {"because": "Garbled", "from": "2024-12-01", "until": "2024-12-01"}},
            "On 2024-12-01, a line in scope",
        ),
        (
            {"from": "unknown", "doubt": {"because": "Garbled", "until": "2024-12-01"}},
            "Through 2024-12-01, a line in scope",
        ),
        ({"from": "unknown", "doubt": "Garbled"}, "On all dates, a line in scope is undetermined"),
        (
            {"doubt": {"because": "Garbled", "items": {"eccn": ["3A999"]}}},
            "a line in scope (items of ECCN 3A999 and its sub-paragraphs)",
        ),
    ],
)
def test_a_version_in_words(changes: dict[str, object], words: str) -> None:
    assert words in said(version(**changes))


@pytest.mark.parametrize(
    ("terms", "standing", "words"),
    [
        ("closed", "closed", "not available: flagged"),
        ("own_terms", "own terms", f"may be available; {OUTSIDE}: undetermined"),
        (
            {"paragraphs": ["740.9(a)(1)", "740.9(b)(3)"]},
            "open",
            "available under 740.9(a)(1) or 740.9(b)(3), sub-paragraphs included: clear; otherwise not"
            " available: flagged; paragraph not recorded, or not specific enough: undetermined",
        ),
        (
            {"destinations": GROUP_B},
            "open",
            "available to a country of Country Group B, except Iraq (IQ) and a country of Country Group D:5: clear;"
            " otherwise not available: flagged",
        ),
        (
            {"items": {"eccn": ["3A999.f"]}},
            "open",
            "available for items of ECCN 3A999.f and its sub-paragraphs: clear; otherwise not available: flagged",
        ),
        (
            {"own_terms": "true", "destinations": {"countries": ["MO"]}},
            "own terms",
            f"may be available to Macau (MO); {OUTSIDE}: undetermined; otherwise not available: flagged",
        ),
        (
            {"doubt": "Not seen."},
            "in doubt",
            "not known to be available or unavailable: undetermined; in doubt: Not seen",
        ),
        (
            {"destinations": {"countries": ["MO"]}, "doubt": "Not seen"},
            "in doubt",
            "possibly available to Macau (MO): undetermined; otherwise not available: flagged; in doubt: Not seen",
        ),
    ],
)
def test_an_exception_in_words(terms: object, standing: str, words: str) -> None:
    one = version(exceptions={"TMP": terms, "others": "closed"})
    named, others = exception_standings(one, NAMES)
    assert (named.symbol, named.standing, named.text) == ("TMP", standing, words)
    assert (others.symbol, others.text) == ("*", "not available: flagged")
    verb = "" if words.startswith("may be ") else "is "
    assert f"License Exception TMP {verb}{words}." in said(one)
    assert "Every other license exception is not available: flagged." in said(one)


def test_where_other_law_governs_no_exception_is_listed() -> None:
    assert exception_standings(version(governed_by="15 CFR part 746"), NAMES) == []


def test_a_doubt_that_begins_before_its_version_leaves_the_days_of_the_version_before() -> None:
    first = version(until="2025-01-15")
    second = version(
        **{"from": "2025-01-20", "doubt": {"because": "Garbled", "from": "2025-01-10", "until": "2025-01-19"}}
    )
    assert doubt_words(control(first, second), second)[0].startswith("From 2025-01-16 through 2025-01-19, ")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Reason for control: RS (regional stability)."),
        ({"reason": "NS, AT"}, "Reason for control: NS (national security) and AT (anti-terrorism)."),
        ({"reason": "embargo"}, "Reason for control: embargo."),
        ({}, "No license review policy is recorded."),
        ({"review": "Case by case"}, "License review policy: Case by case."),
        ({}, "What to do: Ask counsel."),
        ({}, "Severity: high for a flagged line, medium for an undetermined line."),
        ({"severity": "low"}, "Severity: low for a flagged line, low for an undetermined line."),
        ({"history": ["It was free before"]}, "It was free before."),
    ],
)
def test_a_control_in_words(changes: dict[str, object], words: str) -> None:
    assert words in [sentence.text for sentence in describe(control(**changes), NAMES)]


def test_country_names_are_those_of_the_tables_written_forward() -> None:
    tables_dir = RULES / "tables"
    names = country_names(tables_dir)
    assert set(names) == {row["iso2"] for row in read_table(tables_dir / "country_names.csv")}
    assert (names["PK"], names["KP"], names["HK"]) == ("Pakistan", "North Korea", "Hong Kong")


@pytest.mark.parametrize(
    ("iso2", "name"),
    [("PR", "Puerto Rico"), ("GU", "Guam"), ("VI", "US Virgin Islands"), ("AS", "American Samoa"),
     ("MP", "Northern Mariana Islands"), ("UM", "United States Minor Outlying Islands"), ("US", "United States"),
     ("MF", "Saint Martin (French part)"), ("GS", "South Georgia and the South Sandwich Islands"),
     ("KR", "South Korea"), ("BS", "The Bahamas"), ("XK", "Kosovo")],
)  # fmt: skip
def test_a_territory_has_a_name_as_a_country_has(iso2: str, name: str) -> None:
    assert country_names(RULES / "tables")[iso2] == name


def test_every_code_of_iso_3166_1_has_a_name_of_its_own() -> None:
    tables_dir = RULES / "tables"
    codes = {row["iso2"] for row in read_table(tables_dir / "country_names.csv") if row["source"].endswith("alpha-2")}
    names = country_names(tables_dir)
    assert len(codes) == 249
    assert [iso2 for iso2 in codes if names[iso2].upper() in (iso2, "")] == []
    assert len({names[iso2] for iso2 in codes}) == len(codes)
