"""Cut the lines and filings of a home into files, one month of export after the other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb

from transforms.lake.parts import LAKE, File
from transforms.sql_text import literal

ROW_GROUP = 122_880
_ORDER = {
    "lines": "source, export_on, shipment_id, line_number, batch_id",
    "filings": "source, export_on, itn, shipment_reference, line_number, batch_id",
}
NO_MONTH = date(1, 1, 1)
"""The month of filings that tell no day of export."""


def cut(connection: duckdb.DuckDBPyConnection, name: str, folder: Path, mark: str) -> Iterator[File]:
    """Write the rows of `lines` or `filings` below a folder, and yield the files, one a month.

    The same rows make the same bytes, whatever the order in which they lie. `mark` names the files.
    """
    for row in LAKE.read(connection, f"months_of_{name}"):
        month = row["month"] or NO_MONTH
        path = folder / name / f"month={month:%Y-%m}" / f"{mark}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        where = f"date_trunc('month', export_on) = date '{month}'" if row["month"] else "export_on is null"
        columns = "* exclude (context_key)" if name == "lines" else "*"
        query = f"select {columns} from {name} where {where} order by {_ORDER[name]}"
        how = f"(format parquet, compression zstd, row_group_size {ROW_GROUP})"
        connection.execute(f"copy ({query}) to {literal(str(path))} {how}")
        yield File(path, month, row["rows"], hash_of(path))


def hash_of(path: Path) -> str:
    """Return the sha256 of a file, as hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
