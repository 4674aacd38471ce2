"""What the law sees of a line by itself, and the distinct combinations of that: the situations."""

from __future__ import annotations

from pathlib import Path

from transforms.pipeline import Stage

SQL = Path(__file__).parent / "sql"
SITUATIONS = Stage("situations", SQL, leaves=("facts",))
FACTS_STEP = SQL / "facts.sql"
"""Computes the facts of the rows of `fact_lines`, whichever a loading or another step calls so."""
IDENTIFIED_STEP = SQL / "identified.sql"
"""Names the situation of each row of `facts`."""
