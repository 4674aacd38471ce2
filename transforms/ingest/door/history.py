"""What a source sent before, as the profiles of its batches keep it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

from transforms.ingest.arrival import Arrival
from transforms.sql import read_sql

LAST = 20
"""So many of the last batches are looked at: what a source sent years ago is no measure of it."""
ENOUGH_BATCHES = 4
ENOUGH_ROWS = 1_000
"""A history tells what is usual from its fifth batch on, or once it has so many rows."""


@dataclass(frozen=True)
class History:
    """The last batches of a source under one layout: their profiles, and how many rows each had."""

    profiles: list[dict[str, Any]]
    row_counts: tuple[float | None, float | None, float | None]
    """The tenth, the middle and the ninetieth percentile of the rows per batch."""

    @property
    def is_enough(self) -> bool:
        """Whether the profiles tell what is usual."""
        return len(self.profiles) >= ENOUGH_BATCHES or sum(one["sampled"] for one in self.profiles) >= ENOUGH_ROWS

    def median_of(self, *path: str) -> float | None:
        """Return the median of one number of the profiles, or None where it is too early to say what is usual."""
        found = [value for one in self.profiles if (value := _at(one, path)) is not None]
        return float(median(found)) if found and self.is_enough else None

    def share_of_new(self, column: str, counts: Mapping[str, int]) -> float | None:
        """Return the share of rows with a value that none of the batches had; None where it is too early to say."""
        seen = {value for one in self.profiles for value in one["values"].get(column, ())}
        if not seen or not self.is_enough or not counts:
            return None
        return sum(rows for value, rows in counts.items() if value not in seen) / sum(counts.values())

    def rows(self, rows_in: int) -> dict[str, float | None]:
        """Return the rows of a batch as a multiple of what the source usually, least and most sends."""
        names = ("rows_to_fewest", "rows_to_usual", "rows_to_most")
        return {name: rows_in / usual if usual else None for name, usual in zip(names, self.row_counts, strict=True)}


def _at(profile: Any, path: tuple[str, ...]) -> float | None:
    for name in path:
        profile = profile.get(name) if profile is not None else None
    return None if profile is None else float(profile)


def read_history(arrival: Arrival) -> History:
    """Return what the source of the batch sent before it."""
    from transforms.ingest.extract import SQL

    layout = arrival.found.layout
    of = {"source": layout.source, "kind": arrival.kind.name, "last": LAST, "enough": ENOUGH_BATCHES}
    counts = arrival.connection.execute(read_sql(SQL / "door_row_counts.sql"), of).fetchone() or (None, None, None)
    profiles = arrival.connection.execute(
        "select profile from door_profiles join batches using (batch_id) where source = ? and layout = ?"
        " order by batch_id desc limit ?",
        [layout.source, layout.id, LAST],
    ).fetchall()
    return History([json.loads(profile) for (profile,) in profiles], counts)
