"""The Commerce Control List as tables: what a row of `rules/ccl` says, and what all of them make together.

A row is a control of its own: one entry, one reason, one column or section, one period. The rule ids stand for
reasons (`ccl-ns`), and a determination names the row that decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from transforms.rulebook.item_facts import Clauses

FIRM = ("entire", "listed", "except")
"""Scopes that a recorded ECCN can settle. In the others a fact decides that no record of a shipment shows."""
SCOPES = (*FIRM, "conditional", "conditional-except", "derived", "text")
NOTE = "LRN"
"""The reason of a row that requires nothing: a License Requirement Note, which cancels what other rows require."""
KINDS = ("", "itar", "pointer", "unread")
"""Of an entry: one of the CCL, one that points to the ITAR, one that points to other entries or is empty, one whose
requirements were not read."""
SERIES = ("600", "9x515")
STANCES = ("offered", "closed", "not to A:6", "not to A:5 or A:6")
CONFIDENCE = ("high", "medium", "low")


@dataclass(frozen=True)
class CclRule:
    """What all rows of one reason make together: the rule of which findings are made."""

    id: str
    reason: str
    title: str
    authority: tuple[str, ...]
    severity: str
    remedy: str

    @property
    def kind(self) -> str:
        """The kind of the rule, as a finding says it."""
        return "control"


@dataclass(frozen=True)
class Dated:
    """What every row has: where it stands, its days, and what it rests on."""

    row: int
    from_on: date | None
    until_on: date | None
    source: str
    confidence: str

    def meets(self, other: Dated) -> bool:
        """Return whether both have a day in common."""
        return (self.from_on or date.min) <= (other.until_on or date.max) and (other.from_on or date.min) <= (
            self.until_on or date.max
        )


@dataclass(frozen=True)
class Entry(Dated):
    """An entry of the CCL and the days on which it stands there."""

    entry: str
    heading: str
    kind: str
    itar: tuple[str, ...]
    """Paragraphs that point to the ITAR, of an entry of the CCL."""


@dataclass(frozen=True)
class ControlRow(Dated):
    """One requirement of one entry, or a note that cancels requirements."""

    entry: str
    reason: str
    scope: str
    paragraphs: tuple[str, ...]
    but: tuple[str, ...]
    doubted: tuple[str, ...]
    column: str
    section: str
    destinations: str
    activities: tuple[str, ...]
    known_from: date | None
    known_until: date | None
    fact: str
    related: tuple[str, ...]
    settled_by: Clauses
    """The facts of an item that put it among those that the row speaks of; none: no item record settles that."""
    left_open: str
    """What stays in doubt where they do; blank: nothing."""
    cancels: tuple[str, ...]

    @property
    def is_sure(self) -> bool:
        """Whether the row decides by itself, wherever nothing of it is `doubted`: the record suffices."""
        return not self.fact or (self.confidence != "low" and bool(self.doubted))

    @property
    def place(self) -> str:
        """The column in words, else the section."""
        if self.column:
            return f"{self.reason} Column {self.column[2:]}"
        return f"{self.reason}, {self.cited}"

    @property
    def cited(self) -> str:
        """The section as it is cited; a note is one of the entry."""
        return "; ".join(
            f"15 CFR {one}" if one[0].isdigit() or one.startswith("part") else one
            for one in self.section.split("; ")
            if one
        )


@dataclass(frozen=True)
class ExceptionRow(Dated):
    """What one entry says of one license exception."""

    entry: str
    exception: str
    stance: str
    paragraphs: tuple[str, ...]
    but: tuple[str, ...]
    value_usd: int | None
    condition: str
    destinations: str

    @property
    def is_bar(self) -> bool:
        """Whether it takes License Exception STA from items of the entry, or may do so."""
        return self.stance.startswith("not to") or (self.stance == "offered" and bool(self.condition))


@dataclass(frozen=True)
class Restriction(Dated):
    """A paragraph of 15 CFR 740.2(a): it closes every exception that is not `open`."""

    paragraph: str
    entries: tuple[str, ...]
    entries_but: tuple[str, ...]
    reasons: tuple[str, ...]
    sections: tuple[str, ...]
    columns: tuple[str, ...]
    destinations: str
    open: tuple[str, ...]
    paragraphs: tuple[str, ...]
    """Of the entries; none: the whole of them."""
    closes: tuple[str, ...]
    """The exceptions that it closes, and no other; none: all that are not `open`."""
    condition: str
    """What no record of a shipment shows; blank: it closes for certain."""

    def closes_exception(self, symbol: str) -> bool:
        """Return whether it closes an exception; `*` stands for those that are not named anywhere."""
        return symbol in self.closes if self.closes else symbol not in self.open

    def paragraphs_of(self, entry: str) -> tuple[str, ...]:
        """Return the paragraphs of one entry that it names."""
        return tuple(one for one in self.paragraphs if one.startswith(f"{entry}."))

    def concerns(self, row: ControlRow) -> bool:
        """Return whether it speaks of the items that the row covers."""
        return (
            self._names(row.entry)
            and not any(is_of(row.entry, word) for word in self.entries_but)
            and (not self.reasons or row.reason in self.reasons)
            and (not self.sections or row.section in self.sections)
            and (not self.columns or row.column in self.columns)
            and self.meets(row)
        )

    def _names(self, entry: str) -> bool:
        if not self.entries and not self.paragraphs:
            return True
        return any(is_of(entry, word) for word in self.entries) or bool(self.paragraphs_of(entry))


def is_of(entry: str, word: str) -> bool:
    """Return whether an entry is what a word names: itself, or a series."""
    if word == "600":
        return entry[2] == "6"
    if word == "9x515":
        return entry[0] == "9" and entry.endswith("515")
    return entry == word


@dataclass(frozen=True)
class CommerceControlList:
    """All tables of `rules/ccl`; none of them where the rulebook has no such folder."""

    rules: Mapping[str, CclRule] = field(default_factory=dict)
    """By the reason for control."""
    entries: tuple[Entry, ...] = ()
    controls: tuple[ControlRow, ...] = ()
    exceptions: tuple[ExceptionRow, ...] = ()
    restrictions: tuple[Restriction, ...] = ()

    @property
    def rules_by_id(self) -> tuple[CclRule, ...]:
        """The rules, by id."""
        return tuple(sorted(self.rules.values(), key=lambda one: one.id))


NO_CCL = CommerceControlList()
