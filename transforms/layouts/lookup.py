"""A small table beside a layout, in which cells are looked up: which country a plant is in.

The table is read with the layout and refused as strictly. What it holds is part of how a file is read, so its hash is
recorded with each batch.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from pydantic import PrivateAttr, field_validator

from transforms.errors import Fault
from transforms.layouts.naming import did_you_mean, fold
from transforms.layouts.part import EACH_ONCE, Part, refusal

MOST_BYTES, MOST_ROWS, MOST_FAULTS = 1_000_000, 5_000, 10
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]*\.csv")
Unfit = Callable[[str], tuple[str, str] | None]
"""What is wrong with a value of the table for the column that it feeds, and what is allowed."""


@dataclass(frozen=True)
class Table:
    """What a table says of each key, and its file as it is."""

    entries: dict[str, str] = field(default_factory=dict)
    content: bytes = b""


class Lookup(Part):
    """Where a cell is looked up: the file, the column of its keys (`by`), and the column that is read."""

    file: str
    by: str
    column: str
    _table: Table = PrivateAttr(default_factory=Table)

    @field_validator("file")
    @classmethod
    def _beside(cls, value: str) -> str:
        if not _FILE.fullmatch(value):
            allowed = "a CSV file in the folder of the layout, as plants.csv"
            raise refusal(f"{value!r} is not the name of a table", allowed)
        return value

    @property
    def entries(self) -> dict[str, str]:
        """Key -> value, as `fill` read them."""
        return self._table.entries

    @property
    def content(self) -> bytes:
        """The file of the table."""
        return self._table.content

    @property
    def sha256(self) -> str:
        """The SHA-256 of the file."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def recorded(self) -> str:
        """The table as a batch records it: name and SHA-256."""
        return f"{self.file} {self.sha256}"

    def fill(self, folder: Path, unfit: Unfit) -> list[Fault]:
        """Read the table from the folder of the layout, and return every fault of it."""
        path = folder / self.file
        if path.resolve().parent != folder.resolve():
            return [Fault(str(path), "", "the table is a link to another folder", "a file in the folder of the layout")]
        try:
            content = path.read_bytes()
        except OSError:
            return [Fault(str(path), "", "the table cannot be read", "a CSV file beside the layout that names it")]
        return self.fill_from(content, path, unfit)

    def fill_from(self, content: bytes, path: Path, unfit: Unfit) -> list[Fault]:
        """Read the table from the content of its file, and return every fault of it."""
        if len(content) > MOST_BYTES:
            return [Fault(str(path), "", f"the table has {len(content):,} bytes", f"at most {MOST_BYTES:,}")]
        try:
            rows = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
        except (UnicodeDecodeError, csv.Error) as error:
            return [Fault(str(path), "", f"the table cannot be read: {error}", "CSV with commas, in UTF-8")]
        entries, faults = self._read(str(path), rows, unfit)
        self._table = Table(entries, content)
        if len(faults) > MOST_FAULTS:
            more = Fault(str(path), "rows", f"{len(faults) - MOST_FAULTS:,} more faults", "none")
            faults = [*faults[:MOST_FAULTS], more]
        return faults

    def _read(self, file: str, rows: Sequence[list[str]], unfit: Unfit) -> tuple[dict[str, str], list[Fault]]:
        headings = [fold(heading) for heading in rows[0]] if rows else []
        faults = [
            Fault(file, key, f"the table has no heading {wanted!r}{did_you_mean(wanted, rows[0] if rows else [])}",
                  ", ".join(rows[0]) if rows else "a first row with the headings")
            for key, wanted in (("lookup.by", self.by), ("lookup.column", self.column)) if fold(wanted) not in headings
        ]  # fmt: skip
        faults += [
            Fault(file, "row 1", f"the heading {rows[0][place]!r} appears twice", EACH_ONCE)
            for place, heading in enumerate(headings) if heading in headings[:place]
        ]  # fmt: skip
        if len(rows) - 1 > MOST_ROWS:
            faults.append(Fault(file, "", f"the table has {len(rows) - 1:,} rows", f"at most {MOST_ROWS:,}"))
        if faults:
            return {}, faults
        key_at, value_at = headings.index(fold(self.by)), headings.index(fold(self.column))
        entries: dict[str, str] = {}
        first: dict[str, int] = {}
        for number, row in enumerate(rows[1:], start=2):
            at = f"row {number}"
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(headings):
                problem = f"the row has {len(row)} cells"
                faults.append(Fault(file, at, problem, f"{len(headings)}, as there are headings"))
                continue
            key, value = row[key_at].strip(), row[value_at].strip()
            if not key:
                faults.append(Fault(file, at, f"{self.by} is blank", "a value to look up"))
            elif key in first:
                problem = f"{self.by} {key!r} appears twice, first in row {first[key]}"
                faults.append(Fault(file, at, problem, "each value once"))
            elif wrong := unfit(value):
                faults.append(Fault(file, at, *wrong))
            else:
                entries[key] = value
            first.setdefault(key, number)
        if not entries and not faults:
            faults.append(Fault(file, "", "the table has no rows", "one row for each value to look up"))
        return entries, faults
