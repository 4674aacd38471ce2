"""A sheet as a source: rows of texts from a workbook, or from markup that a spreadsheet opens."""

from __future__ import annotations

import csv
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from transforms.cells.headings import headings_of, told_rows
from transforms.cells.source import HEAD_ROWS, Text
from transforms.errors import InputError
from transforms.layouts.format import Format


class Sheet(ABC):
    """One sheet of a file. Its rows are texts, from its first row on, blank ones too."""

    is_text = False
    is_typed = True
    delimiter = ","
    """Of the copy that the CSV reader takes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @abstractmethod
    def rows(self, form: Format) -> Iterator[list[str]]:
        """Yield every row; raise InputError for a file that is damaged or made to do harm."""

    @abstractmethod
    def words(self, form: Format, unstated: Collection[str]) -> str:
        """Return what the file was found to be, in words."""

    def head(self, form: Format, most: int = HEAD_ROWS) -> list[list[str]]:
        """Return the first rows."""
        return list(islice(self.rows(form), most))

    @contextmanager
    def text(self, form: Format, at: Sequence[int], folder: Path, *, even_ends: bool = False) -> Iterator[Text]:
        """Yield a copy of the sheet, rows without any text left out, columns without a heading too.

        Raises InputError where such a column holds something.
        """
        del even_ends  # the copy has even ones
        folder.mkdir(parents=True, exist_ok=True)
        copy = folder / ".reading.csv"
        gaps: list[tuple[int, int]] = []
        written = 0
        try:
            with copy.open("w", encoding="utf-8", newline="") as target:
                writer = csv.writer(target, delimiter=self.delimiter, lineterminator="\n")
                rows = self.rows(form)
                first = list(islice(rows, at[-1]))
                headings = headings_of(first, tuple(at))
                named = [place for place, heading in enumerate(headings) if heading.strip()]
                bare = [place for place, heading in enumerate(headings) if not heading.strip()]
                kept = tuple(headings[place] for place in named)
                writer.writerow(kept)
                for number, cells in enumerate(rows, start=at[-1] + 1):
                    if not any(map(str.strip, cells)):
                        continue
                    self._refuse_stray(cells, bare, len(headings), number)
                    written += 1
                    before = number - written - 1
                    if before > (gaps[-1][1] if gaps else 0):
                        gaps.append((written, before))
                    writer.writerow([cells[place] if place < len(cells) else "" for place in named])
            head = told_rows(first, tuple(at))
            yield Text(copy, kept, self.delimiter, '"', tuple(gaps), is_typed=self.is_typed, head=head)
        finally:
            copy.unlink(missing_ok=True)

    def _refuse_stray(self, cells: Sequence[str], bare: Sequence[int], width: int, number: int) -> None:
        for place in (*(one for one in bare if one < len(cells)), *range(width, len(cells))):
            if cells[place].strip():
                raise InputError(stray(self.path.name, place, number))


def stray(file: str, place: int, row: int) -> str:
    """Return the message about a filled cell under no heading; the column counts from 0, the row from 1."""
    return (
        f"{file}: column {place + 1} is a column without a heading, and row {row:,} has text in it. Give the column a"
        " heading in the file, or clear it."
    )
