"""How the values of a column are written, as far as a sample tells: dates and decimals, where one way reads them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from transforms.layouts.dates import ISO_DATES

_DAYS = (
    "%d.%m.%Y", "%d.%m.%y", "%m/%d/%Y", "%d/%m/%Y", "%m/%d/%y", "%d/%m/%y", "%m-%d-%Y", "%d-%m-%Y", "%Y/%m/%d",
    "%Y%m%d", "%d-%b-%Y", "%d-%b-%y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%b %d %Y", "%Y.%m.%d",
)  # fmt: skip
_MOST = 0.9
_TIMES = ("", " %H:%M:%S", " %H:%M", " %I:%M:%S %p", " %I:%M %p")
POINT = re.compile(r"-?\$?(\d{1,3}(,\d{3})+\.\d+|\d+\.(\d{1,2}|\d{4,})|\d{4,}\.\d+|0?\.\d+|\d{1,3}(,\d{3}){2,})")
COMMA = re.compile(r"-?\$?(\d{1,3}(\.\d{3})+,\d+|\d+,(\d{1,2}|\d{4,})|\d{4,},\d+|0?,\d+|\d{1,3}(\.\d{3}){2,})")
"""A number that can be read with a point, or with a comma, as its decimal mark and in no other way."""


def date_forms(values: Sequence[str]) -> list[str] | None:
    """Return the formats that read every value, or nine in ten; [] without any, None for ISO dates and for no value.

    Years from 1980 to 2099 count as read, as at ingest. Where ISO reads nine in ten, the others are dirt.
    """
    enough = len(values) * _MOST
    if sum(any(_reads(form, value) for form in ISO_DATES) for value in values) >= enough:
        return None
    forms = {form: sum(_reads(form, value) for value in values) for form in (d + t for t in _TIMES for d in _DAYS)}
    whole = [form for form, count in forms.items() if count == len(values)]
    return whole or [form for form, count in forms.items() if count >= enough]


def decimal_mark(values: Sequence[str]) -> str:
    """Return the decimal mark that the numbers show: a dot, a comma, or the empty text where they do not tell."""
    point, comma = (any(way.fullmatch(value) for value in values) for way in (POINT, COMMA))
    return "" if point == comma else "." if point else ","


def _reads(form: str, value: str) -> bool:
    try:
        return 1980 <= datetime.strptime(value, form).year <= 2099
    except ValueError:
        return False
