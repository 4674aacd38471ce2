"""What every form of file is asked: its first rows, and a text of it that the CSV reader takes.

The forms are told apart in one place (`forms.py`); after it nobody asks which form a file has.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from transforms.layouts.format import Format

HEAD_ROWS = 60
"""So many of the first rows are looked at for the headings."""


@dataclass(frozen=True)
class Text:
    """A file as the CSV reader takes it: UTF-8, the headings in its first row, as `delimiter` and `quote` say.

    `headings` are those of all columns, '' where one has none. Of a sheet, `gaps` holds (row of the text from 1,
    how many rows of the sheet before it have no place in the text) wherever that number grows. `is_typed`: a copy of
    typed cells, so that its quotation marks are in their places and its numbers are numbers.
    """

    path: Path
    headings: tuple[str, ...]
    delimiter: str = ","
    quote: str = '"'
    gaps: tuple[tuple[int, int], ...] | None = None
    is_typed: bool = False
    head: tuple[str, ...] = ()
    """The rows down to the headings, each as one text: what pages repeat."""

    @property
    def named(self) -> tuple[int, ...]:
        """The places of the columns that have a heading: those that are read."""
        return tuple(place for place, heading in enumerate(self.headings) if heading.strip())


class Source(Protocol):
    """One file of one form."""

    path: Path
    is_text: bool
    """Whether it is delimited text, so that delimiter and encoding matter."""
    is_typed: bool
    """Whether its cells are typed: numbers are numbers, dates are dates."""

    def head(self, form: Format, most: int = HEAD_ROWS) -> list[list[str]]:
        """Return the first rows as they came, in the order of the file; a blank one may be empty."""
        ...

    def text(
        self, form: Format, at: Sequence[int], folder: Path, *, even_ends: bool = False
    ) -> AbstractContextManager[Text]:
        """Yield the text of the file from its headings on (rows `at`, from 1); copies go to `folder` and are gone
        after. With `even_ends` each line ends in LF."""
        ...

    def words(self, form: Format, unstated: Collection[str]) -> str:
        """Return what the file was found to be, in words."""
        ...
