"""Bring files to the disk, so that they outlive a loss of power and not only the end of a process."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def sync(path: Path) -> None:
    """Wait until the file, or the entries of the folder, at `path` are on the disk; a system without that is left."""
    with suppress(PermissionError):  # a folder cannot be opened on Windows, where it need not be
        number = os.open(path, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def sync_all(folder: Path) -> None:
    """Wait until every file of the folder and of those in it, and the folder itself, are on the disk."""
    for path in folder.iterdir():
        if path.is_file():
            sync(path)
        elif path.is_dir():
            sync_all(path)
    sync(folder)
