"""What README.md and the pages of docs/ tell a reader to type, in blocks, tables and asides, and where they link to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tests.support.layouts import REPO

MAKEFILE = (REPO / "Makefile").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TYPED = re.compile(r"(?:\S*/)?(?:earshot|make|cp|mkdir|export) .*")
_ELSEWHERE = re.compile(r"(?:cd|duckdb) .*")
"""Programs of others, which a page may name and no test runs."""


@dataclass(frozen=True)
class Typed:
    """A line that a reader would type, and the lines that the page says are printed then."""

    line: str
    printed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """A row of a table of commands: the commands as they are shown, and what is said of them."""

    shown: tuple[str, ...]
    says: str

    @property
    def options(self) -> list[str]:
        """The options that are named."""
        return re.findall(r"`(--[a-z-]+)", self.says)


@dataclass(frozen=True)
class Page:
    """A page by its place in the repository."""

    name: str

    @property
    def path(self) -> Path:
        """The file."""
        return REPO / self.name

    @property
    def text(self) -> str:
        """What it says."""
        return self.path.read_text(encoding="utf-8")

    @property
    def prose(self) -> str:
        """What it says outside blocks and tables."""
        return re.sub(r"^\|.*$", "", _BLOCK.sub("", self.text), flags=re.MULTILINE)

    def blocks(self, language: str = "") -> list[str]:
        """Return the blocks of code of a language; those of none hold what is typed, and what is printed then."""
        return [block for found, block in _BLOCK.findall(self.text) if found == language]

    def typed(self) -> list[Typed]:
        """Return the lines that a reader would type, in their order. Where a block has prompts, the rest is printed."""
        lines: list[Typed] = []
        for block in self.blocks():
            if not block.startswith("$ "):
                lines += [Typed(line) for line in block.splitlines() if _TYPED.fullmatch(line)]
                continue
            for line, *printed in (one.splitlines() for one in block.removeprefix("$ ").split("\n$ ")):
                lines.append(Typed(line, tuple(" ".join(one.split()) for one in printed if one.strip())))
        return lines

    def strange(self) -> list[str]:
        """Return the lines of such blocks that are neither typed, nor printed, nor remarks: each of them is a slip."""
        lines = [line for block in self.blocks() if not block.startswith("$ ") for line in block.splitlines()]
        known = [line for line in lines if _TYPED.fullmatch(line) or _ELSEWHERE.fullmatch(line)]
        return [line for line in lines if line.strip() and not line.startswith("# ") and line not in known]

    def asides(self) -> list[str]:
        """Return the commands that sentences name between the blocks and the tables."""
        return [" ".join(one.split()) for one in re.findall(r"`((?:earshot|make) [^`]+)`", self.prose)]

    def table(self) -> list[Row]:
        """Return the rows of tables of commands; `earshot hold add`, `list` shows two commands of one group."""
        rows = []
        for cell, says in re.findall(r"^\| (`earshot [^|]*) \| (.*) \|$", self.text, re.MULTILINE):
            first, *others = re.findall(r"`([^`]+)`", cell)
            group = " ".join(first.split()[:2])
            rows.append(Row((first, *(f"{group} {other}" for other in others)), says))
        return rows

    def links(self) -> list[str]:
        """Return where links and pictures of the page lead within the repository."""
        found = re.findall(r"\]\(([^)\s]+)\)", _BLOCK.sub("", self.text))
        return [link for link in found if not re.match(r"[a-z]+:", link)]

    def anchors(self) -> set[str]:
        """Return the names by which a link can lead to a heading of the page."""
        headings = re.findall(r"^#+ (.+)$", _BLOCK.sub("", self.text), re.MULTILINE)
        return {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in headings}


README = Page("README.md")
DOCS = [Page(f"docs/{path.name}") for path in sorted((REPO / "docs").glob("*.md"))]
PAGES = [README, *DOCS]
"""What a user reads, the README first."""
OTHERS = [Page(name) for name in ("CONTRIBUTING.md", "data/README.md", "data/sample/README.md", "rules/README.md")]
"""What else is read in the repository; only its links are looked at."""
