"""Destinations as the tables of `rules/ccl` write them: `D:1 D:4 D:5 except A:5 A:6`, `ALL except CA`, a list."""

from __future__ import annotations

import re
from functools import cache

from transforms.rulebook.ccl import ControlRow
from transforms.rulebook.scope import Places

_GROUP = re.compile(r"[A-E](:\d)?")
_COUNTRY = re.compile(r"[A-Z]{2}")
ANYWHERE = "ALL"


@cache
def places_of(written: str) -> Places:
    """Return the scope that these destinations are; the loader has checked their words."""
    named, _, but = written.partition(" except ")
    scope = _words(named)
    return Places.model_validate(scope | ({"except": _words(but)} if but else {}))


@cache
def column_of(column: str) -> Places:
    """Return the scope of a column of the Commerce Country Chart."""
    return Places.model_validate({"chart": [column]})


def _words(written: str) -> dict[str, object]:
    words = written.split()
    if words == [ANYWHERE]:
        return {"all": "true"}
    kinds: dict[str, list[str]] = {"groups": [], "countries": [], "lists": []}
    for word in words:
        kind = "groups" if _GROUP.fullmatch(word) else "countries" if _COUNTRY.fullmatch(word) else "lists"
        kinds[kind].append(word)
    return {kind: found for kind, found in kinds.items() if found}


def is_left_out(row: ControlRow, note: ControlRow) -> bool:
    """Return whether a note leaves out every destination that a row names."""
    _, _, but = note.destinations.partition(" except ")
    return bool(row.destinations) and set(row.destinations.split()) <= set(but.split())
