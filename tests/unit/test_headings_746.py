"""The headings of part 746 in the rulebook are those of the facts, row by row; a list may say a whole chapter."""

from __future__ import annotations

import csv
from pathlib import Path

HERE = Path(__file__).parents[1]
WHOLE = {"84": "2023-05-19", "85": "2023-05-19", "88": "2024-01-23", "90": "2023-05-19"}
"""Chapters of Supplement 4 that are listed whole, and from when."""
EARLIER = {("4", "854129"): "2023-02-24"}
"""A settlement charges exports of these (addenda)."""


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_each_heading_of_the_facts_is_in_the_table_with_its_days_and_its_floor_of_price() -> None:
    table = {(row["list"], row["heading"]): row for row in _rows(HERE.parent / "rules" / "tables" / "headings.csv")}
    wrong = []
    for fact in _rows(HERE / "fixtures" / "part746_hts.csv"):
        name, code = fact["supplement"], fact["hts6_or_more"]
        chapter = WHOLE.get(code[:2]) if name == "4" else None
        row = table.get((f"supplement-{name}", code)) or (table[f"supplement-{name}", code[:2]] if chapter else None)
        start = EARLIER.get((name, code), chapter or fact["valid_from"])
        expected = (fact["possible_from"], start, fact["min_unit_price_usd"])
        if row is None or (row["possible_from"] or row["from"], row["from"], row["floor_usd"]) != expected:
            wrong.append((name, code, expected, row))
    assert wrong[:3] == []


def test_the_table_has_no_heading_that_the_facts_have_not() -> None:
    facts = {(row["supplement"], row["hts6_or_more"]) for row in _rows(HERE / "fixtures" / "part746_hts.csv")}
    added = [
        (row["list"], row["heading"])
        for row in _rows(HERE.parent / "rules" / "tables" / "headings.csv")
        if row["list"] in ("supplement-2", "supplement-4", "supplement-5", "supplement-7")
        and len(row["heading"]) == 6
        and (row["list"][-1], row["heading"]) not in facts
    ]
    assert added == []
