"""The Commerce Control List as rows of the compiled law: each row is a version of the rule of its reason.

Rows whose column marks no country at all (AT Column 1 and 2) are not compiled: they require nothing by the chart. A
line without a readable ECCN is held against one version of each rule, wherever any of its rows reaches. A row on
a technical condition says nothing of a line whose ECCN has no paragraph: a doubt about a doubt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from transforms.rulebook.ccl import (
    FIRM,
    NOTE,
    CclRule,
    CommerceControlList,
    ControlRow,
    Dated,
    ExceptionRow,
    Restriction,
)  # fmt: skip
from transforms.rulebook.ccl_limits import WELL_OVER, WELL_UNDER, Bands, Limits, row_key
from transforms.rulebook.ccl_places import column_of, is_left_out, places_of
from transforms.rulebook.ccl_terms import CIV_ENDED, terms_rows
from transforms.rulebook.item_facts import fact_rows
from transforms.rulebook.parameter import Parameters
from transforms.rulebook.places import ALWAYS, FOREVER, Membership
from transforms.rulebook.rows import DAY, Keys, Row, place_key
from transforms.rulebook.scope import Items, Places

NO_ECCN = "CCL"
"""The word of items that no ECCN is under: it reaches lines without a readable ECCN alone."""
_SHOWN = 4
_T = TypeVar("_T", bound=Dated)


@dataclass
class CompiledList:
    """The rows that the list adds to the law."""

    versions: list[Row] = field(default_factory=list)
    periods: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class CclKeys:
    """The keys of scopes and terms, which all rules share, and what versions say of the chart."""

    items: Keys
    places: Keys
    terms: Keys
    facts: Keys
    limits: Keys
    chart: str
    """For which days the Country Chart was read, in words."""


def compile_ccl(
    ccl: CommerceControlList,
    memberships: Iterable[Membership],
    first_key: int,
    shared: CclKeys,
    parameters: Parameters,
) -> CompiledList:
    """Return the versions, numbered from `first_key`, and their periods."""
    marked = {one.word.removeprefix("chart:") for one in memberships if one.word.startswith("chart:") and not one.doubt}
    found = CompiledList()
    keys = _Keys(first_key, shared)
    offers, notes = defaultdict(list), defaultdict(list)
    for offer in ccl.exceptions:
        offers[offer.entry].append(offer)
    for row in ccl.controls:
        if row.reason == NOTE:
            notes[row.entry].append(row)
    reaching: dict[str, list[ControlRow]] = defaultdict(list)
    for row in ccl.controls:
        if row.reason == NOTE or (row.column and row.column not in marked):
            continue
        reaching[row.reason].append(row)
        cancelled = [one for one in notes[row.entry] if row.reason in one.cancels and not is_left_out(row, one)]
        told = [one for one in offers[row.entry] if one.meets(row)]
        closing = [one for one in ccl.restrictions if one.concerns(row)]
        for start, end in _stretches(row, (*told, *closing, *cancelled), parameters):
            terms_key = keys.terms_of(row, _held(told, start), _held(closing, start), start, parameters)
            key = keys.add(found, ccl.rules[row.reason], row, terms_key)
            found.periods.append(_period(key, row, _held(cancelled, start), start, end, keys))
    for reason, rows in sorted(reaching.items()):
        keys.add_unread(found, ccl.rules[reason], _anywhere(rows))
    return found


class _Keys:
    """Numbers versions, and keys their scopes and terms."""

    def __init__(self, first_key: int, shared: CclKeys) -> None:
        self.first, self.items, self.places = first_key, shared.items, shared.places
        self.terms, self.facts, self.chart = shared.terms, shared.facts, shared.chart
        self.limits = Limits(shared.limits, shared.items, shared.places)
        self._known: dict[object, int] = {}

    def terms_of(
        self,
        row: ControlRow,
        told: tuple[ExceptionRow, ...],
        closing: tuple[Restriction, ...],
        day: date,
        parameters: Parameters,
    ) -> int:
        """Return the key of the terms of a row from a day on; rows of an entry and reason mostly share them."""
        limits = tuple((one.row, one.destinations == row.destinations) for one in closing)
        bands = Bands(*(parameters.number(name, day) for name in (WELL_UNDER, WELL_OVER)))
        has_civ = day < CIV_ENDED
        same = (row.entry, row.reason == "NS", tuple(one.row for one in told), limits, has_civ, bands)
        if same not in self._known:
            terms = terms_rows(row, told, closing, bands, self.limits, has_civ=has_civ)
            self._known[same] = self.terms.key(terms, terms, "terms_key")
        return self._known[same]

    def add(self, found: CompiledList, rule: CclRule, row: ControlRow, terms_key: int) -> int:
        """Add the version that a row is, and return its key."""
        place = column_of(row.column) if row.column else places_of(row.destinations)
        authority = [f"15 CFR 774 Supp. 1, ECCN {row.entry}", *([row.cited] if row.section else rule.authority)]
        read_in = [_read_in(row), *([self.chart] if row.column else [])]
        version: Row = {
            "reason": f"{row.place}, ECCN {_shown(row)}",
            "from_on": row.from_on,
            "authority": [*dict.fromkeys([*authority, row.source]), *read_in],
            "activities": list(row.activities),
            "item_key": row_key(_items(row), self.items),
            "place_key": place_key(place, self.places, is_row=True),
            "terms_key": terms_key,
            # encryption items are most of their entries, which are mostly recorded without a paragraph
            "needs_paragraph": bool(row.paragraphs) and row.scope not in FIRM and row.reason != "EI",
        }
        return self._version(found, rule, version)

    def add_unread(self, found: CompiledList, rule: CclRule, place: Places) -> None:
        """Add the version of a rule that lines without a readable ECCN are held against."""
        others: Row = {"symbol": "*", "stance": "own_terms", "paragraphs": [], "place_key": None, "item_key": None}
        word: Row = {"word": NO_ECCN, "is_except": False, "is_row": False}
        version: Row = {
            "reason": rule.reason,
            "from_on": None,
            "authority": list(rule.authority),
            "activities": ["export", "reexport", "in_country_transfer"],
            "item_key": self.items.key(NO_ECCN, [word], "item_key"),
            "place_key": place_key(place, self.places, is_row=True),
            "terms_key": self.terms.key([others], [others], "terms_key"),
        }
        key = self._version(found, rule, version)
        found.periods.append(_days(key, ALWAYS, FOREVER))

    def _version(self, found: CompiledList, rule: CclRule, version: Row) -> int:
        key = self.first + len(found.versions)
        found.versions.append(
            {
                "version_key": key, "law_key": key, "rule_id": rule.id, "rule_kind": rule.kind, "remedy": rule.remedy,
                "severity": rule.severity, "governed_by": None, "has_savings": False, "en_route_on": None,
                "exported_before": None, "look_until": None, "savings_except": [], "is_row": True,
                "needs_paragraph": False, **version,
            }
        )  # fmt: skip
        return key


def _stretches(row: ControlRow, told: Iterable[Dated], parameters: Parameters) -> list[tuple[date, date]]:
    """The days of a row, cut where what is told of exceptions begins or ends, and where CIV ended."""
    start, end = row.from_on or ALWAYS, row.until_on or FOREVER
    cuts = {CIV_ENDED, *(one.from_on for one in told if one.from_on)}
    cuts |= {one.until_on + DAY for one in told if one.until_on}
    cuts |= {one.from_on for name in (WELL_UNDER, WELL_OVER) for one in parameters.by_name[name].values if one.from_on}
    starts = [start, *sorted(cut for cut in cuts if start < cut <= end)]
    return list(zip(starts, [*(cut - DAY for cut in starts[1:]), end], strict=True))


def _held(told: Iterable[_T], day: date) -> tuple[_T, ...]:
    """Those that hold on a day."""
    return tuple(one for one in told if (one.from_on or ALWAYS) <= day <= (one.until_on or FOREVER))


def _period(key: int, row: ControlRow, notes: Iterable[ControlRow], start: date, end: date, keys: _Keys) -> Row:
    """The days of a version; what no record settles is a doubt, of all its items or of those that are doubted."""
    period = _days(key, start, end)
    doubts = [f"a License Requirement Note may cancel this: {one.fact}" for one in notes]
    if row.settled_by:
        told = fact_rows(row.settled_by, row.related)
        left = [_unsettled(row.left_open), *doubts] if row.left_open else doubts
        period |= {"fact_key": keys.facts.key(told, told, "fact_key"), "doubt_left": "; ".join(left) or None}
    if row.doubted:
        period["doubted_item_key"] = row_key(Items.model_validate({"eccn": list(row.doubted)}), keys.items)
    if row.doubted and row.is_sure:
        period["item_doubt"] = _doubt(row)
    elif row.doubted or not row.is_sure:
        doubts.insert(0, _doubt(row))
    return period | {"doubt": "; ".join(doubts) or None}


def _days(key: int, start: date, end: date) -> Row:
    return {
        "version_key": key, "from_on": start, "until_on": end, "is_in_force": True, "doubt": None, "item_doubt": None,
        "doubted_item_key": None, "fact_key": None, "doubt_left": None,
    }  # fmt: skip


def _doubt(row: ControlRow) -> str:
    if row.scope == "derived":
        served = f" (only for {', '.join(row.related[:_SHOWN])}{', ...' if len(row.related) > _SHOWN else ''})"
        return f"the shipment record does not show {row.fact}{served if row.related else ''}"
    if row.scope in FIRM:
        return row.fact
    return _unsettled(row.fact)


def _unsettled(condition: str) -> str:
    return f"the shipment record does not settle a condition of the entry: {condition}"


def _items(row: ControlRow) -> Items:
    named = list(row.paragraphs) or [row.entry]
    return Items.model_validate({"eccn": named, **({"except": list(row.but)} if row.but else {})})


def _anywhere(rows: Iterable[ControlRow]) -> Places:
    """Wherever one of the rows reaches, exceptions of the rows aside."""
    scopes = [column_of(row.column) if row.column else places_of(row.destinations) for row in rows]
    if any(scope.all for scope in scopes):
        return places_of("ALL")
    names = ("countries", "lists", "groups", "chart")
    words = {name: sorted({word for scope in scopes for word in getattr(scope, name)}) for name in names}
    return Places.model_validate({name: found for name, found in words.items() if found})


def _shown(row: ControlRow) -> str:
    if row.paragraphs:
        return ", ".join(row.paragraphs[:_SHOWN]) + (", ..." if len(row.paragraphs) > _SHOWN else "")
    return row.entry + (f" except {', '.join(row.but[:_SHOWN])}" if row.but else "")


def _read_in(row: ControlRow) -> str:
    if row.known_from and row.known_until and row.known_from < row.known_until:
        return f"text read for {row.known_from} to {row.known_until}; assumed unchanged on other days"
    if known := row.known_from or row.known_until:
        return f"text read for {known}; assumed unchanged on other days"
    return "text of these days not read; assumed"
