"""Cut the lines and filings of a home into files, one month of export after the other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb

from transforms.lake.parts import File
from transforms.pipeline import read_rows
from transforms.sql_text import literal

ROW_GROUP = 122_880
_ORDER = {
    "lines": "source, export_on, shipment_id, line_number, batch_id",
    "filings": "source, export_on, itn, shipment_reference, line_number, batch_id",
}
NO_MONTH = date(1, 1, 1)
"""The month of filings that tell no day of export."""


def cut(
    connection: duckdb.DuckDBPyConnection, name: str, folder: Path, mark: str, after_batch: int = 0
) -> Iterator[File]:
    """Write the rows of `lines` or `filings` below a folder, and yield the files, one a month.

    The same rows make the same bytes, whatever the order in which they lie. `mark` names the files;
    `after_batch` leaves out what came with that batch or one before it.
    """
    columns = "columns(lambda name: name not in ('rowid', 'context_key'))"
    query = f"select {columns} from {name} where batch_id > {after_batch}"
    yield from write_months(connection, query, _ORDER[name], folder / name, mark)


def write_months(
    connection: duckdb.DuckDBPyConnection, query: str, order: str, folder: Path, mark: str
) -> Iterator[File]:
    """Write the rows of a query, which has `export_on`, into files of one month each, and yield these."""
    months = f"select date_trunc('month', export_on)::date as month, count(*) as rows from ({query}) group by all"
    for row in read_rows(connection, f"{months} order by month"):
        month = row["month"] or NO_MONTH
        path = folder / f"month={month:%Y-%m}" / f"{mark}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        where = f"date_trunc('month', export_on) = date '{month}'" if row["month"] else "export_on is null"
        how = f"(format parquet, compression zstd, row_group_size {ROW_GROUP})"
        rows = f"from ({query}) where {where} order by {order}"
        connection.execute(f"copy ({rows}) to {literal(str(path))} {how}")
        yield File(path, month, row["rows"], hash_of(path))


def hash_of(path: Path) -> str:
    """Return the sha256 of a file, as hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
