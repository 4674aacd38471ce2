"""A second reading of the days of a listing, written from the facts of the lists before the SQL was read.

On the list for certain on day D: the day from which it is certain is not after D, and it is still listed, or D is not
after the last certain day. Off for certain: D is before the first possible day, or after the last possible one. Else it
is open. An alias counts from the last citation of its entry, or from the copy that added it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any


def standing(entry: Mapping[str, Any], day: date, name: str = "") -> str:
    """Return `listed`, `open` or `off` for an entry, met by a name of it, on a day."""
    first, last = entry["possible_from"], entry["possible_until"]
    if first and day < first:
        return "off"
    ends = entry["listed_until"]
    if last and day > last:
        return "off"
    start = entry["listed_from"]
    if start is None or day < start:
        return "open"
    if ends is not None and day > ends:
        return "open"
    if ends is None and last is not None and day > start:
        return "open"
    if name and name != entry["name"]:
        if entry["amended_on"] and day < max(entry["amended_on"], start):
            return "open"
        for one in entry["younger_aliases"]:
            alias, _, since = one.rpartition(" @ ")
            if alias == name and day < date.fromisoformat(since):
                return "open"
    return "listed"


def is_within_savings(entry: Mapping[str, Any], day: date, days: int) -> bool:
    """Whether a day is one on which goods that were under way at the listing may go on."""
    start = entry["listed_from"]
    return start is not None and start <= day <= start + timedelta(days)
