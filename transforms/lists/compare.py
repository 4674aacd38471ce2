"""A newer copy beside what is held: what came, what went, what changed; both days are kept, of the listing and of when
we knew.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from transforms.errors import InputError
from transforms.lists.read import Published

_DAY = timedelta(days=1)
_MOST_GONE = 0.05
"""A copy that lacks a greater share of the entries that stand is taken for a part of the list, unless it is said."""
_FEW = 5
"""So many may always go: a small list loses some of its entries at once."""
_LAW = {
    "UVL": "no exceptions", "MEU": "Supplement 2", "DPL": "denied", "SDN": "blocked",
}  # fmt: skip
_READ_FROM_FORM = ("aliases", "address", "programs", "type")
Entry = dict[str, Any]


@dataclass
class Update:
    """One list after an update: its rows, and what came, went and changed, by name."""

    list_name: str
    held_as_of: date | None
    as_of: date
    rows: list[Entry] = field(default_factory=list)
    came: list[str] = field(default_factory=list)
    went: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)


def update_lists(
    held: Sequence[Entry], published: Iterable[Published], as_of: date, source: str, *, is_whole: bool = False
) -> list[Update]:
    """Return each list that a copy is of, brought up to its day.

    An entry that came is on the list from the day that the copy prints, else from some day since the copy before; one
    that is gone left it on some day since then. `is_whole` says that entries may be missing in any number.

    Raises InputError where the copy is not newer than what is held, or lacks so much of it that it is a part.
    """
    by_list: dict[str, list[Published]] = defaultdict(list)
    for one in published:
        by_list[one.list_name].append(one)
    return [
        _update(name, [row for row in held if row["list"] == name], copy, as_of, source, is_whole=is_whole)
        for name, copy in sorted(by_list.items())
    ]


def _update(
    name: str, held: Sequence[Entry], copy: Sequence[Published], as_of: date, source: str, *, is_whole: bool
) -> Update:
    before = max((row["as_of"] for row in held), default=None)
    if before is not None and as_of <= before:
        raise InputError(
            f"{name}: the copy is of {as_of}, and what is held is of {before} (allowed: a later copy; say its day with"
            " --dated)"
        )
    found = Update(name, before, as_of)
    taken = {row["entry_id"] for row in held}
    seen: set[Published] = set()
    standing: dict[str, list[Entry]] = defaultdict(list)
    for row in held:
        # denied persons stay in the file after their orders ended
        if _is_standing(row) or name == "DPL":
            standing[_key(row["name"])].append(row)
        else:
            found.rows.append(row)
    for one in copy:
        rows = standing.get(_key(one.name), [])
        meant = _nearest([row for row in rows if _is_same_listing(row, one)], one)
        if meant is None and one in seen:
            continue  # a row that the copy repeats
        seen.add(one)
        if meant is None:
            came = _new(one, before, as_of, source, taken)
            taken.add(came["entry_id"])
            found.rows.append(came)
            found.came.append(one.name)
            continue
        rows.remove(meant)
        now = _kept(meant, one, as_of, source)
        if _told(now) != _told(meant):
            found.changed.append(one.name)
        found.rows.append(now)
    gone = [row for rows in standing.values() for row in rows if _is_standing(row)]
    most = max(_FEW, _MOST_GONE * sum(map(_is_standing, held)))
    if len(gone) > most and not is_whole:
        first = ", ".join(row["name"] for row in gone[:3])
        raise InputError(
            f"{name}: {len(gone):,} entries that are held are not in the copy ({first}, ...), so it seems to be a part"
            " of the list; nothing was changed (allowed: a whole copy, or --removed to say that they are gone)"
        )
    for rows in standing.values():
        for row in rows:
            found.rows.append(_ended(row, before, as_of, source) if _is_standing(row) else row)
    found.went = [row["name"] for row in gone]
    return found


def _is_standing(row: Mapping[str, Any]) -> bool:
    return row["listed_until"] is None and row["possible_until"] is None


def _is_same_listing(row: Entry, one: Published) -> bool:
    """A denied person whose order ended may be under a new one: that is another listing, not the old one."""
    return _is_standing(row) or one.start is None or one.start < (row["possible_until"] or row["listed_until"])


def _nearest(rows: Sequence[Entry], one: Published) -> Entry | None:
    """Of the entries of one name, that which the copy means: of the same address, else of the same countries."""
    if not rows:
        return None
    countries = set(one.countries or ())

    def distance(row: Entry) -> tuple[bool, bool, int, str]:
        others = len(countries ^ set(row["countries"])) if one.countries is not None else 0
        is_of_other_day = row["list"] == "DPL" and one.start != row["listed_from"]
        return is_of_other_day, one.address != row["address"], others, row["entry_id"]

    return min(rows, key=distance)


def _new(one: Published, before: date | None, as_of: date, source: str, taken: set[str]) -> Entry:
    parts = [one.name, " ".join(one.countries or ()), one.address, one.citation, str(one.start or as_of)]
    while (entry_id := f"{one.list_name}-{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:8]}") in taken:
        parts.append("again")
    start = one.start or (before + _DAY if before else None)
    is_ended = one.end is not None and one.end <= as_of
    return {
        "entry_id": entry_id,
        "list": one.list_name, "name": one.name, "aliases": list(one.aliases), "type": one.type,
        "countries": list(one.countries or ()), "address": one.address,
        "requirement": _requirement(one), "footnotes": [], "programs": list(one.programs), "policy": "",
        "younger_aliases": [],
        "possible_from": start, "listed_from": one.start or as_of, "amended_on": None,
        "listed_until": one.end - _DAY if is_ended and one.end else None,
        "possible_until": one.end if is_ended else None,
        "as_of": as_of, "citation": one.citation, "wording": _wording(one), "source": source,
        "confidence": "high" if one.start else "bounds",
    }  # fmt: skip


def _kept(row: Entry, one: Published, as_of: date, source: str) -> Entry:
    now = row | {"as_of": as_of}
    for name in _READ_FROM_FORM:
        if value := getattr(one, name):
            now[name] = list(value) if isinstance(value, tuple) else value
    if not one.has_all_aliases:
        now["aliases"] = list(dict.fromkeys((*row["aliases"], *one.aliases)))
    if one.countries:
        now["countries"] = list(one.countries)
    if one.requirement and one.list_name == "EL":
        now |= {"requirement": _requirement(one), "wording": _wording(one)}
    if one.citation:
        now["citation"] = one.citation
    last = row["possible_until"] or row["listed_until"]
    if one.end and last and one.end > last:
        # an order that was renewed
        now |= {"listed_until": None, "possible_until": None}
    if one.end and one.end <= as_of and _is_standing(now):
        now |= {"listed_until": max(one.end - _DAY, row["listed_from"] or one.end - _DAY), "possible_until": one.end}
    younger = [f"{alias} @ {as_of}" for alias in now["aliases"] if alias not in row["aliases"]]
    now["younger_aliases"] = [*row["younger_aliases"], *younger]
    if _told(now) != _told(row):
        now["source"] = f"{row['source']}; changed in {source}"
    return now


def _ended(row: Entry, before: date | None, as_of: date, source: str) -> Entry:
    last = before or row["as_of"]
    first = row["listed_from"]
    is_known = first is not None and first <= last
    return row | {
        "listed_until": last if is_known else None, "listed_from": first if is_known else None,
        "possible_until": as_of, "as_of": as_of, "source": f"{row['source']}; gone in {source}",
    }  # fmt: skip


def _told(row: Mapping[str, Any]) -> tuple[object, ...]:
    """What an entry says, its days aside: in what order does not matter."""
    lists = (tuple(sorted(row[name])) for name in ("aliases", "countries", "programs"))
    return (*lists, row["requirement"], row["listed_until"], " ".join(row["address"].split()))


def _key(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).casefold()
    return re.sub(r"[^\w]+|_", "", plain)


def _requirement(one: Published) -> str:
    """What the listing requires: by the law of its list, or for the Entity List as the entry is worded."""
    if one.list_name != "EL":
        return _LAW.get(one.list_name, "red flag")
    text = one.requirement.casefold()
    if "supplement no. 7" in text:
        return "CCL and Supplement 7"
    if "projects specified" in text:
        return "named projects"
    if not re.match(r"(for )?all items subject to the ear\b", text):
        return "as worded"
    if "may be overcome by license exception" in text:
        return "all items, exceptions as worded"
    return "all items but those excluded" if re.search(r"except for|apart from|, except", text) else "all items"


def _wording(one: Published) -> str:
    return "" if _requirement(one) == "all items" or one.list_name != "EL" else one.requirement
