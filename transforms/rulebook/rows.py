"""What every kind of rule compiles to: keys for equal scopes, and the stretches of days of a version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from transforms.rulebook.places import ALWAYS, FOREVER, HOME

if TYPE_CHECKING:
    from transforms.rulebook.scope import Items, Places
    from transforms.rulebook.versions import DatedVersion

DAY = timedelta(days=1)
Row = dict[str, object]


class Keys:
    """Hands out one number per distinct content."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}
        self.rows: list[Row] = []

    def key(self, content: object, rows: Iterable[Row], name: str) -> int:
        """Return the number of `content`; where it is new, its `rows` are kept under it."""
        text = repr(content)  # what is made in one way is told in one way; to JSON it takes four times as long
        if text not in self._known:
            self._known[text] = len(self._known)
            self.rows += [{name: self._known[text], **row} for row in rows]
        return self._known[text]


def meet(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    """Return whether two stretches of days have a day in common."""
    days = within(one, other)
    return str(days["from_on"]) <= str(days["until_on"])


def within(one: Mapping[str, object], other: Mapping[str, object]) -> Row:
    """Return the days that two stretches have in common, as `from_on` and `until_on`."""
    return {
        "from_on": max(one["from_on"], other["from_on"], key=str),
        "until_on": min(one["until_on"], other["until_on"], key=str),
    }


def item_key(items: Items, keys: Keys) -> int:
    """Return the key of an item scope."""
    words: list[Row] = [{"word": "*", "is_except": False, "is_row": False}] if items.all else []
    words += [{"word": word, "is_except": False, "is_row": False} for word in items.eccn]
    words += [{"word": word, "is_except": True, "is_row": False} for word in items.but]
    return keys.key(items.model_dump(), words, "item_key")


def place_key(places: Places, keys: Keys, *, is_abroad: bool = False, is_row: bool = False) -> int:
    """Return the key of a place scope; with `is_abroad`, any place is any outside the United States.

    Country Group A:1 lists the United States: a row of the Commerce Control List (`is_row`) never reaches it.
    """
    words = [{"word": word, "is_except": False} for word in _place_words(places)]
    words += [{"word": word, "is_except": True} for word in (_place_words(places.but) if places.but else [])]
    if (is_abroad and places.all) or is_row:
        words.append({"word": HOME, "is_except": True})
    return keys.key(words, words, "place_key")


def _place_words(places: Places) -> list[str]:
    words = ["all"] if places.all else []
    words += [f"country:{one}" for one in places.countries] + [f"list:{one}" for one in places.lists]
    words += [f"group:{one}" for one in places.groups]
    return words + [f"chart:{one}" for one in places.chart]


def periods(version: DatedVersion, floor: date, ceiling: date, items: Keys) -> list[Row]:
    """Cut a version's days where a doubt begins or ends; a doubt may open a stretch before the version's start.

    Days before `floor` and after `ceiling` belong to the versions around it. One row per stretch; a
    doubt may concern certain items only.
    """
    from transforms.rulebook.scope import Items  # a kept law is handed over without

    first, last = version.from_on or ALWAYS, version.until or FOREVER
    doubts = [(max(one.from_on or first, floor), min(one.until or last, ceiling), one) for one in version.doubts]
    doubts = [one for one in doubts if one[0] <= one[1]]
    stretches = [(first, last), *((start, end) for start, end, _ in doubts)]
    cuts = sorted({start for start, _ in stretches} | {end + DAY for _, end in stretches if end < FOREVER})
    found: list[Row] = []
    for start, end in zip(cuts, [cut - DAY for cut in cuts[1:]] + [FOREVER], strict=True):
        here = [doubt for begins, ends, doubt in doubts if begins <= start <= ends]
        in_force = first <= start <= last
        if not here and not in_force:
            continue
        general = " ".join(doubt.because for doubt in here if not doubt.items)
        scoped = [doubt for doubt in here if doubt.items]
        row: Row = {"from_on": start, "until_on": end, "is_in_force": in_force, "doubt": general or None}
        row["item_doubt"] = " ".join(doubt.because for doubt in scoped) or None
        words = {word for doubt in scoped if doubt.items for word in doubt.items.eccn}
        row["doubted_item_key"] = item_key(Items.model_validate({"eccn": sorted(words)}), items) if words else None
        found.append(row)
    return found


def dated_rows(
    version_key: int, versions: tuple[DatedVersion, ...], at: int, floor: date, items: Keys
) -> tuple[list[Row], date]:
    """Return the periods of the version at `at` of a rule, and the first day that is left to the next one."""
    follows = versions[at + 1].from_on if at + 1 < len(versions) else None
    stretches = periods(versions[at], floor, follows - DAY if follows else FOREVER, items)
    ends = max((day for row in stretches if isinstance(day := row["until_on"], date)), default=floor)
    return [{"version_key": version_key, **stretch} for stretch in stretches], min(ends, FOREVER - DAY) + DAY
