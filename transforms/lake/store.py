"""The files of a lake, in a folder or in a bucket: the same few calls. Nothing else touches what lies in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from multiprocessing.pool import ThreadPool
from pathlib import Path
from typing import Protocol

from transforms.errors import EarshotError

_AT_ONCE = 8
"""How many files are fetched side by side: a bucket takes longer to answer than to send."""


class TakenError(Exception):
    """A file that was to be created is there already: somebody else was first."""


class LostError(EarshotError):
    """A file of a lake is not there."""


class ChangedError(EarshotError):
    """A file of a lake holds something else than its name tells."""


class Store(Protocol):
    """The files of a lake; their names are relative to it, with `/` between their parts.

    A file appears whole or not at all, and what has a name stays as it is: a name tells the hash of its content, or the
    number of a commit. A store that cannot be reached, or refuses, raises EarshotError.
    """

    @property
    def address(self) -> str:
        """How a person names the lake."""

    def get(self, name: str) -> Path:
        """Return where a file can be read; raise LostError where it is not there, ChangedError where it was changed."""

    def put(self, name: str, content: Path) -> None:
        """Have a file hold what `content` does; what has its name is replaced."""

    def create(self, name: str, content: bytes) -> None:
        """Make a file that is not there yet; raise TakenError where it is, so that of several writers one is first."""

    def list(self, prefix: str) -> list[str]:
        """Return the names of the files below a folder of the lake, of all where `prefix` is empty, in order."""

    def written_at(self, name: str) -> datetime | None:
        """Return when a file was last put, with its zone; None where it is not there."""

    def delete(self, name: str) -> None:
        """Have a file be gone; one that is not there stays so."""

    def let_go(self, name: str) -> None:
        """Say that a file need not be at hand on this machine any more; in the lake it stays."""


def place_of(lake: Store, name: str) -> str:
    """Return where a file is, for a person to read."""
    return f"{lake.address}/{name}"


def get_all(lake: Store, names: Iterable[str]) -> list[Path]:
    """Return where these files can be read, in their order, fetched several at once; errors are those of `get`."""
    with ThreadPool(_AT_ONCE) as pool:  # unlike those of an executor, its threads keep no process that is interrupted
        return list(pool.imap(lake.get, names))


def lost(lake: Store, name: str) -> LostError:
    """Return the error for a file that is not there."""
    return LostError(f"{place_of(lake, name)}: is missing. Nothing was changed. Restore the lake from your backup.")
