"""How currencies are written in records: each code, name or sign that has one meaning, and its ISO 4217 code."""

from __future__ import annotations

from pathlib import Path

from transforms.rulebook.places import read_table

TABLE = "currencies.csv"


def read_currencies(tables_dir: Path) -> list[dict[str, str]]:
    """Return the forms of the table, folded, each with its code; none where a rulebook is older than the table."""
    path = tables_dir / TABLE
    rows = read_table(path) if path.is_file() else []
    return [{"name": row["name"], "code": row["code"]} for row in rows]
