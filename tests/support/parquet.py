"""Rows of a file that a run has written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb


def rows_of(path: Path, select: str = "*", rest: str = "") -> list[tuple[Any, ...]]:
    """Rows of a Parquet file, in its order, read by a connection of its own: the common one may hold a result unread.

    `rest` follows the name of the file, as in `group by 1`.
    """
    with duckdb.connect() as connection:
        return connection.execute(f"select {select} from read_parquet(?) {rest}", [str(path)]).fetchall()
