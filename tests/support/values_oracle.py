"""A second reading of 15 CFR 30.37(a): is more than $2,500 of one Schedule B number in the shipment of this line?

Each line is held against each other line of its home. `over`, `under`, or `unknown` where the record does not tell.
What cannot be read is missing, and what is missing sets no line apart: see `readable`.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tests.support.readable import read_amount, read_name, read_number, read_origin, read_usppi
from tests.support.tables_oracle import Tables
from tests.support.truth import Line, Truth, all_of

LIMIT = Decimal(2500)
PARTS = ("schedule_b", "origin_df", "usppi_id", "consignee_name", "destination", "conveyance")
"""With the day, what makes a shipment of one Schedule B number, 15 CFR 30.1(c) and 30.37(a)."""


def low_values(home: Sequence[Line], tables: Tables) -> list[str]:
    """What is known of the value of each line's shipment, in the order of the lines."""
    readable = [_readable(line, tables) for line in home]
    return [_low_value(line, readable) for line in readable]


def _readable(line: Line, tables: Tables) -> Line:
    """The line with the parts that can be read alone; the others are as if they were not recorded."""
    return {
        **line,
        "schedule_b": read_number(line.get("schedule_b")),
        "origin_df": read_origin(line.get("origin_df"), tables),
        "usppi_id": read_usppi(line.get("usppi_id")),
        "usppi_name": read_name(line.get("usppi_name")),
        "consignee_name": read_name(line.get("consignee_name")),
        "destination": line.get("destination") or "",
        "conveyance": read_name(line.get("conveyance")),
    }


def _low_value(line: Line, home: Sequence[Line]) -> str:
    belongs = [all_of([_counts(line), _counts(other), _is_one(line, other)]) for other in home]
    own = [_value(other) for other, truth in zip(home, belongs, strict=True) if truth]
    perhaps = [_value(other) for other, truth in zip(home, belongs, strict=True) if truth is None]
    if _sum(own) > LIMIT:
        return "over"
    return "unknown" if None in own + perhaps or _sum(own + perhaps) > LIMIT else "under"


def _counts(line: Line) -> Truth:
    """Whether a line is of an export of goods; None where it does not say what it is."""
    if line.get("form") == "intangible" or line.get("activity") in ("reexport", "in_country_transfer"):
        return False
    return True if line.get("activity") else None


def _is_one(line: Line, other: Line) -> Truth:
    """Whether two lines are of one Schedule B number of one shipment, or the same line.

    Under one shipment number what neither line records is the same; but a shipment may hold several Schedule B numbers.
    """
    if line is other:
        return True
    if line["export_on"] != other["export_on"]:
        return False
    is_one_number = line["shipment_id"] == other["shipment_id"]
    return all_of(_agree(part, line, other, is_one_number and part != "schedule_b") for part in PARTS)


def _agree(part: str, line: Line, other: Line, is_silence_alike: bool) -> Truth:
    one, two = line[part], other[part]
    if part == "usppi_id" and not (one and two):
        names = [it["usppi_name"] for it in (line, other)]
        if all(names):  # without the number of both, another name is another; the same name is the same where it is all
            return None if names[0] == names[1] and (one or two) else names[0] == names[1]
        is_silence_alike = is_silence_alike and not any(names)
    if one and two:
        return one == two
    return True if one == two and is_silence_alike else None


def _value(line: Line) -> Decimal | None:
    """Dollars; an amount in another currency is none."""
    is_dollars = (line.get("currency") or "USD").strip().upper() == "USD"
    return read_amount(line.get("value_usd")) if is_dollars else None


def _sum(values: Sequence[Decimal | None]) -> Decimal:
    return sum((value for value in values if value is not None), Decimal(0))
