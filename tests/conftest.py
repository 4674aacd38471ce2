"""What tests of the way in share: a desk with a home on it, and extracts written by hand."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from flows.jobs.ingest import ingest_file
from flows.settings import Home
from transforms.ingest.load import Loaded
from transforms.reports.drawing import drawing_beside
from transforms.store import open_store

HEADINGS = "shipment_id,line_number,export_on,activity,destination,description,eccn,value_usd"
OPEN_DOOR = "- {name: rows, measure: rows_in, min: '0', level: warn, meaning: The file has rows}\n"
"""A door that stops nothing: for tests of what becomes of rows, in files too small for shares of rows."""


@pytest.fixture(scope="session", autouse=True)
def one_drawing_process() -> Iterator[None]:
    """Let all screenings of the session share the process that draws, which takes a second to start."""
    with drawing_beside():
        yield


def row(shipment: str, **other: str) -> str:
    """Return one row under HEADINGS, in order save for what `other` says."""
    cells = {
        "shipment_id": shipment, "line_number": "1", "export_on": "2025-02-03", "activity": "export",
        "destination": "PK", "description": "a pump", "eccn": "3A999", "value_usd": "100.00",
    } | other  # fmt: skip
    return ",".join(cells.values())


def extract(*rows: str, end: str = "\n") -> str:
    """Return an extract of the layout `line`."""
    return "".join(one + end for one in (HEADINGS, *rows))


def data_rows(content: bytes, encoding: str = "utf-8-sig") -> list[list[str]]:
    """Return the data rows of an extract as Python's own CSV reader tells them apart, blank lines left out."""
    csv.field_size_limit(100_000_000)
    text = content.decode(encoding, errors="surrogateescape")
    return [cells for cells in csv.reader(io.StringIO(text, newline="")) if cells][1:]


@dataclass(frozen=True)
class Desk:
    """A home, and the way to put extracts into it and to look at what it holds."""

    home: Home

    def put(self, content: str | bytes, name: str = "extract.csv") -> Path:
        """Write a file beside the home."""
        path = self.home.root.parent / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def take(
        self,
        content: str | bytes,
        name: str = "extract.csv",
        layout: str | None = None,
        known_from: datetime | None = None,
        again: bool = False,
    ) -> Loaded:
        """Ingest an extract."""
        return ingest_file(self.home, self.put(content, name), layout, known_from, again=again)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of `query` over the home's database."""
        with open_store(self.home.database) as connection:
            return connection.execute(query).fetchall()

    def tables(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return all that the database holds."""
        names = (
            "batches",
            "lines",
            "items",
            "filings",
            "situations",
            "quarantine",
            "ledger",
            "ledger_events",
            "door_profiles",
            "accepted",
        )
        with open_store(self.home.database) as connection:
            return {name: connection.execute(f"select * from {name} order by all").fetchall() for name in names}

    def add_layout(self, name: str, text: str) -> None:
        """Give the home a layout of its own."""
        folder = self.home.root / "layouts"
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")


def make_desk(folder: Path) -> Desk:
    """Return a desk with an empty home, the door of which is open."""
    home = Home(folder / "home")
    home.create()
    (home.root / "door.yml").write_text(OPEN_DOOR, encoding="utf-8")
    return Desk(home)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a desk with an empty home, the door of which is open."""
    return make_desk(tmp_path)


@pytest.fixture
def guarded(desk: Desk) -> Desk:
    """Return a desk with an empty home, the door of which is the shipped one."""
    (desk.home.root / "door.yml").unlink()
    return desk
