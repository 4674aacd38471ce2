"""Does a file have a column that looks as if it matters, and that its layout does not read?"""

from __future__ import annotations

from transforms.ingest.arrival import Arrival
from transforms.layouts.naming import fold
from transforms.layouts.overlooked import LOOKED_AT, overlooked, unread_currencies


def columns_overlooked(arrival: Arrival) -> dict[str, dict[str, float]]:
    """Return 1 for each heading that seems to matter and is not read, by measure: currencies apart from the others."""
    layout = arrival.found.layout
    if not arrival.kind.is_screened:
        return {"currency_unread": {}, "column_unread": {}}
    headings = arrival.headings
    if {fold(heading) for heading in headings} <= {fold(heading) for heading in layout.headings_read}:
        return {"currency_unread": {}, "column_unread": {}}
    rows = arrival.connection.execute("from staged order by rowid limit $most", {"most": LOOKED_AT}).fetchall()
    whole = [[cell or "" for cell in row] for row in rows]
    codes = {code for (code,) in arrival.connection.execute("select distinct code from currency_forms").fetchall()}
    return {
        "currency_unread": dict.fromkeys(unread_currencies(layout, headings, whole, codes), 1.0),
        "column_unread": dict.fromkeys(overlooked(layout, headings, whole), 1.0),
    }
