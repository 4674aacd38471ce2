"""A desk: a home, and the way to put extracts into it and to look at what it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flows.jobs.ingest import ingest_file
from flows.settings import Home
from tests.support.homes import make_home
from transforms.ingest.load import Loaded
from transforms.store import open_store

OPEN_DOOR = "- {name: rows, measure: rows_in, min: '0', level: warn, meaning: The file has rows}\n"
"""A door that stops nothing: for tests of what becomes of rows, in files too small for shares of rows."""


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
    return open_door(make_home(folder))


def open_door(home: Home) -> Desk:
    """Return the desk of a home, and let its door stop nothing."""
    (home.root / "door.yml").write_text(OPEN_DOOR, encoding="utf-8")
    return Desk(home)
