"""Headings of the HTS by which rules reach items: `tables/headings.csv`.

Grain of the table: one row per list and heading of two, four or six digits. Of several headings of one list above a
number, the longest decides. On the days from `possible_from` until the day before `from` the heading may have been on
its list: whether it was could not be dated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from transforms.errors import Fault
from transforms.rulebook.places import ALWAYS, FOREVER, read_table

Row = dict[str, object]

TABLE = "headings.csv"
_COLUMNS = ("list", "heading", "possible_from", "from", "until", "floor_usd", "description", "source", "confidence")
_HEADING = re.compile(r"\d{2}(\d{2}){0,2}")
_DAY = timedelta(days=1)


def heading_rows(tables_dir: Path) -> list[dict[str, str]]:
    """Return the rows of the table as written; none where the rulebook has no such table."""
    path = tables_dir / TABLE
    return read_table(path) if path.is_file() else []


def heading_lists(tables_dir: Path) -> frozenset[str]:
    """Return the names of the lists of headings; none where the rulebook has no such table."""
    return frozenset(row["list"] for row in heading_rows(tables_dir))


def heading_periods(tables_dir: Path) -> list[Row]:
    """Return one row per list, heading and stretch of days in which it is, or may be (`is_sure` false), on the list."""
    found: list[Row] = []
    for row in heading_rows(tables_dir):
        known: Row = {"list": row["list"], "heading": row["heading"]}
        possible, start, end = (row[column] for column in ("possible_from", "from", "until"))
        if possible and possible != start:
            last = date.fromisoformat(start) - _DAY if start else _day(end, FOREVER)
            days: Row = {"from_on": date.fromisoformat(possible), "until_on": last}
            found.append({**known, **days, "is_sure": False})
        if start or not possible:  # with neither, on every day; with possible_from alone, never for sure
            found.append(
                {**known, "from_on": _day(start, ALWAYS), "until_on": _day(end, FOREVER), "is_sure": True}
            )
    return found


def faults_of_headings(tables_dir: Path) -> list[Fault]:
    """Return every fault of the table, with its row and column."""
    path = tables_dir / TABLE
    if not path.is_file():
        return []
    shown = f"rules/tables/{TABLE}"
    rows = read_table(path)
    if not rows or tuple(rows[0]) != _COLUMNS:
        return [Fault(shown, "header", "the columns are others, or there is no row", ", ".join(_COLUMNS))]
    seen: set[tuple[str, str]] = set()
    found: list[Fault] = []
    for at, row in enumerate(rows, start=2):
        found += [Fault(shown, f"row {at}.{column}", problem, allowed) for column, problem, allowed in _faults(row)]
        if (key := (row["list"], row["heading"])) in seen:
            found.append(Fault(shown, f"row {at}.heading", f"{key[1]} is on {key[0]} twice", "each heading once"))
        seen.add(key)
    return found


def _faults(row: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["list"]):
        yield "list", f'"{row["list"]}" is not the name of a list', "lower-case words with hyphens"
    if not _HEADING.fullmatch(row["heading"]):
        yield "heading", f'"{row["heading"]}" is not a heading', "two, four or six digits"
    days = [row[column] for column in ("possible_from", "from", "until")]
    for column, day in zip(("possible_from", "from", "until"), days, strict=True):
        if day and not _is_day(day):
            yield column, f'"{day}" is not a date', "a day of the calendar as YYYY-MM-DD"
    written = [day for day in days if day]
    if written != sorted(written):
        yield "from", "the days are out of order", "possible_from, from, until"
    if row["floor_usd"] and not row["floor_usd"].isdigit():
        yield "floor_usd", f'"{row["floor_usd"]}" is not an amount', "US dollars for one unit, as 300"
    if not row["source"]:
        yield "source", "is empty", "where it is stated"
    if row["confidence"] not in ("high", "medium", "low"):
        yield "confidence", f'"{row["confidence"]}" is not known', "high, medium, low"


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _day(text: str, default: date) -> date:
    return date.fromisoformat(text) if text else default
