"""Columns that seem to matter and that a layout does not read: a currency, or what a row is no export by.

A column of currencies that is not read makes all amounts dollars; one of returns, credit memos or cancellations makes
each of them an export; one of regions leaves open whether the goods left the customs territory.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from transforms.layouts.model import Layout
from transforms.layouts.naming import bare, fold

CURRENCY = "currency"
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


_NOT_EXPORTS = (
    "Rows that are no exports count as exports. Name their values under not_exports, or leave the heading under ignore"
    " if every row is an export."
)
_NO_SORT = re.compile(r"\b(date|time|by|user|name|dt)\b|datum")
_PAPER = "order|sales|document|doc|transaction|trans|delivery|shipment|billing|invoice|movement|line|item"
SORTS = {
    "a return": r"\b(returns?|returned|rma|retour)\b|returnflag|retoure",
    "a credit memo": r"\bcredit (memo|note)s?\b|creditmemo|creditnote|gutschrift|\bis credit\b",
    "a cancellation": r"\b(cancell?ed|cancell?ation|void|voided|deleted|storno|storniert)\b",
    "a type of order or document": (
        rf"\b({_PAPER}) ?(doc(ument)? ?)?(type|category|class)\b|belegart"
        r"|\b(auart|lfart|fkart|pstyv|bwart|auftragsart|lieferart)\b"
    ),
    "a status": r"\bstatus( code)?\b|\bstat\b|\b(wbstk|gbstk|lfstk)\b",
}
"""What a heading names by which a row may be no export, and by which words."""
_REGION = re.compile(r"\b(state|province|region|regio|territory|county|bundesland)\b")
_NO_REGION = re.compile(r"\b(date|sales|status|statement|time|tax)\b")


def is_named_currency(heading: str) -> bool:
    """Whether a heading names a currency: Currency, Curr., WAERS, Doc. Currency; not an amount in one."""
    folded = _spaced(heading)
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
    if CURRENCY in read or CURRENCY not in layout.record_kind.names or not read & {"value_usd", "value_recorded"}:
        return []
    return [
        heading
        for place, heading in _unread(layout, headings)
        if is_named_currency(heading) or holds_currencies([row[place] for row in rows], codes)
    ]


def overlooked(layout: Layout, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """Return the other headings that seem to matter and are not read: heading -> what it seems to be, and what to do.

    They are told by their names; a column that is blank in all of `rows` says nothing and is left out.
    """
    found: dict[str, str] = {}
    if not layout.record_kind.is_screened:
        return found
    read = {*layout.columns, *layout.constants}
    for place, heading in _unread(layout, headings):
        if rows and not any(row[place].strip() for row in rows):
            continue
        if sort := sort_of(heading):
            found[heading] = f"{sort}. {_NOT_EXPORTS}"
        elif "destination_region" not in read and names_region(heading):
            found[heading] = (
                "a State or region. Map it to destination_region or shipped_from_region if it is that of one of them:"
                " Puerto Rico and other territories are told by it."
            )
    return found


def sort_of(heading: str) -> str:
    """Return what a heading names by which a row may be no export, in words; the empty text for any other."""
    folded = _spaced(heading)
    if _NO_SORT.search(folded):
        return ""
    return next((noun for noun, words in SORTS.items() if re.search(words, folded)), "")


def names_region(heading: str) -> bool:
    """Whether a heading names a State, province or region."""
    folded = _spaced(heading)
    return bool(_REGION.search(folded)) and not _NO_REGION.search(folded)


def told(currencies: Sequence[str], others: dict[str, str] | None = None) -> list[str]:
    """Return a sentence for each such heading: what is wrong, and what to do."""
    said = [
        f"{heading!r} looks like a currency and is not read, so that all amounts count as US dollars. Map it to"
        " currency, or add constants: {currency: USD} if they are."
        for heading in currencies
    ]
    return said + [f"{heading!r} is not read, and looks like {what}" for heading, what in (others or {}).items()]


def _unread(layout: Layout, headings: Sequence[str]) -> list[tuple[int, str]]:
    read = {fold(heading) for heading in layout.headings_read}
    return [(place, heading) for place, heading in enumerate(headings) if fold(heading) not in read]


def _spaced(heading: str) -> str:
    """Return a heading folded, its words parted by spaces: order_type, OrderType and Order-Type are alike."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    return " ".join(re.sub(r"[_.\-/:#?]", " ", fold(parted)).split())
