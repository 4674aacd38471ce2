"""Does a home hold as many rows of a file as it is said to have brought?"""

from __future__ import annotations

from typing import Any

from transforms.errors import EarshotError
from transforms.ingest.arrival import Arrival
from transforms.ingest.left_out import count_left_out


def count_what_is_kept(arrival: Arrival, loaded: Any) -> None:
    """Raise EarshotError unless the tables hold as many rows of this batch as it is said to have brought."""
    table = arrival.kind.table
    kept = arrival.count(f"select count(*) from {table} where batch_id = $batch_id", batch_id=arrival.batch_id)
    aside = arrival.count("select count(*) from quarantine where batch_id = $batch_id", batch_id=arrival.batch_id)
    left = count_left_out(arrival)
    said = (loaded.loaded + loaded.restated, loaded.quarantined, loaded.left_out)
    if not loaded.adds_up or (kept, aside, left) != said:
        raise EarshotError(
            f"{arrival.path.name}: the rows do not add up ({kept:,} kept, {aside:,} set aside, {left:,} left out of"
            f" {loaded.rows_in:,}); this is a fault of Earshot's own, and nothing was loaded"
        )
