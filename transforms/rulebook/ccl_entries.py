"""On which days each entry stands in the Commerce Control List, and for what reasons, as rows of `eccn_periods`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from transforms.rulebook.ccl import NOTE, CommerceControlList, ControlRow, Entry
from transforms.rulebook.places import ALWAYS, FOREVER
from transforms.rulebook.rows import DAY, Row

_ELSEWHERE = {
    "itar": "it points to the ITAR, and has no license requirement of its own",
    "pointer": "it points to other entries, or is empty, and has no license requirement of its own",
    "unread": "its license requirements were not read",
}


def entry_periods(ccl: CommerceControlList, told: Collection[object]) -> list[Row]:
    """Return the stretches of days in which the reasons of an entry stay the same, for entries that are not `told`."""
    rows = defaultdict(list)
    for row in ccl.controls:
        if row.reason != NOTE:
            rows[row.entry].append(row)
    return [one for entry in ccl.entries if entry.entry not in told for one in _periods(entry, rows[entry.entry])]


def _periods(entry: Entry, rows: Iterable[ControlRow]) -> list[Row]:
    first, last = entry.from_on or ALWAYS, entry.until_on or FOREVER
    spans = [(row.reason, max(row.from_on or ALWAYS, first), min(row.until_on or FOREVER, last)) for row in rows]
    cuts = {first, *(start for _, start, _ in spans), *(end + DAY for _, _, end in spans if end < last)}
    starts = sorted(day for day in cuts if first <= day <= last)
    found: list[Row] = []
    for start, end in zip(starts, [*(day - DAY for day in starts[1:]), last], strict=True):
        reasons = sorted({reason for reason, begins, ends in spans if begins <= start <= ends})
        if found and found[-1]["reasons"] == reasons:
            found[-1]["until_on"] = end
        else:
            found.append(_row(entry, reasons, start, end, _ELSEWHERE.get(entry.kind)))
    found += [_row(entry, [], first, last, _ELSEWHERE["itar"]) | {"eccn": word} for word in entry.itar]
    if last < FOREVER and entry.confidence == "low":
        found.append(_row(entry, [], last + DAY, FOREVER, f"its last day, {last}, was not confirmed"))
    return found


def _row(entry: Entry, reasons: list[str], start: date, end: date, doubt: str | None) -> Row:
    return {"eccn": entry.entry, "reasons": reasons, "from_on": start, "until_on": end, "doubt": doubt}
