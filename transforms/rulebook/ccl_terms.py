"""Which license exceptions are open under one row of the Commerce Control List, as rows of `exception_terms`.

An exception that is tied to entries serves only where the entry offers it (15 CFR 740.3 to 740.8, 740.17, 740.22 to
740.29); 15 CFR 740.2(a) closes exceptions over all. What the record cannot show is left on the exception's own terms.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cache

from transforms.rulebook.ccl import ControlRow, ExceptionRow, Restriction
from transforms.rulebook.ccl_limits import LISTED, SYMBOLS, Bands, Limits
from transforms.rulebook.ccl_places import places_of
from transforms.rulebook.rows import Keys, Row, item_key, place_key
from transforms.rulebook.scope import Items, Places

CIV_ENDED = date(2020, 6, 29)
"""The first day without License Exception CIV, 15 CFR 740.5: 85 FR 23470."""
_PLACES = {
    "LVS": "B", "GBS": "B except SD UA", "TSR": "B except SD UA",
    "ENC": "ALL except E:1 E:2", "ACE": "ALL except E:1 E:2",
}  # fmt: skip
"""Where an exception is open at all: 15 CFR 740.3(b), 740.4, 740.6(a), 740.17, 740.22."""
_CELLS = ("LVS", "GBS", "TSR")
"""Exceptions of which each entry has a cell."""
_ONLY_FOR_NS = ("GBS", "TSR")
_OWN_TERMS: Row = {"stance": "own_terms", "place": None, "items": None}
_CLOSED: Row = {"stance": "closed", "place": None, "items": None}


def terms_rows(
    row: ControlRow,
    told: Sequence[ExceptionRow],
    closing: Sequence[Restriction],
    bands: Bands,
    limits: Limits,
    *,
    has_civ: bool,
) -> list[Row]:
    """Return the terms of each exception under one row.

    `told` is what its entry says of exceptions, `closing` the restrictions that concern it; `has_civ` holds on the days
    before CIV was removed.
    """
    closers = limits.closers(closing)
    is_firm = [_is_firm(one, row) for one in closing]
    said_of: dict[str, list[ExceptionRow]] = defaultdict(list)
    for offer in told:
        said_of[offer.exception].append(offer)

    def terms(symbol: str, said: Row) -> Row:
        if said["stance"] != "closed":
            said = _restricted(said, row, [closing[at] for at in closers[symbol] if is_firm[at]])
        if said["stance"] == "closed":
            return _CLOSED
        offered = [one for one in said_of[symbol] if one.stance == "offered"] if said["stance"] == "limited" else []
        also = [closing[at] for at in closers[symbol] if not is_firm[at]]
        barred = [one for one in said_of[symbol] if one.is_bar] if symbol == "STA" else []
        return said | {"limits_key": limits.key(row, symbol, offered, (*also, *barred), bands)}

    others = terms("*", _OWN_TERMS)
    alike = {closers["*"]: others}  # exceptions on their own terms alone turn on what closes them
    found = []
    for symbol in SYMBOLS:
        own = _own(symbol, row, said_of[symbol], has_civ=has_civ)
        if own is _OWN_TERMS:
            said = alike.setdefault(closers[symbol], alike.get(closers[symbol]) or terms(symbol, own))
        else:
            said = terms(symbol, own)
        if said != others:
            found.append(_row(symbol, said, limits.items, limits.places))
    return [*found, _row("*", others, limits.items, limits.places)]


def _is_firm(one: Restriction, row: ControlRow) -> bool:
    """Whether it closes exceptions for all that the row covers, at places that can be taken from a scope."""
    if one.condition or one.paragraphs_of(row.entry):
        return False
    if one.destinations in ("", row.destinations):
        return True
    scope = places_of(one.destinations)
    return bool(scope.all) or not scope.but


def _own(symbol: str, row: ControlRow, told: list[ExceptionRow], *, has_civ: bool) -> Row:
    """What the exception's own section and the entry say of it."""
    if symbol == "CIV":
        return _OWN_TERMS if has_civ else _CLOSED
    if symbol == "STA":
        return _sta(told)
    if symbol not in LISTED:
        return _OWN_TERMS
    is_software = row.entry[1] in "DE"
    if (symbol in ("LVS", "GBS") and is_software) or (symbol == "TSR" and not is_software):
        return _CLOSED
    if symbol in _ONLY_FOR_NS and row.reason != "NS":
        return _CLOSED
    offered = [one for one in told if one.stance == "offered"]
    place = _PLACES.get(symbol)
    if not offered:  # the cell of some entries was lost in the copies that were read
        is_lost = symbol in _CELLS and not told
        if not is_lost and not any(one.confidence == "low" for one in told):
            return _CLOSED
        return _OWN_TERMS | {"place": place}
    if symbol == "LVS" or (symbol == "GBS" and len(offered) > 1) or any(one.destinations for one in offered):
        return {"stance": "limited", "place": place, "items": None}
    is_sure = symbol == "GBS" and not any(one.condition or one.confidence == "low" for one in offered)
    return {"stance": "open" if is_sure else "own_terms", "place": place, "items": _items(row.entry, offered)}


def _sta(told: list[ExceptionRow]) -> Row:
    """15 CFR 740.20: to A:5 and A:6, unless the entry bars all of it; what it bars of some items is a limit."""
    if any(one.stance == "not to A:5 or A:6" and _is_whole(one) for one in told):
        return _CLOSED
    return {"stance": "own_terms", "place": "A:5 A:6", "items": None}


def _is_whole(one: ExceptionRow) -> bool:
    """Whether a row is of its whole entry, and sure."""
    return not (one.paragraphs or one.but or one.condition or one.confidence == "low")


def _items(entry: str, offered: list[ExceptionRow]) -> Items | None:
    """The items for which an exception is offered; None: for all of the entry."""
    if any(not one.paragraphs and not one.but for one in offered):
        return None
    listed = sorted({word for one in offered for word in one.paragraphs})
    if all(one.paragraphs for one in offered):
        out = sorted({word for one in offered for word in one.but} - set(listed))
        return Items.model_validate({"eccn": listed, **({"except": out} if out else {})})
    left_out = set.intersection(*(set(one.but) for one in offered if not one.paragraphs)) - set(listed)
    return Items.model_validate({"eccn": [entry], **({"except": sorted(left_out)} if left_out else {})})


def _restricted(said: Row, row: ControlRow, closing: list[Restriction]) -> Row:
    """What 15 CFR 740.2(a) leaves of an exception."""
    for one in closing:
        if not one.destinations or one.destinations == row.destinations:
            return _CLOSED
    if said["stance"] == "closed":
        return said
    for one in closing:
        scope = places_of(one.destinations)
        if scope.all and scope.but:  # closed everywhere else; what is left out lies within all that exceptions reach
            said = said | {"place": Places.model_validate(scope.but.model_dump(exclude_defaults=True))}
    without = [one.destinations for one in closing if not places_of(one.destinations).but]
    if not without:
        return said
    return said | {"place": _narrowed(said["place"] or "ALL", tuple(without))}


@cache
def _narrowed(own_words: str, closed: tuple[str, ...]) -> Places:
    """Return the places of `own_words` without those that are closed."""
    own, without = places_of(own_words), [places_of(words) for words in closed]
    but = {
        name: sorted({word for place in (*without, *([own.but] if own.but else [])) for word in getattr(place, name)})
        for name in ("countries", "groups")
    }
    written = own.model_dump(exclude={"but", "all"}, exclude_defaults=True) | ({"all": "true"} if own.all else {})
    return Places.model_validate(written | {"except": {k: v for k, v in but.items() if v}})


def _row(symbol: str, said: Row, items: Keys, places: Keys) -> Row:
    place, scope = said["place"], said["items"]
    if isinstance(place, str):
        place = places_of(place)
    return {
        "symbol": symbol,
        "stance": said["stance"],
        "paragraphs": [],
        "place_key": place_key(place, places) if isinstance(place, Places) else None,
        "item_key": item_key(scope, items) if isinstance(scope, Items) else None,
        "doubt": said.get("doubt"),
        "limits_key": said.get("limits_key"),
    }
