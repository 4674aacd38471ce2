"""The Commerce Control List as its peers read it: rows by entry, and the destinations that each row reaches.

`python -m tests.bench.peers.ccl_law FOLDER` writes both as Parquet, once and before anything is timed. They are made by
the second reading of the tables (`tests/support/ccl_oracle.py`), for the days of the synthetic year. A row whose
destinations are none in those days (columns AT) is left out, as one who writes this by hand would.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from data.sample.market import SEED, falling
from data.sample.year import START, UNTIL, generate_year
from flows.settings import RULES
from tests.support.ccl_oracle import FIRM, CcRow, read_ccl
from tests.support.ccl_places_oracle import charted, reaches
from tests.support.tables_oracle import Tables, tables_of

EVERY, ECCNS = 8, 300
"""One line in so many is of an entry of the list, under one of so many ECCNs; the rest of the year is mostly EAR99 and
entries of AT alone."""
CHANGED, LICENSED = ("eccn", "license_code", "license_number", "exception_paragraph"), 0.9
ROOMS = ("controls", "checks", "eei", "parties", "reconcile")
A_CONTROL = "pakistan-rs"
"""A rulebook has at least one: what it finds is left out of what is compared."""


def listed_lines(lines: int) -> Iterator[pa.Table]:
    """Yield the lines of the synthetic year, of which every eighth has an ECCN of the list, some far more often.

    Of these nine in ten claim a license, so that about one line in a hundred is worth a finding.
    """
    held = read_ccl(RULES).controls
    named = {(entry, *row["paragraphs"].split()) for entry, rows in held.items() for row in rows}
    words = sorted({word for words in named for word in words})
    rng = np.random.default_rng([SEED, lines])
    catalog = rng.choice(words, ECCNS, replace=False)
    share = falling(ECCNS, 0.8)
    for table in generate_year(lines):
        columns = {name: table[name].to_numpy(zero_copy_only=False).copy() for name in CHANGED}
        listed = np.arange(0, len(table), EVERY)
        columns["eccn"][listed] = rng.choice(catalog, len(listed), p=share)
        licensed = listed[rng.random(len(listed)) < LICENSED]
        columns["license_code"][licensed], columns["license_number"][licensed] = "C30", "D123456"
        columns["exception_paragraph"][licensed] = ""
        for name, column in columns.items():
            table = table.set_column(table.schema.get_field_index(name), name, pa.array(column))
        yield table


def list_alone(to: Path) -> None:
    """Write the shipped rulebook with the list and one control alone."""
    shutil.copytree(RULES, to)
    for room in ROOMS:
        for folder in (to / room).iterdir():
            if folder.is_dir() and folder.name != A_CONTROL:
                shutil.rmtree(folder)


def write_tables(folder: Path) -> None:
    """Write `rows.parquet` and `places.parquet` into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = tables_of(RULES / "tables")
    rows = [row for held in read_ccl(RULES).controls.values() for row in held if _is_of_the_year(row)]
    where = sorted({_place(row) for row in rows})
    places = [
        {"place": place, "destination": iso2, "place_from": first, "place_until": last, "is_sure": truth}
        for place in where
        for iso2 in tables.countries
        if not tables.is_home(iso2)
        for first, last, truth in _periods(place, iso2, tables)
    ]
    reached = {one["place"] for one in places}
    kept = [_told(number, row) for number, row in enumerate(rows) if _place(row) in reached]
    pq.write_table(pa.Table.from_pylist(kept), folder / "rows.parquet")
    pq.write_table(pa.Table.from_pylist(places), folder / "places.parquet")


def _told(number: int, row: CcRow) -> dict[str, Any]:
    return {
        "row_id": number,
        "entry": row["entry"],
        "rule_id": f"ccl-{row['reason'].lower()}",
        "reason": row["reason"],
        "words": row["paragraphs"].split() or [row["entry"]],
        "but": row["except"].split(),
        "doubted": row["doubted"].split() if row["confidence"] != "low" else [],
        "is_doubted": bool(row["doubted"]) and row["confidence"] != "low",
        "is_firm": row["scope"] in FIRM and not row["fact"] and row["confidence"] != "low",
        "is_condition": bool(row["paragraphs"]) and row["scope"] not in FIRM and row["reason"] != "EI",
        "cancels": row["cancels"].split(),
        "is_firm_note": row["scope"] in FIRM,
        "activities": row["activities"].split(),
        "place": _place(row),
        "row_from": max(START, date.fromisoformat(row["from"] or str(START))),
        "row_until": min(UNTIL, date.fromisoformat(row["until"] or str(UNTIL))),
    }


def _is_of_the_year(row: CcRow) -> bool:
    return (row["from"] or "0") <= str(UNTIL) and (row["until"] or "9") >= str(START)


def _place(row: CcRow) -> str:
    return row["column"] or row["destinations"]


def _periods(place: str, iso2: str, tables: Tables) -> list[tuple[date, date, bool]]:
    """The periods of the year in which the place reaches the country, surely or perhaps."""
    found: list[list[Any]] = []
    for day in (START + timedelta(days=at) for at in range((UNTIL - START).days + 1)):
        is_column = " " not in place and place[-1].isdigit() and ":" not in place
        truth = (charted if is_column else reaches)(place, iso2, str(day), tables)
        if truth is False:
            continue
        if found and found[-1][2] is (truth is True) and found[-1][1] == day - timedelta(days=1):
            found[-1][1] = day
        else:
            found.append([day, day, truth is True])
    return [(first, last, sure) for first, last, sure in found]


if __name__ == "__main__":
    write_tables(Path(sys.argv[1]))
