"""What a meeting of names comes to: a match, a possible match, or nothing; and by which rule.

`match`: a careful reviewer would take it for the listed party unless something disproves it. `possible`: a person must
look. The rules are told by codes, never by a score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from transforms.names.align import Meeting
from transforms.names.persons import band_of_person
from transforms.names.read import TELLING, Word
from transforms.names.words import NUMBER, PERSON, PLACE, TRADE

MATCH, POSSIBLE = "match", "possible"
AGREES, CONFLICTS, NOT_KNOWN = "agrees", "conflicts", "not known"
SHORT = 5
"""Letters of a name that counts only as a whole."""
LONG_ONE, SURE_ONE = 6, 8
"""Letters of one word that tells something alone, and of one that does so beside other trades."""
COVERED = 0.6
"""What the words that met must weigh, of those of the listed name that tell something."""
MANY, NOISE = 3, 3
"""Words of a listed name that met, beside which a word of so few letters tells nothing."""
Band = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Listed:
    """What is known of the listed name besides its words."""

    is_person: bool = False
    is_weak: bool = False
    is_acronym: bool = False
    is_company: bool = False
    """Whether the party's name has a legal form: it is no person."""
    is_thing: bool = False
    """A vessel or an aircraft: no party has its name but by chance, so it counts as a whole only."""


def band_of(meeting: Meeting, listed: Listed, country: str, letters: int) -> Band | None:
    """Return the band and the rule that decided it; None where the names are not shown.

    `letters` are those of the listed name without legal forms.
    """
    if listed.is_thing:
        is_enough = letters > SHORT and (country == AGREES or len(meeting.met) > 1 or letters > SURE_ONE)
        return (POSSIBLE, "vessel-name") if meeting.is_same and country != CONFLICTS and is_enough else None
    if listed.is_person and listed.is_company and not meeting.is_same:
        return None
    decided = band_of_person(meeting, country) if listed.is_person else _other(meeting, listed, country, letters)
    if decided is None:
        return None
    if listed.is_weak:
        return None if country == CONFLICTS else (POSSIBLE, "weak-alias")
    return _by_figures(meeting, decided, country)


def _by_figures(meeting: Meeting, decided: Band, country: str) -> Band | None:
    """Figures must agree: another one is another party, and one that a name lacks leaves it open."""
    missing = any(word.kind == NUMBER for word in meeting.unmet)
    added = any(word.kind == NUMBER for word in meeting.extra)
    if not missing and not added:
        return decided
    others = [word for word in (*meeting.unmet, *meeting.extra) if word.kind not in (NUMBER, PLACE)]
    if (missing and added) or (others and (country != AGREES or len(_telling(meeting.met)) < 2)):
        return None
    return POSSIBLE, "figures-missing" if missing else "figures-added"


def _telling(words: Sequence[Word]) -> list[Word]:
    return [word for word in words if word.kind in TELLING]


def _other(meeting: Meeting, listed: Listed, country: str, letters: int) -> Band | None:
    if len(meeting.met) >= MANY:
        meeting = replace(meeting, extra=tuple(word for word in meeting.extra if not _is_noise(word)))
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
    if extra:
        return _within(met, extra, meeting, country)
    return _contained(met, meeting, country)


def _short(meeting: Meeting, country: str, letters: int, rule: str) -> Band | None:
    if country == CONFLICTS or meeting.unmet or meeting.typos or not meeting.is_exact or _but_places(meeting.extra):
        return None
    if ((meeting.extra or letters < 4) and country != AGREES) or letters < 3:
        return None
    is_sure = country == AGREES and letters > 3 and not meeting.extra and bool(_telling(meeting.met))
    return (MATCH if is_sure else POSSIBLE), rule


def _common(meeting: Meeting, country: str) -> Band | None:
    """Words that tell nothing: only all of them together, in the country of the entry."""
    unmet, extra = _but_places(meeting.unmet), _but_places(meeting.extra)
    told = len(_but_places(meeting.met))
    if _is_elsewhere(meeting) or (told < 2 and (meeting.extra or meeting.unmet)):
        return None
    if country == AGREES:
        short = any(word.kind == "short" for word in meeting.met) and len(meeting.met) > 1 and not (unmet and extra)
        if short or (not unmet and not extra and (meeting.slips == 0 or len(meeting.met) > 1)):
            return POSSIBLE, "common-words"
        return None
    is_whole = not meeting.unmet and not meeting.extra and not meeting.slips and len(meeting.met) > 1
    return (POSSIBLE, "common-words") if is_whole and country != CONFLICTS else None


def _same(meeting: Meeting, met: list[Word], country: str) -> Band | None:
    if country == CONFLICTS:
        is_enough = _carries(met) and (len(met) > 1 or meeting.is_exact)
        return (POSSIBLE, "same-words-elsewhere") if is_enough else None
    if meeting.is_squeezed and len(meeting.met) == 1 and len(meeting.met[0].text) < 12:
        return POSSIBLE, "squeezed"
    if len(meeting.met) == 1 and (met[0].kind == PERSON or (country != AGREES and len(met[0].text) < SURE_ONE)):
        return POSSIBLE, "one-word"
    return MATCH, "squeezed" if meeting.is_squeezed else "same-words"


def _contained(met: list[Word], meeting: Meeting, country: str) -> Band | None:
    """All that tells something met, and nothing else does: the names differ in trades and places."""
    unmet, extra = _but_places(meeting.unmet), _but_places(meeting.extra)
    if country == CONFLICTS:
        is_whole = len(met) > 1 and not unmet and not meeting.slips
        return (POSSIBLE, "contained-elsewhere") if is_whole else None
    length = max(len(word.text) for word in met)
    is_own = any(word.kind == "own" for word in met)
    if len(met) > 1:
        if (unmet and extra) or _is_elsewhere(meeting):
            return (POSSIBLE, "contained") if country == AGREES or len(unmet) + len(extra) < 3 else None
        return (MATCH if is_own or country == AGREES else POSSIBLE), "contained"
    if unmet and extra:
        return None
    if length < SHORT and (unmet or extra):
        is_near = len(meeting.met) > 2 or (len(meeting.met) == 2 and len(unmet) + len(extra) == 1)
        is_enough = country == AGREES and is_near
        return (POSSIBLE, "contained") if is_enough else None
    if len(extra) > 1 and length < SURE_ONE and any(word.kind != TRADE for word in extra):
        return None
    if _is_elsewhere(meeting):
        is_enough = country == AGREES and is_own and length >= LONG_ONE and len(unmet) + len(extra) < 2
        return (POSSIBLE, "contained") if is_enough else None
    if country == AGREES:
        is_near = len(extra) + len(unmet) < 2 or (length >= SURE_ONE and len(unmet) < 2)
        if length < LONG_ONE or not is_own:
            return (POSSIBLE, "contained") if (not unmet and len(extra) < 2) or not extra else None
        return (MATCH if is_near else POSSIBLE), "contained"
    if not unmet and not extra:
        return (MATCH if length >= SURE_ONE and is_own else POSSIBLE), "contained"
    return (POSSIBLE, "contained") if is_own and length >= SURE_ONE and len(unmet) + len(extra) == 1 else None


def _within(met: list[Word], extra: list[Word], meeting: Meeting, country: str) -> Band | None:
    """The listed name stands in a longer one that tells more: a department, a branch, another company."""
    if country == CONFLICTS or _but_places(meeting.unmet):
        return None
    if len(met) > 1:
        if country == AGREES or len(extra) == 1:
            return (MATCH if any(word.kind == "own" for word in met) and len(extra) == 1 else POSSIBLE), "within"
        return None
    is_enough = met[0].kind == "own" and len(met[0].text) >= LONG_ONE and len(extra) == 1
    return (POSSIBLE, "within") if is_enough and country == AGREES else None


def _partly(met: list[Word], unmet: list[Word], extra: list[Word], meeting: Meeting, country: str) -> Band | None:
    """Some words that tell something met, and others of the listed name did not."""
    weight = sum(word.weight for word in met)
    if country == CONFLICTS or weight < COVERED * (weight + sum(word.weight for word in unmet)) or meeting.typos > 1:
        return None
    if extra and (len(met) < 3 or len(extra) > 1):
        return None
    if country != AGREES and ((len(_but_places(meeting.extra)) > 0 and len(met) < 3) or len(met) < 2):
        return None
    if meeting.is_glued and len(met) < 3:
        return None
    return (POSSIBLE, "part") if _carries(met) and any(word.kind == "own" for word in met) else None


def _misspelled(met: list[Word], extra: list[Word], meeting: Meeting, country: str) -> Band | None:
    """All that tells something met, a word of it but for a letter or two."""
    if country == CONFLICTS or meeting.typos > 2:
        return None
    odd_unmet, odd_extra = _but_places(meeting.unmet), _but_places(meeting.extra)
    if len(met) > 1:
        if extra:
            return (POSSIBLE, "misspelled") if country == AGREES and not odd_unmet and len(extra) == 1 else None
        if odd_unmet and odd_extra:
            return (POSSIBLE, "misspelled") if country == AGREES else None
        is_sure = meeting.typos == 1 and country == AGREES and not meeting.vowels
        return (MATCH if is_sure else POSSIBLE), "misspelled"
    if extra or odd_extra or meeting.is_begun_otherwise or _is_elsewhere(meeting):
        return None
    if len(odd_unmet) > (country == AGREES):
        return None
    length = len(met[0].text)
    is_enough = len(meeting.met) > 1 or country == AGREES or length >= SURE_ONE
    is_long = length >= (SURE_ONE if meeting.vowels or odd_unmet else LONG_ONE)
    return (POSSIBLE, "misspelled") if is_enough and is_long else None


def _carries(words: list[Word]) -> bool:
    """Whether words tell a party apart anywhere: two of them, or one of its own that is long."""
    return len(words) > 1 or any(word.kind == "own" and len(word.text) >= LONG_ONE for word in words)


def _is_elsewhere(meeting: Meeting) -> bool:
    """Whether each name has a place that the other has not."""
    return bool(_places(meeting.unmet) and _places(meeting.extra))


def _is_noise(word: Word) -> bool:
    """Whether a word is too short to tell anything beside many others that met."""
    return word.kind in ("own", "short") and len(word.text) <= NOISE


def _places(words: Sequence[Word]) -> list[Word]:
    return [word for word in words if word.kind == PLACE]


def _but_places(words: Sequence[Word]) -> list[Word]:
    return [word for word in words if word.kind not in (PLACE, NUMBER)]
