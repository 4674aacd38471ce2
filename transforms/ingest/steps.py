"""The steps from a row to what is stored of it: the same ones for rows that come, and for rows that are stored."""

from __future__ import annotations

from pathlib import Path

from transforms.kinds import RecordKind
from transforms.situations.situations import FACTS_STEP

SQL = Path(__file__).parent / "sql"
Steps = tuple[Path | tuple[str, Path], ...]


def hashing(kind: RecordKind) -> Steps:
    """Return the steps that add to rows of a kind all that is derived from them alone; they read `input_of(kind)`."""
    return (*((FACTS_STEP,) if kind.is_screened else ()), kind.sql / "hashed_rows.sql")


def input_of(kind: RecordKind) -> str:
    """Return the name under which `hashing` reads the rows: canonical columns, and any others."""
    return "fact_lines" if kind.is_screened else "readable_rows"


def loading(kind: RecordKind) -> Steps:
    """Return the steps from the rows of `incoming` to versions of records."""
    return (
        kind.sql / "typed.sql", (input_of(kind), SQL / "readable_rows.sql"), *hashing(kind), SQL / "versioned.sql",
    )  # fmt: skip
