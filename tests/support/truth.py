"""What the oracles speak of: a line as text, and truth with three values: True, False, None (not known)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Truth = bool | None
Line = Mapping[str, str | None]


def any_of(truths: Iterable[Truth]) -> Truth:
    seen = set(truths)
    return True if True in seen else None if None in seen else False


def none_of(truths: Iterable[Truth]) -> Truth:
    found = any_of(truths)
    return None if found is None else not found


def all_of(truths: Iterable[Truth]) -> Truth:
    return none_of(None if truth is None else not truth for truth in truths)
