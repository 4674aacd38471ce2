"""What waits in the inbox, and what of it is still being written and left for the next time."""

from __future__ import annotations

import os
import stat
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from flows.settings import Home

UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".filepart", ".download")
"""Endings under which browsers and transfer programs keep a file until it is whole."""
_RECENT_SECONDS = 10.0
_LOOK_SECONDS = 0.2
_PROCESSES = Path("/proc")


class Waiting(NamedTuple):
    """The extracts that can be taken, oldest first, the names of those that are still being written, and of folders."""

    files: list[Path]
    unfinished: list[str]
    folders: list[str]
    """Folders with files in them, which are not looked into."""


def look_into(home: Home) -> Waiting:
    """Return what waits in the inbox: a later extract restates an earlier one, so the oldest is first.

    Hidden files, and the marks that a spreadsheet leaves beside a workbook that it has open, are none. A file is still
    being written where its name says so, where it changes between two looks, or where a process has it open for
    writing (as far as the system shows that). A file with an old time is no less taken: only a file that was written
    just now, by its own clock, makes for a second look.
    """
    home.require()
    first = _stats(home.inbox)
    moment = time.time()
    if any(abs(moment - one.st_mtime) < _RECENT_SECONDS for one in first.values()):
        time.sleep(_LOOK_SECONDS)
    second = _stats(home.inbox)
    written = _open_for_writing(second)
    unfinished = {
        path
        for path, one in second.items()
        if path.suffix.lower() in UNFINISHED
        or (one.st_dev, one.st_ino) in written
        or (path in first and _as_it_stands(first[path]) != _as_it_stands(one))
        or path not in first  # came between the looks
    }
    files = sorted(second.keys() - unfinished, key=lambda path: (second[path].st_mtime_ns, path.name))
    return Waiting(files, sorted(path.name for path in unfinished), _folders(home.inbox))


def _stats(folder: Path) -> dict[Path, os.stat_result]:
    found = {}
    for path in folder.iterdir():
        if not path.name.startswith((".", "~$")):
            with suppress(FileNotFoundError):  # taken away meanwhile
                one = path.stat()
                if stat.S_ISREG(one.st_mode):
                    found[path] = one
    return found


def _folders(inbox: Path) -> list[str]:
    visible = (path for path in inbox.iterdir() if path.is_dir() and not path.name.startswith("."))
    return sorted(path.name for path in visible if any(one.is_file() for one in path.rglob("*")))


def _as_it_stands(one: os.stat_result) -> tuple[int, int, int]:
    return one.st_size, one.st_mtime_ns, one.st_ino


def _open_for_writing(files: dict[Path, os.stat_result]) -> set[tuple[int, int]]:
    """Return device and number of the files that a process has open for writing; nothing where /proc is not there.

    Other users' processes are seen only by an administrator.
    """
    wanted = {path.name: path for path in files}
    found: set[tuple[int, int]] = set()
    for process in _PROCESSES.glob("[0-9]*") if wanted else ():
        with suppress(OSError):  # ended meanwhile, or not ours to look at
            for opened in (process / "fd").iterdir():
                with suppress(OSError):
                    if opened.readlink().name in wanted and _is_written(process, opened.name):
                        one = opened.stat()
                        found.add((one.st_dev, one.st_ino))
    return found


def _is_written(process: Path, number: str) -> bool:
    for line in (process / "fdinfo" / number).read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith("flags:"):
            return int(line.split()[1], 8) & os.O_ACCMODE != os.O_RDONLY
    return False
