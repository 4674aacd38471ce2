"""What the stage makes of a file, with the shipped layouts and without a home."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from flows.settings import LAYOUTS
from transforms.cells.account import account
from transforms.cells.packed import unpacked
from transforms.cells.stage import stage
from transforms.ingest.fit import fit_layout
from transforms.ingest.land import digest
from transforms.ingest.readable import Reading, load_readable
from transforms.layouts.read import read_layouts
from transforms.store import CONFIG, load_common

SHIPPED = read_layouts((LAYOUTS,))


@dataclass(frozen=True)
class Staged:
    """The cells of a file: the headings, the rows, and how many rows are no CSV."""

    headings: tuple[str, ...]
    rows: list[tuple[str, ...]]
    rejected: int
    read_as: str
    rows_in: int


def staged(path: Path, folder: Path) -> Staged:
    """Return what is staged of a file; raises InputError as an ingest does."""
    with unpacked(path, folder) as file, duckdb.connect(":memory:", config=CONFIG) as connection:

        load_common(connection)

        def load(reading: Reading) -> Staged:
            headings = stage(connection, reading.text, path.name)
            rows_in = account(connection, reading.text, digest(reading.text.path).lines, path.name)
            cells = connection.execute("from staged order by rowid").fetchall()
            ((rejected,),) = connection.execute("select count(distinct line) from reject_errors").fetchall()
            rows = [tuple((cell or "").strip() for cell in row) for row in cells]
            return Staged(headings, rows, rejected, reading.read_as, rows_in)

        return load_readable(file, fit_layout(file.source, SHIPPED, None), folder, load)
