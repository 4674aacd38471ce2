"""Notices: who is told, and how, when a night ends, fails or does not run. Without configuration nobody is.

A notice has counts and codes, no name of a party or file. One that cannot be sent waits in `state/notices/`.
"""

from __future__ import annotations

from flows.notices.late import tell_if_late
from flows.notices.night import last_night, watching

__all__ = ["last_night", "tell_if_late", "watching"]
