"""The headings and first rows of a file of any form, and what the form was found to be: for drafting a layout."""

from __future__ import annotations

import csv
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from transforms.errors import InputError
from transforms.ingest.detect import detect_encoding
from transforms.ingest.extract import read_headings
from transforms.ingest.fit import DELIMITERS
from transforms.ingest.packed import unpacked
from transforms.ingest.parquet import is_parquet, parquet_copy
from transforms.ingest.plain import codec
from transforms.ingest.workbook import is_workbook, sheet_copy
from transforms.layouts.format import Format


@dataclass(frozen=True)
class Sample:
    """Headings as they stand in the file, its first rows as text (each as long as the headings), and its format."""

    headings: list[str]
    rows: list[list[str]]
    form: Format
    is_text: bool
    """Whether it is delimited text, so that delimiter and encoding matter."""


def read_sample(path: Path, folder: Path, sheet: str, most_rows: int = 500) -> Sample:
    """Return the sample of a file; copies go to `folder` and are gone after. Raises InputError as an ingest does."""
    with ExitStack() as held:
        content = held.enter_context(unpacked(path, folder)).content
        form = Format(sheet=sheet)
        is_text = False
        if is_workbook(content):
            text = held.enter_context(sheet_copy(content, folder, form)).path
        elif is_parquet(content):
            text = held.enter_context(parquet_copy(content, folder, form.decimal))
        else:
            text, is_text = content, True
            form = _found_out(content)
        headings = read_headings(text, form)
        rows = [cells for cells in islice(_rows(text, form), most_rows) if len(cells) == len(headings)]
        return Sample(headings, rows, form, is_text)


def _found_out(path: Path) -> Format:
    """Return the format under which the first line has most columns."""
    encoding = detect_encoding(path)
    forms = [Format(delimiter=sign, encoding=encoding) for sign in DELIMITERS]
    read: dict[int, int] = {}
    for place, form in enumerate(forms):
        with suppress(InputError):
            read[place] = len(read_headings(path, form))
    if not read:
        read_headings(path, forms[0])
    return forms[max(read, key=lambda place: (read[place], -place))]


def _rows(text: Path, form: Format) -> Any:
    with text.open(encoding=codec(form.encoding), errors="replace", newline="") as stream:
        reader = csv.reader(stream, delimiter=form.delimiter)
        with suppress(csv.Error):  # a sample ends where the file cannot be read
            yield from islice(reader, 1, None)
