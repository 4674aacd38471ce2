"""What a meeting of names comes to: a match, a possible match, or nothing; and by which rule.

`match`: a careful reviewer would take it for the listed party unless something disproves it. `possible`: a person must
look. The rules are told by codes, never by a score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.names.align import Meeting
from transforms.names.read import TELLING, Word
from transforms.names.words import NUMBER, PERSON, TRADE

MATCH, POSSIBLE = "match", "possible"
AGREES, CONFLICTS, NOT_KNOWN = "agrees", "conflicts", "not known"
SHORT, LONG_ONE, SQUEEZED = 5, 6, 8
"""Letters of a name that counts only as a whole; of one word that tells something alone; of a name met by letters."""
COVERED = 0.6
"""What the words that met must weigh, of those of the listed name that tell something."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What is known of the listed name besides its words."""

    is_person: bool = False
    is_weak: bool = False
    is_acronym: bool = False


Band = tuple[str, str]


def band_of(meeting: Meeting, listed: Listed, country: str, letters: int) -> Band | None:
    """Return the band and the rule that decided it; None where the names are not shown.

    `letters` are those of the listed name without legal forms.
    """
    decided = _person(meeting, country) if listed.is_person else _other(meeting, listed, country, letters)
    if decided is None:
        return None
    if listed.is_weak:
        return None if country == CONFLICTS else (POSSIBLE, "weak-alias")
    return _by_figures(meeting, decided)


def _by_figures(meeting: Meeting, decided: Band) -> Band | None:
    missing = any(word.kind == NUMBER for word in meeting.unmet)
    more = any(word.kind == NUMBER for word in meeting.extra)
    if missing and more:
        return None
    if missing:
        return POSSIBLE, "figures-missing"
    if more:
        return POSSIBLE, "figures-added"
    return decided


def _telling(words: Sequence[Word]) -> list[Word]:
    return [word for word in words if word.kind in TELLING]


def _other(meeting: Meeting, listed: Listed, country: str, letters: int) -> Band | None:
    met, unmet, extra = _telling(meeting.met), _telling(meeting.unmet), _telling(meeting.extra)
    if listed.is_acronym or letters <= SHORT:
        return _short(meeting, country, letters, "acronym" if listed.is_acronym else "short-name")
    if not met and not unmet:
        return _common(meeting, country)
    if not met:
        return None
    if meeting.is_same:
        return _same(meeting, met, country)
    if unmet:
        return _partly(met, unmet, extra, meeting, country)
    if meeting.typos:
        return _misspelled(met, extra, meeting, country)
    return _contained(met, extra, meeting, country)


def _short(meeting: Meeting, country: str, letters: int, rule: str) -> Band | None:
    if not meeting.is_same or country == CONFLICTS:
        return None
    return (MATCH if country == AGREES and letters > 3 and _telling(meeting.met) else POSSIBLE), rule


def _common(meeting: Meeting, country: str) -> Band | None:
    if meeting.is_same and country != CONFLICTS and (len(meeting.met) > 1 or country == AGREES):
        return POSSIBLE, "common-words"
    short = [word for word in meeting.met if word.kind == "short"]
    if short and country == AGREES and len(meeting.met) > 1 and not meeting.typos and not _clash(meeting):
        return POSSIBLE, "common-words"
    return None


def _same(meeting: Meeting, met: list[Word], country: str) -> Band | None:
    if country == CONFLICTS:
        return (POSSIBLE, "same-words-elsewhere") if _carries(met) else None
    if meeting.is_squeezed and len(meeting.met) == 1 and len(meeting.met[0].text) < 12:
        return POSSIBLE, "squeezed"
    if all(word.kind == PERSON for word in met) and len(meeting.met) == 1:
        return POSSIBLE, "common-words"
    return MATCH, "squeezed" if meeting.is_squeezed else "same-words"


def _carries(words: list[Word]) -> bool:
    """Whether words tell a party apart anywhere: two of them, or one of its own that is long."""
    return len(words) > 1 or any(word.kind == "own" and len(word.text) >= LONG_ONE for word in words)


def _clash(meeting: Meeting) -> bool:
    """Whether each name has a trade that the other has not."""
    return any(word.kind == TRADE for word in meeting.unmet) and any(word.kind == TRADE for word in meeting.extra)


def _contained(met: list[Word], extra: list[Word], meeting: Meeting, country: str) -> Band | None:
    if country == CONFLICTS:
        is_whole = len(met) > 1 and not extra and not meeting.unmet
        return (POSSIBLE, "contained-elsewhere") if is_whole else None
    if extra:
        if len(met) > 1 and not meeting.unmet:
            return MATCH if len(extra) == 1 or country == AGREES else POSSIBLE, "contained"
        is_enough = any(word.kind == "own" and len(word.text) >= LONG_ONE for word in met)
        if len(met) > 1 or (is_enough and country == AGREES and len(extra) == 1 and not _clash(meeting)):
            return POSSIBLE, "contained"
        return None
    if not _carries(met) and (country != AGREES or (meeting.unmet and meeting.extra)):
        return (POSSIBLE, "contained") if country == AGREES else None
    return (POSSIBLE if _clash(meeting) else MATCH), "contained"


def _partly(met: list[Word], unmet: list[Word], extra: list[Word], meeting: Meeting, country: str) -> Band | None:
    weight = sum(word.weight for word in met)
    if country == CONFLICTS or weight < COVERED * (weight + sum(word.weight for word in unmet)):
        return None
    if extra and (meeting.typos or len(met) < 3 or country != AGREES):
        return None
    return (POSSIBLE, "part") if _carries(met) and meeting.typos < 2 else None


def _misspelled(met: list[Word], extra: list[Word], meeting: Meeting, country: str) -> Band | None:
    if country == CONFLICTS or (extra and (len(met) < 2 or country != AGREES)):
        return None
    if len(met) > 1 and meeting.typos == 1 and not extra and not _clash(meeting) and country == AGREES:
        return MATCH, "misspelled"
    if len(met) == 1 and country != AGREES and (meeting.unmet or meeting.extra) and len(met[0].text) < LONG_ONE:
        return None
    return (POSSIBLE, "misspelled") if not _clash(meeting) or len(met) > 1 else None


def _person(meeting: Meeting, country: str) -> Band | None:
    met = [word for word in meeting.met if word.kind != "initial" and word.weight >= 0.15]
    unmet, extra = (
        [word for word in words if word.kind != "initial" and word.weight >= 0.15]
        for words in (meeting.unmet, meeting.extra)
    )
    is_common = all(word.kind != "own" for word in met)
    is_long = any(len(one.text) >= LONG_ONE for one in met)
    if len(met) < 2 and not (meeting.is_same and country != CONFLICTS and is_long):
        return None
    if not unmet and not extra and not meeting.typos:
        if country == CONFLICTS:
            return None if is_common and len(met) < 3 else (POSSIBLE, "person-elsewhere")
        is_sure = country == AGREES or not is_common or len(met) > 2
        return (MATCH if is_sure and len(met) > 1 else POSSIBLE), "person"
    if country == CONFLICTS or (unmet and extra) or len(unmet) > 1:
        return None
    if meeting.typos and (meeting.typos > 1 or unmet or extra or (meeting.vowels and len(met) < 3)):
        return None
    if is_common and len(met) < 3 and (unmet or extra):
        return None
    return POSSIBLE, "person"
