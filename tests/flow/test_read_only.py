"""A home that cannot be written to, and a file that cannot be read: each gets a sentence, and the rest goes on."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.command import EARSHOT, Done
from tests.support.desk import Desk
from tests.support.extracts import extract, row

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="rights that bind an administrator too: Linux alone")
_DROP, _OVERRIDE, _SEARCH = 24, 1, 2
"""PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH: without these the rights of files bind root as well."""


def _bound() -> None:
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None)
        libc.prctl(_DROP, _OVERRIDE, 0, 0, 0)
        libc.prctl(_DROP, _SEARCH, 0, 0, 0)


def run(home: Path, *words: str | Path) -> Done:
    """Run the command as a user whom the rights of files bind."""
    done = subprocess.run(
        [EARSHOT, *words, "--home", home], capture_output=True, text=True, timeout=300, check=False, preexec_fn=_bound
    )
    return Done(done.returncode, done.stdout, done.stderr)


def test_a_read_only_home_answers_what_is_asked_and_says_that_it_cannot_be_written_to(desk: Desk) -> None:
    home = desk.home.root
    path = desk.put(extract(row("A"), row("B", export_on="someday")))
    assert run(home, "ingest", path).code == 0
    paths = [home, *home.rglob("*")]
    for one in paths:
        one.chmod(one.stat().st_mode & ~0o222)
    try:
        listed = run(home, "quarantine", "list", "--json")
        assert (listed.code, listed.err, listed.json["quarantine"]["rows"]) == (0, "", 1)
        for words in (["ingest", path], ["screen"]):
            done = run(home, *words)
            assert (done.code, done.out) == (1, "")
            assert done.err.startswith(f"{home}: this home cannot be written to (earshot.lock: Permission denied)")
    finally:
        for one in paths:
            one.chmod(0o700)


def test_a_file_without_the_right_to_read_it_is_told_and_the_others_are_loaded(desk: Desk) -> None:
    secret, good = desk.put(extract(row("A")), "secret.csv"), desk.put(extract(row("B")), "good.csv")
    secret.chmod(0)
    done = run(desk.home.root, "ingest", secret, good)
    assert done.code == 2
    assert "good.csv" in done.out
    assert done.err.startswith("secret.csv: it cannot be loaded (")
    assert "Permission denied" in done.err
