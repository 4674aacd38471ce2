"""The headings and first rows of a file of any form, and what the form was found to be: for drafting a layout."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from transforms.cells.detect import detect_encoding
from transforms.cells.forms import source_of
from transforms.cells.headings import At, guessed, headings_of, require_headings
from transforms.cells.packed import unpacked
from transforms.cells.source import HEAD_ROWS
from transforms.cells.text import DelimitedText
from transforms.errors import InputError
from transforms.layouts.format import Format

DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True)
class Sample:
    """Headings as they stand in the file, its first rows as text (each as long as the headings), and its format.

    Columns without a heading are left out; blank rows too.
    """

    headings: list[str]
    rows: list[list[str]]
    form: Format
    is_text: bool
    """Whether it is delimited text, so that delimiter and encoding matter."""
    at: At = (1,)
    """The row of the headings in the file, from 1, or two of them."""
    title: tuple[str, ...] = ()
    """What stands above the headings."""
    is_typed: bool = False
    """Whether its cells are typed: numbers are numbers, dates are dates."""
    read_as: str = ""
    """What the file was found to be, in words."""


def read_sample(path: Path, folder: Path, sheet: str, most_rows: int = 500, at: At = ()) -> Sample:
    """Return the sample of a file; copies go to `folder` and are gone after. Raises InputError as an ingest does.

    The headings stand in the rows `at`, where that is said; else where they seem to be.
    """
    with ExitStack() as held:
        content = held.enter_context(unpacked(path, folder)).content
        source = source_of(content)
        form = Format(sheet=sheet) if sheet else Format()
        if isinstance(source, DelimitedText):
            form = _found_out(source)
        rows = source.head(form, HEAD_ROWS + most_rows)
        place = at or guessed(rows[:HEAD_ROWS])
        headings = require_headings(headings_of(rows, place), path, form)
        named = [column for column, heading in enumerate(headings) if heading.strip()]
        below = [row + [""] * (len(headings) - len(row)) for row in rows[place[-1] :] if any(map(str.strip, row))]
        cells = [[row[column] for column in named] for row in below if len(row) == len(headings)]
        title = [" ".join(filter(None, map(str.strip, row))) for row in rows[: place[0] - 1]]
        return Sample(
            [headings[column] for column in named], cells[:most_rows], form, source.is_text, place,
            tuple(filter(None, title)), source.is_typed, source.words(form, type(form).model_fields.keys()),
        )  # fmt: skip


def _found_out(source: DelimitedText) -> Format:
    """Return the format in which the row of the headings has most columns."""
    encoding = detect_encoding(source.path)
    stated = source.separator(encoding)
    forms = [Format(delimiter=sign, encoding=encoding) for sign in ((stated,) if stated else DELIMITERS)]
    widths: dict[int, int] = {}
    for place, form in enumerate(forms):
        with suppress(InputError):
            rows = source.head(form)
            widths[place] = len(headings_of(rows, guessed(rows)))
    if not widths:
        source.head(forms[0])
    return forms[max(widths, key=lambda place: (widths[place], -place))]
