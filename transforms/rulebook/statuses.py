"""The status words of AES filings: what AES holds of a filing that is recorded so, and what came before what."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from transforms.rulebook.places import ALWAYS, FOREVER, read_table
from transforms.rulebook.rows import Row

FILE_NAME = "filing_status.csv"
ANY_OTHER = "*"
"""In place of a word: what every word comes to that has no row. Only a rulebook without the table has such a row."""
_BEFORE: list[Row] = [
    {"word": word, "standing": standing, "rank": None, "from_on": ALWAYS, "until_on": FOREVER}
    for word, standing in {"cancel": "cancelled", "cancelled": "cancelled", "x": "cancelled", ANY_OTHER: "held"}.items()
]
"""What a rulebook without the table took for granted; it still says what it said."""


def read_filing_statuses(tables_dir: Path) -> list[Row]:
    """Return one row per folded status word and stretch of days: its standing, and its rank among versions."""
    path = tables_dir / FILE_NAME
    if not path.is_file():
        return list(_BEFORE)
    return [
        {
            "word": row["word"], "standing": row["standing"], "rank": int(row["rank"]) if row["rank"] else None,
            "from_on": date.fromisoformat(row["from"]) if row["from"] else ALWAYS,
            "until_on": date.fromisoformat(row["until"]) if row["until"] else FOREVER,
        }
        for row in read_table(path)
    ]  # fmt: skip
