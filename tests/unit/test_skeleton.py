"""A draft to begin with: three fields are written, and it is a rule whose examples hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.main import app
from flows.settings import RULES
from tests.support.drafts import finish
from tests.support.shipped import shipped_rulebook
from transforms.errors import InputError, RulebookError
from transforms.reports.book.exercise import versions_without_cases
from transforms.rulebook.read import read_draft
from transforms.rulebook.skeleton import Scope, write_control
from transforms.rulebook.words import known_words
from transforms.screening.cases import run_cases

WORDS = known_words(RULES / "tables")
SCOPE = Scope("3A992", "TR", date(2027, 1, 1))


def test_three_fields_are_asked_for_and_no_other(tmp_path: Path) -> None:
    folder = write_control(tmp_path, "turkey-rs", SCOPE, WORDS, set())
    with pytest.raises(RulebookError) as refused:
        read_draft(folder, WORDS)
    assert [fault.key for fault in refused.value.faults] == ["remedy", "title", "versions[0].authority[0]"]
    finish(folder)
    assert [rule.id for rule in read_draft(folder, WORDS).rules] == ["turkey-rs"]


@pytest.mark.parametrize(
    "scope", [SCOPE, Scope("2B999.h.2", "DE", date(2025, 3, 1)), Scope("EAR99", "CU", date(2026, 1, 1))]
)
def test_once_they_are_written_every_example_holds_and_no_outcome_lacks_one(tmp_path: Path, scope: Scope) -> None:
    folder = write_control(tmp_path, "new-rule", scope, WORDS, set())
    finish(folder)
    draft = read_draft(folder, WORDS)
    whole = draft.within(shipped_rulebook())
    results = run_cases(replace(whole, cases=draft.cases))
    assert len(results) == 6
    assert [one.failures for one in results if one.failures] == []
    assert versions_without_cases(draft.alone(whole), results) == []


def test_what_is_there_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "turkey-rs").mkdir()
    with pytest.raises(InputError, match="is left as it is"):
        write_control(tmp_path, "turkey-rs", SCOPE, WORDS, set())
    with pytest.raises(InputError, match="the rulebook has a rule of this id"):
        write_control(tmp_path, "pakistan-rs", SCOPE, WORDS, {"pakistan-rs"})
    assert [path.name for path in tmp_path.iterdir()] == ["turkey-rs"]


def test_every_fault_of_id_and_scope_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(RulebookError) as refused:
        write_control(tmp_path, "No Id", Scope("3a9", "Pk", date(2027, 1, 1)), WORDS, set())
    assert [fault.file for fault in refused.value.faults] == ["--country", "--eccn", "ID"]


def test_the_commands_write_check_and_test_a_draft(tmp_path: Path) -> None:
    run = CliRunner().invoke
    made = run(app, ["rules", "new", "control", "turkey-rs", "--into", str(tmp_path), "--country", "TR"])
    assert made.exit_code == 0, made.output
    finish(tmp_path / "turkey-rs")
    assert "1 rules, no errors" in run(app, ["rules", "check", str(tmp_path / "turkey-rs")]).output
    tested = run(app, ["rules", "test", str(tmp_path / "turkey-rs")])
    assert (tested.exit_code, "6 examples of 1 rules, 0 failed" in tested.output) == (0, True)
    cases = tmp_path / "turkey-rs" / "cases.yml"
    cases.write_text(cases.read_text(encoding="utf-8").replace("expect: flagged", "expect: clear"), encoding="utf-8")
    assert run(app, ["rules", "test", str(tmp_path)]).exit_code == 1
    assert isinstance(run(app, ["rules", "new", "check", "other"]).exception, InputError)


@pytest.mark.parametrize("column", ["port_of_export", "intermediate_country"])
def test_a_draft_of_a_comparison_holds_once_three_fields_are_written(tmp_path: Path, column: str) -> None:
    run = CliRunner().invoke
    words = ["rules", "new", "comparison", "toy-differs", "--column", column, "--into", str(tmp_path)]
    assert run(app, words).exit_code == 0
    draft = str(tmp_path / "toy-differs")
    refused = run(app, ["rules", "check", draft]).exception
    assert isinstance(refused, RulebookError)
    assert [fault.key for fault in refused.faults] == ["remedy", "title", "versions[0].authority[0]"]
    finish(tmp_path / "toy-differs")
    assert "1 rules, no errors" in run(app, ["rules", "check", draft]).output
    tested = run(app, ["rules", "test", draft])
    assert (tested.exit_code, "4 examples of 1 rules, 0 failed" in tested.output) == (0, True)


def test_a_draft_of_a_comparison_is_of_a_column_of_both_sides(tmp_path: Path) -> None:
    words = ["rules", "new", "comparison", "eccn-differs", "--column", "part_number", "--into", str(tmp_path)]
    assert "no draft can be written of" in str(CliRunner().invoke(app, words).exception)
    words[5] = "port_of_export"
    assert "the rulebook has a rule of this id" in str(CliRunner().invoke(app, words).exception)
