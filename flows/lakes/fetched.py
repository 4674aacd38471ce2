"""The folder in a home into which files of a bucket are fetched, each once. It may be deleted at any time."""

from __future__ import annotations

import time
from collections.abc import Set
from contextlib import suppress
from pathlib import Path

PARTIAL = ".partial"
"""How the name of a file ends that is not whole yet."""
_LONGEST_SECONDS = 3600
"""A file that is not whole after so long is of a process that was killed."""


def keep_only(fetched: Path, names: Set[str]) -> None:
    """Delete every file but these, and those that another process may be fetching."""
    for path in fetched.rglob("*"):
        with suppress(FileNotFoundError):  # it went in the meantime
            is_fetched = path.name.endswith(PARTIAL) and time.time() - path.stat().st_mtime < _LONGEST_SECONDS
            if path.is_file() and not is_fetched and path.relative_to(fetched).as_posix() not in names:
                path.unlink()
