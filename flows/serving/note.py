"""One process serves a home: it locks a note in `state/`, which says who it is and where its pages are."""

from __future__ import annotations

import json
import os
import socket
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import IO

from filelock import lock_descriptor

from flows.settings import Home, now
from transforms.errors import EarshotError
from transforms.visible import plain_text

NOTE = "serve.lock"
_LOOKS, _BETWEEN = 5, 0.2
"""Whoever asks whether a home is served locks its note for a moment."""


@contextmanager
def serving(home: Home, url: str) -> Iterator[None]:
    """Be the one process that serves the home while the block runs; raise EarshotError where another one is."""
    home.state.mkdir(mode=0o700, exist_ok=True)
    with (home.state / NOTE).open("a+", encoding="utf-8") as note:
        if not _locked_soon(note):
            raise EarshotError(f"{home.root}: {_who(home)} serves this home already. Stop that one first.")
        _write(note, {"pid": os.getpid(), "host": socket.gethostname(), "url": url, "since": f"{now():%Y-%m-%d %H:%M}"})
        try:
            yield
        finally:
            _write(note, {})


def served_at(home: Home) -> str:
    """Return the address of the server that serves the home now, and answers; else the empty text."""
    told = _read(home)
    url = told.get("url", "")
    if not url or not _is_locked(home):
        return ""
    with suppress(OSError, ValueError), closing(urllib.request.urlopen(f"{url}/health", timeout=2)) as answer:
        return url if answer.status == 200 else ""
    return ""


def _who(home: Home) -> str:
    told = _read(home)
    if not told:
        return "another process"
    return f"process {told['pid']} (on {plain_text(told['host'])}, since {told['since']} UTC)"


def _read(home: Home) -> dict[str, str]:
    try:
        told = json.loads((home.state / NOTE).read_text(encoding="utf-8"))
        return {name: str(told[name]) for name in ("pid", "host", "url", "since")}
    except (OSError, ValueError, LookupError, TypeError):
        return {}


def _write(note: IO[str], told: dict[str, object]) -> None:
    note.seek(0)
    note.truncate()
    note.write(json.dumps(told, ensure_ascii=False))
    note.flush()


def _is_locked(home: Home) -> bool:
    with suppress(OSError), Path(home.state / NOTE).open("r+", encoding="utf-8") as note:
        return not lock_descriptor(note.fileno(), blocking=False)
    return False


def _locked_soon(note: IO[str]) -> bool:
    for _ in range(_LOOKS):
        if _lock(note):
            return True
        time.sleep(_BETWEEN)
    return False


def _lock(note: IO[str]) -> bool:
    try:
        return lock_descriptor(note.fileno(), blocking=False)
    except OSError:  # a file system without locks: the port keeps them apart
        return True
