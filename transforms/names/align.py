"""How the words of two names meet: which do, in what way, and which are left on either side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from transforms.names.read import TELLING, Word
from transforms.names.words import NUMBER

SHORTEST_TYPO, LONG_WORD, ANCHOR = 5, 9, 6
"""Letters of a word that may differ by one letter, of one that may differ by two, and of one beside which even a
shorter word may differ."""
FAR = 9
_VOWELS = frozenset("aeiou")


@dataclass(frozen=True, slots=True)
class Meeting:
    """The words of a listed name that met, and those of either name that did not."""

    met: tuple[Word, ...]
    unmet: tuple[Word, ...]
    extra: tuple[Word, ...]
    typos: int
    """Words that tell something and met but for a letter or two."""
    slips: int
    """Other words that met so."""
    vowels: int
    """Those of them that differ in a vowel alone."""
    is_glued: bool
    """Whether words met only when written together."""
    is_squeezed: bool
    """Whether all letters are the same, however they are cut into words."""
    is_exact: bool
    """Whether what met is spelled alike, and does not only sound so."""
    is_begun_otherwise: bool
    """Whether a word that tells something met in spite of its first letter."""
    is_anchored: bool
    """Whether a long word that no table lists met without a wrong letter."""

    @property
    def is_same(self) -> bool:
        """Whether the names are of the same words, but for their order and their sound."""
        return not (self.unmet or self.extra or self.typos or self.slips)


NOTHING = Meeting((), (), (), 0, 0, 0, False, False, False, False, False)


def meet(listed: Sequence[Word], party: Sequence[Word], *, is_squeezed: bool) -> Meeting:
    """Return how the words of a listed name and those of a party meet."""
    left = list(listed)
    rest = list(party)
    met: list[Word] = []
    is_exact = True
    for word in listed:
        for at, other in enumerate(rest):
            if other.sound == word.sound and (other.kind == NUMBER) == (word.kind == NUMBER):
                is_exact = is_exact and other.text == word.text
                met.append(word)
                left.remove(word)
                del rest[at]
                break
    is_glued = _glue(left, rest, met) if left and rest else False
    is_anchored = any(word.kind == "own" and len(word.sound) >= ANCHOR for word in met)
    shortest = SHORTEST_TYPO - is_anchored
    typos = vowels = slips = 0
    is_begun_otherwise = False
    for word in tuple(left):
        near = min(((_distance(word, other, shortest), at) for at, other in enumerate(rest)), default=(FAR, 0))
        if near[0] == FAR:
            continue
        if word.kind in TELLING:
            typos += 1
            is_begun_otherwise |= word.text[0] != rest[near[1]].text[0]
            vowels += _is_of_vowels(word.text, rest[near[1]].text)
        else:
            slips += 1
        met.append(word)
        left.remove(word)
        del rest[near[1]]
    for word in tuple(left):  # an initial stands for a name
        initials = [at for at, other in enumerate(rest) if _is_initial(word, other)]
        if initials:
            met.append(word)
            left.remove(word)
            del rest[initials[0]]
    if is_squeezed:
        return replace(NOTHING, met=tuple(listed), is_glued=True, is_squeezed=True, is_exact=True, is_anchored=True)
    return Meeting(
        tuple(met), tuple(left), tuple(rest), typos, slips, vowels, is_glued, False, is_exact, is_begun_otherwise,
        is_anchored,
    )  # fmt: skip


def _glue(left: list[Word], rest: list[Word], met: list[Word]) -> bool:
    """Whether neighbors of one name, written together, are a word of the other; what meets so is taken off both."""
    is_glued = False
    for word in tuple(left):
        for at in range(len(rest) - 1):
            if rest[at].text + rest[at + 1].text == word.text or rest[at].sound + rest[at + 1].sound == word.sound:
                met.append(word)
                left.remove(word)
                del rest[at : at + 2]
                is_glued = True
                break
    for other in tuple(rest):
        for at in range(len(left) - 1):
            if left[at].text + left[at + 1].text == other.text or left[at].sound + left[at + 1].sound == other.sound:
                met += left[at : at + 2]
                del left[at : at + 2]
                rest.remove(other)
                is_glued = True
                break
    return is_glued


def _distance(one: Word, other: Word, shortest: int) -> int:
    """By how many letters a word of a listed name and one of a party differ; FAR where they are two words.

    What stands in the tables is spelled as it is: only a word that is in none may be a misspelling.
    """
    if one.kind == NUMBER or other.kind != "own":
        return FAR
    short, long = sorted((len(one.sound), len(other.sound)))
    most = 0 if long < shortest or short < shortest - 1 else 2 if short >= LONG_WORD else 1
    if long - short > most or not most:
        return FAR
    distance = OSA.distance(one.sound, other.sound, score_cutoff=most)
    return distance if distance <= most else FAR


def may_meet(listed: Sequence[Word], word: Word) -> bool:
    """Whether a word of a party's name may meet a word of a listed name, in whatever way."""
    return any(
        _is_initial(one, word)
        or one.sound == word.sound
        or _distance(one, word, SHORTEST_TYPO - 1) != FAR
        or _are_glued(one.text, word.text)
        or _are_glued(one.sound, word.sound)
        for one in listed
    )


def _are_glued(one: str, other: str) -> bool:
    """Whether one word may be of two that are written together in the other."""
    short, long = (one, other) if len(one) < len(other) else (other, one)
    return long.startswith(short) or long.endswith(short)


def _is_of_vowels(one: str, other: str) -> bool:
    differing = [pair for pair in zip(one, other, strict=False) if pair[0] != pair[1]]
    if len(one) != len(other) or sorted(one) == sorted(other):
        return False
    return all(a in _VOWELS and b in _VOWELS for a, b in differing)


def _is_initial(one: Word, other: Word) -> bool:
    if one.kind == "initial":
        return other.kind in TELLING and other.text[0] == one.text
    return other.kind == "initial" and one.kind in TELLING and one.text[0] == other.text
