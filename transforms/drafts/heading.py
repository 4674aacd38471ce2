"""What a heading says, word by word: the concepts of its words, however they are cut, joined or abbreviated."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "№": "no", "°": " "}
)
_INITIALS = re.compile(r"\b(?:[A-Za-z]\.){2,}")
_PAIR = re.compile(r"(?<![A-Za-z])([A-Za-z])/([A-Za-z])(?![A-Za-z])")
_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+(?:st|nd|rd|th)?|[#$]")
_SAID_OF_NOTHING = (
    "of the de du des der die das la le les el los las for fuer and und et y a an von del as da do di d l e o party"
    " parties in 1 1st first 01"
)
_SILENT = frozenset(_SAID_OF_NOTHING.split())
"""Words that say nothing by themselves; the first of several addresses or units is the one."""
_SECOND = re.compile("[2-9]|0[2-9]|[2-9](nd|rd|th)|second|third")
_LINKS = ("", "s", "es", "n", "en", "e")
"""What stands between the words of a German compound, and at the end of a plural."""
_SHORTEST, _LIKE = 3, 0.86
_TAILS = ("no", "nr", "dt", "id", "cd", "um")
"""Short words that end a joined one: SHIPNO, INVDT."""


def tokens(heading: str) -> list[str]:
    """Return the words of a heading in lower case, without accents: E.C.C.N., ShipToCountry and SHIP_TO_COUNTRY too."""
    text = _INITIALS.sub(lambda found: found.group().replace(".", ""), heading.translate(_UMLAUTS))
    text = _PAIR.sub(r"\1\2", text)
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return [word.lower() for word in _PARTS.findall(plain)]


@dataclass(frozen=True)
class Said:
    """The concepts of a heading, the words that are none, and whether a word was taken for one that is like it."""

    concepts: frozenset[str]
    unknown: tuple[str, ...] = ()
    is_near: bool = False


class Lexicon:
    """The words and phrases that stand for concepts."""

    def __init__(self, concepts: Mapping[str, Iterable[str]]) -> None:
        self._phrases: dict[tuple[str, ...], tuple[str, ...]] = {}
        for concept, phrases in concepts.items():
            for phrase in phrases:
                self._phrases.setdefault(spoken(phrase), tuple(concept.split()))
        self._longest = max((len(phrase) for phrase in self._phrases), default=1)
        self._read: dict[str, Said] = {}

    @cached_property
    def _joined(self) -> dict[str, tuple[str, ...]]:
        """Words, and phrases without their spaces, that may be part of a longer word."""
        joined = {"".join(phrase): concepts for phrase, concepts in reversed(self._phrases.items())}
        return {word: concepts for word, concepts in joined.items() if len(word) >= _SHORTEST}

    def read(self, heading: str) -> Said:
        """Return what a heading says."""
        if heading not in self._read:
            self._read[heading] = self._say(heading)
        return self._read[heading]

    def _say(self, heading: str) -> Said:
        words = list(spoken(heading))
        concepts: list[str] = []
        unknown: list[str] = []
        is_near = False
        place = 0
        while place < len(words):
            for length in range(min(self._longest, len(words) - place), 0, -1):
                found = self._phrases.get(tuple(words[place : place + length]))
                if found:
                    concepts += found
                    place += length
                    break
            else:
                word = words[place]
                place += 1
                if _SECOND.fullmatch(word):
                    concepts.append("second")
                    continue
                parts = self._cut(word)
                if parts is None and (near := self._near(word)):
                    parts, is_near = near, True
                if parts is None:
                    unknown.append(word)
                else:
                    concepts += parts
        return Said(frozenset(concepts), tuple(unknown), is_near)

    def _cut(self, word: str) -> list[str] | None:
        """Return the concepts of the words that a word is made of, in the fewest that cover it; None where none do."""
        best: dict[int, list[str]] = {0: []}
        pieces: dict[int, int] = {0: 0}
        for end in range(_SHORTEST, len(word) + 1):
            for start in [place for place in best if place <= end - _SHORTEST]:
                for link in _LINKS:
                    if not word[start:end].endswith(link) or (link and end - len(link) - start < _SHORTEST + 1):
                        continue
                    found = self._joined.get(word[start : end - len(link)])
                    if found and (end not in best or pieces[start] + 1 <= pieces[end]):
                        best[end], pieces[end] = best[start] + list(found), pieces[start] + 1
        tail = word[-2:]
        if len(word) not in best and tail in _TAILS and (rest := self._cut(word[:-2])):
            return rest + list(self._phrases[(tail,)])
        return best.get(len(word))

    @cached_property
    def _shortened(self) -> dict[str, set[tuple[str, ...]]]:
        """Words without their vowels, by which they are abbreviated: cmdty, prc, shpmnt."""
        shortened: dict[str, set[tuple[str, ...]]] = {}
        for word, concepts in self._joined.items():
            shortened.setdefault(_shorten(word), set()).add(concepts)
        return shortened

    def _near(self, word: str) -> list[str] | None:
        meant = self._shortened.get(word, set()) if len(word) >= _SHORTEST else set()
        if not meant and len(word) > _SHORTEST:
            meant = {concepts for longer, concepts in self._joined.items() if longer.startswith(word)}
        if len(meant) == 1:
            return list(next(iter(meant)))
        if len(word) < 6:
            return None
        near = get_close_matches(word, [one for one in self._joined if len(one) > 4], n=1, cutoff=_LIKE)
        return list(self._joined[near[0]]) if near else None


def _shorten(word: str) -> str:
    """Return the first letter and the consonants after it, of doubled ones one."""
    kept = word[0] + "".join(letter for letter in word[1:] if letter not in "aeiou")
    return "".join(letter for place, letter in enumerate(kept) if place == 0 or letter != kept[place - 1])


def spoken(text: str) -> tuple[str, ...]:
    """Return the words of a heading but those that say nothing by themselves, where there are others."""
    words = tokens(text)
    return tuple(word for word in words if word not in _SILENT) or tuple(words)
