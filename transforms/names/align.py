"""How the words of two names meet: which do, in what way, and which are left on either side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from transforms.names.read import TELLING, Word
from transforms.names.words import NUMBER

SHORTEST_TYPO, LONG_WORD = 5, 9
"""Letters of a word that may differ by one letter, and of one that may differ by two."""
_VOWELS = frozenset("aeiou")


@dataclass(frozen=True, slots=True)
class Meeting:
    """The words of a listed name that met, and those of either name that did not."""

    met: tuple[Word, ...]
    unmet: tuple[Word, ...]
    extra: tuple[Word, ...]
    typos: int
    """Words that met but for a letter or two."""
    vowels: int
    """Those of them that differ in a vowel alone."""
    is_glued: bool
    """Whether words met only when written together."""
    is_squeezed: bool
    """Whether all letters are the same, however they are cut into words."""

    @property
    def is_same(self) -> bool:
        """Whether the names are of the same words, but for their order and their sound."""
        return not (self.unmet or self.extra or self.typos)


def meet(listed: Sequence[Word], party: Sequence[Word], *, is_squeezed: bool) -> Meeting:
    """Return how the words of a listed name and those of a party meet."""
    left = list(listed)
    rest = list(party)
    met: list[Word] = []
    for word in listed:
        for at, other in enumerate(rest):
            if other.sound == word.sound and (other.kind == NUMBER) == (word.kind == NUMBER):
                met.append(word)
                left.remove(word)
                del rest[at]
                break
    is_glued = _glue(left, rest, met) if left and rest else False
    typos = vowels = 0
    for word in tuple(left):
        best = min(((_distance(word.sound, other.sound), at) for at, other in enumerate(rest)), default=(9, 0))
        if best[0] <= _allowed(word.sound):
            other = rest[best[1]]
            if word.kind == NUMBER or other.kind == NUMBER:
                continue
            typos += 1
            vowels += _is_of_vowels(word.sound, other.sound)
            met.append(word)
            left.remove(word)
            del rest[best[1]]
    for word in tuple(left):  # an initial stands for a name
        initials = [at for at, other in enumerate(rest) if _is_initial(word, other)]
        if initials:
            met.append(word)
            left.remove(word)
            del rest[initials[0]]
    if is_squeezed:
        return Meeting(tuple(listed), (), (), 0, 0, True, True)
    return Meeting(tuple(met), tuple(left), tuple(rest), typos, vowels, is_glued, False)


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


def _distance(one: str, other: str) -> int:
    if abs(len(one) - len(other)) > 2:
        return 9
    return OSA.distance(one, other, score_cutoff=2)


def _allowed(sound: str) -> int:
    return 0 if len(sound) < SHORTEST_TYPO else 2 if len(sound) >= LONG_WORD else 1


def _is_of_vowels(one: str, other: str) -> bool:
    differing = [pair for pair in zip(one, other, strict=False) if pair[0] != pair[1]]
    return len(one) == len(other) and all(a in _VOWELS and b in _VOWELS for a, b in differing)


def _is_initial(one: Word, other: Word) -> bool:
    if one.kind == "initial":
        return other.kind in TELLING and other.text[0] == one.text
    return other.kind == "initial" and one.kind in TELLING and one.text[0] == other.text
