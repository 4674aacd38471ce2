"""What each heading may mean, with what makes it likely: known sources, its words, and what the column holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.drafts.contents import Column
from transforms.drafts.known import IGNORED, Source
from transforms.drafts.words import Meaning, Words
from transforms.layouts.naming import fold

CERTAIN, LIKELY, GUESS = "certain", "likely", "a guess"
STRENGTH = {CERTAIN: 3, LIKELY: 2, GUESS: 1}
_FEWEST, _SHARE = 3, 0.5
_TELLING = frozenset({"text", "eccn", "hts", "schb", "itn", "quantity", "consignee", "enduser", "uom", "currency"})
"""Concepts that say enough beside a word that is not known."""


@dataclass(frozen=True)
class Offer:
    """One meaning of one heading."""

    place: int
    heading: str
    meaning: Meaning
    confidence: str
    """certain, likely or a guess."""
    reason: str

    @property
    def strength(self) -> int:
        """How sure it is, as a number."""
        return STRENGTH[self.confidence]


@dataclass(frozen=True)
class Heard:
    """All that is known of one heading: the meanings it may have, best first, and what it is where it has none."""

    place: int
    heading: str
    offers: tuple[Offer, ...]
    known: str
    """What is known of it, where it feeds nothing."""
    refused: str = ""
    """What its words would say, had its values not refused it."""


def best_source(headings: Sequence[str], sources: Sequence[Source]) -> Source | None:
    """Return the source that knows most of the headings, where it knows enough of them to be the one."""
    counts = {source.id: sum(bool(source.meaning_of(one)) for one in headings) for source in sources}
    exact = {source.id: sum(fold(one) in source.meanings for one in headings) for source in sources}
    best = max(sources, key=lambda one: (counts[one.id], exact[one.id], -len(one.meanings)), default=None)
    filled = sum(bool(fold(one)) for one in headings)
    if best is None or counts[best.id] < _FEWEST or counts[best.id] < filled * _SHARE:
        return None
    return best


def hear(
    headings: Sequence[str], columns: Sequence[Column], sources: Sequence[Source], words: Words, best: Source | None
) -> list[Heard]:
    """Return what each heading may mean; meanings that its values refuse are not among it."""
    return [
        _heard(place, heading, column, sources, words, best)
        for place, (heading, column) in enumerate(zip(headings, columns, strict=True))
    ]


def _heard(
    place: int, heading: str, column: Column, sources: Sequence[Source], words: Words, best: Source | None
) -> Heard:
    if not fold(heading):
        return Heard(place, heading, (), "a column without a heading")
    offers: dict[str, Offer] = {}
    known = ""
    for name, confidence, reason in _named(heading, sources, words, best):
        if name.startswith(IGNORED):
            if not offers:
                known = known or name.removeprefix(IGNORED)
            if confidence == CERTAIN and not (best and best.is_layout):
                break
            continue
        offers.setdefault(name, Offer(place, heading, words.meanings[name], confidence, reason))
    fitting = [one for one in offers.values() if not column.is_unlike(one.meaning.looks)]
    refused = ""
    if offers and not fitting:
        refused = f"named as {next(iter(offers.values())).meaning.means}, but its values are something else"
    if not fitting and (told := column.told_by_contents()):
        fitting = [Offer(place, heading, words.meanings[told[0]], GUESS, told[1])]
    return Heard(place, heading, tuple(fitting), known or refused or "nothing like it is known", refused)


def _named(heading: str, sources: Sequence[Source], words: Words, best: Source | None) -> list[tuple[str, str, str]]:
    """Return (meaning or what is ignored, confidence, reason) of a heading, best first."""
    found: list[tuple[str, str, str]] = []
    if best and (name := best.meaning_of(heading)):
        found.append((name, CERTAIN if fold(heading) in best.meanings else LIKELY, _of(best)))
    for source in (one for one in sources if one.is_layout and one is not best):
        if (name := source.meanings.get(fold(heading), "")) == fold(heading):
            found.append((name, CERTAIN, f"a canonical name, as in {source.title}"))
    said = words.read(heading)
    meant = words.meanings_of(said.concepts)
    if meant and not said.unknown:
        confidence = GUESS if said.is_near else LIKELY
        found += [(one.name, confidence, f"its words say {one.means}") for one in meant]
    others = Counter[str]()
    titles: dict[str, str] = {}
    for source in (one for one in sources if one is not best):
        if name := source.meaning_of(heading):
            others[name] += 1
            titles.setdefault(name, source.title)
    ranked = others.most_common()
    found += [(name, LIKELY if len(ranked) == 1 else GUESS, f"as in {titles[name]}") for name, _ in ranked]
    if not meant and not said.unknown:
        found += [
            (one.name, GUESS, f"its words seem to say {one.means}") for one in words.meanings_within(said.concepts)
        ]
    if meant and said.unknown and (len(said.concepts) > len(said.unknown) or said.concepts & _TELLING):
        unread = " ".join(said.unknown)
        found += [(one.name, GUESS, f"its words say {one.means}, but for {unread!r}") for one in meant]
    return found


def _of(source: Source) -> str:
    return f"a heading of {source.title}"
