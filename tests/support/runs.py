"""A screening as it is noted: its name, its day, and the moment up to which records count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

DAY = date(2000, 1, 1)
MOMENT = datetime(2026, 11, 21)


@dataclass(frozen=True)
class Run:
    run_id: str = "run"
    as_of: date = DAY
    known_at: datetime | None = None
    moment: datetime = MOMENT
    rulebook_hash: str = ""
