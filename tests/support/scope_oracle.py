"""A second reading of the scope words of a rule: which items, which places, on one day."""

from __future__ import annotations

import re
from datetime import date

from tests.support.tables_oracle import Tables
from tests.support.truth import Truth, all_of, any_of, none_of
from transforms.rulebook.scope import Items, Places

ECCN = re.compile(r"[0-9][A-E][0-9]{3}(\.([a-z]+|[0-9]+))*|EAR99")


def is_readable(eccn: str | None) -> bool:
    return bool(eccn) and ECCN.fullmatch(str(eccn)) is not None


def reaches_item(items: Items, eccn: str | None) -> Truth:
    if items.all and not items.but:
        return True
    if not is_readable(eccn):
        return None
    listed = True if items.all else any_of(covers(word, str(eccn)) for word in items.eccn)
    return all_of([listed, none_of(covers(word, str(eccn)) for word in items.but)])


def covers(word: str, eccn: str) -> Truth:
    if word.startswith("category "):
        return eccn[0] == word[-1]
    if eccn == word or eccn.startswith(word + "."):
        return True
    return None if word.startswith(eccn + ".") else False  # the record is coarser than the entry


def reaches_place(places: Places, iso2: str | None, day: date, tables: Tables) -> Truth:
    if not iso2:  # any destination will do, also one that is not recorded
        return True if places.all and not places.but else None
    named = True if places.all else _any_place(places, iso2, day, tables)
    return all_of([named, none_of([_any_place(places.but, iso2, day, tables)] if places.but else [])])


def _any_place(places: Places, iso2: str, day: date, tables: Tables) -> Truth:
    words = [f"country:{one}" for one in places.countries] + [f"group:{one}" for one in places.groups]
    words += [f"chart:{one}" for one in places.chart] + [f"list:{one}" for one in places.lists]
    return any_of(tables.belongs(iso2, word, day) for word in words)
