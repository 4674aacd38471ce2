"""The period that a report on a schedule is about: the last one that is over."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

Every = Literal["month", "quarter"]


def period_before(day: date, every: Every = "month") -> tuple[date, date]:
    """Return the first and the last day of the last whole calendar month, or quarter, that ended before `day`."""
    months = 1 if every == "month" else 3
    begun = date(day.year, (day.month - 1) // months * months + 1, 1)  # of the period that `day` is in
    last = begun - timedelta(days=1)
    return date(last.year, last.month - months + 1, 1), last
