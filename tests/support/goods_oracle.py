"""A second reading of what a line tells of its goods and their place: headings, words of a description, regions.

By the tables and parameters of the law as they are written, on one day at a time, and shared with no engine.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from tests.support.tables_oracle import Tables
from tests.support.truth import Line, Truth
from transforms.rulebook.scope import Headings

UNITS = {"NO", "PRS"}
"""What is counted, one by one or in pairs."""


class Told(NamedTuple):
    """Whether goods are on a list, and from when what is known of it holds."""

    truth: Truth
    since: str = ""


def reaches_heading(headings: Headings, line: Line, day: str, tables: Tables) -> Told:
    """Whether the goods of a line are within a scope of headings on that day."""
    if headings.but:
        told = number_of(line)
        is_known = is_asked(line, tables) and told is not None
        return Told(is_known and not _rows_of(headings.but, told or "", tables))
    if not is_asked(line, tables):
        return Told(None)
    told = number_of(line)
    if told is None:
        return Told(None)
    for row in _rows_of(headings.listed or "", told, tables):
        possible, start, end = row["possible_from"], row["from"], row["until"]
        if (end and day > end) or day < (possible or start):
            return Told(False)
        is_sure = day >= start if start else not possible
        price = price_of(line, told, tables)
        if price is False and is_sure:
            return Told(False)
        return Told(True if is_sure and price else None, start if is_sure else possible)
    return Told(False)


def number_of(line: Line) -> str | None:
    """The number recorded; the empty text of what has none, as a download; None where it is not known."""
    number = re.sub(r"[.\s-]", "", line.get("schedule_b") or "")
    if not number:
        return "" if line.get("form") == "intangible" else None
    is_read = re.fullmatch("[0-9]{6}|[0-9]{8}|[0-9]{10}", number) and number[:2] not in ("00", "77", "98", "99")
    return number if is_read else None


def price_of(line: Line, number: str, tables: Tables) -> Truth:
    """Whether the price of one unit is over the floor that its heading has on some list; True where it has none."""
    known = {row["heading"]: row["floor_usd"] for rows in tables.headings.values() for row in rows if row["floor_usd"]}
    # of several headings that some list has, the longest tells
    told = next((number[:size] for size in (6, 4, 2) if number[:size] in _every_heading(tables)), "")
    if told not in known:
        return True
    floor, share = Decimal(known[told]), (100 - Decimal(tables.values("unit-price-band")[0])) / 100
    value, quantity = Decimal(line.get("value_usd") or 0), Decimal(line.get("quantity") or 0)
    if value <= 0 or quantity <= 0 or tables.units.get((line.get("uom") or "").upper()) not in UNITS:
        return None
    price = value / quantity
    return False if price < floor * share else True if price > floor / share else None


def is_asked(line: Line, tables: Tables) -> bool:
    """Whether headings and words are told of a line at all: by its destinations, or a region of Ukraine."""
    countries = tables.values("heading-destinations")
    named = (line.get(one) for one in ("destination", "consignee_country", "end_user_country"))
    return bool(region_of(line, tables)) or any(one in countries for one in named)


def region_of(line: Line, tables: Tables) -> str:
    """The region of Ukraine that a line names."""
    if line.get("destination") not in ("UA", "RU"):
        return ""
    for name, region in (
        ("crimea-places", "Crimea"), ("dnr-lnr-places", "DNR or LNR"),
        ("donetsk-luhansk-places", "Donetsk or Luhansk"),
    ):  # fmt: skip
        if _has_any(line.get("destination_region"), tables, name):
            return region
    return ""


def told_of(line: Line, tables: Tables, *, is_eccn: bool) -> set[str]:
    """What the description of a line tells, if it may be EAR99, and the record of its item."""
    found = {one for one in (line.get("item_facts") or "").split("; ") if one}
    if not is_asked(line, tables) or (is_eccn and line.get("eccn") != "EAR99"):
        return found
    found |= {"no ECCN"} if not is_eccn else set()
    found |= {"intangible"} if line.get("form") == "intangible" else set()
    for name, word in (("supplement-6-descriptions", "Supplement 6"), ("software-descriptions", "software")):
        found |= {word} if _has_any(line.get("description"), tables, name) else set()
    return found


def settles(facts: tuple[str, ...], line: Line, tables: Tables) -> Truth:
    """Whether all of these facts hold of the item, by its record."""
    said = [one for one in (line.get("item_facts") or "").split("; ") if one]
    denied = any(tables.denials.get(one) in said for one in facts)
    return False if denied else True if all(one in said for one in facts) else None


def _rows_of(name: str, number: str, tables: Tables) -> list[dict[str, str]]:
    found = [row for row in tables.headings[name] if number.startswith(row["heading"])]
    return sorted(found, key=lambda row: -len(row["heading"]))[:1]


@cache
def _every_heading(tables: Tables) -> frozenset[str]:
    return frozenset(row["heading"] for rows in tables.headings.values() for row in rows)


def _has_any(text: str | None, tables: Tables, name: str) -> bool:
    plain = "".join(one for one in unicodedata.normalize("NFD", text or "") if not unicodedata.combining(one))
    return any(re.search(pattern, plain, re.IGNORECASE) for pattern in tables.values(name))
