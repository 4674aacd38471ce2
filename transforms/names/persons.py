"""Names of persons: in any order, initials for names, and no match by a family name alone."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.names.align import Meeting
from transforms.names.read import Word
from transforms.names.words import PLACE

LONG_NAME = 6
"""Letters of a single name that is enough by itself."""
PATRONYMIC = ("vich", "ovna", "evna")
MANY = 3
"""Words that are enough to leave one of either name open."""


def band_of_person(meeting: Meeting, country: str) -> tuple[str, str] | None:
    """Return the band and the rule that decided it; None where the names are not shown."""
    met, unmet, extra = _names(meeting.met), _open(meeting.unmet), _open(meeting.extra)
    is_common = all(word.kind != "own" for word in met)
    is_whole = not unmet and not extra
    if len(met) < 2:
        is_long = bool(met) and len(met[0].text) >= LONG_NAME and met[0].kind == "own"
        is_one = is_whole and is_long and (country == "agrees" or (country == "not known" and not meeting.typos))
        return ("possible", "person") if is_one else None
    if country == "conflicts":
        is_open = is_whole and not meeting.typos and not (is_common and len(met) < MANY)
        return ("possible", "person-elsewhere") if is_open else None
    if is_whole and not meeting.typos:
        is_cut = len(_names(meeting.unmet)) + len(_names(meeting.extra)) > 0
        is_sure = (country == "agrees" or not is_common or len(met) >= MANY) and not (is_cut and is_common)
        return ("match" if is_sure and not meeting.is_squeezed else "possible"), "person"
    if len(unmet) > 1 or len(extra) > 1 or meeting.typos > 1:
        return None
    if unmet and extra:
        return ("possible", "person") if len(met) >= MANY and not is_common else None
    if meeting.typos:
        is_other = ((meeting.vowels and not meeting.is_anchored) or unmet or extra) and len(met) < MANY
        return None if is_other else ("possible", "person")
    return None if is_common and len(met) < MANY else ("possible", "person")


def _names(words: Sequence[Word]) -> list[Word]:
    return [word for word in words if word.kind not in ("initial", PLACE)]


def _open(words: Sequence[Word]) -> list[Word]:
    """Names that did not meet, but for a patronymic, which records leave out."""
    return [word for word in _names(words) if not word.text.endswith(PATRONYMIC)]
