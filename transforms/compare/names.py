"""How alike two names of a company are: folded, without what AES cuts, and measured where they still differ.

Only pairs of names that differ are looked at, each of them once. What counts as alike is for the SQL of a comparison to
say; here it is measured.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, product

import pyarrow as pa
from rapidfuzz import fuzz

Row = dict[str, object]
_PAIR = pa.schema(
    [("name", pa.string()), ("filed_name", pa.string()), ("similarity", pa.float64()),
     ("word_similarity", pa.float64()), ("legal_forms", pa.string()), ("is_other_number", pa.bool_()),
     ("cut_length", pa.int32()), ("is_cut_in_word", pa.bool_())]
)  # fmt: skip
_AS_TWO = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_AS_ONE = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_SIGNS = re.compile(r"[^\w.]|_")
_NUMBER = re.compile(r"\d+")
_ROMAN = re.compile(r"x{0,3}(ix|iv|v?i{0,3})")


@dataclass(frozen=True)
class _Folded:
    """One reading of a name: its words in order without legal forms and fillers, and the forms by themselves."""

    words: tuple[str, ...]
    forms: frozenset[str]
    tokens: tuple[str, ...]
    """All of its words, as they are compared where one of two names is cut."""

    @property
    def compact(self) -> str:
        return "".join(self.words)

    @property
    def letters(self) -> str:
        return "".join(self.tokens)


class Names:
    """Names compared under one list of words: `spelling`, `word` and `kind` of each."""

    def __init__(self, name_words: Iterable[Mapping[str, str]]) -> None:
        rows = sorted(name_words, key=lambda row: -len(row["spelling"].split()))
        self._words = [
            (tuple(row["spelling"].lower().split()), row["word"].lower() if row["kind"] == "legal form" else "")
            for row in rows
        ]
        self._read = cache(self._read_name)

    def pairs(self, names: Sequence[tuple[str, str]]) -> pa.Table:
        """Return `name_pairs`: one row for each pair, in their order."""
        return pa.Table.from_pylist([self._pair(name, filed) for name, filed in names], schema=_PAIR)

    def _pair(self, name: str, filed_name: str) -> Row:
        readings = list(product(self._read(name), self._read(filed_name)))
        similarity, word_similarity = max(_likeness(one, other) for one, other in readings)
        cut_length, is_cut_in_word = _cut(name, filed_name, readings)
        one, other = readings[-1]
        return {
            "name": name, "filed_name": filed_name, "similarity": similarity, "word_similarity": word_similarity,
            "legal_forms": _told(one.forms, other.forms), "is_other_number": _marks_differ(one.words, other.words),
            "cut_length": cut_length, "is_cut_in_word": is_cut_in_word,
        }  # fmt: skip

    def _read_name(self, name: str) -> tuple[_Folded, ...]:
        """A name in the ways in which it can be written in plain letters: `ä` is written as `ae`, and as `a`."""
        low = unicodedata.normalize("NFC", name).casefold()
        return tuple(self._fold(_plain(text)) for text in dict.fromkeys((low.translate(_AS_TWO), low)))

    def _fold(self, text: str) -> _Folded:
        tokens = _tokens(text)
        words, forms, at = [], set(), 0
        while at < len(tokens):
            found = next((one for one in self._words if tuple(tokens[at : at + len(one[0])]) == one[0]), None)
            if found is None:
                words.append(tokens[at])
            elif found[1]:
                forms.add(found[1])
            at += len(found[0]) if found else 1
        return _Folded(tuple(words or tokens), frozenset(forms), tuple(tokens))


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.translate(_AS_ONE))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def _tokens(text: str) -> list[str]:
    """The words of a name; letters with a point or a space after each of them are one word: `g.m.b.h.`, `b. v.`."""
    text = _SIGNS.sub(" ", text.replace("'", "").replace("’", "").replace("&", " and "))
    tokens: list[str] = []
    for chunk in text.split():
        parts = [part for part in chunk.split(".") if part]
        tokens += ["".join(parts)] if sum(len(part) == 1 for part in parts) > 1 else parts
    joined: list[str] = []
    is_run = False
    for token in tokens:
        is_letter = len(token) == 1 and token.isalpha()
        if is_letter and is_run:
            joined[-1] += token
        else:
            joined.append(token)
        is_run = is_letter
    return joined


def _likeness(one: _Folded, other: _Folded) -> tuple[float, float]:
    """How alike two names are as a whole, whatever the order of their words, and in the word that is least alike."""
    if one.compact == other.compact or sorted(one.words) == sorted(other.words):
        return 1.0, 1.0
    whole = fuzz.ratio(" ".join(sorted(one.words)), " ".join(sorted(other.words)))
    left = [list((Counter(a) - Counter(b)).elements()) for a, b in ((one.words, other.words), (other.words, one.words))]
    fewest = min(map(len, left))
    sides = [(left[at], left[1 - at]) for at in (0, 1) if len(left[at]) == fewest]
    least = min(
        (max(fuzz.ratio(word, beside) for beside in many) for few, many in sides for word in few), default=100.0
    )
    return round(max(whole, fuzz.ratio(one.compact, other.compact)) / 100, 6), round(least / 100, 6)


def _told(forms: frozenset[str], filed_forms: frozenset[str]) -> str:
    if forms == filed_forms:
        return "same"
    return "missing" if forms <= filed_forms or filed_forms <= forms else "other"


def _marks_differ(words: Sequence[str], filed_words: Sequence[str]) -> bool:
    """Whether two names hold other numbers, or other single letters and Roman numbers where both hold some."""
    both = [Counter(int(one) for one in _NUMBER.findall(" ".join(each))) for each in (words, filed_words)]
    if both[0] != both[1]:
        return True
    marks = [
        {word for word in each if (len(word) == 1 and word.isalpha()) or _ROMAN.fullmatch(word)}
        for each in (words, filed_words)
    ]
    return bool(marks[0] and marks[1] and marks[0] != marks[1])


def _cut(name: str, filed_name: str, readings: Sequence[tuple[_Folded, _Folded]]) -> tuple[int | None, bool]:
    """The length of the name that is the beginning of the other one, and whether it ends within a word of it."""
    for one, other in readings:
        short, long = (one, other) if len(one.letters) < len(other.letters) else (other, one)
        cut = name if short is one else filed_name
        if short.letters and long.letters.startswith(short.letters) and short.letters != long.letters:
            return len(cut.strip()), len(short.letters) not in accumulate(map(len, long.tokens))
    return None, False
