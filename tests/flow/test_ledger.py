"""The sample's findings are decided, compared and proved by the command, as a person would."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.support.command import AS_OF, Golden, earshot
from tests.support.sheets import fill, save
from transforms.cells.workbook import sheet_texts
from transforms.ledger.sheet import HEADINGS, SHEET

DECIDE = ["--status", "authorized", "--reason", "license D1234567 covers it"]


@pytest.fixture(scope="module")
def decided(golden: Golden, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the golden home, in which the findings under one rule were decided, and screened again."""
    home = golden.copy(tmp_path_factory.mktemp("ledger") / "home")
    asked = earshot("dispose", "--rule", "iraq-rs", *DECIDE, "--home", home)
    assert (asked.code, asked.out) == (2, "")
    assert "This would decide 3 findings of 3 lines" in asked.err
    done = earshot("dispose", "--rule", "iraq-rs", *DECIDE, "--yes", "--by", "Ada", "--home", home, "--json")
    assert (done.code, done.err) == (0, "")
    assert (done.json["entry"], done.json["findings"], done.json["by"]) == (2, 3, "Ada")
    assert earshot("screen", "--as-of", AS_OF, "--home", home).code == 0
    return home


def test_the_two_runs_differ_by_what_was_decided(decided: Path) -> None:
    done = earshot("diff", "--home", decided, "--json")
    assert (done.code, done.json["gained"], done.json["lost"], done.json["changed"]) == (0, 0, 0, 3)
    assert done.json["by_rule"] == [{"rule_id": "iraq-rs", "cause": "disposed", "gained": 0, "lost": 0, "changed": 3}]
    assert "and 2 more." in earshot("diff", "--limit", "1", "--home", decided).out


def test_both_runs_of_the_sample_are_proved_byte_for_byte(decided: Path) -> None:
    done = earshot("verify", "--all", "--home", decided, "--json")
    assert (done.code, done.json["holds"], done.json["entries"]) == (0, True, 3)
    assert [(run["reproduced"], run["differing"], len(run["files"])) for run in done.json["runs"]] == [
        (True, [], 7)
    ] * 2


def test_a_sheet_is_exported_and_an_untouched_one_changes_nothing(decided: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "decide.xlsx"
    assert earshot("dispose", "--export", sheet, "--home", decided, "--json").json["file"] == str(sheet)
    done = earshot("dispose", "--import", sheet, "--home", decided)
    assert (done.code, done.out.strip()) == (0, "No row is filled in. No decision was recorded.")


def test_one_row_of_a_sheet_decides_a_whole_line_of_the_sample(golden: Golden, tmp_path: Path) -> None:
    home, sheet = golden.copy(tmp_path / "home"), tmp_path / "decide.xlsx"
    told = earshot("dispose", "--export", sheet, "--home", home)
    assert "To decide all open findings of a line in one row, set Applies to" in " ".join(told.out.split())
    cells = list(sheet_texts(sheet, SHEET, "."))
    many, line = HEADINGS.index("line_findings"), HEADINGS.index("shipment_id")
    at = next(number for number, row in enumerate(cells[1:], start=2) if int(row[many]) > 2)
    rows = [row for row in cells[1:] if row[line] == cells[at - 1][line]]
    assert rows == cells[at - 1 : at - 1 + len(rows)]
    fill(cells, at, applies_to="whole line")
    done = earshot("dispose", "--import", save(sheet, cells), "--home", home)
    assert done.code == 0 and f"{len(rows)} findings of 1 line decided" in done.out
    assert "Decided as a whole: 1 line" in done.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (DECIDE, "no finding is selected"),
        (["--rule", "iraq-rs"], "--status: missing"),
        (["--rule", "no-rule", *DECIDE], "no findings in the last screening"),
        (["0123456789abcdef", *DECIDE], "not a known finding"),
        (["--export", "x.xlsx", *DECIDE], "--export, --import: do not combine them"),
        (["--rule", "iraq-rs", "--standing", *DECIDE], "--standing: needs --situation and --rule"),
        (["--rule", "pakistan-rs", "--expires", "soon", *DECIDE], "--expires soon: not a date"),
    ],
)
def test_wrong_usage_is_exit_code_2_and_records_nothing(decided: Path, words: list[str], told: str) -> None:
    done = earshot("dispose", *words, "--home", decided)
    assert (done.code, done.out, told in done.err) == (2, "", True)


def test_what_was_tampered_with_is_exit_code_1_and_named(decided: Path, tmp_path: Path) -> None:
    copy = Golden(decided, earshot("--version")).copy(tmp_path / "home")
    with duckdb.connect(str(copy / "earshot.duckdb")) as connection:
        connection.execute("update dispositions set decided_by = 'Bob'")
    done = earshot("verify", "--home", copy)
    assert (done.code, done.err) == (1, "")
    assert "FAILED: journal" in done.out
    assert "entry 2 (decision authorized, 3 findings of 3 lines): its rows" in done.out
