"""The words of headings and what a heading can mean: `data/layouts/words/`, read strictly, all faults at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from transforms.content import read_yaml
from transforms.drafts.heading import Lexicon, Said, spoken
from transforms.errors import Fault
from transforms.kinds import KINDS
from transforms.layouts.read import LayoutError

Looks = Literal[
    "", "date", "country", "number", "amount", "line number", "itn", "eccn", "tariff", "currency", "origin",
    "consignee type", "words",
]  # fmt: skip
_BESIDE = frozenset({"othercurrency", "final"})
"""What changes no meaning: an amount in euros is an amount, and the ultimate consignee the consignee."""
_CONTEXT = (
    "header",
    "document",
    "sales",
    "export",
    "shipment",
    "delivery",
    "line",
    "item",
    "order",
    "invoice",
    "customer",
    "code",
)
"""Of what a column is, where its other words say what it is: `Shipment: Ship To: Country`."""
SERVES, RIVALS, STANDS_IN = 3, 2, 1
"""How well a meaning serves its column: as it is; it could be meant as well; where nothing better is there."""


class Meaning(BaseModel):
    """What a heading can mean: the canonical columns that it may feed, and the concepts that say it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    means: str = Field(alias="is")
    columns: tuple[str, ...] = ()
    tier: int = Field(SERVES, ge=0, le=3)
    looks: Looks = ""
    matters: str = ""
    tells: Literal["", "own", "aes", "trade"] = ""
    """Of the kind of extract: an exporter's own paper has it, an AES report, or any record of trade."""
    names: int = 0
    """How well it names the shipment of a line."""
    patterns: tuple[str, ...] = ()

    def column_of(self, kind: str) -> str:
        """Return the canonical column that it may feed in an extract of `kind`, or the empty text."""
        return next((name for name in self.columns if name in KINDS[kind].names), "")


@dataclass(frozen=True)
class _Pattern:
    needed: tuple[frozenset[str], ...]
    allowed: frozenset[str]

    def is_met(self, concepts: frozenset[str]) -> bool:
        return concepts <= self.allowed and all(one & concepts for one in self.needed)


class Words:
    """Concepts and meanings: what a heading says, and what that can mean."""

    def __init__(self, lexicon: Lexicon, meanings: dict[str, Meaning]) -> None:
        self.lexicon, self.meanings = lexicon, meanings
        self._patterns = [(one, _compiled(text)) for one in meanings.values() for text in one.patterns]

    def read(self, heading: str) -> Said:
        """Return what a heading says."""
        return self.lexicon.read(heading)

    def meanings_of(self, concepts: frozenset[str]) -> list[Meaning]:
        """Return the meanings whose patterns are met, in the order of the file."""
        concepts = concepts - _BESIDE or concepts
        if not concepts:
            return []
        return list({one.name: one for one, pattern in self._patterns if pattern.is_met(concepts)}.values())

    def meanings_within(self, concepts: frozenset[str]) -> list[Meaning]:
        """Return the meanings of what is left without a word that only says of what the column is."""
        for context in _CONTEXT:
            if context in concepts and (found := self.meanings_of(concepts - {context})):
                return found
        return []


def _compiled(text: str) -> _Pattern:
    needed: list[frozenset[str]] = []
    allowed: set[str] = set()
    for part in text.split():
        concepts = frozenset(part.rstrip("?").split("/"))
        allowed |= concepts
        if not part.endswith("?"):
            needed.append(concepts)
    return _Pattern(tuple(needed), frozenset(allowed))


def read_words(folder: Path) -> Words:
    """Return the words of a folder; raise `LayoutError` with every fault of its two files."""
    concepts, faults = _mapping(folder / "concepts.yml")
    written, more = _mapping(folder / "meanings.yml")
    faults += more
    faults += _faults_of_concepts(concepts, str(folder / "concepts.yml"))
    known = {name for key in concepts for name in key.split()} | {"second"}
    meanings: dict[str, Meaning] = {}
    for name, given in written.items():
        file = str(folder / "meanings.yml")
        try:
            meaning = Meaning.model_validate({"name": name, **given} if isinstance(given, dict) else given)
        except ValidationError as error:
            faults += [fault_of(detail, file, name) for detail in error.errors()]
            continue
        meanings[name] = meaning
        for text in meaning.patterns:
            if other := {part for word in text.split() for part in word.rstrip("?").split("/")} - known:
                faults.append(Fault(file, f"{name}.patterns", f"{text!r} has {', '.join(sorted(other))}", "concepts"))
        for fed in meaning.columns:
            if not any(fed in kind.names for kind in KINDS.values()):
                faults.append(Fault(file, f"{name}.columns", f"no kind has {fed!r}", "canonical columns"))
    if faults:
        raise LayoutError(faults)
    for column in (column for kind in KINDS.values() for column in kind.columns if column.name not in meanings):
        given = {"name": column.name, "is": column.meaning, "columns": (column.name,)}
        meanings[column.name] = Meaning.model_validate(given)
    return Words(Lexicon({key: list(phrases) for key, phrases in concepts.items()}), meanings)


def _faults_of_concepts(concepts: dict[str, Any], file: str) -> list[Fault]:
    faults: list[Fault] = []
    said: dict[str, str] = {}
    for concept, phrases in concepts.items():
        if not isinstance(phrases, list) or not all(isinstance(one, str) for one in phrases):
            faults.append(Fault(file, concept, "not a list of words", "a list of words and phrases"))
            continue
        for phrase in phrases:
            other = said.setdefault(" ".join(spoken(phrase)), concept)
            if other != concept:
                faults.append(Fault(file, concept, f"{phrase!r} stands under {other} too", "each phrase once"))
    return faults


def _mapping(path: Path) -> tuple[dict[str, Any], list[Fault]]:
    content, faults = read_yaml(path, str(path))
    if not faults and not isinstance(content, dict):
        faults = [Fault(str(path), "", "not a mapping", "a mapping")]
    return (content if isinstance(content, dict) else {}), faults


def fault_of(detail: Any, file: str, *within: str) -> Fault:
    """Return what pydantic refused as a fault: file, key, what is wrong and what is allowed."""
    key = ".".join([*within, *map(str, detail["loc"])])
    allowed = {"extra_forbidden": "no such key", "missing": "the key", "literal_error": ", ".join(get_args(Looks)[1:])}
    problem = "unknown key" if detail["type"] == "extra_forbidden" else detail["msg"].lower()
    return Fault(file, key, problem, allowed.get(detail["type"], "text, or a list of texts"))
