"""A job of more than two seconds shows how far it is in a terminal, with rate and time left; in a pipe nothing."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from flows.show.progress import line_of
from flows.watch.course import Standing
from tests.support.command import Golden
from tests.support.terminal import in_terminal

PERIOD = ("--as-of", "2026-11-21", "--from", "2024-01-01", "--to", "2026-06-30")
SEEN = re.compile(r"Report: .* (\d+) % · ([\d,]+) of ([\d,]+) lines · ([\d,]+) lines/s · (\d:\d\d:\d\d) left")


@pytest.fixture(scope="module")
def reported(golden: Golden, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home whose every screening is a long one, as its facts and the lists are read anew."""
    return golden.copy(tmp_path_factory.mktemp("progress") / "home")


def test_a_long_job_shows_its_share_rate_and_time_left_in_a_terminal(reported: Path) -> None:
    code, shown = in_terminal("report", *PERIOD, "--home", reported)
    assert code == 0
    found = SEEN.findall(shown)
    assert found, shown
    shares = [int(one[0]) for one in found]
    assert shares == sorted(shares)
    assert {int(one[2].replace(",", "")) for one in found} == {lines_of(reported)}


def test_a_long_job_shows_nothing_in_a_pipe(golden: Golden) -> None:
    night = json.loads((golden.home / "state" / "phases.json").read_text(encoding="utf-8"))["nightly"]
    assert night["seconds"] > 2
    assert golden.done.err == ""


def lines_of(home: Path) -> int:
    """Return the versions of lines that a home holds."""
    from transforms.store import open_store

    with open_store(home / "earshot.duckdb", read_only=True) as connection:
        return int(connection.execute("select count(*) from lines").fetchall()[0][0])


def test_a_finished_job_keeps_how_long_its_phases_took_for_the_next_one(reported: Path) -> None:
    kept = json.loads((reported / "state" / "phases.json").read_text(encoding="utf-8"))
    assert kept["screening"]["size"] == lines_of(reported)
    assert {"records", "contexts", "decide", "write"} <= set(kept["screening"]["within"])


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_a_line_fits_into_its_window_with_figures_whole(width: int) -> None:
    words, title = ("ingest", "files", "file", "rows"), "a\x1b[31m" + "b" * 90
    standing = Standing(words, title, 0.4321, 75.4, 1e8, 2.5e8, "bytes", 1e7)
    line = str(line_of("ingest", standing, width))
    assert "43 % · 100.0 of 250.0 MB · 10.0 MB/s · 0:01:15 left" in line
    assert len(line) <= max(width, 75)
    assert "\x1b" not in line
