"""One writer at a time, a full disk, and what a killed run leaves behind; with real processes."""

from __future__ import annotations

import errno
import os
import re
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from flows.holder import hold
from flows.jobs.ingest import ingest_file
from tests.support.command import AS_OF, EARSHOT, Golden, earshot
from tests.support.desk import Desk
from tests.support.extracts import extract, row
from transforms.errors import HomeBusy
from transforms.holding import NOTE
from transforms.store import open_store

HOLD = """
import sys, time
from pathlib import Path
from flows.holder import hold
from flows.settings import Home
with hold(Home(Path(sys.argv[1])), "earshot nightly"):
    print("held", flush=True)
    time.sleep(60)
"""
OPEN = """
import sys
from pathlib import Path
from transforms.store import open_store
with open_store(Path(sys.argv[1])):
    pass
"""
SINCE = (
    r"process {pid} \(earshot nightly, on .+\) has been writing to this home since \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d UTC"
)


def holder(root: Path) -> subprocess.Popen[bytes]:
    """Start a process that holds the home, without having the database open."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, root], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    return process


@pytest.mark.parametrize("words", [["ingest", "{file}"], ["nightly"], ["screen"]], ids=" ".join)
def test_a_second_writer_is_told_who_holds_the_home_and_since_when(desk: Desk, words: list[str]) -> None:
    path = desk.put(extract(row("A")))
    process = holder(desk.home.root)
    try:
        done = earshot(*(word.format(file=path) for word in words), "--home", desk.home.root)
    finally:
        process.kill()
        process.wait()
    assert (done.code, done.out) == (1, "")
    assert re.search(SINCE.format(pid=process.pid), done.err)


def test_the_note_of_a_process_that_was_killed_holds_nobody_up(desk: Desk) -> None:
    process = holder(desk.home.root)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert str(process.pid) in (desk.home.root / NOTE).read_text()
    assert ingest_file(desk.home, desk.put(extract(row("A")))).loaded == 1


def test_a_process_may_hold_what_it_holds_and_lets_go_with_the_first(desk: Desk) -> None:
    with hold(desk.home, "earshot nightly"):
        with hold(desk.home, "earshot ingest"):
            pass
        other = subprocess.run([sys.executable, "-c", HOLD, desk.home.root], capture_output=True, check=False)
        assert HomeBusy.__name__.encode() in other.stderr
    assert (desk.home.root / NOTE).read_text() == ""


def test_where_the_file_system_knows_no_locks_the_lock_of_the_database_alone_keeps_writers_apart(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> bool:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("flows.holder.lock_descriptor", refuse)
    with hold(desk.home, "earshot ingest"), open_store(desk.home.database):
        done = subprocess.run([sys.executable, "-c", OPEN, desk.home.database], capture_output=True, check=False)
    assert HomeBusy.__name__.encode() in done.stderr


def test_what_a_killed_run_left_is_cleared_away_and_a_report_that_was_being_replaced_is_put_back(desk: Desk) -> None:
    home = desk.home
    assert desk.rows("select 1")  # makes its database
    for name in ("landed/.abc.partial", "landed/.reading.csv", "quarantine/.x.csv.partial", "reports/.run.partial/a"):
        (home.root / name).parent.mkdir(exist_ok=True)
        (home.root / name).write_text("half")
    for name in ("reports/.one.former/kept", "reports/.two.former/old", "reports/two/new"):
        (home.root / name).parent.mkdir()
        (home.root / name).write_text(name)
    with hold(home, "earshot nightly"):
        left = sorted(str(path.relative_to(home.root)) for path in home.root.rglob("*") if path.is_file())
    assert [name for name in left if "/" in name] == ["reports/one/kept", "reports/two/new"]


def test_rows_set_aside_are_written_again_where_a_killed_run_had_not_written_them(desk: Desk) -> None:
    content = extract(row("A"), row("B", destination="Freedonia"))
    desk.take(content)
    (written,) = desk.home.quarantine.iterdir()
    text = written.read_bytes()
    written.unlink()
    assert desk.take(content, "renamed.csv").is_known
    assert written.read_bytes() == text


@pytest.mark.parametrize(
    ("times", "fails_at"),
    [
        pytest.param(0.5, "more.csv: File too large", id="as it is landed", marks=pytest.mark.long),
        pytest.param(1.5, "earshot.duckdb", id="as its rows are written", marks=pytest.mark.long),
    ],
)
def test_a_full_disk_is_told_and_the_next_run_is_whole(
    golden: Golden, tmp_path: Path, times: float, fails_at: str
) -> None:
    """No file may grow beyond so many times the extract: writes fail in the middle, as where no space is left."""
    home = golden.copy(tmp_path / "home")
    path = tmp_path / "more.csv"
    path.write_text(extract(*(row(f"M{number}", description=f"a pump {number * 7919}") for number in range(4_000))))
    limit = int(path.stat().st_size * times)

    def no_space() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    words = ["ingest", path, "--accept", "it has few columns", "--home"]
    done = subprocess.run([EARSHOT, *words, home], capture_output=True, text=True, check=False, preexec_fn=no_space)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert re.search("Nothing of (the running step was kept|it is half-loaded)", done.stderr)
    assert fails_at in done.stderr
    whole = golden.copy(tmp_path / "whole")
    for root in (home, whole):
        assert earshot(*words, root).code == 0
    reports = [earshot("screen", "--home", root, "--as-of", AS_OF, "--json").json["report"] for root in (home, whole)]
    one, other = ({file.name: file.read_bytes() for file in Path(report).iterdir()} for report in reports)
    assert one == other
