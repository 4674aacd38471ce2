"""What a batch adds to what was known: repeated, restated and outdated rows told apart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from transforms.ingest.arrival import Arrival
from transforms.ingest.set_aside import note_repeats, set_aside_conflicts
from transforms.pipeline import make_table
from transforms.sql import read_sql


def tell_repeats_apart(arrival: Arrival, loaded: Any) -> Any:
    """Keep the first of equal rows of a record, and set aside rows that tell different things of one record."""
    batch = {"batch_id": arrival.batch_id}
    note_repeats(arrival)
    conflicts = set_aside_conflicts(arrival)
    duplicates = arrival.count(
        f"delete from {arrival.kind.table} as l using repeats as r"
        " where l.batch_id = $batch_id and l.identity_hash = r.identity_hash and l.rowid <> r.first_row",
        **batch,
    )
    return replace(
        loaded,
        loaded=loaded.loaded - conflicts - duplicates,
        duplicates=duplicates,
        quarantined=loaded.quarantined + conflicts,
    )


def settle_with_history(arrival: Arrival, loaded: Any) -> Any:
    """Drop the rows that say what was known before, and close the versions that are restated.

    Of two extracts that say when they were taken the later one holds, whichever came first: what the earlier one says
    otherwise is kept as a version that was closed when we learned of it.
    """
    batch, table = {"batch_id": arrival.batch_id}, arrival.kind.table
    # a table of its own, so that the planner knows how few they are beside a long history
    arrived = f"select rowid as arrived_row, identity_hash from {table} where batch_id = $batch_id"
    make_table(arrival.connection, "arrived_rows", arrived, batch)
    make_table(arrival.connection, "known_pairs", read_sql(arrival.kind.sql / "known_pairs.sql"), batch)
    if arrival.extracted_at is not None:
        arrival.count(
            f"update {table} set extracted_at = $extracted_at"
            " where rowid in (select held_row from known_pairs where is_same and is_newer)",
            extracted_at=arrival.extracted_at,
        )
    same = arrival.count(f"delete from {table} where rowid in (select arrived_row from known_pairs where is_same)")
    restated = arrival.count(
        f"update {table} set known_until = $known_from"
        " where rowid in (select held_row from known_pairs where not is_same and not is_older)",
        known_from=arrival.known_from,
    )
    outdated = arrival.count(
        f"update {table} set known_until = $known_from"
        " where rowid in (select arrived_row from known_pairs where not is_same and is_older)",
        known_from=arrival.known_from,
    )
    return replace(
        loaded,
        loaded=loaded.loaded - same - restated - outdated,
        duplicates=loaded.duplicates + same,
        restated=restated + outdated,
        late=outdated,
    )
