"""What a screening rests on, as far as those who work on it need to know."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol


class RunFacts(Protocol):
    """A run: its name, its as-of date, and the moments up to which records count."""

    @property
    def run_id(self) -> str: ...  # noqa: D102
    @property
    def as_of(self) -> date: ...  # noqa: D102
    @property
    def known_at(self) -> datetime | None: ...  # noqa: D102
    @property
    def moment(self) -> datetime: ...  # noqa: D102
    @property
    def rulebook_hash(self) -> str: ...  # noqa: D102
