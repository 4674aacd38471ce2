"""Comparing headings as people write them, and guessing what a mistyped name was meant to be."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

BOM = "\ufeff"


def fold(heading: str) -> str:
    """Return the form under which headings are compared: no BOM, trimmed, single spaces, casefolded.

    Punctuation is kept, since `PQ #` and `PQ` may be two columns. Accents are composed, since the same heading
    typed on two machines may differ in bytes only.
    """
    return unicodedata.normalize("NFC", " ".join(heading.replace(BOM, "").split()).casefold())


def bare(heading: str) -> str:
    """Return the letters and digits of a heading alone: `Ship-to Country:` and `Ship to Country` are alike."""
    return "".join(letter for letter in fold(heading) if letter.isalnum())


def closest(name: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return the known name nearest to `name`, as it is written there, or the empty text when none is near."""
    written: dict[str, str] = {}
    for candidate in known:
        written.setdefault(fold(candidate), candidate)
    near = get_close_matches(fold(name), list(written), n=1, cutoff=cutoff)
    return written[near[0]] if near else ""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return `; did you mean 'x'?`, or the empty text when nothing is near."""
    near = closest(name, known)
    return f"; did you mean {near!r}?" if near else ""
