"""What a look tells: a code, how bad it is, what was seen, and what to do."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    """How bad what was seen is: a warning needs a look, a fault keeps a night from being done well."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True)
class Check:
    """One thing that was looked at; `code` stays the same, `do` is empty where nothing is to be done."""

    code: str
    level: Level
    said: str
    do: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        return asdict(self)


def ok(code: str, said: str) -> Check:
    """Return that all is well."""
    return Check(code, Level.OK, said)


def warning(code: str, said: str, do: str) -> Check:
    """Return what needs a look, with what to do."""
    return Check(code, Level.WARNING, said, do)


def fault(code: str, said: str, do: str) -> Check:
    """Return what keeps a night from being done well, with what to do."""
    return Check(code, Level.FAULT, said, do)


def sized(number: float) -> str:
    """Return a number of bytes in words."""
    return f"{number / 1e9:,.1f} GB" if number >= 1e9 else f"{number / 1e6:,.1f} MB"
