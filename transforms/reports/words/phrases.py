"""Phrases for the scope words of a rule: its items and its places, with names for the countries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from transforms.rulebook.model import Items, Places, Rulebook
from transforms.rulebook.parameter import Parameter, ParameterValue, value_words
from transforms.rulebook.places import read_table

REASONS = {
    "AT": "anti-terrorism",
    "CB": "chemical and biological weapons",
    "CC": "crime control",
    "CW": "chemical weapons",
    "EI": "encryption items",
    "FC": "Firearms Convention",
    "MT": "missile technology",
    "NP": "nuclear nonproliferation",
    "NS": "national security",
    "RS": "regional stability",
    "SI": "significant items",
    "SL": "surreptitious listening",
    "SS": "short supply",
    "UN": "United Nations embargo",
}


def country_names(tables_dir: Path) -> dict[str, str]:
    """Return a name for every ISO code in the tables: that of the chart, else of the groups, else a short one.

    The territories of the United States are among them: Puerto Rico, Guam, the US Virgin Islands.
    """
    found: dict[str, str] = {}
    for row in sorted(read_table(tables_dir / "country_names.csv"), key=_fit):
        found[row["iso2"]] = " ".join(_SPELLED.get(word, word.title()) for word in row["name"].split())
    for file_name in ("country_groups.csv", "country_chart.csv"):
        found |= {row["iso2"]: row["country"] for row in read_table(tables_dir / file_name) if row.get("country")}
    return {iso2: _forward(name) for iso2, name in sorted(found.items())}


def names_in_rules(rulebook: Rulebook) -> dict[str, str]:
    """Return what rules name otherwise than in words: ISO codes with their countries, parameters with their values."""
    countries = country_names(rulebook.tables_dir)
    return countries | {one.id: parameter_words(one, countries) for one in rulebook.parameters}


def parameter_words(parameter: Parameter, countries: Mapping[str, str]) -> str:
    """`$2,500`, `Australia (AU), Canada (CA) or the United Kingdom (GB)`, and from which day on another value holds."""
    return parameter.words(lambda value: _value_words(parameter, value, countries))


def parameter_values(parameter: Parameter, countries: Mapping[str, str]) -> list[tuple[ParameterValue, str]]:
    """Return each value of a parameter with its words: `$2,500`, `26 detectors`."""
    return [(one, _value_words(parameter, one.value, countries)) for one in parameter.values]


def _value_words(parameter: Parameter, value: Any, countries: Mapping[str, str]) -> str:
    if parameter.is_list:
        return either([f"{countries[word]} ({word})" if word in countries else word for word in value])
    return value_words(parameter, value)


_SPELLED = {
    "AND": "and", "DA": "da", "MCDONALD": "McDonald", "OF": "of", "PART)": "part)", "THE": "the", "US": "US",
}  # fmt: skip


def _forward(name: str) -> str:
    """`North Korea` for `Korea, North`."""
    head, _, tail = name.partition(", ")
    return f"{tail} {head}" if tail and " and " not in tail else name


def _fit(row: Mapping[str, str]) -> tuple[bool, int, str]:
    return row["source"] == "ISO 3166-1 short name", len(row["name"]), row["name"]


def joined(words: Sequence[str], last: str = "and") -> str:
    """`A`, `A and B`, `A, B and C`."""
    return f" {last} ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def either(words: Sequence[str]) -> str:
    """`A`, `A or B`, `A, B or C`."""
    return joined(words, "or")


def items_words(items: Items) -> str:
    """`items of ECCN 1B999 or 2B999 and their sub-paragraphs, except 2B999.h.2 and sub-paragraphs,`."""
    excepted = joined([eccn_words(word) for word in items.but])
    if items.all:
        return f"any item except {excepted}" if items.but else "any item (regardless of ECCN)"
    if items.eccn == ("EAR99",):
        return "EAR99 items"
    if categories := [word.removeprefix("category ") for word in items.eccn if word.startswith("category ")]:
        named = f"category {either(categories)} of the Commerce Control List"
        others = tuple(word for word in items.eccn if not word.startswith("category "))
        rest = f" or {items_words(items.model_copy(update={'eccn': others}))}" if others else ""
        return f"items of {named}{rest}"
    named = either([eccn_words(word) for word in items.eccn])
    named = named if set(items.eccn) & set(_SERIES) else f"ECCN {named}"
    words = f"items of {named} and {'its' if len(items.eccn) == 1 else 'their'} sub-paragraphs"
    return words + (f", except {excepted} and sub-paragraphs," if items.but else "")


_SERIES = ("600", "9x515")


def eccn_words(word: str) -> str:
    """`the 600 series` for the series word `600`, `.y of the 600 series` for `600.y`; any other ECCN as it is."""
    series, _, paragraph = word.partition(".")
    if series not in _SERIES:
        return word
    return f".{paragraph} of the {series} series" if paragraph else f"the {series} series"


def too_coarse(items: Items) -> list[str]:
    """Return the coarser ECCNs by which a line does not tell whether it is covered, or is an exception."""
    found = {above for eccn in items.but for above in _above(eccn)}
    found |= {above for eccn in items.eccn for above in _above(eccn) if not _covered(above, items.eccn)}
    return sorted(found)


def in_words(number: int) -> str:
    """`five`, up to twelve; a greater number in figures."""
    names = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    return names[number] if number < len(names) else f"{number:,}"


def excepted_or_deeper(items: Items) -> str:
    """Return what such a coarse line may be: what is excepted, or what alone is covered."""
    deeper = [eccn for eccn in items.eccn if any(not _covered(above, items.eccn) for above in _above(eccn))]
    named = [f"excluded ({either(items.but)})"] if items.but else []
    return either([*named, *([f"the part that alone is covered ({either(deeper)})"] if deeper else [])])


def places_words(places: Places, countries: Mapping[str, str]) -> str:
    """`Macau (MO) or a country of Country Group D:5`, and what is excepted."""
    words = "any destination" if places.all else either(_named(places, countries))
    return words + (f", except {joined(_named(places.but, countries))}" if places.but else "")


def _named(places: Places, countries: Mapping[str, str]) -> list[str]:
    named = [f"{countries[iso2]} ({iso2})" if iso2 in countries else iso2 for iso2 in places.countries]
    named += [countries.get(name, f"a country of the list {name}") for name in places.lists]
    if places.groups:
        named.append(f"a country of Country Group {either(places.groups)}")
    if places.chart:
        columns = either([f"{column[:2]} Column {column[2:]}" for column in places.chart])
        named.append(f"a country with a mark in {columns} of the Commerce Country Chart")
    return named


def _above(eccn: str) -> list[str]:
    parts = eccn.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts))]


def _covered(eccn: str, listed: Sequence[str]) -> bool:
    return any(eccn == word or eccn.startswith(f"{word}.") for word in listed)


def place_title(word: str) -> str:
    """`Country Group D:5` for the compiled place word `group:D:5`, `NS Column 2` for `chart:NS2`."""
    kind, _, name = word.partition(":")
    return f"Country Group {name}" if kind == "group" else f"{name[:2]} Column {name[2:]}"


def days(start: date, end: date | None) -> str:
    """`From 2024-11-25 through 2024-12-25`; the first day of the calendar is no start, None is no end."""
    if start == date.min:
        return f"Through {end}" if end else "On all dates"
    if end is None:
        return f"From {start} on"
    return f"On {start}" if start == end else f"From {start} through {end}"


def stopped(text: str) -> str:
    """Return the text with a full stop where it has no end of its own."""
    return text if text.endswith((".", "!", "?")) else f"{text}."
