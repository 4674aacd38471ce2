"""Where the headings of a file stand: in its first row, below title rows, or in two rows of which one is above groups.

A row is taken for the headings because a layout knows all of it (`ingest/fit.py`); where none does, because it looks
like headings: texts, each once, over rows that hold more than texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import compress
from pathlib import Path

from transforms.errors import InputError
from transforms.layouts.format import Format
from transforms.layouts.model import CHOICES

_LONGEST_HEADING, _MOST_HEADINGS = 500, 2_000
At = tuple[int, ...]
"""The row of the headings, from 1; or two rows that follow each other."""
FIRST: At = (1,)
_NUMBER = re.compile(r"[\s$€£()+\-]*[0-9][0-9.,:/\s'%-]*")
_BELOW = 12
_AS_FILLED = 0.8
"""A row with a number, and with so many cells to each heading, is a row of a table."""


def headings_of(rows: Sequence[Sequence[str]], at: At) -> list[str]:
    """Return the headings that stand in the rows `at`, one for each column; none where the file ends before.

    Of two rows the first names groups of columns: it is carried to the right over blank cells, and put before the name
    below it.
    """
    if at[-1] > len(rows):
        return []
    lower = [heading.strip() if len(at) > 1 else heading for heading in rows[at[-1] - 1]]
    if len(at) == 1:
        return lower
    upper = [heading.strip() for heading in rows[at[0] - 1]]
    width = max(len(upper), len(lower))
    upper, lower = (row + [""] * (width - len(row)) for row in (upper, lower))
    joined, group = [], ""
    for above, below in zip(upper, lower, strict=True):
        group = above or group
        joined.append(above if not below else below if group in ("", below) else f"{group} {below}")
    return joined


def told_rows(rows: Sequence[Sequence[str]], at: At) -> tuple[str, ...]:
    """Return the rows down to the headings, each as one text."""
    return tuple(" ".join(filter(None, map(str.strip, row))) for row in rows[: at[-1]])


def where_words(at: At) -> str:
    """Return in words in which row or rows headings stand."""
    return f"row {at[0]}" if len(at) == 1 else f"rows {at[0]} and {at[1]}"


def candidates(rows: Sequence[Sequence[str]]) -> Iterator[At]:
    """Yield where else than in the first row headings may stand, in the order of the file: in one row, or in two.

    Never below rows of a table: they would be lost.
    """
    filled = [sum(1 for cell in row if cell.strip()) for row in rows]
    data = [any(_NUMBER.fullmatch(cell.strip()) for cell in row) for row in rows]
    above = [max(compress(filled[:place], data), default=0) for place in range(len(rows))]
    for number in range(2, len(rows) + 1):
        if filled[number - 1] and above[number - 1] < _AS_FILLED * filled[number - 1]:
            yield (number,)
    for number in range(1, len(rows)):
        both = filled[number - 1 : number + 1]
        if all(both) and above[number - 1] < _AS_FILLED * max(both):
            yield (number, number + 1)


def guessed(rows: Sequence[Sequence[str]]) -> At:
    """Return where the headings seem to stand; the first row that is not blank where no row looks like them."""
    scores = [(_score(rows, place), place) for place in range(len(rows))]
    best, place = max(scores, key=lambda one: (one[0], -one[1]), default=(0.0, 0))
    if best <= 0:
        return next(((number,) for number, row in enumerate(rows, start=1) if any(map(str.strip, row))), FIRST)
    if place + 1 < len(rows) and _has_groups(rows, place):
        return (place + 1, place + 2)
    if place and _has_groups(rows, place - 1):
        return (place, place + 1)
    return (place + 1,)


def _score(rows: Sequence[Sequence[str]], place: int) -> float:
    """How much a row looks like headings: how many of its cells name something, less what speaks against it."""
    cells = [cell.strip() for cell in rows[place] if cell.strip()]
    texts = [cell for cell in cells if not _NUMBER.fullmatch(cell) and any(map(str.isalpha, cell)) and len(cell) <= 80]
    below = [row for row in rows[place + 1 : place + 1 + _BELOW] if any(map(str.strip, row))]
    if not cells or len(texts) < 0.8 * len(cells) or len({cell.casefold() for cell in texts}) < 0.8 * len(texts):
        return 0.0
    width = max((sum(1 for cell in row if cell.strip()) for row in below), default=len(cells))
    if len(cells) < 0.5 * width or (len(cells) == 1 and width > 1):
        return 0.0
    data = sum(any(_NUMBER.fullmatch(cell.strip()) for cell in row) for row in below)
    # the first row of all that name as many columns: below it stand rows of the table
    return len(texts) * (2 if data else 1) - 0.01 * place


def _has_groups(rows: Sequence[Sequence[str]], place: int) -> bool:
    """Whether the row names groups of the columns that the next row names: with gaps or repeats, over texts."""
    upper, lower = ([cell.strip() for cell in rows[at]] for at in (place, place + 1))
    named = [cell for cell in upper if cell]
    names = [cell for cell in lower if cell]
    is_gapped = len(named) < len(upper) or len(set(named)) < len(named)
    if len(named) < 2 or not is_gapped or any(_NUMBER.fullmatch(cell) for cell in (*named, *names)):
        return False
    below = rows[place + 2 : place + 2 + _BELOW]
    has_data = any(_NUMBER.fullmatch(cell.strip()) for row in below for cell in row)
    # some name stands under a gap or a repeat, as only a group leaves one
    pairs = enumerate(zip(upper, lower, strict=False))
    fills_gap = any(cell and (not above or above in upper[:at]) for at, (above, cell) in pairs)
    return has_data and len(names) >= 2 and fills_gap


def require_headings(headings: Sequence[str], path: Path, form: Format) -> list[str]:
    """Return the headings; raise InputError where there are none, or where they cannot be headings."""
    if not any(heading.strip() for heading in headings):
        raise InputError(
            f"{path.name}: the file is empty, or its first rows are blank. One of the first rows must hold the"
            " headings."
        )
    text = "".join(headings)
    if "\ufffd" in text or "\0" in text:
        raise InputError(
            f"{path.name}: the headings are not {form.encoding} text. Save the file as UTF-8, or give its encoding with"
            f" --encoding or in the layout's `format:`. Allowed: {', '.join(CHOICES['encoding'])}."
        )
    if len(headings) > _MOST_HEADINGS:
        raise InputError(
            f"{path.name}: the row of the headings has {len(headings):,} columns, and at most {_MOST_HEADINGS:,} are"
            " read."
        )
    if any(len(heading) > _LONGEST_HEADING for heading in headings):
        raise InputError(
            f"{path.name}: a heading has more than {_LONGEST_HEADING:,} characters. A quotation mark in the first line"
            " is probably not closed."
        )
    return list(headings)
