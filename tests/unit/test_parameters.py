"""Numbers and lists of the law: read by themselves, dated, refused with every fault, and named by rules."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from flows.settings import RULES
from tests.support.rulebooks import WORDS
from transforms.errors import RulebookError
from transforms.rulebook.before import BEFORE, UNITS
from transforms.rulebook.compile import compile_law
from transforms.rulebook.hashes import rulebook_hash
from transforms.rulebook.places import ALWAYS, FOREVER
from transforms.rulebook.read import read_draft, read_rulebook
from transforms.rulebook.read_parameters import known_parameters, read_parameters
from transforms.rulebook.words import known_words

LOW = "low-value-threshold"
LATER = "  - {from: 2027-01-01, value: 5000, authority: [92 FR 1], confidence: high}\n"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return shutil.copytree(RULES, tmp_path / "rules")


def add(rules: Path, name: str, line: str) -> None:
    """Write one line below the values of a parameter."""
    path = rules / "parameters" / f"{name}.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\nhistory:", f"\n{line}history:") if "\nhistory:" in text else text + line)


def test_a_value_holds_from_its_day_until_the_day_before_the_next(copy: Path) -> None:
    add(copy, LOW, LATER)
    parameters = known_parameters(copy)
    days = [date(1990, 1, 1), date(2026, 12, 31), date(2027, 1, 1), date(2099, 1, 1)]
    assert [parameters.on(LOW, day) for day in days] == [2500, 2500, 5000, 5000]
    assert [parameters.authority(LOW, day) for day in days[1:3]] == ["15 CFR 30.37(a); 15 CFR 758.1(b)(5)", "92 FR 1"]
    rows = [row for row in parameters.rows() if row["name"] == LOW]
    assert [(row["from_on"], row["until_on"], row["number"]) for row in rows] == [
        (ALWAYS, date(2026, 12, 31), Decimal(2500)), (date(2027, 1, 1), FOREVER, Decimal(5000)),
    ]  # fmt: skip


def test_a_day_before_the_first_text_is_judged_by_the_first() -> None:
    parameters = known_parameters(RULES)
    assert parameters.number("cytometer-detectors", date(2020, 1, 1)) == 26


def test_a_list_is_its_words_and_every_word_it_ever_held(copy: Path) -> None:
    line = "  - {from: 2027-01-01, value: [AU, MX], authority: [92 FR 1], confidence: high}\n"
    add(copy, "transshipment-countries", line)
    parameters = known_parameters(copy)
    assert parameters.on("transshipment-countries", date(2026, 12, 31)) == ("AU", "CA", "GB")
    assert parameters.on("transshipment-countries", date(2027, 1, 1)) == ("AU", "MX")
    assert parameters.ever("transshipment-countries") == ("AU", "CA", "GB", "MX")
    with pytest.raises(KeyError, match="is a list"):
        parameters.number("transshipment-countries", date(2027, 1, 1))


def test_they_are_part_of_the_hash_of_the_rulebook(copy: Path) -> None:
    before = rulebook_hash(copy)
    add(copy, LOW, LATER)
    assert rulebook_hash(copy) != before


def test_all_that_the_screening_asks_for_must_be_there_in_its_unit(copy: Path) -> None:
    folder = copy / "parameters"
    (folder / "split-shipment-days.yml").unlink()
    hours = folder / "split-shipment-hours.yml"
    hours.write_text(hours.read_text(encoding="utf-8").replace("unit: hours", "unit: days"), encoding="utf-8")
    (folder / "notes.txt").write_text("a note", encoding="utf-8")
    (folder / "more").mkdir()
    _, faults = read_parameters(copy)
    assert [str(fault) for fault in faults] == [
        "rules/parameters/more: this folder has no place here (allowed: one .yml file for each parameter)",
        "rules/parameters/notes.txt: this file has no place here (allowed: one .yml file for each parameter)",
        'rules/parameters/split-shipment-hours.yml: unit: "days" is not what the screening asks it in (allowed: hours)',
        "rules/parameters/split-shipment-days.yml: the file is missing"
        " (allowed: a parameter in days: the screening asks it)",
    ]
    with pytest.raises(RulebookError, match="split-shipment-days"):
        read_rulebook(copy)


def provision(tmp_path: Path, more: str) -> list[str]:
    """Every fault of a trigger with these keys in its version."""
    path = tmp_path / "trigger.yml"
    path.write_text(
        "id: trigger\ntitle: a trigger\nkind: trigger\nparagraph: 758.1(b)\n"
        f"versions:\n  - from: unknown\n    authority: [15 CFR 758.1(b)]\n    {more}\n",
        encoding="utf-8",
    )
    try:
        read_draft(path, known_words(RULES / "tables", known_parameters(RULES)))
    except RulebookError as error:
        return [f"{one.key.removeprefix('versions[0].')}: {one.problem} ({one.allowed})" for one in error.faults]
    return []


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("threshold: low-value", f'threshold: unknown parameter "low-value" in USD, did you mean "{LOW}"? ({LOW})'),
        ("threshold: split-shipment-days", f'threshold: unknown parameter "split-shipment-days" in USD ({LOW})'),
        ("threshold: 2500 USD", 'threshold: "2500 USD" is not the name of a parameter (lower-case words with hyphens)'),
        ("via: {lists: [habitual-transshipment-countries]}",
         "via.lists: the fact via_country keeps the countries of no other list (transshipment-countries)"),
        ("destinations: {lists: [filing-headings]}",
         'destinations.lists[0]: unknown parameter "filing-headings" in countries'
         " (cwc-not-party-countries, habitual-transshipment-countries, heading-destinations,"
         " sanctions-record-countries, transshipment-countries, un-arms-embargo-countries)"),
    ],
)  # fmt: skip
def test_a_rule_names_parameters_that_there_are_in_their_unit(tmp_path: Path, more: str, says: str) -> None:
    assert provision(tmp_path, more) == [says]


def test_a_rule_has_one_threshold(tmp_path: Path) -> None:
    (said,) = provision(tmp_path, f"threshold: {LOW}\n    threshold_usd: 2500")
    assert said == "threshold_usd: both threshold and threshold_usd (threshold, the name of a parameter)"
    assert provision(tmp_path, f"threshold: {LOW}") == []


def test_a_list_of_countries_is_a_scope_that_has_its_days(copy: Path) -> None:
    line = "  - {from: 2027-01-01, value: [AU], authority: [92 FR 1], confidence: high}\n"
    add(copy, "transshipment-countries", line)
    rows = compile_law(read_rulebook(copy, with_cases=False)).memberships
    held = {(row["iso2"], row["from_on"], row["until_on"]) for row in rows if str(row["word"]).startswith("list:trans")}
    assert held == {
        ("AU", ALWAYS, FOREVER), ("CA", ALWAYS, date(2026, 12, 31)), ("GB", ALWAYS, date(2026, 12, 31)),
    }  # fmt: skip


def as_of_before(rules: Path) -> Path:
    """Make of a rulebook one of before parameters: no folder of them, and amounts and countries in the rules."""
    for room in ("parameters", "ccl", "parties"):  # the lists are of later than they are
        shutil.rmtree(rules / room)
    for path in (*rules.glob("eei/*/rule.yml"), *rules.glob("checks/*/rule.yml")):
        text = path.read_text(encoding="utf-8").replace(f"threshold: {LOW}", "threshold_usd: 2500")
        text = text.replace(f"{{{LOW}}}", "$2,500")
        text = text.replace("lists: [transshipment-countries]", "countries: [AU, CA, GB]")
        text = text.replace("lists: [habitual-transshipment-countries]", "countries: [CA, MX, PA, HK, BE, AE, NL, SG]")
        path.write_text(text, encoding="utf-8")
    return rules


def test_a_rulebook_of_before_parameters_still_loads_and_says_what_it_said(copy: Path) -> None:
    old = read_rulebook(as_of_before(copy), with_cases=False)
    new = read_rulebook(RULES, with_cases=False)
    assert old.parameters is BEFORE and old.stated == ()
    assert compile_law(old).thresholds == compile_law(new).thresholds
    day = date(2026, 11, 22)
    rules_since = {name for name in UNITS if BEFORE.on(name, day) == ()} | {"sanctions-retention-years"}
    for name in set(UNITS) - rules_since:  # what was taken for granted is what the law says up to now
        assert old.parameters.on(name, day) == new.parameters.on(name, day), name


def test_without_the_words_of_a_rulebook_a_name_is_held_against_its_form_alone(tmp_path: Path) -> None:
    path = tmp_path / "draft.yml"
    path.write_text(
        "id: draft\ntitle: a trigger\nkind: trigger\nparagraph: 758.1(b)\nversions:\n"
        "  - {from: unknown, authority: [15 CFR 758.1(b)], threshold: any-name}\n",
        encoding="utf-8",
    )
    assert len(read_draft(path, WORDS).rules) == 1
