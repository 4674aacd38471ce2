"""One file on its way in: what its steps share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from transforms.cells.source import Text
from transforms.ingest.door.results import Acceptance
from transforms.kinds import RecordKind
from transforms.lake.lend import Lender
from transforms.layouts.dates import wall_forms
from transforms.layouts.match import Match
from transforms.sql_text import values_of


@dataclass(frozen=True)
class Arrival:
    """One extract being loaded into one home, as batch `batch_id`, learned of at `known_from` (UTC).

    `text` is what is staged: the file at `path`, or a plain copy of it. `extracted_at` is when the extract was taken,
    where it says so itself; `replayed_batch_id` the batch of which corrected rows come again.
    """

    connection: duckdb.DuckDBPyConnection
    path: Path
    text: Text
    found: Match
    batch_id: int
    known_from: datetime
    is_guess: bool = False
    """Whether the text was taken for UTF-8 of its own accord, and may be something else still."""
    extracted_at: datetime | None = None
    replayed_batch_id: int | None = None
    accepted: Acceptance | None = None
    """A person's word that lets it in where the door would stop it."""
    is_mark_in_doubt: bool = False
    """Whether numbers of it can be read in two ways, and nobody tells which (`decimals.py`)."""
    lake: Lender | None = None
    """Where the lines and filings of before are, unless they are in the tables."""

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the staged columns, as they stand in the file."""
        return tuple(self.text.headings[place] for place in self.text.named)

    @property
    def kind(self) -> RecordKind:
        """What the rows of the file are."""
        return self.found.layout.record_kind

    @property
    def reading(self) -> dict[str, Any]:
        """The layout's ways of writing dates and numbers, as values of the reading SQL."""
        layout = self.found.layout
        dated = self.kind.names_of("date", "moment")
        forms: dict[str, Any] = {f"{name}_forms": list(wall_forms(layout.date_formats(name))) for name in dated}
        forms["time_zone"] = layout.time_zone
        if self.kind.name == "items":
            return {**forms, "must_fill": list(layout.must_fill)}
        decimal = "" if self.found.is_decimal_open else "?" if self.is_mark_in_doubt else layout.format.decimal
        return {**forms, "decimal": decimal} if self.kind.names_of("number") else forms

    def count(self, query: str, **values: Any) -> int:
        """Return the one number that `query` answers: a count, or how many rows it changed.

        `values` may hold more than the query asks for.
        """
        asked = {name: values[name] for name in values_of(query)}
        row = self.connection.execute(query, asked or None).fetchone()
        return int(row[0]) if row and row[0] is not None else 0
