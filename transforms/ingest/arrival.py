"""One file on its way in: what its steps share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from transforms.layouts.match import Match


@dataclass(frozen=True)
class Arrival:
    """One extract being loaded into one home, as batch `batch_id`, learned of at `known_from` (UTC).

    `text` is what is read: the file at `path`, or a plain copy of it.
    """

    connection: duckdb.DuckDBPyConnection
    path: Path
    text: Path
    found: Match
    batch_id: int
    known_from: datetime

    @property
    def reading(self) -> dict[str, Any]:
        """The layout's ways of writing dates and numbers, as parameters of the reading SQL."""
        layout = self.found.layout
        return {
            "export_on_forms": list(layout.date_formats("export_on")),
            "tendered_on_forms": list(layout.date_formats("tendered_on")),
            "decimal": layout.format.decimal,
        }

    def count(self, query: str, **values: Any) -> int:
        """Return the one number that `query` answers: a count, or how many rows it changed."""
        row = self.connection.execute(query, values).fetchone()
        return int(row[0]) if row and row[0] is not None else 0
