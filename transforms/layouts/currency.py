"""Columns that seem to hold a currency and that a layout does not read, so that amounts would be taken for dollars."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from transforms.layouts.model import Layout
from transforms.layouts.naming import bare, fold

_NAMES = {
    "cur", "curr", "crcy", "crncy", "ccy", "curcd", "currcd", "currcode", "curcode", "curkey", "waers", "waerk",
    "hwaer", "hwaers", "waerung", "devise", "moneda", "valuta", "divisa", "doccurr", "doccur", "invcurr", "isocurr",
}  # fmt: skip
_WORDS = re.compile("currency|währung|waehrung|currencies|waers|waerk")
_AMOUNT = re.compile(r"\b(in|rate|rates|kurs|date|amount|amt|value|price|total)\b|wert|betrag")
USUAL = frozenset({"USD", "EUR", "GBP", "JPY", "CNY", "CAD", "CHF", "AUD", "SEK", "INR", "KRW", "MXN", "SGD", "HKD"})
"""One of these is among what a column of currencies holds: other codes are words and units too (TOP, KGS)."""
LOOKED_AT = 500
"""So many of the first rows are looked at."""


def is_named_currency(heading: str) -> bool:
    """Whether a heading names a currency: Currency, Curr., WAERS, Doc. Currency; not an amount in one."""
    folded = fold(heading).replace("_", " ").replace(".", " ")
    return bare(heading) in _NAMES or bool(_WORDS.search(folded) and not _AMOUNT.search(folded))


def holds_currencies(values: Sequence[str], codes: Collection[str]) -> bool:
    """Whether the values that are not blank are ISO 4217 codes, a usual one among them."""
    found = {value.strip().upper() for value in values} - {""}
    return bool(found & USUAL) and found <= set(codes)


def unread_currencies(
    layout: Layout, headings: Sequence[str], rows: Sequence[Sequence[str]], codes: Collection[str]
) -> list[str]:
    """Return the headings that the layout does not read and that seem to be a currency, by name or by what they hold.

    None where the layout reads a currency, or no value.
    """
    read = {*layout.columns, *layout.constants}
    if "currency" in read or "currency" not in layout.record_kind.names or not read & {"value_usd", "value_recorded"}:
        return []
    mapped = {fold(heading) for entry in layout.columns.values() for heading in entry.read_from}
    return [
        heading
        for place, heading in enumerate(headings)
        if fold(heading) not in mapped
        and (is_named_currency(heading) or holds_currencies([row[place] for row in rows], codes))
    ]


def told(headings: Sequence[str]) -> list[str]:
    """Return a sentence for each such heading: what is wrong, and what to do."""
    return [
        f"{heading!r} looks like a currency and is not read, so that all amounts count as US dollars. Map it to"
        " currency, or add constants: {currency: USD} if they are."
        for heading in headings
    ]
