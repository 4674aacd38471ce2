"""The facts of an item that settle rows of the Commerce Control List: their words, and what rows ask for.

`tables/item_facts.csv` holds the words, each with its negation. An item record holds some of them; a row of
`rules/ccl/controls.csv` says in `settled_by` which ones put an item among those that the row speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from transforms.rulebook.places import read_table

Row = dict[str, object]

TABLE = "item_facts.csv"
ECCN = "ECCN"
"""What a fact takes after its words: `serves 3A001`."""
_AND, _OR = ";", "|"
_RANGE = re.compile(r"(\d[A-E])(\d{3})-\1(\d{3})")
_WORD = re.compile(r"\d[A-E]\d{3}(\.[a-z0-9]+)*")


@dataclass(frozen=True)
class ItemFact:
    """One fact, in words, and its negation."""

    fact: str
    negated: str
    takes_eccn: bool
    meaning: str


@dataclass(frozen=True)
class Term:
    """A fact that a row asks for; with `is_negated` the row speaks of items of which it does not hold."""

    fact: ItemFact
    is_negated: bool


Clauses = tuple[tuple[Term, ...], ...]
"""All of them must hold, and of the terms of each one."""


def read_item_facts(*folders: Path) -> dict[str, ItemFact]:
    """Return the facts by their words, of the first of the folders that has the table; none where none has."""
    path = next((folder / TABLE for folder in folders if (folder / TABLE).is_file()), None)
    rows = read_table(path) if path else []
    return {row["fact"]: ItemFact(row["fact"], row["negated"], row["takes"] == ECCN, row["meaning"]) for row in rows}


def known_terms(facts: Mapping[str, ItemFact]) -> dict[str, Term]:
    """Return what a row can ask for, by its words."""
    return {
        word: Term(one, is_negated)
        for one in facts.values()
        for word, is_negated in ((one.fact, False), (one.negated, True))
    }


def written_terms(written: str) -> list[list[str]]:
    """Return the words of `settled_by`: those that must all hold, each with its alternatives."""
    return [[term.strip() for term in part.split(_OR)] for part in written.split(_AND)] if written else []


def clauses_of(written: str, known: Mapping[str, Term]) -> Clauses:
    """Return what a row asks for, unknown words left out."""
    return tuple(tuple(known[term] for term in part if term in known) for part in written_terms(written))


def served(words: Iterable[str]) -> Iterator[str]:
    """Yield the ECCNs that `related` names, ranges told in full; what is no ECCN is left out."""
    for word in words:
        if found := _RANGE.fullmatch(word):
            group, first, last = found.groups()
            yield from (f"{group}{number:03}" for number in range(int(first), int(last) + 1))
        elif _WORD.fullmatch(word):
            yield word


def unreadable(words: Collection[str]) -> list[str]:
    """Return the words of `related` that are neither an ECCN nor a range of them."""
    return [word for word in words if not any(served([word]))]


def fact_rows(clauses: Clauses, related: Collection[str]) -> list[Row]:
    """Return one row per clause, alternative and ECCN asked for; a fact that takes none has one row without."""
    words = sorted(set(served(related)))
    nested = {one for one in words if any(one.startswith(f"{other}.") for other in words)}
    return [
        {
            "clause": at, "term": place, "fact": term.fact.fact, "negated": term.fact.negated,
            "is_negated": term.is_negated, "is_closed": term.fact.fact == "serves", "word": word,
            "is_nested": word in nested,
        }
        for at, clause in enumerate(clauses)
        for place, term in enumerate(clause)
        for word in (words if term.fact.takes_eccn else [None])
    ]  # fmt: skip


def item_fact_forms(facts: Mapping[str, ItemFact]) -> Row:
    """Return by what the cells of item facts are read: ways of saying a fact, folded, and its words; its negation."""
    words = [word for one in facts.values() for word in (one.fact, one.negated)]
    taking = [word for one in facts.values() if one.takes_eccn for word in (one.fact, one.negated)]
    plain = [word for word in words if word not in taking]
    return {
        "forms": [word.lower() for word in plain], "words": plain,
        "taking_forms": [word.lower() for word in taking], "taking_words": taking,
        "facts": [one.fact for one in facts.values()], "negations": [one.negated for one in facts.values()],
    }  # fmt: skip
