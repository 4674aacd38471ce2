"""Changes of one field of a row of the Commerce Control List, each of which an example has to notice."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, timedelta

from transforms.rulebook.ccl import NOTE, ControlRow

DAY = timedelta(days=1)
_OTHER = {
    "NS1": "NS2", "NS2": "NS1", "RS1": "RS2", "RS2": "RS1", "CB2": "CB1", "CB1": "CB2", "NP1": "NP2", "NP2": "NP1",
    "CC1": "CC2", "CC2": "CC1", "CC3": "CC1", "MT1": "CB1", "FC1": "NS1", "CB3": "CB1",
}  # fmt: skip
"""Another column for each: of the same reason, where there is one."""
CANCELLED = {"4A003", "1C350", "1C355", "1C395"}
"""Entries with a License Requirement Note: whatever their rows require is undetermined."""
_FIRST = date(2020, 1, 1)


def mutations_of(row: ControlRow, rows: Collection[ControlRow] = ()) -> Iterator[tuple[str, ControlRow]]:
    """Yield the changes of a row of high confidence that decides by itself; AT columns mark no country.

    Where one of `rows` of the same reason ends the day before, or begins the day after, a longer period says nothing
    new, and the loader refuses it if their scopes are equal.
    """
    if row.confidence != "high" or row.reason == NOTE or row.column.startswith("AT") or not row.is_sure:
        return
    beside = [one for one in rows if (one.entry, one.reason) == (row.entry, row.reason)]
    if row.column:
        yield f"{row.column} is {_OTHER[row.column]}", replace(row, column=_OTHER[row.column])
    else:
        yield "no destination but Greenland", replace(row, destinations="GL")
        named, but = row.destinations.split(" except ")[0].split(), row.destinations.split(" except ")[1:]
        for word in named if len(named) > 1 else ():
            rest = " ".join(one for one in named if one != word)
            yield f"without {word}", replace(row, destinations=" except ".join([rest, *but]))
    if row.entry not in CANCELLED:
        yield "low confidence", replace(row, confidence="low", fact="in doubt")
    yield "no export", replace(row, activities=tuple(one for one in row.activities if one != "export"))
    yield "no reexport", replace(row, activities=tuple(one for one in row.activities if one != "reexport"))
    for word in row.paragraphs if len(row.paragraphs) > 1 else ():
        if any(one.startswith(f"{word}.") for one in row.but):
            continue  # what is left out of it would be left out of nothing
        yield f"without {word}", replace(row, paragraphs=tuple(one for one in row.paragraphs if one != word))
    for word in row.but:
        but = tuple(one for one in row.but if one != word)
        yield f"{word} not left out", replace(row, but=but, scope="except" if but else "entire")
    if row.from_on and row.from_on > _FIRST:
        if row.from_on - DAY not in {one.until_on for one in beside}:
            yield "a day earlier", replace(row, from_on=row.from_on - DAY)
        yield "a day later", replace(row, from_on=row.from_on + DAY)
    if row.until_on:
        if row.until_on + DAY not in {one.from_on for one in beside}:
            yield "a day longer", replace(row, until_on=row.until_on + DAY)
        yield "a day shorter", replace(row, until_on=row.until_on - DAY)
