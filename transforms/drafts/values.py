"""How the values of a column are written, as far as a sample tells: dates and decimals, where one way reads them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from transforms.drafts.contents import NO_DATE
from transforms.layouts.dates import ISO_DATES
from transforms.layouts.marks import COMMA, POINT

_DAYS = (
    "%d.%m.%Y", "%d.%m.%y", "%m/%d/%Y", "%d/%m/%Y", "%m/%d/%y", "%d/%m/%y", "%m-%d-%Y", "%d-%m-%Y", "%m-%d-%y",
    "%d-%m-%y", "%Y/%m/%d", "%Y%m%d", "%d-%b-%Y", "%d-%b-%y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y",
    "%b %d %Y", "%Y.%m.%d",
)  # fmt: skip
_MOST = 0.9
_LOOKED_AT = 60
_TIMES = ("", " %H:%M:%S", " %H:%M", " %I:%M:%S %p", " %I:%M %p", "T%H:%M:%S", ", %H:%M", " %H.%M")
_BESIDE = re.compile(r"['’\s\u00a0\u202f]|[A-Z]{3}|[€£¥]|-$")
"""What stands in an amount besides digits and marks: thousands marks that are none, a currency, a trailing minus."""
_WITH_ZONE = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?\s?(Z|[+-]\d{2}:?\d{2})")
"""A moment with its zone, which ingest reads as the day that is written."""


def date_forms(values: Sequence[str]) -> list[str] | None:
    """Return the formats that read every value, or nine in ten; [] without any, None for ISO dates and for no value.

    Years from 1980 to 2099 count as read, as at ingest. Where ISO reads nine in ten, the others are dirt. What stands
    for no date (00000000) is no value.
    """
    values = [value for value in values if value not in NO_DATE]
    enough = len(values) * _MOST
    if sum(_is_iso(value) for value in values) >= enough:
        return None
    forms = [day + time for time in _TIMES for day in _DAYS]
    few = values[:_LOOKED_AT]
    forms = [form for form in forms if sum(_reads(form, value) for value in few) >= len(few) * _MOST]
    counts = {form: sum(_reads(form, value) for value in values) for form in forms}
    whole = [form for form, count in counts.items() if count == len(values)]
    return whole or [form for form, count in counts.items() if count >= enough]


def decimal_mark(values: Sequence[str]) -> str:
    """Return the decimal mark that the numbers show: a dot, a comma, or the empty text where they do not tell."""
    plain = [_BESIDE.sub("", value) for value in values]
    point, comma = (any(way.fullmatch(value) for value in plain) for way in (POINT, COMMA))
    return "" if point == comma else "." if point else ","


def _is_iso(value: str) -> bool:
    if _WITH_ZONE.fullmatch(value):
        return 1980 <= int(value[:4]) <= 2099
    return any(_reads(form, value) for form in ISO_DATES)


def _reads(form: str, value: str) -> bool:
    try:
        return 1980 <= datetime.strptime(value, form).year <= 2099
    except ValueError:
        return False
