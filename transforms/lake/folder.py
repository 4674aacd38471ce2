"""A lake as a folder of files: get, put, create only if absent, list, delete. Nothing else touches what lies in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from transforms.durable import sync


class TakenError(Exception):
    """A file that was to be created is there already: somebody else was first."""


@dataclass(frozen=True)
class Folder:
    """The folder of a lake; the names of its files are relative to it, with `/` between their parts."""

    root: Path

    def get(self, name: str) -> Path:
        """Return where a file of the lake can be read; it need not be there."""
        return self.root / name

    def put(self, name: str, content: Path) -> None:
        """Have a file of the lake hold what `content` does, wholly or not at all; what has its name is replaced."""
        target, partial = self.root / name, self._beside(name)
        shutil.copyfile(content, partial)
        sync(partial)
        partial.replace(target)
        sync(target.parent)

    def create(self, name: str, content: bytes) -> None:
        """Make a file that is not there yet; raise TakenError where it is, so that of several writers one is first."""
        target, partial = self.root / name, self._beside(name)
        partial.write_bytes(content)
        sync(partial)
        try:
            os.link(partial, target)  # a rename would take the place of what is there
        except FileExistsError as error:
            raise TakenError(name) from error
        finally:
            partial.unlink()
        sync(target.parent)

    def list(self, prefix: str) -> list[str]:
        """Return the names of the files below a folder of the lake, in order; those half made are none."""
        folder = self.root / prefix
        found = [one for one in folder.rglob("*") if one.is_file() and not one.name.startswith(".")]
        return sorted(one.relative_to(self.root).as_posix() for one in found)

    def delete_older(self, names: Collection[str], than: float) -> int:
        """Delete those of these files that were put before a moment (seconds of the epoch); return how many."""
        old = [path for path in map(self.get, names) if path.is_file() and path.stat().st_mtime < than]
        for path in old:
            path.unlink()
        return len(old)

    def _beside(self, name: str) -> Path:
        target = self.root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        return target.with_name(f".{target.name}.{os.getpid()}.partial")
