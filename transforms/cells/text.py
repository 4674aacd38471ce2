"""Delimited text as a source: its first rows, and a copy that the CSV reader can take where it cannot take the file."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from transforms.cells.detect import HEAD
from transforms.cells.headings import headings_of, told_rows
from transforms.cells.source import HEAD_ROWS, Text
from transforms.errors import InputError
from transforms.layouts.format import DELIMITER_WORDS, ENCODING_WORDS, Format

_CHUNK = 4 * 1024 * 1024
_CODECS = {"utf-8": "utf-8-sig", "windows-1252": "cp1252"}
_BYTEWISE = ("utf-8", "windows-1252")
_WORDS = {sign: word for word, sign in DELIMITER_WORDS.items()}
_SEPARATOR = re.compile("sep=(.)", re.IGNORECASE)
_RULE = re.compile(r"[-+|=_\s]*-{3,}[-+|=_\s]*")
_BAR = "|"
_MOST_LINES = 1_000
"""Of one row of the first ones; a quotation mark that is never closed would take in the file."""


def codec(encoding: str) -> str:
    """Return Python's name of an encoding; of UTF-8 the one that takes a byte order mark for what it is."""
    return _CODECS.get(encoding, encoding)


class DelimitedText:
    """A file of delimited text."""

    is_text = True
    is_typed = False

    def __init__(self, path: Path) -> None:
        self.path = path

    def head(self, form: Format, most: int = HEAD_ROWS) -> list[list[str]]:
        """Return the first rows as they came; raise InputError where the first cannot be read."""
        rows: list[list[str]] = []
        is_barred = self._is_barred(form)
        try:
            with self.path.open(encoding=codec(form.encoding), errors="replace", newline="") as stream:
                lines = self._unbarred(stream) if is_barred else stream
                read = _Rows(lines, form, is_barred=is_barred)
                for row in islice(read, most):
                    rows.append([] if not rows and _SEPARATOR.fullmatch(form.delimiter.join(row).strip()) else row)
        except (OSError, UnicodeError) as error:
            raise InputError(f"{self.path}: cannot be read as text in {form.encoding}: {error}") from error
        # as wide as the rows of the table, it is no title
        if read.first_fault and rows[0][0].count(form.delimiter) + 1 >= max(map(len, rows)):
            raise InputError(f"{self.path.name}: the headings in the first line cannot be read: {read.first_fault}")
        return rows

    def separator(self, encoding: str) -> str:
        """Return the delimiter that the first line states, as spreadsheets write it (`sep=;`); else the one of lists
        between bars; else the empty text."""
        lines = self._first_lines(encoding)
        stated = _SEPARATOR.fullmatch(lines[0].strip()) if lines else None
        if stated:
            return stated.group(1)
        return _BAR if self._has_bars else ""

    @contextmanager
    def text(
        self, form: Format, at: Sequence[int], folder: Path, *, even_ends: bool = False
    ) -> Iterator[Text]:
        """Yield the file itself where the CSV reader can take it, or a copy that begins at its headings."""
        rows = self.head(form, at[-1])
        headings = tuple(headings_of(rows, tuple(at)))
        head = told_rows(rows, tuple(at))
        is_barred = self._is_barred(form)
        quote = "" if is_barred else form.quote
        if tuple(at) == (1,) and form.encoding == "utf-8" and not even_ends and not is_barred:
            yield Text(self.path, headings, form.delimiter, quote, head=head)
            return
        folder.mkdir(parents=True, exist_ok=True)
        copy = folder / ".reading.csv"
        # bytes that are no text are kept as they are, for the reader to reject their rows alone
        errors = "surrogateescape" if form.encoding in _BYTEWISE else "strict"
        try:
            ends = None if even_ends else ""
            with (
                self.path.open(encoding=codec(form.encoding), errors=errors, newline=ends) as source,
                copy.open("w", encoding="utf-8", errors=errors, newline="") as target,
            ):
                if is_barred or tuple(at) != (1,):
                    lines = self._unbarred(source) if is_barred else source
                    read = _Rows(lines, form, is_barred=is_barred)
                    for _ in islice(read, at[-1]):
                        pass
                    _write_row(target, headings, form.delimiter, quote, read.end)
                    target.writelines(read.ahead)
                    if is_barred:
                        target.writelines(lines)
                while chunk := source.read(_CHUNK):
                    target.write(chunk)
            yield Text(copy, headings, form.delimiter, quote, head=head)
        except UnicodeError as error:
            raise InputError(
                f"{self.path.name}: not {form.encoding} text. The file is damaged, or its encoding differs: give it"
                " with --encoding or in the layout, under format."
            ) from error
        finally:
            copy.unlink(missing_ok=True)

    def words(self, form: Format, unstated: Collection[str]) -> str:
        """Return delimiter and encoding in words, with (stated) where they were not found out."""
        delimiter = _WORDS.get(form.delimiter, repr(form.delimiter))
        told = {
            "delimiter": "columns between bars" if self._is_barred(form) else delimiter,
            "encoding": ENCODING_WORDS[form.encoding],
        }
        return ", ".join(word if key in unstated else f"{word} (stated)" for key, word in told.items())

    def _is_barred(self, form: Format) -> bool:
        return form.delimiter == _BAR and self._has_bars

    @cached_property
    def _has_bars(self) -> bool:
        """Whether it is a printed list, as SAP saves one: each row between bars, under and over lines of dashes."""
        from transforms.cells.detect import detect_encoding

        lines = [line.strip() for line in self._first_lines(detect_encoding(self.path)) if line.strip()]
        barred = [line for line in lines if len(line) > 2 and line.startswith(_BAR) and line.endswith(_BAR)]
        ruled = [line for line in lines if _RULE.fullmatch(line)]
        return len(barred) >= 2 and len(ruled) >= 1

    def _first_lines(self, encoding: str) -> list[str]:
        with self.path.open("rb") as stream:
            text = stream.read(HEAD).decode(codec(encoding), errors="replace")
        return text.splitlines()[:200]

    @staticmethod
    def _unbarred(lines: Any) -> Iterator[str]:
        """Yield the lines without their outer bars; a line of dashes is blank."""
        for line in lines:
            text = line.strip()
            if _RULE.fullmatch(text):
                text = ""
            elif text.startswith(_BAR):
                text = text[1 : -1 if text.endswith(_BAR) and len(text) > 1 else None]
            yield text + "\n"


class _Rows:
    """The rows of a text. A line with quotation marks that are none, as titles have, is a row of one cell."""

    def __init__(self, lines: Iterable[str], form: Format, *, is_barred: bool) -> None:
        self._lines = iter(lines)
        self._taken: list[str] = []
        quote = "" if is_barred else form.quote
        self._quoting: dict[str, Any] = {"quotechar": quote} if quote else {"quoting": csv.QUOTE_NONE}
        self._delimiter = form.delimiter
        self.ahead: deque[str] = deque()
        """Lines that were read, and belong to rows to come."""
        self.first_fault = ""
        """What is wrong with the first row; empty where nothing is."""
        self.end = "\n"
        """How the last row ended."""

    def __iter__(self) -> Iterator[list[str]]:
        is_first = True
        while True:
            self._taken.clear()
            try:
                for row in csv.reader(self._watched(), delimiter=self._delimiter, strict=True, **self._quoting):
                    self._end_row()
                    yield row
                    is_first = False
                return
            except csv.Error as error:
                self.first_fault = str(error) if is_first else self.first_fault
                line, *others = self._taken
                self.ahead.extendleft(reversed(others))
                self._taken = [line]
                self._end_row()
                yield [line.rstrip("\r\n")]
                is_first = False

    def _watched(self) -> Iterator[str]:
        while (line := self.ahead.popleft() if self.ahead else next(self._lines, None)) is not None:
            self._taken.append(line)
            if len(self._taken) > _MOST_LINES:
                raise csv.Error("a quotation mark is not closed")
            yield line

    def _end_row(self) -> None:
        last = self._taken[-1] if self._taken else ""
        self.end = "\r\n" if last.endswith("\r\n") else "\r" if last.endswith("\r") else "\n"
        self._taken.clear()


def _write_row(target: Any, cells: Sequence[str], delimiter: str, quote: str, end: str) -> None:
    if quote:
        csv.writer(target, delimiter=delimiter, quotechar=quote, lineterminator=end).writerow(cells)
    else:
        target.write(delimiter.join(cell.replace(delimiter, " ") for cell in cells) + end)
