"""What a license exception turns on under one row of the Commerce Control List, beside its own terms.

An *offer* of the entry: for which of its items, to which destinations, up to what value of an order (15 CFR 740.3). A
*closing* is a paragraph of 15 CFR 740.2(a) that speaks of some paragraphs of the entry, or on a condition that no
record of a shipment shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from transforms.rulebook.ccl import ControlRow, ExceptionRow, Restriction
from transforms.rulebook.ccl_places import places_of
from transforms.rulebook.rows import Keys, Row, item_key, place_key
from transforms.rulebook.scope import Items

LISTED = ("LVS", "GBS", "TSR", "APP", "ENC", "ACE", "NAC", "ACA", "IEC", "HBM", "AIA", "ACM", "LPP")
"""Exceptions that serve only where an entry offers them."""
SYMBOLS = (
    *LISTED, "STA", "CIV", "TMP", "RPL", "GOV", "GFT", "TSU", "BAG", "AVS", "APR", "AGR", "CCD", "SCP", "MED", "CTP",
    "KMI", "TAPS", "VEU", "SS-WRC", "SS-SAMPLE", "SS-SPR",
)  # fmt: skip
"""Every exception that may be named; for any other its own terms hold."""
WELL_UNDER, WELL_OVER = "order-value-well-under", "order-value-well-over"
"""The shares of a limit, in percent: up to the first a shipment without an order number is within it, and above the
second the limit is passed, whatever freight the value recorded holds."""
_VALUED = "LVS"
_SURE = ("LVS", "GBS")
"""Exceptions that an offer opens by itself; the others have terms of their own that no record shows."""
_SHOWN = 4
_CLOSING: Row = {"is_offer": False, "limit_usd": None, "well_under_usd": None, "well_over_usd": None}


@dataclass(frozen=True)
class Bands:
    """The two shares on the days that are compiled."""

    well_under: Decimal
    well_over: Decimal


@dataclass(frozen=True)
class Limits:
    """Hands out one number per distinct set of offers and closings, and keeps their rows."""

    keys: Keys
    items: Keys
    places: Keys
    known: dict[object, int] = field(default_factory=dict)
    closing: dict[object, Mapping[str, tuple[int, ...]]] = field(default_factory=dict)

    def closers(self, closing: Sequence[Restriction]) -> Mapping[str, tuple[int, ...]]:
        """Return, by symbol and for `*`, which of these restrictions close an exception, by their place."""
        same = tuple(one.row for one in closing)
        if same not in self.closing:
            self.closing[same] = {
                symbol: tuple(at for at, one in enumerate(closing) if one.closes_exception(symbol))
                for symbol in (*SYMBOLS, "*")
            }
        return self.closing[same]

    def key(
        self,
        row: ControlRow,
        symbol: str,
        offered: Sequence[ExceptionRow],
        closing: Sequence[Restriction | ExceptionRow],
        bands: Bands,
    ) -> int | None:
        """Return the number of the limits of an exception; None where it has none."""
        if not offered and not closing:
            return None
        told = tuple(one.row for one in offered), tuple((type(one), one.row) for one in closing)
        same = (row.entry, symbol if offered else "", *told, bands)
        if same not in self.known:
            rows = [self._offer(row, symbol, one, bands) for one in offered]
            rows += [self._closing(row, one) for one in closing if isinstance(one, Restriction)]
            rows += [self._bar(row, one) for one in closing if isinstance(one, ExceptionRow)]
            self.known[same] = self.keys.key(rows, rows, "limits_key")
        return self.known[same]

    def _offer(self, row: ControlRow, symbol: str, one: ExceptionRow, bands: Bands) -> Row:
        amount = Decimal(one.value_usd) if one.value_usd else None
        is_told = one.confidence != "low" and not one.condition and (symbol != _VALUED or amount is not None)
        return {
            "is_offer": True,
            "item_key": row_key(_items(row.entry, one.paragraphs, one.but), self.items),
            "place_key": place_key(places_of(one.destinations), self.places) if one.destinations else None,
            "limit_usd": amount,
            "well_under_usd": amount * bands.well_under / 100 if amount else None,
            "well_over_usd": amount * bands.well_over / 100 if amount and one.confidence != "low" else None,
            "is_sure": symbol in _SURE and is_told,
            "scope": _shown(row.entry, one.paragraphs, one.but),
            "condition": one.condition or None,
        }

    def _closing(self, row: ControlRow, one: Restriction) -> Row:
        return _CLOSING | {
            "item_key": row_key(_items(row.entry, one.paragraphs_of(row.entry), ()), self.items),
            "place_key": place_key(places_of(one.destinations), self.places) if one.destinations else None,
            "is_sure": not one.condition,
            "scope": f"15 CFR {one.paragraph}",
            "condition": one.condition or None,
        }

    def _bar(self, row: ControlRow, one: ExceptionRow) -> Row:
        """What the entry says of STA, 15 CFR 740.20."""
        return _CLOSING | {
            "item_key": row_key(_items(row.entry, one.paragraphs, one.but), self.items),
            "place_key": place_key(places_of("A:6"), self.places) if one.stance == "not to A:6" else None,
            "is_sure": not one.condition and one.confidence != "low",
            "scope": f"ECCN {_shown(row.entry, one.paragraphs, one.but)}",
            "condition": one.condition or None,
        }


def row_key(scope: Items, keys: Keys) -> int:
    """Return the key of the items of a row: a line without a readable ECCN is not held against each of them."""
    before = len(keys.rows)
    key = item_key(scope, _Marked(keys))
    for word in keys.rows[before:]:
        word["is_row"] = True
    return key


class _Marked(Keys):
    """Keys that tell the scopes of rows from equal scopes of rules."""

    def __init__(self, keys: Keys) -> None:
        self._keys, self.rows = keys, keys.rows

    def key(self, content: object, rows: Iterable[Row], name: str) -> int:
        return self._keys.key(["row", content], rows, name)


def _items(entry: str, paragraphs: Sequence[str], but: Sequence[str]) -> Items:
    return Items.model_validate({"eccn": list(paragraphs) or [entry], **({"except": list(but)} if but else {})})


def _shown(entry: str, paragraphs: Sequence[str], but: Sequence[str]) -> str:
    if paragraphs:
        return ", ".join(paragraphs[:_SHOWN]) + (", ..." if len(paragraphs) > _SHOWN else "")
    return entry + (f" except {', '.join(but[:_SHOWN])}" if but else "")
