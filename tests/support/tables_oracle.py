"""A second reading of the tables of the law, on one day at a time: slow and obvious, and shared with no engine."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from tests.support.truth import Truth, any_of


class Tables:
    """The CSV tables, read on one day at a time."""

    def __init__(self, folder: Path) -> None:
        self.groups = _by("iso2", folder / "country_groups.csv")
        self.chart = _by("iso2", folder / "country_chart.csv")
        self.codes = _by("code", folder / "license_codes.csv")
        self.treated = {row["iso2"]: row for row in _rows(folder / "treated_as.csv")}
        self.names = {row["name"]: row["iso2"] for row in _rows(folder / "country_names.csv")}
        self.countries = sorted({*self.names.values()})
        self.lists = {path.stem: _values(path) for path in (folder.parent / "parameters").glob("*-countries.yml")}
        self.headings = _by("list", folder / "headings.csv")
        self.units = {row["spelling"]: row["unit"] for row in _rows(folder / "units.csv") if row["factor"] == "1"}
        named = [(row["fact"], row["negated"]) for row in _rows(folder / "item_facts.csv")]
        self.denials = dict(named) | {negated: fact for fact, negated in named}
        self.parameters = folder.parent / "parameters"
        self._known: dict[tuple[str, str, date], Truth] = {}

    def belongs(self, iso2: str, word: str, day: date) -> Truth:
        """Whether a country is what a scope word (`country:PK`, `group:D:5`, `chart:NS2`) names on that day."""
        key = (iso2, word, day)
        if key not in self._known:
            self._known[key] = self._belongs(iso2, word, day)
        return self._known[key]

    @cache  # noqa: B019 -- there is one for each folder
    def values(self, name: str) -> list[str]:
        """The only values that a parameter of the law ever had."""
        ((_, value),) = _values(self.parameters / f"{name}.yml")
        return value if isinstance(value, list) else [value]

    def is_home(self, iso2: str) -> bool:
        """Whether a place is of the United States as the EAR define it."""
        return iso2 == "US" or self.treated.get(iso2, {}).get("as") == "US"

    def _belongs(self, iso2: str, word: str, day: date) -> Truth:
        kind, _, name = word.partition(":")
        other = self.treated.get(iso2)
        if kind == "country":
            stands_for_another = (
                other is not None and other["as"] == name and other["tables"] == "all" and _holds(other, day)
            )
            return iso2 == name or stands_for_another
        if kind == "list":
            values = self.lists[name]
            held = [value for start, value in values if start == "unknown" or start <= str(day)] or [values[0][1]]
            return any_of(self.belongs(iso2, f"country:{one}", day) for one in held[-1])
        # the first texts of these tables are later than the day Hong Kong became China: they never list it
        own = self.groups.get(iso2, [])
        has_own = kind == "group" and other is not None and bool(own) and not _holds(other, day)
        iso2 = other["as"] if other and not has_own else iso2
        if kind == "group":
            rows = [row for row in self.groups.get(iso2, []) if _holds(row, day)]
            rows = [row for row in rows if row["group"] == name or row["group"].split(":")[0] == name]
            return any_of(None if row["doubt"] else True for row in rows)
        if iso2 not in self.chart:
            return False if iso2 == "US" else None  # no row is no permission; goods within the US are no export
        rows = self.chart[iso2]
        first = min(row["from"] for row in rows)
        here = [row for row in rows if _holds(row | {"from": "" if row["from"] == first else row["from"]}, day)]
        return any_of(True if row[name] == "X" else None if row["doubt"] else False for row in here)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _values(path: Path) -> list[tuple[str, list[str]]]:
    written = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    return [(one["from"], one["value"]) for one in written["values"]]


def _by(column: str, path: Path) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in _rows(path):
        found.setdefault(row[column], []).append(row)
    return found


def _holds(row: Mapping[str, str], day: date) -> bool:
    return (not row["from"] or row["from"] <= str(day)) and (not row["until"] or str(day) <= row["until"])


@cache
def tables_of(folder: Path) -> Tables:
    return Tables(folder)
