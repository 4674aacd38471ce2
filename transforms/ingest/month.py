"""Which month a file is about: by the dates of export in its first rows, else by its name.

The latest of those dates counts: a file that restates old lines beside the new ones is of the month of the new ones.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import PurePath

from transforms.cells.headings import headings_of
from transforms.cells.source import Source
from transforms.layouts.dates import ISO_DATES, SERIAL, wall_forms
from transforms.layouts.match import Match

MOST_ROWS = 500
"""So many rows below the headings are looked at; a file is never read to its end for this."""
_DATED_BY = "export_on"
_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_./ ]?(0[1-9]|1[0-2])(?=(?:[-_. ]?\d\d)?(?!\d))")
_FIRST_SERIAL = date(1899, 12, 30)
_YEARS = range(1970, 2100)


def month_of_rows(source: Source, found: Match) -> date | None:
    """Return the first day of the latest month among the dates of export of the first rows, or None without any."""
    place = found.positions.get(_DATED_BY)
    if place is None:
        return None
    rows = source.head(found.layout.format, found.at[-1] + MOST_ROWS)
    headed = [number for number, heading in enumerate(headings_of(rows, found.at)) if heading.strip()]
    column = headed[place]
    forms = dict.fromkeys((*wall_forms(found.layout.date_formats(_DATED_BY)), *ISO_DATES))
    days = (_day(row[column].strip(), forms) for row in rows[found.at[-1] :] if len(row) > column)
    return max((day.replace(day=1) for day in days if day), default=None)


def month_of_name(name: PurePath) -> date | None:
    """Return the first day of the month that a path names last (2024-03, 202403, 2024/03/..., 2024-03-15), or None."""
    found = _IN_NAME.findall(name.as_posix())
    return date(int(found[-1][0]), int(found[-1][1]), 1) if found else None


def _day(cell: str, forms: dict[str, None]) -> date | None:
    for form in forms:
        with suppress(ValueError, OverflowError):
            day = (
                _FIRST_SERIAL + timedelta(days=int(float(cell)))
                if form == SERIAL
                else datetime.strptime(cell, form).date()
            )
            if day.year in _YEARS:
                return day
    return None
