"""Does a file have a column that looks like a currency, and that its layout does not read?"""

from __future__ import annotations

import csv
from contextlib import suppress
from itertools import islice

from transforms.ingest.arrival import Arrival
from transforms.ingest.extract import read_headings
from transforms.layouts.currency import LOOKED_AT, unread_currencies


def currencies_unread(arrival: Arrival) -> dict[str, float]:
    """Return 1 for each heading that seems to be a currency and is not read; nothing of a file without any."""
    layout = arrival.found.layout
    if "currency" in {*layout.columns, *layout.constants} or "currency" not in arrival.kind.names:
        return {}
    form = layout.format.model_copy(update={"encoding": "utf-8"})
    headings = read_headings(arrival.text, form)
    rows: list[list[str]] = []
    quoting = {"quotechar": form.quote} if form.quote else {"quoting": csv.QUOTE_NONE}
    with arrival.text.open(encoding="utf-8-sig", errors="replace", newline="") as stream, suppress(csv.Error):
        rows.extend(islice(csv.reader(stream, delimiter=form.delimiter, **quoting), 1, LOOKED_AT + 1))
    codes = {code for (code,) in arrival.connection.execute("select distinct code from currency_forms").fetchall()}
    whole = [row for row in rows if len(row) == len(headings)]
    return dict.fromkeys(unread_currencies(layout, headings, whole, codes), 1.0)
