"""One writer at a time: whoever writes to a home holds it, from the first look at the inbox to the last file."""

from __future__ import annotations

import os
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from filelock import lock_descriptor

from flows.jobs.tidy import tidy
from flows.settings import Home, now
from transforms.errors import EarshotError
from transforms.holding import NOTE, Holder, busy, read_holder

_HELD: Counter[Path] = Counter()
"""The homes that this process holds, and how often: the nightly job holds its home while its steps hold it again."""


@contextmanager
def hold(home: Home, command: str) -> Iterator[None]:
    """Hold the home while the block runs, and clear away what a killed run left; raise HomeBusy where another has it.

    The lock is the operating system's, so it ends with the process, however that ends. On a file system without locks
    the lock of the database alone keeps writers apart.
    """
    root = home.root.resolve()
    if _HELD[root]:
        _HELD[root] += 1
        try:
            yield
        finally:
            _HELD[root] -= 1
        return
    home.require()
    with _note(home, command) as note:
        if not _lock(note):
            raise busy(home.root, read_holder(root / NOTE))
        _write(note, Holder(os.getpid(), socket.gethostname(), command, f"{now():%Y-%m-%d %H:%M:%S}").as_text())
        _HELD[root] = 1
        try:
            tidy(home)
            yield
        finally:
            del _HELD[root]
            _write(note, "")


def _note(home: Home, command: str) -> IO[str]:
    try:
        return (home.root.resolve() / NOTE).open("a+", encoding="utf-8")
    except OSError as error:
        raise EarshotError(
            f"{home.root}: this home cannot be written to ({NOTE}: {error.strerror}), and {command} writes to it. Give"
            " yourself the right to write there, or copy the home and use the copy with --home."
        ) from error


def _write(note: IO[str], text: str) -> None:
    note.seek(0)
    note.truncate()
    note.write(text)
    note.flush()


def _lock(note: IO[str]) -> bool:
    """Return whether the file is now locked by us; True too where the file system knows no locks."""
    try:
        return lock_descriptor(note.fileno(), blocking=False)
    except OSError:
        return True
