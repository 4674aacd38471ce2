"""Laws made of a law: without rules, or as if some had always been in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.support.shipped import shipped_rulebook
from transforms.impact.laws import as_if_in_force, ids_of, in_reach, narrow, without
from transforms.rulebook.ccl import NO_CCL
from transforms.rulebook.compile import compile_law
from transforms.rulebook.law import Law
from transforms.rulebook.model import Rulebook
from transforms.rulebook.places import ALWAYS, FOREVER


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return shipped_rulebook()


@pytest.fixture(scope="module")
def law(rulebook: Rulebook) -> Law:
    return compile_law(rulebook)


def periods(law: Law, rule_id: str) -> list[dict[str, object]]:
    rows = (*law.rule_versions, *law.provisions, *law.checks)
    keys = {row["version_key"] for row in rows if rule_id in (row.get("rule_id"), row.get("provision_id"))}
    return [row for row in law.rule_periods if row["version_key"] in keys]


def test_without_takes_all_of_a_rule_and_nothing_else(law: Law) -> None:
    less = without(law, ["pakistan-rs", "trigger-macau", "itn-reused"])
    assert ids_of(law) - ids_of(less) == {"pakistan-rs", "trigger-macau", "itn-reused"}
    assert periods(less, "pakistan-rs") == []
    assert len(law.rule_periods) - len(less.rule_periods) == sum(
        len(periods(law, one)) for one in ("pakistan-rs", "trigger-macau", "itn-reused")
    )


def test_as_if_in_force_a_doubt_about_dates_falls_away_and_nothing_is_saved(law: Law) -> None:
    read = as_if_in_force(law, ["pakistan-rs"])
    assert [
        (row["from_on"], row["until_on"], row["is_in_force"], row["doubt"]) for row in periods(read, "pakistan-rs")
    ] == [(ALWAYS, FOREVER, True, None)]
    own = [row for row in read.rule_versions if row["rule_id"] == "pakistan-rs"]
    assert [row["has_savings"] for row in own] == [False]
    assert [row["from_on"] for row in own] == [date(2024, 12, 26)]  # what is said of it stays true
    assert periods(read, "lab-equipment-ns") == periods(law, "lab-equipment-ns")


def test_as_if_in_force_a_doubt_that_is_still_open_stays(rulebook: Rulebook) -> None:
    control = next(one for one in rulebook.controls if one.id == "iraq-rs")
    doubt = control.versions[0].doubts[0].model_copy(update={"until": None})
    version = control.versions[0].model_copy(update={"doubts": (doubt,)})
    law = compile_law(replace(rulebook, controls=(control.model_copy(update={"versions": (version,)}),)))
    assert [row["item_doubt"] for row in periods(as_if_in_force(law, ["iraq-rs"]), "iraq-rs")] == [doubt.because]


def test_rules_that_shared_a_law_with_one_that_goes_keep_it(rulebook: Rulebook) -> None:
    control = next(one for one in rulebook.controls if one.id == "pakistan-rs")
    copies = tuple(control.model_copy(update={"id": f"copy-{at}"}) for at in range(3))
    law = compile_law(replace(rulebook, controls=copies, ccl=NO_CCL))
    assert {row["law_key"] for row in law.rule_versions} == {0}
    assert [(row["version_key"], row["law_key"]) for row in without(law, ["copy-0"]).rule_versions] == [(1, 1), (2, 1)]
    read = as_if_in_force(law, ["copy-0"]).rule_versions
    assert [(row["version_key"], row["law_key"]) for row in read] == [(0, 0), (1, 1), (2, 1)]


def test_a_control_reaches_its_headings_and_places_and_what_is_not_recorded(law: Law) -> None:
    import pyarrow as pa

    rows = [("3A992", "PK", "", ""), ("3A992.a", "DE", "PK", ""), ("", "PK", "", ""), ("3A992", None, "", ""),
            ("EAR99", "PK", "", ""), ("3A992", "DE", "", "")]  # fmt: skip
    names = ("eccn", "destination", "consignee_elsewhere", "end_user_elsewhere")
    subjects = pa.table({name: pa.array([row[at] for row in rows], pa.string()) for at, name in enumerate(names)})
    assert in_reach(law, ["pakistan-rs"], subjects).to_pylist() == subjects.slice(0, 4).to_pylist()
    assert len(in_reach(law, ["trigger-macau"], subjects)) == len(rows)
    subjects = subjects.append_column("via_country", pa.array([""] * len(rows)))
    assert {row["iso2"] for row in narrow(law, ["pakistan-rs"], subjects).memberships} == {"PK", "DE"}
