"""Checks that look across keys. They read what was written, so they speak even where another key is at fault."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic_core import PydanticCustomError

from transforms.line import LINE
from transforms.rulebook.forms import as_date

Found = tuple[str, str, str]
UNWRITTEN = "TO-BE-WRITTEN:"
"""How a field of a skeleton begins that nobody has written yet."""
NO_VALUE = ("has no value", "a value, or no such key")

_DATE_COLUMNS = tuple(column.name for column in LINE if column.kind == "date")


def across_rule(written: Any) -> Iterator[Found]:
    """Yield (key, problem, allowed) for every key without a value or unwritten, and every version out of order."""
    yield from across_dated(written, "versions")


def across_dated(written: Any, listed: str) -> Iterator[Found]:
    """Yield the same for what is dated otherwise than by versions: `values` hold until the next one begins."""
    yield from _without_value(written)
    yield from _unwritten(written)
    by_paragraph: dict[str, list[tuple[str, date, date | None]]] = {}
    for key, version in mappings(written, listed):
        known = by_paragraph.setdefault(str(version.get("paragraph")), [])
        oldest = version.get("from") == "unknown"
        start, until = date.min if oldest else _date(version.get("from")), _date(version.get("until"))
        if oldest and known:
            yield f"{key}.from", f"unknown, but another {listed[:-1]} comes before it", "a date"
            continue
        if start is None or (until is None and version.get("until") is not None):
            continue
        if known:
            before, earlier, ended = known[-1]
            if start <= earlier:
                yield f"{key}.from", f"{start} is not after {earlier}, the from of {before}", "in order of date"
            elif listed != "versions":
                pass  # each holds until the next
            elif ended is None:
                yield f"{before}.until", f"missing, as {key} follows from {start}", "the last effective day"
            elif start <= ended:
                yield f"{key}.from", f"{start} overlaps {before}, which runs until {ended}", "a day after that"
        known.append((key, start, until))


def across_cases(written: Any) -> Iterator[Found]:
    """Yield (key, problem, allowed) for every repeated sentence and every unreadable or missing export date."""
    defaults = written.get("defaults") if isinstance(written, dict) else None
    defaults = defaults if isinstance(defaults, dict) else {}
    yield from _unreadable_dates("defaults", defaults)
    seen: dict[Any, str] = {}
    for key, case in mappings(written, "cases"):
        sentence = case.get("case")
        if isinstance(sentence, str) and seen.setdefault(sentence.strip(), key) != key:
            yield f"{key}.case", f"the sentence is also at {seen[sentence.strip()]}", "each sentence once"
        line = case.get("line")
        if isinstance(line, dict) and line:
            yield from _unreadable_dates(f"{key}.line", line)
            if not (defaults | line).get("export_on"):
                yield f"{key}.line.export_on", "missing here and in the defaults", "YYYY-MM-DD"


def mappings(written: Any, key: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the mappings of a list under a key, each with its path."""
    listed = written.get(key) if isinstance(written, dict) else None
    for at, entry in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(entry, dict):
            yield f"{key}[{at}]", entry


def _date(value: Any) -> date | None:
    try:
        return as_date(value)
    except PydanticCustomError:
        return None


def _unreadable_dates(key: str, line: dict[str, Any]) -> Iterator[Found]:
    for column in _DATE_COLUMNS:
        value = line.get(column)
        if isinstance(value, str) and value and _date(value) is None:
            yield f"{key}.{column}", f'"{value}" is not a date', "a day of the calendar as YYYY-MM-DD"


def _unwritten(written: Any, key: str = "") -> Iterator[Found]:
    if isinstance(written, dict):
        for name, value in written.items():
            yield from _unwritten(value, f"{key}.{name}" if key else name)
    elif isinstance(written, list):
        for at, value in enumerate(written):
            yield from _unwritten(value, f"{key}[{at}]")
    elif isinstance(written, str) and written.startswith(UNWRITTEN):
        yield key, "nobody has written this yet", f"your own words in place of {UNWRITTEN} ..."


def _without_value(written: Any, key: str = "") -> Iterator[Found]:
    if isinstance(written, dict):
        for name, value in written.items():
            yield from _without_value(value, f"{key}.{name}" if key else name)
    elif isinstance(written, list):
        for at, value in enumerate(written):
            yield from _without_value(value, f"{key}[{at}]")
    elif written is None and key:
        yield key, *NO_VALUE
