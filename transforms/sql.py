"""SQL files as named steps: each file holds one SELECT, and a chain of them becomes one WITH."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def read_sql(path: Path) -> str:
    """Return the text of one `.sql` file, without a trailing semicolon."""
    return path.read_text(encoding="utf-8").rstrip().rstrip(";")


def chain(*files: Path) -> str:
    """Return one statement: `WITH stem AS (file), ...` for all files but the last, whose SELECT ends it.

    A file refers to an earlier one by its stem. Each file also runs alone where its inputs are tables, which is
    how a step is looked at in isolation.
    """
    *steps, last = files
    if not steps:
        return read_sql(last)
    named = ",\n".join(f"{path.stem} as (\n{read_sql(path)}\n)" for path in steps)
    return f"with {named}\nfrom (\n{read_sql(last)}\n)"
