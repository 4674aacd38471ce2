"""The clock of the computer, set ahead or back for a test."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

import pytest

import flows.jobs.clock
import flows.settings


def set_clock(monkeypatch: pytest.MonkeyPatch, **off: float) -> None:
    """Have the clock be off by that much from now on, as `days=-1`; in a new process, as far as telling goes."""
    ahead = timedelta(**off)

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + ahead

    monkeypatch.setattr(flows.settings, "datetime", Clock)
    flows.jobs.clock._TOLD.clear()
