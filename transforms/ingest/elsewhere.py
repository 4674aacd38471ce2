"""Records of before that lie in a lake: what a load needs of them is put into the tables before it asks for it."""

from __future__ import annotations

from transforms.ingest.arrival import Arrival
from transforms.lake.tables import IN_PARTS


def bring_known(arrival: Arrival) -> None:
    """Put into the kind's table what is known of the records that this file tells, readable or not, or leaves out.

    To be called once the rows of the file are in their tables. Nothing where the home has all in its own.
    """
    lake, table = arrival.lake, arrival.kind.table
    if lake is None or table not in IN_PARTS:
        return
    wanted = [
        f"select identity_hash from {table} where batch_id = {arrival.batch_id}",
        f"select row_key from quarantine where batch_id = {arrival.batch_id} and row_key is not null",
    ]
    if not arrival.kind.has_versions:
        wanted.append("select identity_hash from told_rows")
    if arrival.kind.is_screened:
        wanted.append(
            "select hash(source, identity[1], try_cast(identity[2] as integer)) from left_out"
            f" where batch_id = {arrival.batch_id} and identity is not null"
        )
    lake.lend(arrival.connection, arrival.kind, " union ".join(wanted))


def bring_missing(arrival: Arrival, relation: str) -> None:
    """Put into the kind's table what is known of the records of a relation, as they are to end."""
    if arrival.lake is not None:
        arrival.lake.lend(arrival.connection, arrival.kind, f"select distinct identity_hash from {relation}")


def kept_records(arrival: Arrival) -> str:
    """Return the query for what is known of the records of a kind, and for those of this file: one row per version.

    `place` tells versions of before apart, so that wide columns are read of few.
    """
    kind = arrival.kind
    identity = ", ".join(f"coalesce({name}::varchar, '')" for name in kind.identity)
    query = (
        f"select {{}} as place, identity_hash, source, batch_id, known_until, extracted_at,"
        f" {kind.exported_on or 'null::date'} as export_on, [{identity}] as identity from {{}}"
    )
    if arrival.lake is None or kind.table not in IN_PARTS:
        return query.format("rowid", kind.table)
    came = query.format("null::ubigint", kind.table) + f" where batch_id = {arrival.batch_id}"
    # of a record one version at most is current
    return f"{came} union all {query.format('identity_hash', f'{kind.table}_elsewhere')} where known_until is null"
