"""What becomes of rows in quarantine when their record comes again: readable, left out, or set aside once more."""

from __future__ import annotations

from transforms.ingest.arrival import Arrival
from transforms.ingest.extract import SQL
from transforms.pipeline import make_table
from transforms.sql import read_sql


def settle_what_came_again(arrival: Arrival, sha256: str) -> None:
    """Settle the rows in quarantine that this batch brings again, and name those that it sets aside.

    Expects every row of the batch in place, before those that were known are dropped. A row set aside again takes over
    the day on which it was first set aside. What an extract taken earlier brings settles nothing of a later one.
    """
    batch = {"batch_id": arrival.batch_id}
    arrival.connection.execute(
        "update quarantine set quarantine_id = 'Q' || left(md5($sha256 || ':' || row_number), 15)"
        " where batch_id = $batch_id",
        {**batch, "sha256": sha256},
    )
    to = {**batch, "source": arrival.found.layout.source, "kind": arrival.kind.name}
    told = {"at": arrival.known_from, "by": arrival.batch_id, "in_file": arrival.path.name}
    if arrival.count(read_sql(SQL / "open_before.sql"), **to):
        make_table(arrival.connection, "set_aside_again", read_sql(SQL / "set_aside_again.sql"), to)
        arrival.count(
            "update quarantine as q set first_at = a.first_at from set_aside_again as a"
            " where q.batch_id = $batch_id and q.row_key = a.row_key",
            **batch,
        )
        make_table(
            arrival.connection,
            "arrived_keys",
            f"select identity_hash as row_key from {arrival.kind.table} where batch_id = $batch_id"
            " and identity_hash in (select row_key from quarantine where settled_at is null)",
            batch,
        )
        values = {**to, "extracted_at": arrival.extracted_at}
        for again in ("readable_again", "left_out_again"):
            make_table(arrival.connection, again, read_sql(SQL / f"{again}.sql"), values)
        for rows, how in (
            ("row_key in (select row_key from readable_again)", "came again, readable, in "),
            ("row_key in (select row_key from set_aside_again)", "came again, set aside again, in "),
            ("row_key in (select row_key from left_out_again)", "came again, left out, in "),
        ):
            arrival.count(
                "update quarantine set settled_at = $at, settled_by = $by, settled_how = $how || $in_file where "
                + f"{rows} and batch_id <> $by and source = $source and kind = $kind and settled_at is null",
                **told, how=how, source=to["source"], kind=to["kind"],
            )  # fmt: skip
    if arrival.extracted_at is not None:
        arrival.count(
            "update quarantine as q set settled_at = $at, settled_by = l.batch_id, settled_how ="
            f" 'came before, readable, in an extract that was taken later' from {arrival.kind.table} as l"
            " where q.batch_id = $by and l.identity_hash = q.row_key and l.known_until is null"
            " and l.extracted_at > $extracted_at and l.batch_id <> $by",
            at=arrival.known_from, by=arrival.batch_id, extracted_at=arrival.extracted_at,
        )  # fmt: skip
