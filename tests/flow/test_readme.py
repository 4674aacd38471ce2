"""What the README tells a reader to type can be typed: its blocks of code in their order, and its table of commands."""

from __future__ import annotations

import re
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from flows.main import app
from flows.settings import SAMPLE, now
from tests.support.command import Golden, earshot
from tests.support.commands import COMMANDS, TREE, WIDE, arguments, check, options, split
from tests.support.drafts import finish
from tests.support.readme import MAKEFILE, Row, asides, table, typed
from tests.support.sheets import fill, save
from transforms.ingest.workbook import sheet_texts
from transforms.ledger.sheet import SHEET
from transforms.store import open_store

EXPORTS = "~/exports"
"""The home of the README's reader."""


class Reader:
    """Someone who types one line after the other in a folder of their own, and does by hand what is asked for."""

    def __init__(self, folder: Path, golden: Golden) -> None:
        self.folder = folder
        self.home = golden.copy(folder / "exports")  # filled once, as a first start of Prefect takes long

    def type(self, line: str) -> tuple[int, str]:
        """Return the exit code of a line and what it printed."""
        words, rest = split(self.real(line))
        if words == ("nightly",):  # Prefect wants a process of its own
            done = earshot(*words, *rest)
            return done.code, done.out + done.err
        within = {"EARSHOT_HOME": str(self.home), **WIDE}
        told = CliRunner().invoke(app, [*words, *rest], env=within)
        return told.exit_code, f"{told.output}{told.exception or ''}"

    def copy(self, line: str) -> None:
        """Put the extracts that the reader has into the inbox: the sample's."""
        assert line == f"cp extract.csv {EXPORTS}/inbox/"
        for path in SAMPLE.glob("*.csv"):
            shutil.copy(path, self.home / "inbox")

    def real(self, line: str) -> str:
        """Return a line with what stands for something of the reader's own replaced by it."""
        real = {
            EXPORTS: str(self.home),
            "FINDING_ID": self.finding() if "FINDING_ID" in line else "",
            "2027-05-31": str(now().date() + timedelta(days=180)),  # a day yet to come, whenever this is read
        }
        for name, value in real.items():
            line = line.replace(name, value)
        return line

    def finding(self) -> str:
        """Return the id of an open finding under the rule that the README speaks of."""
        query = "select min(finding_id) from ledger where rule_id = 'pakistan-rs' and state = 'open'"
        with open_store(self.home / "earshot.duckdb") as connection:
            return str(connection.execute(query).fetchall()[0][0])

    def between(self, line: str) -> None:
        """Do what the README asks for after a line, before the next one."""
        if line.startswith("earshot rules new"):
            finish(self.folder / "drafts" / "turkey-rs")
        if "--export decide.xlsx" in line:
            sheet = self.folder / "decide.xlsx"
            cells = list(sheet_texts(sheet, SHEET, "."))
            fill(cells, 2)
            save(sheet, cells)


def test_each_line_of_the_blocks_does_in_its_turn_what_it_should(
    golden: Golden, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    reader, failed = Reader(tmp_path, golden), dict[str, Any]()
    lines = [line for line in typed() if not line.startswith("make ")]
    assert len(lines) > 10  # the README was read, whatever it will say
    for line in lines:
        if line.startswith("cp "):
            reader.copy(line)
            continue
        code, told = reader.type(line)
        if code != 0:
            failed[line] = code, told
        reader.between(line)
    assert failed == {}


def test_each_target_of_make_is_one_of_the_makefile() -> None:
    named = [line.split()[1] for line in [*typed(), *asides()] if line.startswith("make ")]
    assert {"run", "test"} <= set(named)
    assert [one for one in named if not re.search(rf"^{one}:", MAKEFILE, re.MULTILINE)] == []


@pytest.mark.parametrize("row", table(), ids=lambda row: row.shown[0])
def test_a_row_of_the_table_names_commands_with_the_arguments_and_options_that_they_take(row: Row) -> None:
    found = [split(shown) for shown in row.shown]
    taken = set[str]().union(*(options(TREE[words]) for words, _ in found))
    assert [words for words, _ in found if words not in COMMANDS] == []
    assert [words for words, rest in found if len(rest) > arguments(TREE[words])] == []
    assert [option for option in row.options if option not in taken] == []


def test_the_table_names_every_command_once() -> None:
    named = [split(shown)[0] for row in table() for shown in row.shown]
    assert sorted(named) == sorted(COMMANDS)


@pytest.mark.parametrize("line", [one for one in asides() if one.startswith("earshot ")])
def test_a_command_that_a_sentence_names_could_be_typed(line: str) -> None:
    check(line)
