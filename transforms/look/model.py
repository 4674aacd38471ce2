"""What was seen of a file that was read on trial, as plain values: for the terminal, a page, and whoever reads JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Verdict = Literal["yes", "in part", "no"]


@dataclass(frozen=True)
class Unread:
    """What cannot be read in a column: the code of the problem, its sentence, and some of the values."""

    column: str
    """Empty where the row as a whole is at fault."""
    code: str
    reason: str
    rows: int
    examples: list[str]
    is_loaded: bool = False
    """Whether the row loads with the value as it came, and a check of the record flags it."""


@dataclass(frozen=True)
class ColumnLook:
    """One column of the file: what it feeds, and what is in it. Of a constant the heading is empty."""

    heading: str
    feeds: list[str]
    """Canonical columns; none where the column is not read."""
    samples: list[str]
    filled: int
    distinct: int
    constant: str = ""
    unread: list[Unread] = field(default_factory=list)

    @property
    def unread_rows(self) -> int:
        """Rows with a value of the column that cannot be read, once for each problem."""
        return sum(one.rows for one in self.unread)


@dataclass(frozen=True)
class RowLook:
    """One of the first rows: its cells as they came, in the order of the columns, and what they become."""

    number: int
    """Among the rows that were read, from 1."""
    cells: list[str]
    becomes: dict[str, str | None]
    """Canonical column -> as it is read; None where it cannot be read, or is not known."""
    is_quarantined: bool


@dataclass(frozen=True)
class RuleLook:
    """One rule: whether the file has the columns by which it judges, and how many lines fill them."""

    rule_id: str
    title: str
    group: str
    needs: list[str]
    """Canonical columns without which it judges no line."""
    lacks: list[str]
    """Those of them that the file does not provide."""
    lacks_in_part: list[str]
    """Other columns that it reads and that are not provided: lines that turn on these are undetermined."""
    lines: int
    """Lines that record every column that it needs; of a rule that cannot be judged, all lines."""

    @property
    def verdict(self) -> Verdict:
        """Whether it can be judged."""
        return "no" if self.lacks else "in part" if self.lacks_in_part else "yes"


@dataclass(frozen=True)
class Look:
    """A file, read on trial. Rows = lines + duplicates + earlier versions + quarantined rows + rows left out."""

    kind: str
    noun: str
    rows: int
    loaded: int
    duplicates: int
    restated: int
    quarantined: int
    left_out: int
    """Rows that are no exports, as the layout says, and totals, page heads, footers and blank rows."""
    columns: list[ColumnLook]
    first_rows: list[RowLook]
    problems: list[Unread]
    """Of the quarantined rows, most first; a row with several problems counts under each."""
    rules: list[RuleLook]
    read_as: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain values, each rule with its verdict."""
        told = asdict(self)
        for rule, written in zip(self.rules, told["rules"], strict=True):
            written["judged"] = rule.verdict
        return told
