"""Who holds a home: a note beside the database, which tells what the lock of the operating system cannot."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from transforms.errors import HomeBusy

NOTE = "earshot.lock"
"""The file that is locked while a process writes to the home, and what that process says of itself."""


@dataclass(frozen=True)
class Holder:
    """What the process that holds a home said of itself when it took it; `since` is UTC, to the second."""

    pid: int
    host: str
    command: str
    since: str

    def as_text(self) -> str:
        """Return the note as it stands in the file, behind the byte that is locked."""
        return f" {json.dumps(asdict(self), ensure_ascii=False)}\n"

    def __str__(self) -> str:
        return f"process {self.pid} ({self.command}, on {self.host})"


def read_holder(note: Path) -> Holder | None:
    """Return what the note says, or None where it says nothing that can be read.

    It is never proof that the home is held: only a lock is. A process that was killed leaves its note behind.
    """
    try:
        with note.open("rb", buffering=0) as stream:
            stream.seek(1)  # Windows lets nobody else read the byte that is locked, the first one
            told = json.loads(stream.read())
        return Holder(int(told["pid"]), str(told["host"]), str(told["command"]), str(told["since"]))
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None


def busy(where: Path, holder: Holder | None, pid: int | None = None) -> HomeBusy:
    """Return the error that names who is writing to the home of `where`, and since when as far as it is known.

    `pid` is the process that the lock itself names; a note of another one is left out.
    """
    if holder is not None and pid in (None, holder.pid):
        who = f"{holder} has been writing to this home since {holder.since} UTC"
    else:
        who = f"process {pid} is writing to this home" if pid else "another process is writing to this home"
    return HomeBusy(f"{where}: {who}. Wait until it ends, or use another --home.", pid)
