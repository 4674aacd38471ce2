"""A lake as a folder of files."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from transforms.durable import sync
from transforms.lake.store import TakenError, lost


@dataclass(frozen=True)
class Folder:
    """A `Store` in a folder, on a file system that can make hard links."""

    root: Path

    @property
    def address(self) -> str:
        """The folder, as it was named."""
        return str(self.root)

    def get(self, name: str) -> Path:
        """Return where the file lies; raise LostError where it does not. What it holds is for the caller to check."""
        if not (path := self.root / name).is_file():
            raise lost(self, name)
        return path

    def put(self, name: str, content: Path) -> None:
        """Copy a file into the lake, in place of one of its name."""
        target, partial = self.root / name, self._beside(name)
        shutil.copyfile(content, partial)
        sync(partial)
        partial.replace(target)
        sync(target.parent)

    def create(self, name: str, content: bytes) -> None:
        """Make a file that is not there yet; raise TakenError where it is."""
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
        """Return the names of the files below a folder of the lake; those half made are none."""
        folder = self.root / prefix
        found = [one for one in folder.rglob("*") if one.is_file() and not one.name.startswith(".")]
        return sorted(one.relative_to(self.root).as_posix() for one in found)

    def written_at(self, name: str) -> datetime | None:
        """Return when a file was last put."""
        try:
            return datetime.fromtimestamp((self.root / name).stat().st_mtime, UTC)
        except FileNotFoundError:
            return None

    def delete(self, name: str) -> None:
        """Have a file be gone."""
        (self.root / name).unlink(missing_ok=True)

    def let_go(self, name: str) -> None:
        """Do nothing: the file lies in the lake alone."""

    def _beside(self, name: str) -> Path:
        target = self.root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        return target.with_name(f".{target.name}.{os.getpid()}.partial")
