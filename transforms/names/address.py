"""Whether two addresses are of one place, as far as figures and words tell."""

from __future__ import annotations

import re

from anyascii import anyascii

MOST_LETTERS = 2_000
SHORTEST_WORD, FEWEST_WORDS = 4, 2
"""Letters of a word that counts, and how many of them two addresses share beside a figure."""
_TOKEN = re.compile(r"[a-z]+|\d+")
_OF_ANY_PLACE = frozenset(
    ("street", "road", "avenue", "building", "floor", "room", "unit", "block", "house", "district", "city",
     "industrial", "zone", "area", "park", "center", "centre", "plaza", "tower")
)  # fmt: skip
"""Words that many addresses have."""


def agree(address: str | None, listed: str | None) -> bool:
    """Return whether an address shares a figure and two words with one of the addresses of an entry."""
    if not address or not listed:
        return False
    figures, words = _told(address)
    return any(
        figures & listed_figures and len(words & listed_words) >= FEWEST_WORDS
        for listed_figures, listed_words in map(_told, listed[: 4 * MOST_LETTERS].split(";"))
    )


def _told(address: str) -> tuple[set[str], set[str]]:
    tokens = _TOKEN.findall(anyascii(address[:MOST_LETTERS]).lower())
    figures = {token.lstrip("0") for token in tokens if token.isdigit()} - {""}
    return figures, {token for token in tokens if len(token) >= SHORTEST_WORD and token.isalpha()} - _OF_ANY_PLACE
