"""What the command tells a person, as last reviewed: one flagged line, one clear line, a screening, help."""

from __future__ import annotations

import re

import pytest
from typer.testing import CliRunner

from flows.main import app
from flows.show import OUT
from tests.support.command import AS_OF, Golden
from tests.support.golden import snapshot

pytestmark = pytest.mark.golden


def told(*words: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return what a command prints in a window of 80 columns."""
    monkeypatch.setattr(OUT, "_width", 80)
    done = CliRunner().invoke(app, list(words), env={"COLUMNS": "80"})
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize(
    ("name", "line"), [("explain-flagged", ("SC20250203-1", "1")), ("explain-clear", ("SC20250404-2", "1"))]
)
def test_a_line_is_explained_as_it_was_last_reviewed(
    golden: Golden, monkeypatch: pytest.MonkeyPatch, name: str, line: tuple[str, str]
) -> None:
    snapshot(name, told("explain", *line, "--home", str(golden.home), monkeypatch=monkeypatch))


def test_a_screening_is_told_as_it_was_last_reviewed(
    golden: Golden, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = golden.copy(tmp_path_factory.mktemp("text") / "home")
    text = told("screen", "--as-of", AS_OF, "--home", str(home), monkeypatch=monkeypatch)
    text = text.replace(str(home), "HOME")
    snapshot(
        "screen", re.sub(rf"{AS_OF}-[0-9a-f]+", "RUN", re.sub(r"oldest for [\d,]+ days?", "oldest for N days", text))
    )


def test_help_is_as_it_was_last_reviewed(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot("help", told("--help", monkeypatch=monkeypatch))
