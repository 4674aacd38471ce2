"""Load a file into a home, and be killed at a named point on the way: `python -m tests.support.lake_kill POINT ...`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.support.command import OFFLINE

POINTS = (
    "no file written", "all files written", "commit noted",
    "committed to the lake", "committed to the database", "loaded",
)  # fmt: skip


def load_killed(home: Path, file: Path, layout: str, known_from: datetime, point: str, after: float = 600.0) -> bool:
    """Load a file in a process of its own, which is killed at a point, or after so many seconds; return whether it was.

    With the point `nowhere` the time alone counts.
    """
    words = [sys.executable, "-m", "tests.support.lake_kill", point, home, file, layout, known_from.isoformat()]
    process = subprocess.Popen(words, env=os.environ | OFFLINE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    return process.returncode == -signal.SIGKILL


def _die(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _before(owner: Any, name: str) -> None:
    setattr(owner, name, _die)


def _after(owner: Any, name: str) -> None:
    kept: Callable[..., Any] = getattr(owner, name)

    def then_die(*words: Any, **options: Any) -> None:
        kept(*words, **options)
        _die()

    setattr(owner, name, then_die)


def _arm(point: str) -> None:
    from flows.jobs import ingest, lake_load
    from transforms.lake.folder import Folder

    arming: dict[str, Callable[[], None]] = {
        "no file written": lambda: _before(Folder, "put"),
        "all files written": lambda: _before(lake_load, "begin_move"),
        "commit noted": lambda: _after(lake_load, "begin_move"),
        "committed to the lake": lambda: _after(lake_load, "commit"),
        "committed to the database": lambda: _before(lake_load, "end_move"),
        "loaded": lambda: _before(ingest, "tell_loaded"),
        "nowhere": lambda: None,
    }
    arming[point]()


if __name__ == "__main__":
    from flows.jobs.ingest import ingest_file
    from flows.settings import Home

    asked, root, path, read_by, moment = sys.argv[1:]
    _arm(asked)
    ingest_file(Home(Path(root)), Path(path), read_by, datetime.fromisoformat(moment))
