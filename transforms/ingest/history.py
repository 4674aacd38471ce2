"""What a batch adds to what was known: repeated, restated and outdated rows told apart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from transforms.ingest.arrival import Arrival
from transforms.ingest.recall import RECALL
from transforms.ingest.set_aside import note_repeats, set_aside_conflicts
from transforms.ingest.told_again import count_told_again
from transforms.pipeline import make_table
from transforms.sql import read_sql


def tell_repeats_apart(arrival: Arrival, loaded: Any) -> Any:
    """Keep the first of equal rows of a record, and set aside rows that tell different things of one record.

    Expects the rows in place (`told_again.py`). Rows that are versions of one record are none of these: the last of
    them holds, and those before it are kept as versions that were closed when we learned of them.
    """
    if arrival.kind.has_versions:
        note_repeats(arrival)
        loaded = _tell_versions_apart(arrival, loaded)
    conflicts = set_aside_conflicts(arrival)
    duplicates = _drop_repeats(arrival) if arrival.kind.has_versions else count_told_again(arrival)
    return replace(
        loaded,
        loaded=loaded.loaded - conflicts - duplicates,
        duplicates=loaded.duplicates + duplicates,
        quarantined=loaded.quarantined + conflicts,
    )


def _drop_repeats(arrival: Arrival) -> int:
    """Take all but the first of equal rows out of the kind's table, and return how many they are."""
    return arrival.count(
        f"delete from {arrival.kind.table} as l using repeats as r"
        " where l.batch_id = $batch_id and l.identity_hash = r.identity_hash and l.rowid <> r.first_row",
        batch_id=arrival.batch_id,
    )


def _tell_versions_apart(arrival: Arrival, loaded: Any) -> Any:
    """Close the versions of a record that others of this file replaced, where it is certain which of them is last."""
    batch = {"batch_id": arrival.batch_id}
    RECALL.make(arrival.connection, "status_standings", batch)  # the door asks for them too
    if not arrival.count("select count(*) from repeats where is_conflict"):
        return loaded
    if not make_table(arrival.connection, "versions", read_sql(arrival.kind.sql / "versions.sql"), batch):
        return loaded
    table = arrival.kind.table
    repeats = arrival.count(f"delete from {table} where rowid in (select place from versions where is_repeat)")
    earlier = arrival.count(
        f"update {table} set known_until = $known_from"
        " where rowid in (select place from versions where not is_last and not is_repeat)",
        known_from=arrival.known_from,
    )
    note_repeats(arrival)
    return replace(
        loaded,
        loaded=loaded.loaded - repeats - earlier,
        duplicates=loaded.duplicates + repeats,
        restated=loaded.restated + earlier,
        late=loaded.late + earlier,
    )


def settle_with_history(arrival: Arrival, loaded: Any) -> Any:
    """Drop the rows that say what was known before, and close the versions that are restated.

    Of two extracts that say when they were taken the later one holds, whichever came first: what the earlier one says
    otherwise is kept as a version that was closed when we learned of it.
    """
    batch, table = {"batch_id": arrival.batch_id}, arrival.kind.table
    # a table of its own, so that the planner knows how few they are beside a long history
    arrived = (
        f"select rowid as arrived_row, identity_hash from {table} where batch_id = $batch_id and known_until is null"
    )
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
        restated=loaded.restated + restated + outdated,
        late=loaded.late + outdated,
    )
