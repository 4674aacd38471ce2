"""From a file as it came to a text that the CSV reader takes: which copy is needed, and which other if that fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import duckdb

from transforms.ingest.detect import has_mark
from transforms.ingest.packed import Arrived
from transforms.ingest.parquet import is_parquet, parquet_copy
from transforms.ingest.plain import plain_copy
from transforms.ingest.workbook import is_workbook, read_as_copied, sheet_copy, sheet_name
from transforms.layouts.format import DELIMITER_WORDS, ENCODING_WORDS, Encoding, Format
from transforms.layouts.match import Match

T = TypeVar("T")

_WORDS = {sign: word for word, sign in DELIMITER_WORDS.items()}


class BytesNotUtf8(Exception):
    """Rows hold bytes that are not UTF-8, in a file that was only taken for UTF-8: a sign to read it in another way."""


@dataclass(frozen=True)
class Reading:
    """One way to read a file: the text, in UTF-8, how it is read, and in words what the file was found to be.

    `sheet_gaps` and `is_typed` are as in `Arrival`; `is_guess` says that the encoding was found out and may be another
    one still.
    """

    text: Path
    found: Match
    read_as: str
    sheet_gaps: tuple[tuple[int, int], ...] | None = None
    is_guess: bool = False
    is_typed: bool = False


def load_readable(file: Arrived, found: Match, folder: Path, load: Callable[[Reading], T]) -> T:
    """Return what `load` makes of the file, from the first way of reading it that holds; copies go to `folder`.

    `load` must leave nothing behind when it raises. Where it meets mixed line ends (which DuckDB refuses) or
    BytesNotUtf8, it is called again with a copy that has neither.
    """
    path, form = file.content, found.layout.format
    if is_workbook(path):
        with sheet_copy(path, folder, form) as sheet:
            words = _words(f"workbook, sheet {sheet_name(path, form)}", file)
            return load(Reading(sheet.path, read_as_copied(found), words, sheet.gaps, is_typed=True))
    if is_parquet(path):
        with parquet_copy(path, folder, form.decimal) as text:
            return load(Reading(text, read_as_copied(found), _words("Parquet", file), is_typed=True))
    encoding, even_ends = form.encoding, False
    while True:
        is_guess = "encoding" in found.unstated and encoding == "utf-8" and not has_mark(path)
        words = _words(_text_words(form, encoding, found), file)
        with _text(path, folder, encoding, even_ends=even_ends) as text:
            try:
                return load(Reading(text, _encoded(found, encoding), words, is_guess=is_guess))
            except BytesNotUtf8:
                encoding = "windows-1252"
            except duckdb.InvalidInputException as error:
                if even_ends or "invalid state" not in str(error):
                    raise
                even_ends = True


def _encoded(found: Match, encoding: Encoding) -> Match:
    form = found.layout.format.model_copy(update={"encoding": encoding})
    return replace(found, layout=found.layout.model_copy(update={"format": form}))


@contextmanager
def _text(path: Path, folder: Path, encoding: str, *, even_ends: bool) -> Iterator[Path]:
    if encoding == "utf-8" and not even_ends:
        yield path
        return
    with plain_copy(path, folder, encoding, even_ends=even_ends) as copy:
        yield copy


def _text_words(form: Format, encoding: str, found: Match) -> str:
    told = {"delimiter": _WORDS.get(form.delimiter, repr(form.delimiter)), "encoding": ENCODING_WORDS[encoding]}
    return ", ".join(word if key in found.unstated else f"{word} (stated)" for key, word in told.items())


def _words(what: str, file: Arrived) -> str:
    return f"{what}, {file.packing}" if file.packing else what
