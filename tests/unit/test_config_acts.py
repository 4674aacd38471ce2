"""A key that is set acts: in the database, at the door, in the report; each command refuses a bad configuration."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.jobs.report import first_of_fiscal_year
from flows.main import app
from flows.opening import opened
from flows.settings import SHIPPED, Home
from tests.support.commands import COMMANDS, TREE
from tests.support.config_page import table_of_keys
from tests.support.layouts import REPO
from transforms.errors import InputError
from transforms.ingest.door.checks import read_checks

WITH_HOME = [words for words in COMMANDS if any("--home" in one.opts for one in TREE[words].params)]


@pytest.fixture
def bare(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.create()
    return home


def write(home: Home, text: str) -> None:
    (home.root / "earshot.toml").write_text(text, encoding="utf-8")


def test_the_database_of_the_home_has_the_memory_and_threads_that_are_set(bare: Home) -> None:
    write(bare, '[engine]\nmemory = "300MiB"\nthreads = 2')
    with opened(bare, "test", most_memory="2GB") as connection:
        settings = "select current_setting('memory_limit'), current_setting('threads')"
        assert connection.execute(settings).fetchone() == ("300.0 MiB", 2)


def test_a_limit_of_the_door_stands_in_place_of_that_of_the_file() -> None:
    path = SHIPPED / "data" / "door.yml"
    own = {check.name: check for check in read_checks(path, {"rows_readable": 0.5, "rows": 2})}
    assert own["rows_readable"].max == 0.5 and own["rows"].min == 2
    assert own["ended"] in read_checks(path)
    with pytest.raises(InputError, match=r"door.limits: row is not a check of door.yml \(allowed: .*rows_readable"):
        read_checks(path, {"row": 1})


@pytest.mark.parametrize(
    ("last", "month", "first"),
    [("2026-11-20", 10, "2026-10-01"), ("2026-09-30", 10, "2025-10-01"), ("2026-01-01", 1, "2026-01-01")],
)
def test_a_fiscal_year_starts_in_its_month(last: str, month: int, first: str) -> None:
    assert first_of_fiscal_year(date.fromisoformat(last), month) == date.fromisoformat(first)


TELL_OF_IT = (("config",), ("doctor",))
"""What a person runs to learn what is wrong with a configuration."""


@pytest.mark.parametrize("words", [one for one in WITH_HOME if one not in TELL_OF_IT], ids=" ".join)
def test_each_command_of_a_home_refuses_a_bad_configuration_at_its_start(bare: Home, words: tuple[str, ...]) -> None:
    write(bare, "[log]\nlevel = 'loud'\nkept = 1")
    given = ["x"] * sum(not one.opts[0].startswith("-") and one.required for one in TREE[words].params)
    done = CliRunner().invoke(app, [*words, *given, "--home", str(bare.root)])
    told = f"{done.output}{done.exception}"
    assert done.exit_code != 0
    assert "log.level: 'loud' is not allowed (allowed: debug, info, warning, error)" in told
    assert "log.kept: not a key" in told


def test_the_command_shows_each_key_and_where_it_came_from(bare: Home) -> None:
    write(bare, "[log]\nlevel = 'debug'")
    done = CliRunner().invoke(app, ["config", "--home", str(bare.root)], env={"COLUMNS": "300"})
    (line,) = [line for line in done.output.splitlines() if "log.level" in line]
    assert [cell.strip() for cell in line.split("│")[1:4]] == ["log.level", "debug", "earshot.toml"]
    assert CliRunner().invoke(app, ["config", "--home", str(bare.root), "--check"]).exit_code == 0
    write(bare, "[log]\nlevel = 'loud'")
    assert isinstance(CliRunner().invoke(app, ["config", "--home", str(bare.root), "--check"]).exception, InputError)


def test_the_page_has_the_table_of_keys() -> None:
    page = (REPO / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert table_of_keys() in page, "python -m tests.support.config_page prints it"
