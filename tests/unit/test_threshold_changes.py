"""A dated change of the low-value threshold is one line, and reaches filing, comparison and impact alike."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from flows.jobs.impact import find_impact, open_past
from flows.settings import RULES, Home
from tests.support.comparing import shipped, verdicts
from tests.support.impacts import YEAR, put, rows
from tests.support.parameters import parameter_rows
from transforms.errors import InputError
from transforms.rulebook.read import read_rulebook
from transforms.screening.cases import run_cases

RAISED = "  - {from: 2024-07-01, value: 5000, authority: [89 FR 1], confidence: high}\n"
LOWERED = RAISED.replace("5000", "1000")
DE = {"destination": "DE", "consignee_country": "DE", "eccn": "EAR99", "itn": "", "usppi_id": "12345678900",
      "conveyance": "LH 400", "schedule_b": "8471300100", "origin_df": "D", "consignee_name": "Beta GmbH"}  # fmt: skip
EVE, FIRST = "2024-06-30", "2024-07-01"


def changed(tmp_path: Path, line: str) -> Path:
    """The shipped rulebook with one line more."""
    rules = shutil.copytree(RULES, tmp_path / "rules")
    path = rules / "parameters" / "low-value-threshold.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("history:", line + "history:"), encoding="utf-8")
    return rules


def line_of(value: str, day: str) -> dict[str, str]:
    return DE | {"value_usd": value, "export_on": day, "tendered_on": day}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", {"2500": ("clear", "clear"), "2500.01": ("flagged", "flagged"), "5000": ("flagged", "flagged")}),
        (RAISED, {"2500.01": ("flagged", "clear"), "5000": ("flagged", "clear"), "5000.01": ("flagged", "flagged")}),
        (LOWERED, {"1000": ("clear", "clear"), "1000.01": ("clear", "flagged"), "2500.01": ("flagged", "flagged")}),
    ],
    ids=["as it is", "raised", "lowered"],
)
def test_filing_goes_by_the_threshold_of_the_day(tmp_path: Path, line: str, expected: dict) -> None:
    rulebook = read_rulebook(changed(tmp_path, line))
    (case, *_) = rulebook.cases["exempt-low-value"].cases
    asked = [
        case.model_copy(update={
            "case": f"{value} on {day}", "line": case.line | line_of(value, day) | {"eei_exemption": ""},
            "expect": outcome, "because": None, "missing": (), "others": (),
        })
        for value, outcomes in expected.items()
        for day, outcome in zip((EVE, FIRST), outcomes, strict=True)
    ]  # fmt: skip
    file = rulebook.cases["exempt-low-value"].model_copy(update={"cases": tuple(asked)})
    results = run_cases(replace(rulebook, cases={"exempt-low-value": file}))
    assert [result.failures for result in results if result.failures] == []
    assert len(results) == len(asked)


def test_the_sentence_names_the_threshold_of_the_day(tmp_path: Path) -> None:
    rulebook = read_rulebook(changed(tmp_path, RAISED))
    file = rulebook.cases["trigger-over-2500"]
    cases = [
        file.cases[0].model_copy(update={
            "case": day, "line": file.cases[0].line | line_of("6000", day) | {"eei_exemption": ""}, "expect": "flagged",
            "because": f"758.1(b)(5) (more than {words} of one Schedule B number in the shipment)", "others": (),
        })
        for day, words in ((EVE, "$2,500"), (FIRST, "$5,000"))
    ]  # fmt: skip
    held = {"trigger-over-2500": file.model_copy(update={"cases": tuple(cases)})}
    assert [one.failures for one in run_cases(replace(rulebook, cases=held))] == [[], []]
    assert rulebook.parameters.names()["low-value-threshold"] == "$2,500, and $5,000 from 2024-07-01"


FILING, SAID = "eei-filing", {
    "relieved": ("flagged", "clear", None, "relieved"), "needed": ("clear", "flagged", "certain", "needs EEI"),
}  # fmt: skip


def test_impact_says_what_another_threshold_would_change(home: Home, tmp_path: Path) -> None:
    values = "1500", "3000", "6000"
    put(home, *(line_of(value, day) | {"conveyance": value} for value in values for day in (EVE, FIRST)))
    rules = changed(tmp_path, RAISED)
    raised = find_impact(home, [str(rules)], **YEAR)
    assert rows(raised) == {("S4", FILING): SAID["relieved"]}
    assert {one["id"] for one in raised.told["reform"]["rules"]} == {"exempt-low-value", "trigger-over-2500"}
    assert rows(find_impact(home, [str(RULES)], baseline=rules, **YEAR)) == {("S4", FILING): SAID["needed"]}


def test_a_draft_of_the_parameter_alone_is_a_question(home: Home, tmp_path: Path) -> None:
    put(home, *(line_of(value, day) | {"conveyance": value} for value in ("1500", "3000") for day in (EVE, FIRST)))
    draft = changed(tmp_path, LOWERED) / "parameters" / "low-value-threshold.yml"
    found = find_impact(home, [str(draft)], **YEAR)
    assert rows(found) == {("S2", FILING): SAID["needed"]}
    assert found.told["reading"] == "at their own dates"
    with pytest.raises(InputError, match="Give it alone"):
        find_impact(home, [str(draft), "pakistan-rs"], **YEAR)


def test_lines_that_go_together_are_summed_against_either_threshold(home: Home, tmp_path: Path) -> None:
    put(home, line_of("1500", FIRST), line_of("1501", FIRST), line_of("2400", EVE), line_of("2600", EVE))
    assert set(rows(find_impact(home, [str(changed(tmp_path, RAISED))], **YEAR))) == {("S1", FILING), ("S2", FILING)}


@pytest.mark.long
def test_a_past_that_is_held_open_goes_from_one_threshold_to_another_and_back(home: Home, tmp_path: Path) -> None:
    put(home, line_of("3000", FIRST), line_of("1500", FIRST) | {"conveyance": "another"}, {})
    raised, lowered = (str(changed(tmp_path / name, line)) for name, line in (("a", RAISED), ("b", LOWERED)))
    with open_past(home, *YEAR.values()) as past:
        relieved = [past.ask([raised]).told["questions"]["relieved"]["lines"]["certain"] for _ in range(2)]
        assert relieved == [1, 1]
        assert past.ask(["pakistan-rs"]).turned == {"certain": 1, "possible": 0}
        assert past.ask([lowered]).turned == {"certain": 1, "possible": 0}
        assert past.ask([str(RULES)]).turned == {"certain": 0, "possible": 0}


def test_a_line_that_may_be_of_a_new_entry_is_weighed_under_both_thresholds(home: Home, tmp_path: Path) -> None:
    """Its filing turns on the threshold as it is recorded, and not on what it may be."""
    instrument = {"eccn": "3A999", "description": "Spectral flow cytometer"}
    put(home, line_of("3000", FIRST) | instrument, line_of("3000", EVE))
    assert rows(find_impact(home, [str(changed(tmp_path, RAISED))], **YEAR)) == {("S1", FILING): SAID["relieved"]}


@pytest.mark.long
def test_a_change_outside_the_period_changes_nothing(home: Home, tmp_path: Path) -> None:
    put(home, line_of("3000", FIRST))
    later = changed(tmp_path, RAISED.replace("2024-07-01", "2025-01-01"))
    assert rows(find_impact(home, [str(later)], **YEAR)) == {}
    assert rows(find_impact(home, [str(later)], first_day=date(2024, 1, 1), last_day=date(2025, 1, 1))) == {}


def test_what_aes_holds_as_declared_low_goes_by_the_threshold_of_the_day() -> None:
    pair = {"subject_key": 1, "differs": ["value_usd"], "recorded_usd": 6000, "filed_usd": 3000, "filing_count": 1,
            "in_lines": "", "in_filing": " under it"}  # fmt: skip
    low, other = (shipped()[name] for name in ("value-declared-low", "value-differs"))
    numbers = parameter_rows({"low-value-threshold": "2500"}, {"low-value-threshold": "5000"}, date(2027, 1, 1))
    told = verdicts([low, other], {"differing_pairs": [pair]}, numbers)
    assert [(row["rule_id"], row["from_on"], row["until_on"]) for row in told] == [
        ("value-declared-low", date(2027, 1, 1), date(9999, 12, 31)),
        ("value-differs", date(1, 1, 1), date(2026, 12, 31)),
    ]
