"""When an extract was taken, by what it says itself: a date in its name, or a column that is the same in all rows."""

from __future__ import annotations

import re
from datetime import datetime

import duckdb

from transforms.errors import InputError
from transforms.layouts.dates import ISO_DATES, NAME_DIGITS
from transforms.layouts.match import Match


def moment_in_name(name: str, form: str) -> datetime | None:
    """Return the moment that `name` holds in the date format `form`, or None where it holds none.

    Raises InputError where it holds several, or one that is no day.
    """
    pattern = "".join(
        rf"(?<!\d)\d{{{NAME_DIGITS[part]}}}" if part in NAME_DIGITS and at == 1
        else rf"\d{{{NAME_DIGITS[part]}}}" if part in NAME_DIGITS
        else re.escape(part)
        for at, part in enumerate(re.split(r"(%.)", form))
    )  # fmt: skip
    found = {one.group(1) for one in re.finditer(rf"(?=({pattern})(?!\d))", name)}
    if len(found) > 1:
        raise InputError(
            f"{name}: the file name holds several dates ({', '.join(sorted(found))}). Say in the layout which one is"
            f" the extract date, with the text around it: extract: {{date_in_name: 'taken-{form}'}}"
        )
    try:
        return datetime.strptime(found.pop(), form) if found else None
    except ValueError as error:
        raise InputError(f"{name}: the date in the file name is not valid: {error}. Correct the file name.") from error


def moment_in_rows(connection: duckdb.DuckDBPyConnection, found: Match, name: str) -> datetime | None:
    """Return the moment that the layout's date column says in every staged row, or None without such a column.

    Raises InputError where rows differ, or say no date.
    """
    if found.dated_by is None:
        return None
    cell = f"coalesce(trim(c{found.dated_by}), '')"
    said = connection.execute(f"select min({cell}), max({cell}) from staged").fetchone() or (None, None)
    first, last = (str(one) if one is not None else None for one in said)
    if first is None:
        return None
    column = found.layout.extract.date_column
    if first != last:
        raise InputError(
            f"{name}: the column {column!r} says when the extract was taken, and its rows say {first!r} and {last!r};"
            " it must be the same in every row: leave it out of `extract` in the layout, under `ignore`"
        )
    forms = found.layout.extract.dates or ISO_DATES
    for form in forms:
        try:
            return datetime.strptime(first, form)
        except ValueError:
            continue
    raise InputError(f"{name}: the column {column!r} says {first!r}, not a date in the formats {', '.join(forms)}")
