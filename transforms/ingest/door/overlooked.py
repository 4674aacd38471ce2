"""Does a file have a column that looks as if it matters, and that its layout does not read?"""

from __future__ import annotations

import csv
from contextlib import suppress
from itertools import islice

from transforms.ingest.arrival import Arrival
from transforms.ingest.extract import read_headings
from transforms.layouts.naming import fold
from transforms.layouts.overlooked import LOOKED_AT, overlooked, unread_currencies


def columns_overlooked(arrival: Arrival) -> dict[str, dict[str, float]]:
    """Return 1 for each heading that seems to matter and is not read, by measure: currencies apart from the others."""
    layout = arrival.found.layout
    if not arrival.kind.is_screened:
        return {"currency_unread": {}, "column_unread": {}}
    form = layout.format.model_copy(update={"encoding": "utf-8"})
    headings = read_headings(arrival.text, form)
    if {fold(heading) for heading in headings} <= {fold(heading) for heading in layout.headings_read}:
        return {"currency_unread": {}, "column_unread": {}}
    rows: list[list[str]] = []
    quoting = {"quotechar": form.quote} if form.quote else {"quoting": csv.QUOTE_NONE}
    with arrival.text.open(encoding="utf-8-sig", errors="replace", newline="") as stream, suppress(csv.Error):
        rows.extend(islice(csv.reader(stream, delimiter=form.delimiter, **quoting), 1, LOOKED_AT + 1))
    codes = {code for (code,) in arrival.connection.execute("select distinct code from currency_forms").fetchall()}
    whole = [row for row in rows if len(row) == len(headings)]
    return {
        "currency_unread": dict.fromkeys(unread_currencies(layout, headings, whole, codes), 1.0),
        "column_unread": dict.fromkeys(overlooked(layout, headings, whole), 1.0),
    }
