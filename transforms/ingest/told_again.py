"""Rows of one file that tell of one record: kept apart while the others are stored, and settled among themselves.

Whatever is taken out of a table in the transaction that brought it has all that was brought written anew: of 1,000,000
lines, 4 s of processor time for a single row. So these rows go into a table of their own, and into that of the kind
only where they stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from transforms.ingest.arrival import Arrival
from transforms.ingest.extract import SQL, open_extract
from transforms.ingest.steps import insert_rows, loading
from transforms.phases import phase
from transforms.pipeline import add_rows, give, make_table
from transforms.sql import as_written, chain, read_sql


def insert_told_rows(arrival: Arrival, values: Mapping[str, Any]) -> int:
    """Insert the readable rows of `incoming`, and return how many there are, with those that are kept apart.

    Of a record that several rows tell, the first is inserted where the readable ones say the same, and none where they
    contradict each other. Leaves `told_again` (the numbers of such rows), `told_rows` (the readable ones), `repeats`.
    Rows that may be versions of one record are none of these.
    """
    connection, kind = arrival.connection, arrival.kind
    if kind.has_versions:
        return insert_rows(connection, kind, values)
    again = make_table(connection, "told_again", read_sql(kind.sql / "told_again.sql"), values)
    with phase("insert", is_one_statement=True):
        inserted = insert_rows(connection, kind, values, SQL / ("readable_once.sql" if again else "readable_rows.sql"))
    columns = {"identity_hash": "ubigint", "row_hash": "ubigint"}
    give(connection, "told_rows", columns=columns)
    if again:
        open_extract(connection, arrival.found, only="told_again")
        with as_written(connection):
            make_table(connection, "told_rows", chain(*loading(kind)), values)
        open_extract(connection, arrival.found)
    make_table(connection, "repeats", read_sql(kind.sql / "repeats.sql"))
    first = "from told_rows where rowid in (select first_row from repeats where not is_conflict)"
    if again:
        add_rows(connection, kind.table, first)
    return inserted + arrival.count("select count(*) from told_rows")


def count_told_again(arrival: Arrival) -> int:
    """Return how many rows say what another row of the file says of the same record; they were not inserted."""
    return arrival.count(
        "select count(*) from told_rows as t join repeats as r using (identity_hash)"
        " where not r.is_conflict and t.rowid <> r.first_row"
    )
