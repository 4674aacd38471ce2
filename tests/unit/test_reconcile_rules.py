"""The comparisons with AES: each has its examples, a folder alone makes one, and its faults are all told at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.jobs.screen import screen_home
from flows.main import app
from flows.settings import RULES, Home
from tests.support.comparing import NUMBERS, STATUSES, shipped
from tests.support.desk import Desk
from tests.support.office import TODAY, Office
from transforms.compare.cases import ComparisonResult, run_comparison_cases
from transforms.compare.read import read_comparison_cases, read_comparisons, read_rules
from transforms.compare.run import try_comparisons
from transforms.errors import RulebookError

CASES = read_comparison_cases(RULES)[0]
TOY = {
    "rule.yml": """
id: toy-differs
title: Port of export in AES differs from the shipment record
about: pair
compares: [port_of_export]
versions:
  - from: 2025-01-01
    authority: [a toy law]
    terms: {longest: 3}
severity: low
remedy: Put it away
""",
    "compare.sql": """-- Is it the same port of export?
select
    subject_key, 'flagged' as outcome, 'differs' as answer,
    concat('The record says ', port_of_export, ', AES holds ', filed_port_of_export) as because,
    []::varchar[] as missing
from pairs
where length(port_of_export) <= $longest
""",
    "cases.yml": """
defaults:
  line: {shipment_id: S, line_number: "1", export_on: 2025-03-03, itn: X20250301000001, port_of_export: JFK}
  filing: {itn: X20250301000001, line_number: "1", export_on: 2025-03-03, port_of_export: JFK}
cases:
  - {case: the same, expect: clear}
  - {case: another, filing: {port_of_export: LAX}, expect: flagged}
""",
}


def written(folder: Path, **changed: str) -> Path:
    """Write the toy into a folder of its name, with files of other content in place of its own."""
    files = TOY | {name.replace("_", "."): text for name, text in changed.items()}
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text.lstrip(), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def results() -> list[ComparisonResult]:
    return run_comparison_cases(list(shipped().values()), CASES, NUMBERS, statuses=STATUSES)


def test_every_example_holds(results: list[ComparisonResult]) -> None:
    failed = [f"{one.rule_id}: {one.case.case}: {one.failures}" for one in results if one.failures]
    assert not failed


def test_every_comparison_has_examples_of_both_sides_of_it(results: list[ComparisonResult]) -> None:
    assert len(shipped()) == 15
    for rule_id in shipped():
        outcomes = {one.outcome for one in results if one.rule_id == rule_id}
        assert "clear" in outcomes and len(outcomes) > 1, rule_id


@pytest.fixture
def own(home: Home) -> Path:
    """Return the rulebook of a home, its own, with the toy in it."""
    shutil.copytree(RULES, home.root / "rules")
    written(home.root / "rules" / "reconcile" / "toy-differs")
    return home.root / "rules"


def test_a_folder_alone_makes_a_comparison_that_is_screened_told_and_followed(own: Path, desk: Desk) -> None:
    office = Office(desk)
    office.take({"shipment_id": "A", "itn": "X20250301000001", "export_on": "2025-03-03"})
    desk.take(
        "itn,shipment_reference,line_number,export_on,status,port_of_export\n"
        "X20250301000001,A,1,2025-03-03,accepted,LAX\n",
        "filings.csv",
    )
    screened = screen_home(desk.home, TODAY)
    assert screened.findings["toy-differs"] == {"flagged": 1}
    rows = desk.rows("select compared_hash is not null, outcome, rule_kind from ledger where rule_id = 'toy-differs'")
    assert rows == [(True, "flagged", "reconcile")]
    listed = CliRunner().invoke(app, ["rules", "show", "toy-differs", "--home", str(desk.home.root)])
    assert "Applies to each shipped line and its AES filing, if they differ in port of export." in listed.output


def test_the_examples_of_a_folder_alone_are_run(own: Path) -> None:
    rules, faults = read_comparisons(own)
    (toy,) = [rule for rule in rules if rule.id == "toy-differs"]
    assert not faults
    results = run_comparison_cases([toy], read_comparison_cases(own)[0], statuses=STATUSES)
    assert [(one.outcome, one.failures) for one in results] == [("clear", []), ("flagged", [])]


def test_the_id_of_another_rule_is_refused(own: Path) -> None:
    folder = own / "reconcile" / "toy-differs"
    (folder / "rule.yml").write_text(TOY["rule.yml"].replace("toy-differs", "itn-reused"), encoding="utf-8")
    folder.rename(own / "reconcile" / "itn-reused")
    with pytest.raises(RulebookError, match='another rule has the id "itn-reused" too'):
        read_rules(own)


def test_a_draft_is_checked_and_tested_by_the_command(tmp_path: Path) -> None:
    draft = str(written(tmp_path / "draft"))
    run = CliRunner().invoke
    assert "1 rules, no errors" in run(app, ["rules", "check", draft]).output
    tested = run(app, ["rules", "test", draft])
    assert (tested.exit_code, "2 examples of 1 rules, 0 failed" in tested.output) == (0, True)


WRONG = {
    "it does not parse": ("select from where $longest", "it cannot be read: Parser Error"),
    "it lacks a column": (TOY["compare.sql"].replace("'differs' as answer,", ""), "it selects no answer"),
    "it has a column too many": (
        TOY["compare.sql"].replace("as answer,", "as answer, 1 as more,"), "it selects more, which is not asked for",
    ),
    "it reads what is not there": (
        TOY["compare.sql"].replace("from pairs", "from lines"), 'it reads "lines", which is not handed to it',
    ),
    "it reads a file": (
        TOY["compare.sql"].replace("from pairs", "from pairs, read_text('x')"), "it reads read_text()",
    ),
    "it asks for another term": (
        TOY["compare.sql"].replace("$longest", "$longer"), "it asks for the value $longer",
    ),
    "its outcome is none": (
        TOY["compare.sql"].replace("'flagged'", "'flaged'"), 'it selects the outcome "flaged"',
    ),
    "its key is not known": (
        TOY["compare.sql"].replace("    subject_key,", "    null::ubigint as subject_key,"),
        "it selects a row whose subject_key is NULL",
    ),
    "its key is of something else": (
        TOY["compare.sql"].replace("    subject_key,", "    7::ubigint as subject_key,"),
        "it selects a subject_key of something else",
    ),
    "it says two things of one": (
        TOY["compare.sql"].replace("from pairs", "from pairs, range(2)"), "it selects one subject_key twice",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_the_trial_tells_what_is_wrong_with_the_sql_and_in_which_file(tmp_path: Path, name: str) -> None:
    sql, problem = WRONG[name]
    done = CliRunner().invoke(app, ["rules", "check", str(written(tmp_path / "draft", compare_sql=sql))])
    told = str(done.exception)
    assert isinstance(done.exception, RulebookError)
    assert problem in told and "draft/compare.sql" in told


def test_the_trial_tells_the_faults_of_all_comparisons_at_once(own: Path) -> None:
    for name in ("toy-differs", "eccn-differs"):
        (own / "reconcile" / name / "compare.sql").write_text("select 1 as one where $longest > 0\n")
    (own / "reconcile" / "toy-differs" / "compare.sql").write_text("select 1 as one where $longest > 0\n")
    (own / "reconcile" / "eccn-differs" / "compare.sql").write_text("select nothing from pairs\n")
    rules, faults = read_comparisons(own)
    assert not faults
    with pytest.raises(RulebookError) as refused:
        try_comparisons(rules, NUMBERS)
    assert {fault.file for fault in refused.value.faults} == {
        f"rules/reconcile/{name}/compare.sql" for name in ("toy-differs", "eccn-differs")
    }


def test_every_fault_of_the_room_is_told_at_once(tmp_path: Path) -> None:
    rule = """id: toy-difers
title: T
about: line
compares: [transport, eccn]
versions:
  - from: 2025-13-01
    authority: []
    terms: {longest: many, other: {parameter: a-name, more: x}}
remedy: R
"""
    cases = "cases:\n  - {case: C, line: {valu_usd: '1'}, filing: {value_usd: x}, expect: wrong}\n"
    folder = written(tmp_path / "rules" / "reconcile" / "toy-differs", rule_yml=rule, cases_yml=cases)
    (folder.parent / "stray.yml").write_text("")
    (folder / "more.txt").write_text("")
    rules, faults = read_comparisons(tmp_path / "rules")
    assert rules == ()
    assert [(fault.file.removeprefix("rules/reconcile/"), fault.key) for fault in faults] == [
        ("stray.yml", ""),
        ("toy-differs/cases.yml", "cases[0].expect"),
        ("toy-differs/cases.yml", "cases[0].filing.value_usd"),
        ("toy-differs/cases.yml", "cases[0].line.export_on"),
        ("toy-differs/cases.yml", "cases[0].line.valu_usd"),
        ("toy-differs/more.txt", ""),
        ("toy-differs/rule.yml", "compares[0]"),
        ("toy-differs/rule.yml", "id"),
        ("toy-differs/rule.yml", "versions[0].authority"),
        ("toy-differs/rule.yml", "versions[0].from"),
        ("toy-differs/rule.yml", "versions[0].terms.longest"),
        ("toy-differs/rule.yml", "versions[0].terms.other"),
    ]


def test_what_versions_name_and_ask_for_is_there_and_nothing_else(tmp_path: Path) -> None:
    rule = TOY["rule.yml"].replace("{longest: 3}", "{longest: {parameter: none-such}, idle: 1}\n    sql: compare-2.sql")
    folder = written(tmp_path / "rules" / "reconcile" / "toy-differs", rule_yml=rule)
    (folder / "compare-2.sql").write_text(TOY["compare.sql"])
    _, faults = read_comparisons(tmp_path / "rules")
    assert [(fault.file.rpartition("/")[2], fault.key, fault.problem) for fault in faults] == [
        ("compare.sql", "", "no version names this file"),
        ("rule.yml", "versions[0].terms.idle", "compare-2.sql does not ask for it"),
        ("rule.yml", "versions[0].terms.longest.parameter", 'there is no parameter "none-such" in this rulebook'),
    ]
