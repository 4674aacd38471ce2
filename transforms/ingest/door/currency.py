"""Does a file have a column that looks like a currency, and that its layout does not read?"""

from __future__ import annotations

from transforms.ingest.arrival import Arrival
from transforms.layouts.currency import LOOKED_AT, unread_currencies


def currencies_unread(arrival: Arrival) -> dict[str, float]:
    """Return 1 for each heading that seems to be a currency and is not read; nothing of a file without any."""
    layout = arrival.found.layout
    if "currency" in {*layout.columns, *layout.constants} or "currency" not in arrival.kind.names:
        return {}
    rows = arrival.connection.execute("from staged order by rowid limit $most", {"most": LOOKED_AT}).fetchall()
    codes = {code for (code,) in arrival.connection.execute("select distinct code from currency_forms").fetchall()}
    texts = [[cell or "" for cell in row] for row in rows]
    return dict.fromkeys(unread_currencies(layout, arrival.headings, texts, codes), 1.0)
