"""The lists of parties of a home: what is held, a newer copy taken up, and one name looked up."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from flows.settings import Home, now
from transforms.errors import InputError


def take_up_lists(home: Home, files: Sequence[Path], dated: date | None, *, are_removed: bool) -> list[dict[str, Any]]:
    """Compare copies of lists with what is held, write the home's own lists, and return what came, went and changed.

    `dated` is the day of the copies, by default the day on which each file was last changed. Nothing is written where
    one of the files is refused.
    """
    from flows.jobs.law import read_law
    from transforms.lists.compare import Update, update_lists
    from transforms.lists.overlay import write_list
    from transforms.lists.read import read_published

    home.require()
    held = read_law(home.rules, home.made).rulebook.listed.entries.to_pylist()
    updates: list[Update] = []
    for path in files:
        published = read_published(path)
        as_of = dated or datetime.fromtimestamp(path.stat().st_mtime).date()
        if as_of > now().date():
            raise InputError(f"{path}: its day, {as_of}, is in the future (allowed: today or earlier; say --dated)")
        sha = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
        source = f"{path.name} ({sha}) as of {as_of}, taken up on {now().date()}"
        found = update_lists(held, published, as_of, source, is_whole=are_removed)
        names = {one.list_name for one in found}
        held = [row for row in held if row["list"] not in names] + [row for one in found for row in one.rows]
        updates += found
    home.lists.mkdir(mode=0o700, exist_ok=True)
    for one in updates:
        write_list(home.lists / f"{one.list_name.lower()}.csv", one.rows)
    return [
        {
            "list": one.list_name, "held_as_of": one.held_as_of, "as_of": one.as_of, "entries": len(one.rows),
            "came": one.came, "went": one.went, "changed": one.changed,
        }
        for one in updates
    ]  # fmt: skip


def held_lists(home: Home, country: str | None, on: date | None) -> dict[str, Any]:
    """Return each list that is held with its day and number of entries; of a country and a day if they are given.

    `sure` are the entries on the list for certain on that day, `possible` those that may be; `shared` are those of
    either that name another country too, `names` are distinct names.
    """
    from flows.jobs.law import read_law
    from transforms.rulebook.listed_rows import LISTS

    home.require()
    listed = read_law(home.rules, home.made).rulebook.listed
    day = on or now().date()
    found = []
    for name, count, as_of in listed.counted(LISTS):
        rows = [row for row in listed.entries.to_pylist() if row["list"] == name]
        rows = [row for row in rows if country is None or country in row["countries"]]
        standing = {word: [row for row in rows if _stands(row, day) == word] for word in ("sure", "possible")}
        both = [row for rows in standing.values() for row in rows]
        found.append(
            {
                "list": name, "title": LISTS[name], "as_of": as_of, "entries": count,
                "sure": len(standing["sure"]), "possible": len(standing["possible"]),
                "shared": sum(len(row["countries"]) > 1 for row in both), "names": len({row["name"] for row in both}),
            }
        )  # fmt: skip
    return {"on": day, "country": country, "lists": found}


def _stands(row: dict[str, Any], day: date) -> str:
    start, end = row["listed_from"], row["listed_until"]
    if start and start <= day and ((end is None and row["possible_until"] is None) or (end is not None and day <= end)):
        return "sure"
    first, last = row["possible_from"] or date.min, row["possible_until"] or date.max
    is_after = end is not None and end < day
    is_before = start is None or day < start
    return "possible" if first <= day <= last and (is_before or is_after) else "off"


def look_up_party(home: Home, name: str, country: str, address: str, on: date | None) -> dict[str, Any]:
    """Return which entries of the lists a name may be, as a line with it on a day would be screened.

    `names_a_party` is whether it is the name of anybody: TO ORDER and the like are not.
    """
    from flows.jobs.law import read_law
    from transforms.screening.look_up import look_up

    if not name.strip():
        raise InputError("--party: a name is needed")
    home.require()
    day = on or now().date()
    found = look_up(read_law(home.rules, home.made).law, name.strip(), country.upper(), address, day)
    told = {"party": name, "country": country.upper(), "on": day}
    return {**told, "names_a_party": found is not None, "entries": found or []}
