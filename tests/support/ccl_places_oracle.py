"""A second reading of destinations as the rows of the Commerce Control List write them."""

from __future__ import annotations

import re
from datetime import date

from tests.support.tables_oracle import Tables
from tests.support.truth import Truth, all_of, any_of, none_of


def charted(column: str, iso2: str, day: str, tables: Tables) -> Truth:
    if column.startswith("AT"):  # no country has a mark in these columns
        return False
    return tables.belongs(iso2, f"chart:{column}", date.fromisoformat(day))


def reaches(written: str, iso2: str, day: str, tables: Tables) -> Truth:
    named, _, but = written.partition(" except ")
    return all_of([_any_place(named, iso2, day, tables), none_of([_any_place(but, iso2, day, tables)])])


def _any_place(words: str, iso2: str, day: str, tables: Tables) -> Truth:
    found: list[Truth] = []
    for word in words.split():
        kind = (
            "group" if re.fullmatch(r"[A-E](:\d)?", word)
            else "country" if re.fullmatch("[A-Z]{2}", word)
            else "list"
        )  # fmt: skip
        found.append(True if word == "ALL" else tables.belongs(iso2, f"{kind}:{word}", date.fromisoformat(day)))
    return any_of(found)
