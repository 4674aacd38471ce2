"""Rows of a file that are no records: totals, repeated page heads, footers, blank rows. Told, kept, and never loaded.

Only rows that cannot be loaded are asked, so that a record is never taken for one of them. Layouts name words of their
own under `format`: `totals`, `skip`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from transforms.ingest.arrival import Arrival
from transforms.ingest.extract import SQL
from transforms.pipeline import make_table
from transforms.sql import read_sql


def leave_out_no_records(arrival: Arrival, loaded: Any) -> Any:
    """Move rows that are no records from the quarantine of this batch to `left_out`, and count them there."""
    if not loaded.quarantined:
        return loaded
    found, form = arrival.found, arrival.found.layout.format
    required = [name for name in arrival.kind.names if arrival.kind.by_name[name].required]
    values = {
        "batch_id": arrival.batch_id,
        "delimiter": arrival.text.delimiter,
        "heads": [letters for row in arrival.text.head if (letters := _letters(row))],
        "keys": [found.positions[name] + 1 for name in required if name in found.positions],
        "numbers": [found.positions[name] + 1 for name in arrival.kind.names_of("number") if name in found.positions],
        "totals": [word.lower() for word in form.totals],
        "skips": [word.lower() for word in form.skip],
    }
    if not make_table(arrival.connection, "no_records", read_sql(SQL / "no_records.sql"), values):
        return loaded
    moved = arrival.count(
        "insert into left_out by name select $batch_id as batch_id, $to_source as source, $to_kind as kind,"
        " $to_file as file_name, row_number, reason, recorded, '' as note, cells, $at as known_from from no_records",
        batch_id=arrival.batch_id, to_source=found.layout.source, to_kind=arrival.kind.name,
        to_file=arrival.path.name, at=arrival.known_from,
    )  # fmt: skip
    arrival.count(
        "delete from quarantine where batch_id = $batch_id and row_number in (select row_number from no_records)",
        batch_id=arrival.batch_id,
    )
    return replace(loaded, quarantined=loaded.quarantined - moved, left_out=loaded.left_out + moved)


def _letters(row: str) -> str:
    """Return the letters of a row alone: page numbers and times of day differ from page to page."""
    return re.sub(r"[\W\d_]", "", row.lower())
