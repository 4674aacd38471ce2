"""Where a scope word reaches, and when: the country chart, the country groups and single countries, as dated facts."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from transforms.content import read_yaml

ALWAYS = date(1, 1, 1)
FOREVER = date(9999, 12, 31)
HOME = "home"
"""The scope word for the United States as the EAR define it: no license requirement reaches what stays there."""
_IN_TABLES = ("group:", "chart:")
CHART = "country_chart.csv"
_DAY = timedelta(days=1)


class Membership(NamedTuple):
    """One stretch of days in which a country belongs to what a scope word names; `doubt` makes it uncertain.

    `word` is `country:PK`, `list:NAME`, `group:D:5`, `chart:NS2`, `home` or `all`; both days are inclusive; `via` says
    why a country stands under another's name (Hong Kong under China's).
    """

    word: str
    iso2: str
    from_on: date
    until_on: date
    doubt: str | None = None
    via: str | None = None


def read_table(path: Path) -> list[dict[str, str]]:
    """Return the rows of one of the rulebook's CSV tables, every value as text."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def read_memberships(tables_dir: Path, listed: Iterable[Mapping[str, Any]] = ()) -> list[Membership]:
    """Return what every scope word reaches, disjoint in time per word and country, in a fixed order.

    `listed` are rows of parameters: a list of countries is a scope word too.

    A day before the first text of a table is judged by that first text, a day after the last one by the last.
    """
    countries = sorted({row["iso2"] for row in read_table(tables_dir / "country_names.csv")})
    found = [Membership("all", iso2, ALWAYS, FOREVER) for iso2 in countries]
    found += [Membership(f"country:{iso2}", iso2, ALWAYS, FOREVER) for iso2 in countries]
    found += _lists(listed)
    found += _groups(read_table(tables_dir / "country_groups.csv"))
    first_text = date.fromisoformat(days_read(tables_dir, CHART)[0])
    found += _chart(read_table(tables_dir / CHART), first_text)
    treated = read_table(tables_dir / "treated_as.csv")
    home = {"US", *(row["iso2"] for row in treated if row["as"] == "US")}
    found = _treat_as(found, treated) + [Membership(HOME, iso2, ALWAYS, FOREVER) for iso2 in home]
    return _settle(found + _without_a_row(found, set(countries) - home))


def days_read(tables_dir: Path, file_name: str) -> tuple[str, str]:
    """Return the days for which the text of a table was read, the first and the last."""
    tables, _ = read_yaml(tables_dir / "tables.yml", "rules/tables/tables.yml")
    entries = tables.get("tables", tables) if isinstance(tables, dict) else tables
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, dict) and entry.get("file") == file_name:
            return entry["covers"]["from"], entry["covers"]["until"]
    raise KeyError(f"rules/tables/tables.yml: no entry for {file_name}")


def _day(text: str, default: date) -> date:
    return date.fromisoformat(text) if text else default


def _lists(rows: Iterable[Mapping[str, Any]]) -> list[Membership]:
    return [
        Membership(f"list:{row['name']}", word, row["from_on"], row["until_on"])
        for row in rows
        for word in row["words"] or ()
    ]


def _groups(rows: Iterable[dict[str, str]]) -> list[Membership]:
    found = []
    for row in rows:
        stretch = (row["iso2"], _day(row["from"], ALWAYS), _day(row["until"], FOREVER), row["doubt"] or None)
        found.append(Membership(f"group:{row['group']}", *stretch))
        if ":" in row["group"]:  # the bare letter means any of its numbers
            found.append(Membership(f"group:{row['group'].partition(':')[0]}", *stretch))
    return found


def _chart(rows: list[dict[str, str]], first_text: date) -> list[Membership]:
    columns = [name for name in rows[0] if re.fullmatch(r"[A-Z]{2}\d", name)]
    found = []
    earliest: dict[str, date] = {}
    for row in rows:
        start = _day(row["from"], ALWAYS)
        earliest[row["iso2"]] = min(start, earliest.get(row["iso2"], start))
    for row in rows:
        start = _day(row["from"], ALWAYS)
        start = ALWAYS if start <= first_text and start == earliest[row["iso2"]] else start
        for column in columns:
            if row[column] == "X" or row["doubt"]:
                doubt = None if row[column] == "X" else row["doubt"]
                found.append(Membership(f"chart:{column}", row["iso2"], start, _day(row["until"], FOREVER), doubt))
    return found


def _treat_as(found: list[Membership], rows: Iterable[dict[str, str]]) -> list[Membership]:
    """Give a country that stands under another's name the other's rows, in place of its own in the tables.

    In the chart that holds for all days, as its first text is later than the change; in the groups too, unless the
    country has groups of its own until the day before. A country that is treated so in these tables alone keeps its own
    name, and is on no list of the other.
    """
    for row in rows:
        iso2, start, until = row["iso2"], _day(row["from"], ALWAYS), _day(row["until"], FOREVER)
        in_tables = row["tables"] != "all"
        via = f"{iso2} is treated as {row['as']}: {row['source']}"
        own = [one for one in found if one.iso2 == iso2 and one.word.startswith("group:") and one.until_on < start]
        lasting = ("chart:",) if own else _IN_TABLES
        found = [one for one in found if one in own or not (one.iso2 == iso2 and one.word.startswith(_IN_TABLES))]
        found += [
            one._replace(iso2=iso2, via=via)
            if one.word.startswith(lasting)
            else one._replace(iso2=iso2, via=via, from_on=max(one.from_on, start), until_on=min(one.until_on, until))
            for one in found
            if one.iso2 == row["as"] and (one.word.startswith(_IN_TABLES) if in_tables else one.word != "all")
        ]
    return found


def _without_a_row(found: Iterable[Membership], countries: Iterable[str]) -> list[Membership]:
    """Make every chart column a doubt for a place that the chart does not list: no row is no permission."""
    columns = sorted({one.word for one in found if one.word.startswith("chart:")})
    charted = {one.iso2 for one in found if one.word.startswith("chart:")}
    return [
        Membership(column, iso2, ALWAYS, FOREVER, f"{iso2} has no row in the Commerce Country Chart")
        for iso2 in sorted(countries)
        if iso2 not in charted
        for column in columns
    ]


def _settle(found: Iterable[Membership]) -> list[Membership]:
    """Make the stretches of each word and country disjoint: what is certain outweighs a doubt; neighbors are joined."""
    by_key: dict[tuple[str, str], list[Membership]] = defaultdict(list)
    for one in found:
        by_key[one.word, one.iso2].append(one)
    settled: list[Membership] = []
    for _, stretches in sorted(by_key.items()):
        starts = {one.from_on for one in stretches} | {
            one.until_on + _DAY for one in stretches if one.until_on < FOREVER
        }
        cuts = sorted(starts)
        ends = [cut - _DAY for cut in cuts[1:]] + [FOREVER]
        for start, end in zip(cuts, ends, strict=True):
            here = [one for one in stretches if one.from_on <= start <= one.until_on]
            if not here:
                continue
            best = min(here, key=lambda one: (one.doubt is not None, one.doubt or "", one.via or ""))
            last = settled[-1] if settled else None
            if last and last[:2] == best[:2] and last[4:] == best[4:] and last.until_on + _DAY == start:
                settled[-1] = last._replace(until_on=end)
            else:
                settled.append(best._replace(from_on=start, until_on=end))
    return settled
