"""From a file as it came to the text that is staged: in which other way it is read if the first does not hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import duckdb

from transforms.cells.detect import has_letters_of_utf_8, has_mark
from transforms.cells.headings import FIRST, where_words
from transforms.cells.packed import Arrived
from transforms.cells.source import Text
from transforms.errors import InputError
from transforms.ingest.arrival import Arrival
from transforms.layouts.dates import ISO_DATES
from transforms.layouts.format import Encoding
from transforms.layouts.match import Match

T = TypeVar("T")


class BytesNotUtf8(Exception):
    """Rows hold bytes that are not UTF-8, in a file that was only taken for UTF-8: a sign to read it in another way."""


@dataclass(frozen=True)
class Reading:
    """One way to read a file: its text, how that is read, and in words what the file was found to be.

    `is_guess` says that the encoding was found out and may be another one still.
    """

    text: Text
    found: Match
    read_as: str
    is_guess: bool = False


def load_readable(file: Arrived, found: Match, folder: Path, load: Callable[[Reading], T]) -> T:
    """Return what `load` makes of the file, from the first way of reading it that holds; copies go to `folder`.

    `load` must leave nothing behind when it raises. Where it meets mixed line ends (which DuckDB refuses) or
    BytesNotUtf8, it is called again with a copy that has neither.
    """
    source = file.source
    even_ends = False
    while True:
        form = found.layout.format
        is_guess = source.is_text and "encoding" in found.unstated and form.encoding == "utf-8"
        with source.text(form, found.at, folder, even_ends=even_ends) as text:
            words = [source.words(form, found.unstated), _where(found.at), file.packing]
            read = found if source.is_text else read_as_copied(found, text)
            reading = Reading(text, read, ", ".join(filter(None, words)), is_guess and not has_mark(source.path))
            try:
                return load(reading)
            except BytesNotUtf8:
                found = _encoded(found, "windows-1252")
            except duckdb.InvalidInputException as error:
                if even_ends or "invalid state" not in str(error):
                    raise
                even_ends = True


def read_as_copied(found: Match, text: Text) -> Match:
    """Return how the copy of a sheet is read: as its text says, of typed cells with ISO dates besides those of text.

    Raises InputError where a date of the sheet would be read with day and month exchanged.
    """
    layout, columns = found.layout, {}
    for name, entry in found.layout.columns.items():
        if text.is_typed and entry.dates and any(form.startswith("%Y-%d-%m") for form in entry.dates):
            raise InputError(
                f"layout {layout.id}: columns.{name}.dates: %Y-%d-%m cannot be told from the dates of a workbook or a"
                " Parquet file; give those a layout of their own"
            )
        forms = tuple(dict.fromkeys([*entry.dates, *ISO_DATES])) if entry.dates and text.is_typed else entry.dates
        columns[name] = entry.model_copy(update={"dates": forms})
    form = layout.format.model_copy(update={"delimiter": text.delimiter, "quote": text.quote})
    return replace(found, layout=layout.model_copy(update={"format": form, "columns": columns}))


def _encoded(found: Match, encoding: Encoding) -> Match:
    form = found.layout.format.model_copy(update={"encoding": encoding})
    return replace(found, layout=found.layout.model_copy(update={"format": form}))


def _where(at: tuple[int, ...]) -> str:
    return "" if at == FIRST else f"headings in {where_words(at)}"


def doubt_encoding(arrival: Arrival) -> None:
    """Raise BytesNotUtf8 where rows were rejected for their bytes, and no letter of the file shows it to be UTF-8."""
    rejected = "select count(*) from reject_errors where error_type = 'INVALID ENCODING'"
    if arrival.is_guess and arrival.count(rejected) and not has_letters_of_utf_8(arrival.text.path):
        raise BytesNotUtf8
