"""Every command takes an older home over by itself; killed at any moment, it is as it was or taken over."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from flows.main import app
from flows.settings import Home
from tests.support.command import earshot
from tests.support.extracts import extract, row
from tests.support.old_home import unpack
from tests.support.old_homes import derived, question, recorded, take_over
from tests.support.taking_over import AT

COMMANDS = (
    "verify --json", "screen --as-of 2026-11-20 --json", "reconcile --as-of 2026-11-20 --json",
    "report --as-of 2026-11-20 --json", "explain L-6 1 --json", "impact pakistan-rs --from 2026-01-01 --json",
    "diff previous last --json", "rules list --json", "hold list --json", "retain --as-of 2026-11-20 --json",
    "hold add --shipment L-1 --reason audit --json", "quarantine list --json",
    "quarantine export -o {folder}/aside.csv --json", "ingest {folder}/more.csv --accept small --json",
    "dispose --export {folder}/findings.xlsx --json",
)  # fmt: skip


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return the home of schema 4, as it was kept."""
    return unpack("schema-4", tmp_path_factory.mktemp("before"))


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return one that was taken over without being killed."""
    return take_over(unpack("schema-4", tmp_path_factory.mktemp("unbroken")))


@pytest.fixture
def old(tmp_path: Path) -> Home:
    """Return one to be taken over."""
    return unpack("schema-4", tmp_path / "old")


@pytest.mark.parametrize("words", COMMANDS)
def test_a_command_takes_an_older_home_over_and_does_its_work(old: Home, tmp_path: Path, words: str) -> None:
    (tmp_path / "more.csv").write_text(extract(row("M")), encoding="utf-8")
    given = words.format(folder=tmp_path).split()
    done = CliRunner().invoke(app, [*given, "--home", str(old.root)])
    assert done.exit_code == 0, done.stderr
    assert "written by an earlier version of Earshot (schema 4" in done.stderr
    assert isinstance(json.loads(done.stdout), dict | list)
    again = CliRunner().invoke(app, ["hold", "list", "--home", str(old.root)])
    assert (again.exit_code, again.stderr) == (0, "")


@pytest.mark.parametrize("moment", AT)
def test_killed_at_any_moment_it_is_taken_over_the_next_time(
    old: Home, before: Home, unbroken: Home, moment: str
) -> None:
    words = [sys.executable, "-m", "tests.support.taking_over", moment, old.root]
    assert subprocess.run(words, capture_output=True, check=False).returncode == -signal.SIGKILL
    held = {path.name for path in old.root.glob("*earshot.duckdb*")}
    assert "earshot.duckdb.schema-4.backup" in held or moment == "half of it is copied"
    done = earshot("verify", "--home", old.root, "--json")
    assert done.code == 0, done.err
    assert ("earlier version" in done.err) == (moment != "it is committed")
    assert done.json["chain"] == done.json["ledger"] == done.json["files"] == []
    assert (recorded(old.database), derived(old.database)) == (recorded(unbroken.database), derived(unbroken.database))
    assert question(old, "select from_schema from migrations") == [(4,)]
    assert recorded(old.root / "earshot.duckdb.schema-4.backup") == recorded(before.database)
    assert list(old.root.glob(".*")) == []


def test_who_only_asks_is_told_who_holds_a_home_that_is_to_be_taken_over(old: Home) -> None:
    hold = "import sys; from pathlib import Path; from flows.holder import hold; from flows.settings import Home\n"
    hold += "with hold(Home(Path(sys.argv[1])), 'earshot nightly'): print('held', flush=True); sys.stdin.read()"
    holder = subprocess.Popen(
        [sys.executable, "-c", hold, old.root], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    done = earshot("hold", "list", "--home", old.root)
    holder.communicate("")
    assert (done.code, done.out) == (1, "")
    assert f"process {holder.pid} (earshot nightly" in done.err
    assert earshot("hold", "list", "--home", old.root).code == 0


@pytest.mark.parametrize("words", ["hold list", "ingest {folder}/more.csv", "report --as-of 2026-11-20"])
def test_who_reads_the_database_of_an_older_home_is_named_with_what_to_do(
    old: Home, tmp_path: Path, words: str
) -> None:
    (tmp_path / "more.csv").write_text(extract(row("M")), encoding="utf-8")
    read = "import sys, duckdb\nheld = duckdb.connect(sys.argv[1], read_only=True)\n"
    read += "print('open', flush=True); sys.stdin.read()"
    words = words.format(folder=tmp_path)
    reader = subprocess.Popen(
        [sys.executable, "-c", read, old.database], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert reader.stdout is not None
    assert reader.stdout.readline() == "open\n"
    before = old.database.read_bytes()
    done = earshot(*words.split(), "--home", old.root)
    reader.communicate("")
    assert (done.code, done.out) == (1, "")
    assert "written by an earlier version of Earshot (schema 4" in done.err
    assert f"process {reader.pid} has the database open" in done.err
    assert "Close it there and run the command again. Nothing was changed" in done.err
    assert old.database.read_bytes() == before
    assert earshot(*words.split(), "--home", old.root, *(["--accept", "small"] if "ingest" in words else [])).code == 0


def test_a_newer_home_is_refused_by_the_command(old: Home) -> None:
    with duckdb.connect(str(old.database)) as connection:
        connection.execute("update meta set value = '99' where key = 'schema'")
    done = earshot("screen", "--home", old.root)
    assert (done.code, done.out) == (1, "")
    assert "written by a newer version of Earshot (0.1.0 by its journal), with schema 99" in done.err
    assert "Traceback" not in done.err
