"""What a home knows of a file and of the source that it comes from, and how it comes to know it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

if TYPE_CHECKING:
    from concurrent.futures import Future

    from transforms.ingest.arrival import Arrival
    from transforms.ingest.land import Digest
    from transforms.layouts.model import Layout


def latest_known(connection: duckdb.DuckDBPyConnection, source: str) -> datetime | None:
    """Return when the home last heard of `source` (UTC), or None: a later extract cannot be known earlier."""
    row = connection.execute("select max(known_from) from batches where source = ?", [source]).fetchone()
    return row[0] if row else None


def latest_reading(connection: duckdb.DuckDBPyConnection) -> datetime | None:
    """Return the latest reading of a clock (UTC) that the home holds, or None: of files, rates, runs and decisions."""
    query = (
        "select max(reading) from (select max(known_from) as reading from batches"
        " union all select max(known_from) from rate_files"
        " union all select max(greatest(known_until, done_at)) from journal)"
    )
    row = connection.execute(query).fetchone()
    return row[0] if row else None


def known_file(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    layout: Layout,
    file: Future[Digest],
    taken_at: datetime | None = None,
) -> dict[str, Any] | None:
    """Return what is to be said of a file whose bytes were loaded before as rows of this kind, or None.

    A file that was taken later, by its name at `taken_at`, is no known one: it says that all of it holds again. Nor is
    one whose cells were looked up in another table than today's.
    """
    same_size = (
        "select batch_id, sha256, rows_in, extracted_at, coalesce(lookups, []) from batches where size_bytes = ?"
        " and source = ? and kind = ? order by batch_id desc"
    )
    kind = layout.record_kind
    # of a record that the file told in several versions the last one counts
    outdated = (
        f"select count(distinct identity_hash) from {kind.table} where batch_id = $batch and known_until is not null"
        f" and identity_hash not in (select identity_hash from {kind.table} where batch_id = $batch"
        " and known_until is null)"
    )
    held = connection.execute(same_size, [path.stat().st_size, layout.source, kind.name]).fetchall()
    for batch_id, sha256, rows_in, extracted_at, lookups in held:
        if lookups != list(layout.lookups):  # another table beside the layout reads another file
            continue
        if taken_at is not None and (extracted_at is None or extracted_at < taken_at):
            continue
        if file.result().sha256 == sha256:
            row = connection.execute(outdated, {"batch": batch_id}).fetchone() or (0,)
            return {"sha256": sha256, "rows_in": rows_in, "duplicates": rows_in, "is_known": True, "outdated": row[0]}
    return None


def record_profile(arrival: Arrival, profile: dict[str, Any], validation: str) -> None:
    """Keep what the door saw of the batch, for the door of the batches to come and for the page of the door."""
    arrival.connection.execute(
        "insert into door_profiles values (?, ?, ?)",
        [arrival.batch_id, json.dumps(profile, sort_keys=True), validation],
    )


def record_batch(
    arrival: Arrival, loaded: Any, file: Digest, periods: Sequence[Mapping[str, Any]] | None = None
) -> None:
    """Add the row of `batches` that tells what became of a file, and of which days it is the whole."""
    row: dict[str, Any] = {
        "batch_id": arrival.batch_id, "source": loaded.source, "layout": loaded.layout, "file_name": loaded.file_name,
        "sha256": file.sha256, "size_bytes": file.size_bytes, "known_from": arrival.known_from,
        "columns_absent": list(arrival.found.absent), "rows_in": loaded.rows_in, "loaded": loaded.loaded,
        "duplicates": loaded.duplicates, "restated": loaded.restated, "quarantined": loaded.quarantined,
        "door": json.dumps(loaded.door), "kind": loaded.kind, "extracted_at": arrival.extracted_at,
        "replayed_batch_id": arrival.replayed_batch_id, "ended": loaded.ended, "left_out": loaded.left_out,
        "lookups": list(arrival.found.layout.lookups),
        "whole_periods": None if periods is None else list(periods),
        "headings": list(arrival.headings),
    }  # fmt: skip
    columns, marks = ", ".join(row), ", ".join(f"${name}" for name in row)
    arrival.connection.execute(f"insert into batches ({columns}) values ({marks})", row)
