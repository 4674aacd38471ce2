"""A second reading of the Schedule B number of a line, and of the supplements to part 746 that list HTS codes."""

from __future__ import annotations

import csv
import re
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.support.truth import Line, Truth

FACTS = Path(__file__).parents[1] / "fixtures" / "part746_hts.csv"

WHOLE = {"84": "2023-05-19", "85": "2023-05-19", "90": "2023-05-19", "88": "2024-01-23"}
"""Chapters that Supplement 4 lists whole, 88 FR 33422 and 89 FR 4804: the chapter decides, whatever the code."""
EARLIER = {"854129": "2023-02-24"}
"""A settlement charges exports of these, addenda."""
COMPLETE = {"86", "72", "74", "75", "76", "78", "79", "80", "81"}
"""Chapters of which every code of the HS stands in Supplement 4 from 2024-06-12."""
NOT_LISTED = {"250100", "251010", "251020", "261210", "271600"}
"""Codes of chapters 25 to 27 that are in none."""
LAST_EDITION = "2024-06-12"
FIRST_OF_FOUR = {"RU": "2022-03-03", "BY": "2022-09-15"}
FIRST_OF_TWO = {"RU": "2014-08-06", "BY": "2022-09-15"}
FIRST_OF_FIVE = "2022-03-11"
PIECES = {"PCS", "PC", "EA", "EACH", "NO", "UNIT", "UNITS"}
HALF, DOUBLE = Decimal("0.5"), Decimal(2)
"""The selling price is not the wholesale price: between these shares of a floor the price settles nothing."""


class Number(NamedTuple):
    """A Schedule B number: `code` with its first six digits, `special` (chapters 98, 99), `unreadable` or `missing`."""

    kind: str
    hs6: str = ""

    @property
    def chapter(self) -> str:
        """Its first two digits."""
        return self.hs6[:2]


class Listing(NamedTuple):
    """A code in a supplement: the first day it may be listed, the first day it surely is, a price floor in dollars."""

    possible_from: str
    sure_from: str
    floor: Decimal | None


class Span(NamedTuple):
    """A savings clause: goods tendered by `en_route`; `doubt` is the last such day of another reading.

    `deadline`: the day before which they must have gone; empty, where none is known. `look`: the last day on which a
    line without a tender date may be saved. `restated`: the day from which a later text of the paragraph holds, and
    the clause of the earlier one is asked no more.
    """

    en_route: str
    look: str
    doubt: str = ""
    deadline: str = ""
    restated: str = ""


SAVINGS = {
    "2022-02-24": Span("2022-02-24", "2022-03-26", restated="2024-04-29"),
    "2022-03-02": Span("2022-03-02", "2022-04-01", restated="2024-04-29"),
    "2022-04-08": Span("2022-04-08", "2022-05-09", doubt="2022-05-09", restated="2024-04-29"),
    "2023-02-24": Span("2023-02-24", "2023-03-27", restated="2023-05-19"),
    "2023-05-19": Span("2023-05-19", "2023-06-20", deadline="2023-06-20"),
    "2024-01-23": Span("2024-01-23", "2024-02-23", restated="2024-04-29"),
    "2024-06-12": Span("2024-06-12", "2024-07-12"),
}


def is_saved(wave: str, line: Line) -> Truth:
    """Whether the savings clause of a wave saves a line that went out on or after it."""
    span, day, tendered = SAVINGS[wave], str(line["export_on"]), line.get("tendered_on")
    if not tendered:
        return None if day <= span.look else False
    if span.restated and day >= span.restated:
        return False
    if tendered > max(span.en_route, span.doubt):
        return False
    if tendered > span.en_route or not span.deadline or day == span.deadline:
        return None
    return day < span.deadline


def read_number(line: Line) -> Number:
    text = re.sub(r"[.\s-]", "", line.get("schedule_b") or "")
    if not text:
        return Number("missing")
    if not re.fullmatch("[0-9]{6}|[0-9]{8}|[0-9]{10}", text) or text[:2] in ("00", "77"):
        return Number("unreadable")
    return Number("special" if text[:2] in ("98", "99") else "code", text[:6])


@cache
def read_listings() -> dict[str, dict[str, Listing]]:
    found: dict[str, dict[str, Listing]] = {}
    with FACTS.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            floor = Decimal(row["min_unit_price_usd"]) if row["min_unit_price_usd"] else None
            listing = Listing(row["possible_from"], row["valid_from"], floor)
            found.setdefault(row["supplement"], {})[row["hts6_or_more"]] = listing
    return found


def in_four(number: Number, line: Line, iso2: str) -> tuple[Truth, str]:
    """Supplement 4, industry."""
    day, listing = str(line["export_on"]), read_listings()["4"].get(number.hs6)
    starts = [one for one in (WHOLE.get(number.chapter), EARLIER.get(number.hs6)) if one]
    starts += [listing.sure_from] if listing else []
    if not starts or day < max(FIRST_OF_FOUR[iso2], listing.possible_from if listing else ""):
        return False, "not-listed"
    return _since(min(starts), line)


def in_five(number: Number, line: Line) -> tuple[Truth, str]:
    """Supplement 5, luxury."""
    day, listing = str(line["export_on"]), read_listings()["5"].get(number.hs6)
    if listing is None or day < max(FIRST_OF_FIVE, listing.possible_from):
        return False, "not-listed"
    if day < listing.sure_from:
        return None, "hts-band"  # other price floors
    reaches, why = reaches_floor(line, listing.floor)
    return _since(listing.sure_from, line) if reaches else (reaches, why)


def in_two(number: Number, line: Line, iso2: str) -> tuple[Truth, str]:
    """Supplement 2, oil and gas: by end use, so never sure."""
    listing = read_listings()["2"].get(number.hs6)
    if listing is None or str(line["export_on"]) < max(FIRST_OF_TWO[iso2], listing.possible_from):
        return False, "not-listed"
    return None, "supplement-2-possible"


def of_no_edition(number: Number, line: Line) -> tuple[Truth, str]:
    """A code that no row has, of a chapter whose every code has a row: it is of no HS edition of its day."""
    is_known = any(number.hs6 in read_listings()[one] for one in "245")
    if str(line["export_on"]) < LAST_EDITION or number.chapter not in COMPLETE or is_known:
        return False, "not-listed"
    return None, "hts-edition"


def is_any_table_in_force(day: str, iso2: str) -> bool:
    return day >= min(FIRST_OF_TWO[iso2], FIRST_OF_FOUR[iso2], FIRST_OF_FIVE)


def _since(start: str, line: Line) -> tuple[Truth, str]:
    if str(line["export_on"]) < start:
        return None, "hts-band"
    saved = is_saved(start, line)
    if saved:
        return None, "hts-band"  # it may have been listed before
    return (True, "hts-listed") if saved is False else (None, "savings-clause")


def reaches_floor(line: Line, floor: Decimal | None) -> tuple[Truth, str]:
    if floor is None:
        return True, "hts-listed"
    value, quantity = _amount(line.get("value_usd")), _amount(line.get("quantity"))
    if value is None or quantity is None or (line.get("uom") or "").upper() not in PIECES:
        return None, "price-unknown"
    price = value / quantity
    if price < HALF * floor:
        return False, "price-below"
    return (True, "hts-listed") if price > DOUBLE * floor else (None, "price-band")


def _amount(text: str | None) -> Decimal | None:
    try:
        amount = Decimal(text or "")
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and amount > 0 else None
