"""The page of the door: every expectation of the last extracts, what was found, and why one was let in all the same.

Great Expectations' own pages load scripts from the web; this one needs no network.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import duckdb

from transforms.ingest.door.results import limit_words
from transforms.reports.run import Run
from transforms.reports.templating import render

LAST = 60
"""So many extracts are shown in full; the results of all of them are kept in the database."""


@dataclass(frozen=True)
class Acceptance:
    """Why, by whom and on which day an extract was let in that the door would have stopped."""

    reason: str
    by: str
    on: date


@dataclass(frozen=True)
class DoorBatch:
    """One extract at the door; `results` are its expectations as kept."""

    number: int
    source: str
    layout: str
    file_name: str
    arrived_on: date
    rows_in: int
    results: list[dict[str, Any]]
    accepted: Acceptance | None

    @property
    def failed(self) -> list[dict[str, Any]]:
        """What did not hold, stops first."""
        return sorted((one for one in self.results if not one["success"]), key=lambda one: str(one["level"]))

    @property
    def held(self) -> list[dict[str, Any]]:
        """What was measured and held."""
        return [one for one in self.results if one["success"] and one["observed"] is not None]

    @property
    def not_yet(self) -> list[dict[str, Any]]:
        """What could not be measured yet, for want of a history."""
        return [one for one in self.results if one["observed"] is None]

    @property
    def verdict(self) -> str:
        """What became of the extract, in words."""
        if self.accepted:
            return "accepted by a person"
        return "passed with warnings" if self.failed else "passed"


def read_door(connection: duckdb.DuckDBPyConnection, moment: datetime, last: int = LAST) -> list[DoorBatch]:
    """Return the last extracts that were let in until then, latest first."""
    rows = connection.execute(
        "select row_number() over (order by b.batch_id), b.source, b.layout, b.file_name, b.known_from, b.rows_in,"
        " b.door, a.reason, a.accepted_by, a.accepted_at from batches as b left join accepted as a using (batch_id)"
        " where b.known_from <= ? order by b.batch_id desc limit ?",
        [moment, last],
    ).fetchall()
    return [
        DoorBatch(
            number, source, layout, file_name, known_from.date(), rows_in, json.loads(door),
            Acceptance(reason, by, at.date()) if reason else None,
        )
        for number, source, layout, file_name, known_from, rows_in, door, reason, by, at in rows
    ]  # fmt: skip


def read_door_verdicts(connection: duckdb.DuckDBPyConnection, moment: datetime) -> list[dict[str, Any]]:
    """Return what the manifest says of the door: one entry per extract, in their order of arrival."""
    entries = []
    for batch in reversed(read_door(connection, moment, last=1_000_000)):
        entry: dict[str, Any] = {
            "source": batch.source,
            "file_name": batch.file_name,
            "held": not any(one["level"] == "stop" for one in batch.failed),
            "failed": [f"{one['meaning']} (found {one['observed']:g})" for one in batch.failed],
            "codes": [one["code"] for one in batch.failed],
        }
        if batch.accepted:
            entry["accepted"] = {"reason": batch.accepted.reason, "by": batch.accepted.by, "on": batch.accepted.on}
        entries.append(entry)
    return entries


def render_door(batches: Sequence[DoorBatch], run: Run, *, synthetic: bool) -> str:
    """Return the page as HTML text; the same batches give the same bytes."""
    return render(
        "door.html.j2",
        {"figure": figure},
        batches=batches,
        run=run,
        last=LAST,
        synthetic=synthetic,
        limit=lambda one: limit_words(one["min"], one["max"]),
    )


def figure(value: float | None) -> str:
    """Return a measure as it is shown: three figures behind a point at most, thousands set apart."""
    if value is None:
        return "not measured yet"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}"
