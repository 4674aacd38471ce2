"""What a home knows already of a file, and of the source that it comes from."""

from __future__ import annotations

from concurrent.futures import Future
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from transforms.ingest.land import Digest


def latest_known(connection: duckdb.DuckDBPyConnection, source: str) -> datetime | None:
    """Return when the home last heard of `source` (UTC), or None: a later extract cannot be known earlier."""
    row = connection.execute("select max(known_from) from batches where source = ?", [source]).fetchone()
    return row[0] if row else None


def known_file(
    connection: duckdb.DuckDBPyConnection, path: Path, source: str, file: Future[Digest]
) -> dict[str, Any] | None:
    """Return what is to be said of a file whose bytes were loaded before, or None."""
    same_size = (
        "select batch_id, sha256, rows_in from batches where size_bytes = ? and source = ? order by batch_id desc"
    )
    outdated = "select count(*) from lines where batch_id = ? and known_until is not null"
    for batch_id, sha256, rows_in in connection.execute(same_size, [path.stat().st_size, source]).fetchall():
        if file.result().sha256 == sha256:
            row = connection.execute(outdated, [batch_id]).fetchone() or (0,)
            return {"sha256": sha256, "rows_in": rows_in, "duplicates": rows_in, "is_known": True, "outdated": row[0]}
    return None
