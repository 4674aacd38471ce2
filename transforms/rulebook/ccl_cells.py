"""The cells of a table of `rules/ccl`, one row at a time: each is read or is a fault with its row and column."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from transforms.errors import Fault
from transforms.rulebook.words import KnownWords, did_you_mean

ENTRY_FORM = re.compile(r"[0-9][A-E][0-9]{3}")
PARAGRAPH_FORM = re.compile(r"[0-9][A-E][0-9]{3}(\.([a-z]+|[0-9]+))*")
_DAY_FORM = re.compile(r"\d{4}-\d{2}-\d{2}")
_LIST_FORM = re.compile(r"[a-z][a-z-]*-countries")
_GROUP_FORM = re.compile(r"[A-E](:\d)?")
_SECTION_FORM = re.compile(r"(part )?7\d\d(\.\d+)?(\([A-Za-z0-9]+\))*|Supp\. \d to part 7\d\d|License Requirement Note")
ANYWHERE = "ALL"


@dataclass
class Cells:
    """One row: its number in the file (the headings are row 1), its cells, and where faults go."""

    file: str
    row: int
    cells: dict[str, str]
    faults: list[Fault]

    def fault(self, column: str, problem: str, allowed: str = "") -> None:
        """Note what is wrong with one cell."""
        self.faults.append(Fault(self.file, f"row {self.row}, {column}", problem, allowed))

    def text(self, column: str, *, needed: bool = False) -> str:
        """Return a text."""
        value = self.cells[column]
        if needed and not value.strip():
            self.fault(column, "blank", "a value")
        if value != value.strip():
            self.fault(column, f'"{value}" begins or ends with a blank', "the value alone")
        return value

    def one_of(self, column: str, known: Collection[str]) -> str:
        """Return a word that is one of those known."""
        value = self.cells[column]
        if value not in known:
            allowed = ", ".join(one or "blank" for one in known)
            self.fault(column, f'"{value}" is not known{did_you_mean(value, known)}', allowed)
        return value

    def many_of(self, column: str, known: Collection[str]) -> tuple[str, ...]:
        """Return words, each one of those known."""
        words = self.words(column)
        for word in words:
            if word not in known:
                self.fault(column, f'"{word}" is not known{did_you_mean(word, known)}', ", ".join(sorted(known)))
        return words

    def words(self, column: str) -> tuple[str, ...]:
        """Return words between blanks, each once."""
        words = tuple(self.cells[column].split())
        if len(set(words)) < len(words):
            self.fault(column, "a word stands twice", "each word once")
        return words

    def day(self, column: str) -> date | None:
        """Return a day; None for a blank."""
        value = self.cells[column]
        if not value:
            return None
        try:
            if not _DAY_FORM.fullmatch(value):
                raise ValueError
            return date.fromisoformat(value)
        except ValueError:
            self.fault(column, f'"{value}" is not a date', "a day such as 2024-12-26, or blank")
            return None

    def days(self, start: str = "from", end: str = "until") -> tuple[date | None, date | None]:
        """Return the days of a period, both inclusive."""
        first, last = self.day(start), self.day(end)
        if first and last and last < first:
            self.fault(end, f"{last} is before {first}", "that day, or a later one")
        return first, last

    def number(self, column: str) -> int | None:
        """Return a whole amount; None for a blank."""
        value = self.cells[column]
        if value and not (value.isdigit() and int(value) > 0):
            self.fault(column, f'"{value}" is no amount', "whole US dollars, or blank")
            return None
        return int(value) if value else None

    def entry(self, known: Collection[str]) -> str:
        """Return the entry that the row is of."""
        value = self.cells["entry"]
        if not ENTRY_FORM.fullmatch(value):
            self.fault("entry", f'"{value}" is not a five-character ECCN', "such as 3A001")
        elif value not in known:
            self.fault("entry", f'"{value}" is not in entries.csv{did_you_mean(value, known)}', "an entry of it")
        return value

    def paragraphs(self, column: str) -> tuple[str, ...]:
        """Return paragraphs of the entry of the row."""
        words, entry = self.words(column), self.cells["entry"]
        for word in words:
            if not PARAGRAPH_FORM.fullmatch(word) or not word.startswith(f"{entry}."):
                self.fault(column, f'"{word}" is not a paragraph of {entry}', f"such as {entry}.a.1")
        return words

    def section(self, column: str) -> str:
        """Return the sections of the EAR that are named."""
        value = self.cells[column]
        for one in value.split("; ") if value else ():
            if not _SECTION_FORM.fullmatch(one):
                self.fault(column, f'"{one}" is not a section', "such as 742.6(a)(7), or License Requirement Note")
        return value

    def places(self, column: str, words: KnownWords) -> str:
        """Destinations: countries, groups and lists of countries, or ALL; after `except` those that are left out."""
        value = self.cells[column]
        named, _, but = value.partition(" except ")
        if (value and not named) or (" except" in value and not but):
            self.fault(column, f'"{value}" names no place', 'such as "D:1 D:5 except A:5"')
        for word in (*named.split(), *but.split()):
            problem = _fault_of_place(word, words)
            if problem or (word == ANYWHERE and (word in but.split() or named != ANYWHERE)):
                allowed = "countries, groups, lists of countries, or ALL"
                self.fault(column, problem or f"{ANYWHERE} stands alone", allowed)
        return value


def _fault_of_place(word: str, words: KnownWords) -> str:
    lists = {one.id for one in words.parameters or () if one.id.endswith("-countries")}
    kinds: tuple[tuple[bool, Collection[str], str], ...] = (
        (_GROUP_FORM.fullmatch(word) is not None, words.group_words, "Country Group"),
        (_LIST_FORM.fullmatch(word) is not None, lists, "list of countries"),
        (True, words.countries, "country"),
    )
    if word == ANYWHERE:
        return ""
    for is_kind, known, name in kinds:
        if is_kind:
            return "" if word in known else f'unknown {name} "{word}"{did_you_mean(word, known)}'
    return ""


def read_cells(
    path: Path, columns: tuple[str, ...], faults: list[Fault], later: Collection[str] = ()
) -> Iterator[Cells]:
    """Yield the rows of one table; none, and a fault, where it is missing, unreadable or has other headings.

    A rulebook of before may lack the columns that came `later`: they are blank then.
    """
    shown = Path(*path.parts[-3:]).as_posix()
    try:
        text = path.read_text(encoding="utf-8")
        rows = list(csv.reader(text.splitlines(keepends=True), strict=True))
    except FileNotFoundError:
        faults.append(Fault(shown, "", "the table is missing", "a CSV file of this name"))
        return
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        faults.append(Fault(shown, "", f"the table cannot be read: {error}", "CSV in UTF-8"))
        return
    before = tuple(name for name in columns if name not in later)
    if not rows or tuple(rows[0]) not in (columns, before):
        faults.append(Fault(shown, "row 1", "the headings are not those of this table", ",".join(columns)))
        return
    for at, row in enumerate(rows[1:], start=2):
        if len(row) != len(rows[0]):
            faults.append(Fault(shown, f"row {at}", f"{len(row)} cells", f"{len(rows[0])}, as the headings"))
            continue
        yield Cells(shown, at, dict.fromkeys(columns, "") | dict(zip(rows[0], row, strict=True)), faults)
