"""The words of names, as `rules/tables/` states them: what each stands for, of which kind it is, and what it weighs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from transforms.errors import Fault
from transforms.rulebook.places import read_table

NAME_WORDS, PARTY_WORDS, COUNTRY_NAMES = "name_words.csv", "party_words.csv", "country_names.csv"
LEGAL_FORM, FILLER, TRADE, COMMON, PLACE = "legal form", "filler", "trade", "common", "place"
PERSON, NUMBER, SCRIPT, SEPARATOR = "name of persons", "number", "other script", "separator"
SOUND, NO_PARTY, WEAK = "sound", "no party", "weak alias"
OF_NAMES = (TRADE, COMMON, PLACE, PERSON, NUMBER, FILLER)
"""Kinds of words of a name: a spelling is one of them."""
KINDS = (*OF_NAMES, SCRIPT, SEPARATOR, SOUND, NO_PARTY, WEAK)
"""What a row of `party_words.csv` may be; legal forms stand in `name_words.csv`."""
CONFIDENCE = ("high", "medium", "low")
_WITHOUT_WORD = (FILLER, NO_PARTY, WEAK)
_PLAIN = re.compile(r"[^\W_]+( [^\W_]+)*")
_SIGNED = re.compile(r"[^\W_]+([ /\\-][^\W_]+)*")
_SHORTEST_COUNTRY = 4
"""Letters of the name of a country that counts as a place in the name of a party; shorter ones are codes."""


@dataclass(frozen=True, eq=False)
class NameWords:
    """The words of names in small letters: each spelling with its kind and the word that it stands for."""

    kinds: Mapping[str, tuple[str, str]]
    """Kind and word by spelling, of the kinds that are words of a name."""
    scripts: Mapping[str, str]
    separators: Mapping[str, str]
    sounds: Mapping[str, str]
    no_party: frozenset[str]
    weak: frozenset[str]


def name_words(
    names: Sequence[Mapping[str, str]], words: Sequence[Mapping[str, str]], countries: Sequence[Mapping[str, str]] = ()
) -> NameWords:
    """Return the words of the rows of the three tables; a country's name is a place."""
    kinds: dict[str, tuple[str, str]] = {}
    for row in (*names, *words):
        if row["kind"] in (LEGAL_FORM, *OF_NAMES):
            kinds[row["spelling"].lower()] = (row["kind"], row["word"].lower())
    for row in countries:
        name = re.sub(r"[^a-z0-9]+", " ", row["name"].lower()).strip()
        if len(name) >= _SHORTEST_COUNTRY:
            kinds.setdefault(name, (PLACE, name.replace(" ", "")))

    for kind, word in tuple(kinds.values()):  # what a spelling stands for is of its kind, read again too
        if word:
            kinds.setdefault(word, (kind, word))

    def of(kind: str) -> dict[str, str]:
        return {row["spelling"].lower(): row["word"].lower() for row in words if row["kind"] == kind}

    return NameWords(kinds, of(SCRIPT), of(SEPARATOR), of(SOUND), frozenset(of(NO_PARTY)), frozenset(of(WEAK)))


def read_name_words(tables_dir: Path) -> tuple[NameWords, list[Fault]]:
    """Return the words of names, and every fault of the rows of `party_words.csv`.

    A rulebook that has no such table, as a home keeps of before there was one, has no words: each word counts alike.
    """
    names, words, countries = (
        read_table(tables_dir / name) if (tables_dir / name).is_file() else []
        for name in (NAME_WORDS, PARTY_WORDS, COUNTRY_NAMES)
    )
    shown_as = f"{tables_dir.parent.name}/{tables_dir.name}/{PARTY_WORDS}"
    faults = list(_faults(words, {row.get("spelling") or "" for row in names}, shown_as))
    return (name_words([], []) if faults else name_words(names, words, countries)), faults


def _faults(rows: Sequence[Mapping[str, str]], elsewhere: set[str], shown_as: str) -> Iterator[Fault]:
    seen: set[tuple[str, str]] = set()
    kinds = {row.get("spelling"): row.get("kind") for row in rows if row.get("kind") in OF_NAMES}
    for at, row in enumerate(rows, start=2):
        key, spelling, kind = f"row {at}", row.get("spelling") or "", row.get("kind") or ""
        if kind not in KINDS:
            yield Fault(shown_as, key, f'"{kind}" is not a kind of word', ", ".join(KINDS))
        form = _SIGNED if kind in (SEPARATOR, SCRIPT) else _PLAIN
        if not form.fullmatch(spelling) or spelling != spelling.upper():
            allowed = "capitals and digits without punctuation, such as INTL"
            yield Fault(shown_as, key, f'"{spelling}" is not a spelling', allowed)
        one = (spelling, "" if kind in OF_NAMES else kind)
        if one in seen:
            yield Fault(shown_as, key, f'"{spelling}" is there twice', "each spelling once")
        if spelling in elsewhere and kind in OF_NAMES:
            yield Fault(shown_as, key, f'"{spelling}" is in {NAME_WORDS} too', "each spelling in one table")
        seen.add(one)
        word = row.get("word") or ""
        if kind in _WITHOUT_WORD and word:
            yield Fault(shown_as, key, f'a word of the kind "{kind}" stands for none', "a blank word")
        if kind in KINDS and kind not in (*_WITHOUT_WORD, SCRIPT) and not word:
            yield Fault(shown_as, key, "it has no word", "the word that it stands for")
        if kind in OF_NAMES and kinds.get(word, kind) != kind:
            yield Fault(shown_as, key, f'it stands for "{word}", which is {kinds[word]}', f"a word of the kind {kind}")
        if kind == NUMBER and not word.isdecimal():
            yield Fault(shown_as, key, f'"{word}" is not a figure', "a figure, such as 13")
        if row.get("confidence") not in CONFIDENCE:
            yield Fault(shown_as, key, f'"{row.get("confidence")}" is not a confidence', ", ".join(CONFIDENCE))
        if not row.get("source"):
            yield Fault(shown_as, key, "it has no source", "where the word was seen")
