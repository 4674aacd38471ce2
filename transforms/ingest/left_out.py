"""Rows of a file that its layout names as no exports: told apart while it is read, counted, and kept as they came.

They are neither lines nor quarantined rows, and no rule is asked of them. A line that an earlier file brought stays,
though a later one says that it is no export: nothing ends silently, and ingest says how many.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from transforms.ingest.arrival import Arrival
from transforms.ingest.extract import SQL, open_extract
from transforms.ingest.texts import read_texts
from transforms.sql import as_written, chain, read_sql


def leave_out(arrival: Arrival) -> int:
    """Keep the rows of the file that are no exports in `left_out`, and return how many they are.

    The one entry point: to be called once for each file, when the rows that are no rows are in quarantine, as their
    places count. It leaves the rows that were left out in the view `incoming`: who reads the others opens them again.
    """
    layout = arrival.found.layout
    if not layout.not_exports:
        return 0
    open_extract(arrival.connection, arrival.found, left_out=True)
    read_texts(arrival.connection, arrival.kind, arrival.reading)
    rows = chain(SQL / "skipped.sql", arrival.kind.sql / "typed.sql", SQL / "left_out_rows.sql")
    with as_written(arrival.connection):
        return arrival.count(
            "insert into left_out by name select $batch_id as batch_id, $to_source as source, $to_kind as kind,"
            " $to_file as file_name, *, $at as known_from from (" + rows + ")",
            batch_id=arrival.batch_id, to_source=layout.source, to_kind=arrival.kind.name, to_file=arrival.path.name,
            at=arrival.known_from, **arrival.reading,
        )  # fmt: skip


def tell_left_out(arrival: Arrival, loaded: Any) -> Any:
    """Add to what is told of a file why rows were left out, and how many lines of earlier files they are.

    To be called when the rows are settled with history: what this batch brings as a line itself is none of those.
    """
    if not loaded.left_out:
        return loaded
    batch = {"batch_id": arrival.batch_id}
    known = arrival.count(read_sql(SQL / "left_out_known.sql"), **batch) if arrival.kind.is_screened else 0
    rows = arrival.connection.execute(read_sql(SQL / "left_out_counts.sql"), batch).fetchall()
    return replace(loaded, left_out_reasons=dict(rows), left_out_known=known)


def number_left_out(arrival: Arrival) -> None:
    """Give the rows of a workbook that were left out the numbers that its sheet shows, as quarantined rows have."""
    gaps = arrival.text.gaps
    if gaps is None:
        return
    arrival.connection.execute(
        "update left_out set row_number = row_number + 1"
        " + coalesce(list_max(list_transform($gaps, lambda gap: case when gap[1] <= row_number then gap[2] end)), 0)"
        " where batch_id = $batch_id",
        {"gaps": [list(gap) for gap in gaps] or [[0, 0]], "batch_id": arrival.batch_id},
    )


def count_left_out(arrival: Arrival) -> int:
    """Return how many rows of the batch are kept in `left_out`."""
    return arrival.count("select count(*) from left_out where batch_id = $batch_id", batch_id=arrival.batch_id)


def count_no_exports(arrival: Arrival) -> int:
    """Return how many rows of the batch are left out as the layout names them as no exports."""
    query = "select count(*) from left_out where batch_id = $batch_id and heading is not null"
    return arrival.count(query, batch_id=arrival.batch_id)


def place_again(arrival: Arrival) -> None:
    """Give corrected rows that were left out the file and the number that they had; expects `replayed`, settled."""
    arrival.connection.execute(
        "update left_out as o set file_name = h.file_name, row_number = h.row_number"
        " from replayed as r"
        " join quarantine as h on h.quarantine_id = r.quarantine_id and h.settled_by = $by"
        " where o.batch_id = $by and o.row_number = r.place",
        {"by": arrival.batch_id},
    )
