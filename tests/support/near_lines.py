"""Lines drawn near one version of a control: at the ends of its days, by each word and term that it has."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from tests.support.tables_oracle import Tables
from tests.support.truth import Line
from transforms.rulebook.model import Control, Exceptions, Version

REGIONS = {"Crimea": "Crimea", "DNR or LNR": "DNR", "Donetsk or Luhansk": "Donetsk"}
ACTIVITIES = ["export"] * 3 + ["reexport", "in_country_transfer", ""]
CODES = ["EAR99", "EAR99", "3A991", "2B999", "5A992.a", ""]
NUMBERS = ["", "1001990000", "3004900000", "8421198000", "6109100000", "8807300015", "9801100000"]
DESCRIPTIONS = ["Part", "Part", "PCR thermal cycler", "CAD software"]
USUAL = [("C33", "NLR", "")] * 4 + [("C30", "D123456", ""), ("C35", "LVS", "")]


def draw_near(rng: random.Random, control: Control, version: Version, tables: Tables, count: int) -> Iterator[Line]:
    """Yield lines that the words, days and terms of the version tell apart, most of them within its scope."""
    days, codes = sorted(_days(version)), [*_codes(version), *CODES]
    places = [*version.destinations.countries * 4, *_places(control), "DE"]
    numbers, claims, facts = _numbers(version, tables), _claims(version), _facts(version)
    regions = [REGIONS[one] for one in version.regions] * 6 + (["", *REGIONS.values()] if version.regions else [""])
    codes += [""] * 3 * len(codes) if "no ECCN" in version.described else []
    sent = 8 if "intangible" in version.described else 3 if "intangible" in version.unless else 1
    for _ in range(count):
        day = rng.choice(days)
        handed = [str(day), str(day), str(day - timedelta(days=1)), "", _handed(rng, version, day)]
        code, number, paragraph = rng.choice(claims)
        yield {
            "eccn": rng.choice(codes),
            "destination": rng.choice(places),
            "destination_region": rng.choice(regions),
            "activity": rng.choice(ACTIVITIES),
            "export_on": str(day),
            "tendered_on": rng.choice(handed),
            "license_code": code,
            "license_number": number,
            "exception_paragraph": paragraph,
            "schedule_b": rng.choice(numbers),
            "description": rng.choice(DESCRIPTIONS),
            "form": rng.choice(["tangible"] * 4 + ["intangible"] * sent),
            "quantity": "2",
            "uom": "EA",
            "value_usd": rng.choice(["900", "900", "200", "400000"]),
            "item_facts": rng.choice(facts),
        }


def _days(version: Version) -> set[date]:
    ends = [version.from_on, version.until]
    ends += [end for doubt in version.doubts for end in (doubt.from_on, doubt.until)]
    if version.savings:
        ends += [version.savings.en_route_on, version.savings.look_until]
        if isinstance(version.savings.exported_before, date):
            ends.append(version.savings.exported_before)
    found = {end + timedelta(days=step) for end in ends if end for step in (-1, 0, 1)}
    middle = max(end for end in (version.from_on, date(2020, 6, 1)) if end) + timedelta(days=25)
    return found | {min(middle, version.until or middle)}


def _handed(rng: random.Random, version: Version, day: date) -> str:
    if not version.savings:
        return str(day)
    step = timedelta(days=rng.choice([-1, 0, 1]))
    return str(min(day, version.savings.en_route_on + step))


def _codes(version: Version) -> list[str]:
    words = [*version.items.eccn, *version.items.but]
    words += [word for doubt in version.doubts if doubt.items for word in doubt.items.eccn]
    for terms in version.exceptions.terms.values():
        words += terms.items.eccn if terms.items else ()
    found = [f"{word[-1]}A991" if word.startswith("category") else word for word in words]
    return [*found, *(word.rsplit(".", 1)[0] for word in found)] * 2


def _places(control: Control) -> list[str]:
    return sorted({one for version in control.versions for one in version.destinations.countries})


def _numbers(version: Version, tables: Tables) -> list[str]:
    name = version.headings and (version.headings.listed or version.headings.but)
    rows = tables.headings[name] if name else []
    new = [row for row in rows if row["from"] == str(version.from_on)]
    older = [row for row in rows if row["from"] and row["from"] < str(version.from_on)]
    chosen = [*new[:2], *new[-2:], *older[:2], *rows[:2], *rows[-2:], *[row for row in rows if row["floor_usd"]][:2]]
    # 99 is the last subheading of a heading, or none at all
    return [row["heading"].ljust(6, "9").ljust(10, "0") for row in chosen] * 2 + NUMBERS


def _claims(version: Version) -> list[tuple[str, str, str]]:
    found = [("T10", "IA-2024-1", ""), ("T11", "", "")] if version.agencies else []
    return [*USUAL, *found, *(("", *one) for one in _exceptions(version.exceptions))]


def _exceptions(exceptions: Exceptions) -> Iterator[tuple[str, str]]:
    for symbol, terms in exceptions.terms.items():
        yield symbol, ""
        for paragraph in terms.paragraphs:
            yield symbol, paragraph
            yield symbol, paragraph.rsplit("(", 1)[0]


def _facts(version: Version) -> list[str]:
    words = [word for word in (*version.described, *version.unless) if word not in ("Supplement 6", "software")]
    settled = [fact for doubt in version.doubts for fact in doubt.settled_by]
    words = [word for word in words if word not in ("intangible", "no ECCN")] + settled
    blank = [] if version.described and words else ["", "", ""]
    return [*blank, *words, *(["; ".join(settled)] * 2 if len(settled) > 1 else [])] or [""]
