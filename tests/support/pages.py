"""What the README tells a reader to type: the lines of its blocks of code, its table of commands, and its asides."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.support.layouts import REPO

TEXT = (REPO / "README.md").read_text(encoding="utf-8")
MAKEFILE = (REPO / "Makefile").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TYPED = re.compile(r"(?:\$ )?((?:\S*/)?(?:earshot|make|cp)(?: .*)?)")


@dataclass(frozen=True)
class Row:
    """A row of the table of commands: the commands as they are shown, and what is said of them."""

    shown: tuple[str, ...]
    says: str

    @property
    def options(self) -> list[str]:
        """The options that are named."""
        return re.findall(r"`(--[a-z-]+)", self.says)


def typed() -> list[str]:
    """Return the lines of the blocks that a reader would type, in their order; what was printed is no such line."""
    lines = [line for language, block in _BLOCK.findall(TEXT) if not language for line in block.splitlines()]
    return [found[1] for found in map(_TYPED.fullmatch, lines) if found]


def table() -> list[Row]:
    """Return the rows of the table of commands; `earshot hold add`, `list` shows two commands of one group."""
    rows = []
    for cell, says in re.findall(r"^\| (`earshot [^|]*) \| (.*) \|$", TEXT, re.MULTILINE):
        first, *others = re.findall(r"`([^`]+)`", cell)
        group = " ".join(first.split()[:2])
        rows.append(Row((first, *(f"{group} {other}" for other in others)), says))
    return rows


def asides() -> list[str]:
    """Return the commands that sentences name between the blocks and the table."""
    prose = re.sub(r"^\|.*$", "", _BLOCK.sub("", TEXT), flags=re.MULTILINE)
    return [" ".join(one.split()) for one in re.findall(r"`((?:earshot|make) [^`]+)`", prose)]
