"""What is kept in a home is for its user alone: files 0600, folders 0700."""

from __future__ import annotations

from pathlib import Path

FILE, FOLDER = 0o600, 0o700
"""Rights; new files have them by the umask of the process, copies have those of what they are copies of."""


def make_private(path: Path) -> None:
    """Take the rights of others from a file, or from a folder and all in it; a link stays as it is."""
    if path.is_symlink():
        return
    path.chmod(FOLDER if path.is_dir() else FILE)
    if path.is_dir():
        for one in path.iterdir():
            make_private(one)
