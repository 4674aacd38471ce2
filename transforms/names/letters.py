"""Small steps of reading a name: letters, tokens and the places of legal forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from transforms.names.words import LEGAL_FORM

LONGEST_ENDING_FORM = 2
"""Letters of a legal form that counts at the ends of a name only: within it, it is a word."""
_DASH, _FIGURE = re.compile(r"\s[-–]+\s|;"), re.compile(r"\d")
_SHORTEST_PIECE = 6


def cuts(piece: str) -> list[str]:
    """A piece of a recorded name, and what stands in it beside dashes, or before an address."""
    cuts = [piece]
    if "," in piece and (_FIGURE.search(piece) or piece.count(",") > 1):
        first, *rest = piece.split(",")
        if not rest[0].strip().replace(".", "").isalpha() or len(rest) > 1:
            cuts.append(first)
    if len(found := _DASH.split(piece)) > 1:
        cuts += [one for one in found if len(one) > _SHORTEST_PIECE]
    return cuts


def seen(sign: str) -> str:
    """A sign as it is read: nothing for marks of direction, joiners and what is no letter, a blank for controls."""
    category = unicodedata.category(sign)
    return " " if category == "Cc" else "" if category in ("Cf", "Cs", "Co", "Cn") else sign


def ends(read: list[tuple[str, str, str]]) -> set[int]:
    """Places of legal forms that stand at the beginning or the end, or beside those that do, or beside a long one."""
    forms = {at for at, (kind, _, _) in enumerate(read) if kind == LEGAL_FORM}
    ends: set[int] = {at for at in forms if len(read[at][2]) > LONGEST_ENDING_FORM}
    for at in range(len(read)):
        if at not in forms:
            break
        ends.add(at)
    for at in reversed(range(len(read))):
        if at not in forms:
            break
        ends.add(at)
    return ends | {at for at in forms if at + 1 in ends or at - 1 in ends}


def joined(tokens: list[str]) -> list[str]:
    """Single letters that follow each other are one word: `l l c`."""
    joined: list[str] = []
    is_run = False
    for token in tokens:
        is_letter = len(token) == 1 and token.isalpha()
        if is_letter and is_run:
            joined[-1] += token
        else:
            joined.append(token[:40])
        is_run = is_letter
    return joined


def stem(word: str) -> str:
    """A plural as one of its kind."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and word[-2] not in "sui" else word


def shorter(word: str) -> list[str]:
    """A word with none or one of its letters left out."""
    return [word, *(word[:at] + word[at + 1 :] for at in range(len(word)))]


def mask(sound: str) -> int:
    """128 bits, one for each pair of neighboring letters."""
    mask = 0
    for one, other in zip(f"^{sound}", f"{sound}$", strict=True):
        mask |= 1 << ((ord(one) * 31 + ord(other) * 7) % 127)
    return mask


def spelled(keys: Iterable[str]) -> str:
    """A pattern of these texts, the longest first; of none, one that nothing meets."""
    texts = [re.escape(one).replace(r"\ ", r"\s+").replace("/", r"\s?/\s?")
             for one in sorted(keys, key=lambda one: (-len(one), one))]  # fmt: skip
    return "|".join(texts) or "(?!)"
