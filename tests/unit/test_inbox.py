"""What waits in the inbox: a file that is still being written is left for the next time, any other is taken."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from flows.jobs.inbox import UNFINISHED, look_into
from tests.support.desk import Desk
from tests.support.extracts import extract, row

CONTENT = extract(row("A"))
YEAR_2001 = 1_000_000_000
needs_proc = pytest.mark.skipif(not Path("/proc/self/fdinfo").is_dir(), reason="no /proc: open files cannot be seen")


@contextmanager
def writer(path: Path, then: str) -> Iterator[None]:
    """Run a process that has the file open for writing, and does `then`, while the block runs."""
    code = f"import sys, time\nstream = open(sys.argv[1], 'a')\nprint('open', flush=True)\n{then}"
    with subprocess.Popen([sys.executable, "-c", code, path], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"open\n"
        try:
            yield
        finally:
            process.kill()


def put(desk: Desk, name: str, content: str = CONTENT) -> Path:
    path = desk.home.inbox / name
    path.write_text(content)
    return path


def test_a_file_that_grows_between_two_looks_is_left(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.jobs.inbox._PROCESSES", desk.home.root / "no-proc")  # as on a system that shows no files
    still, whole = put(desk, "still.csv"), put(desk, "whole.csv")
    with writer(still, "while True:\n    stream.write('x')\n    stream.flush()\n    time.sleep(0.01)"):
        assert look_into(desk.home)[:2] == ([whole], ["still.csv"])


@needs_proc
def test_a_file_that_a_process_has_open_for_writing_is_left_though_it_does_not_grow(desk: Desk) -> None:
    path = put(desk, "open.csv")
    os.utime(path, (YEAR_2001, YEAR_2001))
    with writer(path, "time.sleep(60)"):
        assert look_into(desk.home)[:2] == ([], ["open.csv"])
    assert look_into(desk.home)[:2] == ([path], [])


@needs_proc
def test_a_file_that_a_process_only_reads_is_taken(desk: Desk) -> None:
    path = put(desk, "read.csv")
    with path.open() as stream:
        assert look_into(desk.home)[:2] == ([path], [])
        assert stream.read() == CONTENT


@pytest.mark.parametrize("ending", UNFINISHED)
def test_a_file_named_as_unfinished_is_left(desk: Desk, ending: str) -> None:
    put(desk, f"extract.csv{ending}")
    assert look_into(desk.home)[:2] == ([], [f"extract.csv{ending}"])


@pytest.mark.parametrize("moment", [YEAR_2001, "now", "soon", 4_000_000_000])
def test_a_whole_file_is_taken_whatever_its_time(desk: Desk, moment: float | str) -> None:
    path = put(desk, "extract.csv")
    at = time.time() + {"now": 0, "soon": 5}[moment] if isinstance(moment, str) else moment
    os.utime(path, (at, at))
    assert look_into(desk.home)[:2] == ([path], [])


def test_hidden_files_and_folders_are_not_spoken_of(desk: Desk) -> None:
    put(desk, ".hidden.csv.partial")
    put(desk, "~$book.xlsx")
    (desk.home.inbox / "folder").mkdir()
    assert look_into(desk.home)[:2] == ([], [])


def test_the_oldest_comes_first(desk: Desk) -> None:
    for name, moment in (("b.csv", 1), ("a.csv", 2), ("c.csv", 2)):
        os.utime(put(desk, name), (YEAR_2001 + moment, YEAR_2001 + moment))
    assert [path.name for path in look_into(desk.home).files] == ["b.csv", "a.csv", "c.csv"]


def test_a_folder_with_files_is_told_and_an_empty_one_is_not(desk: Desk) -> None:
    (desk.home.inbox / "empty").mkdir()
    within = desk.home.inbox / "unpacked" / "march"
    within.mkdir(parents=True)
    (within / "extract.csv").write_text("a", encoding="utf-8")
    told = "unpacked: a folder, which is not read. Move its extracts into the inbox itself."
    assert look_into(desk.home) == ([], [], [("unpacked", told)])
