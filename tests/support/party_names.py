"""Names of parties for tests: made up from seeds, and listed names spoiled as clerks spoil them. All synthetic."""

from __future__ import annotations

import random
import re
import string
from collections.abc import Callable, Iterator
from functools import cache

from flows.settings import RULES
from transforms.rulebook.places import read_table

Spoiled = tuple[str, str]
_BEGINNINGS = (*"bcdfghjklmnprstvwyz", "br", "ch", "kh", "sh", "st", "tr", "zh")
_SYLLABLES = [one + other for one in _BEGINNINGS for other in "aeiou"]
_ENDS = ["", "n", "r", "s", "l", "m", "k", "x", "ng", "tech", "co", "tron", "mak", "ov", "ex"]
CITIES = ("Moscow", "Dubai", "Karachi", "Shanghai", "Beijing", "Istanbul", "Tehran", "Shenzhen", "Lahore", "Kowloon")
FORMS = ("Ltd", "Co., Ltd.", "LLC", "OOO", "GmbH", "JSC", "FZE", "Pvt Ltd", "Inc.", "Limited")
COUNTRIES = ("CN", "HK", "RU", "AE", "IR", "PK", "TR", "DE", "US", "IN", "SG", "GB", "")
_FORM_AT_END = re.compile(
    r"[,\s]+(co\.?,?\s*)?(ltd|llc|limited|inc|corp|corporation|gmbh|jsc|company|co|s\.?a|pte|pvt|fze)\.?$", re.I
)


@cache
def _of_kind(kind: str) -> tuple[str, ...]:
    rows = read_table(RULES / "tables" / "party_words.csv")
    return tuple(row["spelling"].title() for row in rows if row["kind"] == kind and row["confidence"] == "high")


def made_up(count: int, seed: int) -> Iterator[Spoiled]:
    """Yield names and countries of parties that do not exist: two in three of companies, the others of persons."""
    draw = random.Random(seed)
    own = ["".join(draw.choices(_SYLLABLES, k=draw.choice((2, 2, 3)))) + draw.choice(_ENDS) for _ in range(60_000)]
    trades, places, persons, common = (_of_kind(kind) for kind in ("trade", "place", "name of persons", "common"))
    common = common or trades
    for _ in range(count):
        country = draw.choice(COUNTRIES)
        if draw.random() < 0.33:
            words = [draw.choice(persons), draw.choice(own).title()]
            if draw.random() < 0.4:
                words.insert(1, draw.choice(persons))
        else:
            words = [draw.choice(own).title()]
            words += draw.sample(trades, draw.choice((1, 1, 2, 3)))
            if draw.random() < 0.3:
                words.insert(0, draw.choice(places))
            if draw.random() < 0.2:
                words.insert(0, draw.choice(common))
            words.append(draw.choice(FORMS))
        yield " ".join(words), country


def typo(name: str, draw: random.Random) -> str | None:
    """One letter is left out, doubled, changed places with the next, or is another; of a name of four letters."""
    letters = [at for at, sign in enumerate(name) if sign.isalpha()]
    if len(letters) < 4:
        return None
    at = draw.choice(letters[1:-1])
    changes = (
        name[:at] + name[at + 1 :],
        name[:at] + name[at] + name[at:],
        name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :],
        name[:at] + draw.choice(string.ascii_lowercase) + name[at + 1 :],
    )
    return draw.choice(changes)


def _shuffled(name: str, draw: random.Random) -> str | None:
    words = name.split()
    draw.shuffle(words)
    return " ".join(words) if len(words) > 1 else None


def _cut(name: str, draw: random.Random) -> str | None:
    cut = _FORM_AT_END.sub("", name)
    return cut if cut != name else None


SPOILS: dict[str, Callable[[str, random.Random], str | None]] = {
    "a typo": typo,
    "the words in another order": _shuffled,
    "a city added": lambda name, draw: f"{name} {draw.choice(CITIES)}",
    "a legal form added": lambda name, draw: f"{name} {draw.choice(FORMS)}",
    "the legal form cut": _cut,
    "the first blank lost": lambda name, draw: name.replace(" ", "", 1) if " " in name else None,
    "capitals": lambda name, draw: name.upper(),
    "in care of": lambda name, draw: f"Fast Freight Services c/o {name}",
    "other signs": lambda name, draw: name.replace("Ltd", "L.T.D.").replace("-", " ").replace(" and ", " & "),
}


def spoiled(name: str, draw: random.Random) -> Spoiled:
    """Return in which way a name was spoiled, and what came of it."""
    while True:
        way = draw.choice(list(SPOILS))
        if (text := SPOILS[way](name, draw)) is not None:
            return way, text
