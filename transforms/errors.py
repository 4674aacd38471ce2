"""What can go wrong, in the words a user needs.

EarshotError            what happened, where (file, row or key), what is allowed, what to do next
├── InputError          a file, option, layout or rule is wrong: exit code 2
│   └── RulebookError   the rulebook is refused; carries every fault found, not only the first
├── DoorStopped         a batch failed a stop-expectation at the door; nothing of it was loaded: exit code 2
├── FileFailed          reading one file failed in a way that nobody foresaw; the others go on: exit code 1
├── HomeBusy            another process holds the home: exit code 1
├── HomeLost            the database is gone, or lacks what the files beside it record: exit code 1
├── HomeDamaged         the database cannot be read, or not all of it: exit code 1
├── HomeNewer           a newer version wrote the home: exit code 1
└── HomeOutdated        an earlier version wrote the home, and it is to be taken over first: exit code 1
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class EarshotError(Exception):
    """Base of every error that Earshot raises on purpose; `exit_code` is what the command returns."""

    exit_code = 1


class InputError(EarshotError):
    """Wrong usage or bad input: the message names the file, row or key and what is allowed."""

    exit_code = 2


class DoorStopped(InputError):
    """A batch failed a stop-expectation at the door; the file stays in `landed/` and nothing was loaded.

    `codes` are those of the checks that it failed.
    """

    def __init__(self, said: str, codes: tuple[str, ...] = ()) -> None:
        self.codes = codes
        super().__init__(said)


class FileFailed(EarshotError):
    """Reading one file failed in a way that nobody foresaw: the message names it; nothing of it was half-loaded."""


class HomeBusy(EarshotError):
    """Another process is writing to the home; `pid` is the one that has its database open, where that is known."""

    def __init__(self, said: str, pid: int | None = None) -> None:
        self.pid = pid
        super().__init__(said)


class HomeLost(EarshotError):
    """The database of a home is gone, or lacks what the files beside it record: no new home is begun in its place."""


class HomeDamaged(EarshotError):
    """The database of a home cannot be read, or not all of it; `is_told` says that the message has what to do."""

    def __init__(self, said: str, *, is_told: bool = False) -> None:
        self.is_told = is_told
        super().__init__(said)


class HomeNewer(EarshotError):
    """The home was written by a version that came after this one."""


class HomeOutdated(EarshotError):
    """The home is not yet as this version keeps it; `transforms/migrations/` takes it over."""


@dataclass(frozen=True, order=True)
class Fault:
    """One fault in a content file: where it is, what is wrong, what is allowed."""

    file: str
    key: str
    problem: str
    allowed: str = ""

    def __str__(self) -> str:
        where = f"{self.file}: {self.key}" if self.key else self.file
        return f"{where}: {self.problem}" + (f" (allowed: {self.allowed})" if self.allowed else "")


class RulebookError(InputError):
    """The rulebook, or a draft, is refused; `faults` lists every fault, in file order."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def told(faults: Sequence[str], most: int = 20, rest: str = "more") -> str:
    """Return faults as lines of text, the first of them where there are many; `rest` says what the others are."""
    shown = list(dict.fromkeys(faults))
    more = [f"and {len(shown) - most:,} {rest}"] if len(shown) > most else []
    return "\n".join([*shown[:most], *more])
