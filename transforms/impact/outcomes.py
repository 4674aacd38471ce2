"""What one law says of some situations: its outcomes, and the license exceptions that are open under it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from transforms.rulebook.compile import Law
from transforms.screening.decide import deciding
from transforms.sql import read_sql

SQL = Path(__file__).parent / "sql"


@dataclass(frozen=True)
class Outcomes:
    """The tables that `outcomes.sql` and `offers.sql` make; the first comment in each says what a row is."""

    outcomes: pa.Table
    offers: pa.Table


def find_outcomes(subjects: pa.Table, law: Law) -> Outcomes:
    """Return what `law` says of `subjects`, as `add_contexts` leaves them."""
    with deciding(subjects, law) as connection:
        made = (connection.sql(read_sql(SQL / f"{name}.sql")).to_arrow_table() for name in ("outcomes", "offers"))
        return Outcomes(*made)
