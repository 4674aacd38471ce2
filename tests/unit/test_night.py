"""A night is watched over: the file reports/FAILED, and what is told of a night that fails or is late."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from flows.config import ConfigError
from flows.main import app
from flows.notices import last_night, late, outbox, tell_if_late, watching
from flows.notices.outbox import waiting
from flows.settings import Home, now
from tests.support.servers import web_server
from transforms.errors import HomeDamaged, InputError

FILE = '[notify.file]\npath = "notice.txt"\n'


def write(home: Home, text: str) -> None:
    (home.root / "earshot.toml").write_text(text, encoding="utf-8")


def fail(home: Home, error: BaseException) -> None:
    with pytest.raises(type(error)), watching(home), watching(home):
        raise error


def end(home: Home, **refused: str) -> None:
    """End a night that says no more than what the marker is made of."""
    screened = SimpleNamespace(run_id="run-1")
    with watching(home) as night, watching(home) as inner:
        inner.result = {"screened": screened, "refused": refused, "files": []}
        assert inner is night


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "PAUSES", [0.0])


@pytest.fixture
def notice(home: Home) -> Path:
    write(home, FILE)
    return home.root / "notice.txt"


ERRORS = [HomeDamaged("broken at ACME.csv. Restore it."), ValueError("x"), OSError("no space")]


@pytest.mark.parametrize("error", ERRORS)
def test_a_night_that_fails_is_marked_and_told_by_its_class(home: Home, notice: Path, error: Exception) -> None:
    fail(home, error)
    marked = (home.reports / "FAILED").read_text()
    assert [line.partition(":")[0] for line in marked.splitlines()] == ["When", "Command", "What failed", "What to do"]
    assert f"What failed: {type(error).__name__}: {error}" in marked and f"--home {home.root}" in marked
    assert type(error).__name__ in notice.read_text() and "ACME" not in notice.read_text()
    assert (home.reports / "FAILED").stat().st_mode & 0o077 == 0


def test_a_home_whose_first_night_failed_is_not_taken_for_one_that_lost_its_database(home: Home) -> None:
    fail(home, ValueError("x"))
    home.require()


def test_who_stops_a_night_by_hand_is_not_told_of_it(home: Home, notice: Path) -> None:
    fail(home, KeyboardInterrupt())
    assert not notice.exists() and not (home.reports / "FAILED").exists()


def test_the_next_good_night_takes_the_mark_away_and_one_that_left_files_out_leaves_one(home: Home) -> None:
    fail(home, ValueError("x"))
    end(home, **{"ACME.csv": "ACME.csv: no layout fits. Write one."})
    assert "ACME.csv: no layout fits" in (home.reports / "FAILED").read_text()
    end(home)
    assert not (home.reports / "FAILED").exists()
    ended = last_night(home)
    assert ended is not None and now() - ended < timedelta(minutes=1)


def test_a_bad_configuration_stops_a_night_before_it_begins_and_is_marked(home: Home) -> None:
    write(home, "[log]\nlevel = 'loud'")
    with pytest.raises(ConfigError), watching(home):
        raise AssertionError("it began")
    assert "log.level" in (home.reports / "FAILED").read_text()


def test_what_is_no_home_is_left_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(InputError), watching(Home(tmp_path / "none")):
        Home(tmp_path / "none").require()
    assert not (tmp_path / "none").exists()


def test_a_notice_that_cannot_even_be_made_does_not_fail_the_night(
    home: Home, notice: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    end(home)  # what it returned has no report to tell of
    assert "a notice could not be made" in capfd.readouterr().err and not notice.exists()
    (home.reports / "FAILED").mkdir()
    (home.state / "night.json").unlink()
    (home.state / "night.json").mkdir()
    end(home)
    assert "night.json" in capfd.readouterr().err


def test_a_late_night_is_told_once_and_again_after_as_long_a_time(
    home: Home, notice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    end(home)
    assert not tell_if_late(home) and not notice.exists()
    ended: Any = json.loads((home.state / "night.json").read_text())
    write(home, f"notify.late_after = '2h'\n{FILE}")
    for hours, is_told in ((1, False), (3, True), (4, False), (6, True)):
        notice.unlink(missing_ok=True)
        monkeypatch.setattr(late, "now", lambda hours=hours: now() + timedelta(hours=hours))
        assert tell_if_late(home) == (hours > 2)
        assert notice.exists() == is_told, hours
    assert f"The last one ended on {ended['ended_at']} UTC, 6 hours ago." in notice.read_text()
    assert "did not run" in (home.reports / "FAILED").read_text()


def test_a_home_without_a_night_is_late_from_its_last_change_on(home: Home) -> None:
    os.utime(home.root, (0, 0))
    assert CliRunner().invoke(app, ["notify", "--if-late", "--home", str(home.root)]).exit_code == 1
    os.utime(home.root)
    done = CliRunner().invoke(app, ["notify", "--if-late", "--home", str(home.root), "--json"])
    assert (done.exit_code, json.loads(done.output)) == (0, {"late": False})


def test_the_command_tests_each_channel_and_sends_what_waits(home: Home) -> None:
    def notify(*words: str) -> Any:
        return CliRunner().invoke(app, ["notify", *words, "--home", str(home.root)])

    assert isinstance(notify("--test").exception, InputError)
    with web_server() as web:
        (home.root / "hook").write_text(web.url)
        write(home, '[notify.webhook]\nurl_file = "hook"\n[notify.file]\npath = "gone/notice.txt"')
        done = notify("--test")
        assert done.exit_code == 1 and "webhook: sent" in done.output and "file: not sent (FileNotFound" in done.output
        assert [one["kind"] for one in web.posted] == ["test"] and waiting(home) == []
        fail(home, ValueError("x"))
        assert len(waiting(home)) == 1
        (home.root / "gone").mkdir()
        assert notify().exit_code == 0 and waiting(home) == [] and (home.root / "gone" / "notice.txt").is_file()
