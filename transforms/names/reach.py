"""Pairs of names of which no rule shows anything, told before their words are met.

Most pairs that have a word in common are of this kind: a listed name of trades and common words alone, and a party with
a name of its own beside the same words.
"""

from __future__ import annotations

from collections.abc import Sequence

from transforms.names import persons
from transforms.names.align import may_meet
from transforms.names.bands import NOISE
from transforms.names.read import TELLING, Word
from transforms.names.words import NUMBER, PLACE


def tells_nothing(listed: Sequence[Word]) -> bool:
    """Whether no word of a listed name tells anything."""
    return all(word.kind not in TELLING for word in listed)


def own_words(party: Sequence[Word]) -> list[Word]:
    """Return the words of a party's name that no rule passes over where they meet nothing."""
    return [
        word for word in party
        if word.kind in TELLING and len(word.text) > NOISE and not word.text.endswith(persons.PATRONYMIC)
    ]  # fmt: skip


def are_open(listed: Sequence[Word], own: Sequence[Word]) -> int:
    """Return how many such words of a party's name meet nothing in a listed one."""
    return sum(not may_meet(listed, word) for word in own)


def is_beyond(listed: Sequence[Word], party: Sequence[Word], left_open: int) -> bool:
    """Whether no rule shows a listed name that tells nothing beside a party of which so many own words meet nothing.

    Such a name must meet all of the party's name, but for a short word (`bands`: "common-words"), or for one word
    beside three that met, as a person's may ("person"); and then nothing of it may be left. Does not hold of names
    whose letters are the same.
    """
    if not left_open:
        return False
    names = [word for word in listed if word.kind not in ("initial", PLACE)]
    is_short = any(word.kind == "short" for word in listed)
    if not is_short and (left_open > 1 or len(names) < persons.MANY):
        return True
    whole = [word for word in names if word.kind != NUMBER and not word.text.endswith(persons.PATRONYMIC)]
    return not all(any(may_meet((word,), other) for other in party) for word in whole)
