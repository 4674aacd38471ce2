"""What waits in the inbox, and what of it is still being written and left for the next time."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from flows.settings import Home
from transforms.ingest.named import plain_name

UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", ".filepart", ".download")
"""Endings under which browsers and transfer programs keep a file until it is whole."""
_RECENT_SECONDS = 10.0
_LOOK_SECONDS = 0.2
_PROCESSES = Path("/proc")
_WHY = {
    stat.S_IFDIR: "a folder, which is not read. Move its extracts into the inbox itself.",
    stat.S_IFLNK: "a link to another file, which is not followed. Put the extract itself into the inbox.",
}
_NO_FILE = "a pipe, a socket or a device, which is not read. Put the extract into the inbox as a file."


class Waiting(NamedTuple):
    """The extracts that can be taken, oldest first, the names of those that are still being written, and the rest."""

    files: list[Path]
    unfinished: list[str]
    unread: list[tuple[str, str]]
    """What is no file and is not read, by name: why, and what to do. A folder without files is none of it."""


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
    return Waiting(files, sorted(plain_name(path.name) for path in unfinished), _unread(home.inbox))


def _stats(folder: Path) -> dict[Path, os.stat_result]:
    found = {}
    for path in _visible(folder):
        with suppress(FileNotFoundError):  # taken away meanwhile
            one = path.lstat()
            if stat.S_ISREG(one.st_mode):
                found[path] = one
    return found


def _visible(inbox: Path) -> Iterator[Path]:
    return (path for path in inbox.iterdir() if not path.name.startswith((".", "~$")))


def _unread(inbox: Path) -> list[tuple[str, str]]:
    """Return name and sentence of what is no file: a link is not followed, as it may lead to any file of the system."""
    found = []
    for path in _visible(inbox):
        with suppress(FileNotFoundError):
            mode = path.lstat().st_mode
            if not stat.S_ISREG(mode) and not (stat.S_ISDIR(mode) and _is_empty(path)):
                name = plain_name(path.name)
                found.append((name, f"{name}: {_WHY.get(stat.S_IFMT(mode), _NO_FILE)}"))
    return sorted(found)


def _is_empty(folder: Path) -> bool:
    """Return whether no file is in the folder or in those in it; what cannot be looked into may hold some."""
    unseen: list[OSError] = []
    return not any(files for *_, files in os.walk(folder, onerror=unseen.append)) and not unseen


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
