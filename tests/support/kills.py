"""Kill commands at random instants, and compare what is left with an unbroken run."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.command import AS_OF, EARSHOT, OFFLINE, earshot
from transforms.store import open_store

TABLES = (
    "batches", "lines", "items", "filings", "situations", "quarantine", "ledger", "ledger_events", "journal",
    "door_profiles", "accepted", "dispositions", "holds", "archives",
)  # fmt: skip
MOMENTS = (
    "known_from", "known_until", "first_at", "quarantined_at", "settled_at", "known_at",
    "done_at", "sha256", "previous_sha256", "rows_sha256", "known_until", "decided_at", "accepted_at", "archived_at",
)  # fmt: skip
"""When something was learned, and the seals over it: the one thing in which two runs of the same day may differ."""
LEFT_BEHIND = ("*.partial", "*.former", ".reading*", "*.tmp")


@dataclass(frozen=True)
class Held:
    """All that a home holds, apart from the moments: rows of tables, bytes of files, and what should not be there."""

    tables: dict[str, list[tuple[object, ...]]]
    files: dict[str, bytes]
    left_behind: list[str]


def start_home(root: Path, warm_state: Path | None) -> Path:
    """Make a home with the sample in its inbox; `warm_state` spares Prefect its first start."""
    assert earshot("init", "--home", root, "--sample").code == 0
    if warm_state is not None:
        shutil.rmtree(root / "state")
        shutil.copytree(warm_state, root / "state")
    return root


def nightly(root: Path) -> float:
    """Run a nightly job to its end and return the seconds that it took."""
    began = time.perf_counter()
    done = earshot("nightly", "--home", root, "--as-of", AS_OF)
    assert done.code == 0, done.err
    return time.perf_counter() - began


NIGHTLY = ("nightly", "--as-of", AS_OF)


def kill(root: Path, words: Sequence[str | Path], after: float) -> bool:
    """Start a command, kill it and all that it started after so many seconds; return whether it still ran."""
    process = _start(root, words)
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def kill_when(root: Path, words: Sequence[str | Path], is_time: Callable[[], bool]) -> None:
    """Start a command, and kill it and all that it started as soon as it has come so far, which it must."""
    process = _start(root, words)
    while process.poll() is None and not is_time():
        time.sleep(0.002)
    assert process.poll() is None
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _start(root: Path, words: Sequence[str | Path]) -> subprocess.Popen[bytes]:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PREFECT_", "EARSHOT_"))}
    return subprocess.Popen(
        [EARSHOT, *words, "--home", root],
        env=environment | OFFLINE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def kill_in_a_row(
    root: Path, times: int, took: float, draw: random.Random, words: Sequence[str | Path] = NIGHTLY
) -> int:
    """Kill that many commands on one home, each at an instant drawn from all of its time; return how many ran."""
    return sum(kill(root, words, draw.uniform(0.02, 1.0) * took) for _ in range(times))


def held(root: Path) -> Held:
    """Return what the home holds."""
    tables = {}
    with open_store(root / "earshot.duckdb") as connection:
        for name in TABLES:
            columns = [row[0] for row in connection.execute(f"describe {name}").fetchall() if row[0] not in MOMENTS]
            tables[name] = connection.execute(f"select {', '.join(columns)} from {name} order by all").fetchall()
    files = {}
    for folder in ("inbox", "landed", "quarantine", "reports"):
        for path in sorted((root / folder).rglob("*")):
            if path.is_file():
                files[str(path.relative_to(root))] = path.read_bytes()
    left = {path.relative_to(root) for mark in LEFT_BEHIND for path in root.rglob(mark)}
    return Held(tables, files, sorted(str(path) for path in left if path.parts[0] != "state"))


def differences(one: Held, other: Held) -> list[str]:
    """Return the names of the tables and files in which two homes differ, and what was left behind in the first."""
    tables = [name for name in TABLES if one.tables[name] != other.tables[name]]
    files = [name for name in {**one.files, **other.files} if one.files.get(name) != other.files.get(name)]
    return tables + files + one.left_behind
