"""What an extract that is the whole of a period does not have any more: told, and ended; nothing is ever deleted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from transforms.ingest.arrival import Arrival
from transforms.ingest.elsewhere import bring_missing, kept_records
from transforms.ingest.extract import SQL
from transforms.pipeline import make_table, make_view, read_rows
from transforms.sql import read_sql

MOST_NAMED = 20
"""So many of the records that ended, or did not come again, are named; all of them are in `endings`."""


@dataclass(frozen=True)
class Missing:
    """What is known of the days of an extract, and not in it."""

    records: int = 0
    share: float | None = None
    """Of what was known of its days; None where the extract does not say that it is the whole of them."""
    month_share: float | None = None
    """The largest share of a calendar month of ten records or more."""
    untold: int = 0
    """Rows in quarantine of which nobody can tell which record they are: while there are any, nothing ends."""


def find_missing(arrival: Arrival, sha256: str) -> Missing:
    """Leave `missing_records` and `whole_periods`; expects the rows of the batch, repeats told apart."""
    whole = arrival.found.layout.whole
    make_view(arrival.connection, "kept_records", kept_records(arrival))
    values = _values(arrival) | {"whole": whole, "told_by": _told_by(arrival, sha256)}
    make_table(arrival.connection, "whole_periods", read_sql(SQL / "whole_periods.sql"), values)
    days = arrival.connection.execute("select min(from_on), max(until_on) from whole_periods").fetchall()[0]
    values |= {"first_on": days[0], "last_on": days[1]}
    # of a first extract nothing can be missing, and its rows need not be told apart
    is_first = not arrival.count(
        "select count(*) from (from kept_records where source = $source and batch_id <> $batch_id limit 1)",
        source=values["source"], batch_id=arrival.batch_id,
    )  # fmt: skip
    not_come = read_sql(SQL / "not_come.sql")
    make_table(arrival.connection, "not_come", f"from ({not_come}) where false" if is_first else not_come, values)
    for name in ("aside_records", "aside_names", "missing_records"):
        make_table(arrival.connection, name, read_sql(SQL / f"{name}.sql"), values)
    (found,) = read_rows(arrival.connection, read_sql(SQL / "missing_shares.sql"), values)
    untold = arrival.count("select count(*) from aside_names where named is null")
    if not whole:
        return Missing(int(found["missing"]), untold=untold)
    return Missing(int(found["missing"]), float(found["share"]), float(found["month_share"]), untold)


def end_missing(arrival: Arrival, loaded: Any, missing: Missing) -> Any:
    """End the records that are missing, where the extract is the whole of their days, and tell how many they are.

    Of an extract that came late, what one that was taken after it does not have ended before we learned of it. To be
    called when the rows are settled with history.
    """
    connection, whole = arrival.connection, arrival.found.layout.whole
    loaded = replace(loaded, named=_named(arrival, MOST_NAMED), untold=missing.untold if missing.records else 0)
    is_ending = bool(whole) and not missing.untold
    values = {"known_from": arrival.known_from, "batch_id": arrival.batch_id}
    query = (
        "select $batch_id as batch_id, $kind as kind, $source as source, identity, version_batch_id, export_on,"
        " {0} as missing_in, identity_hash from {1}"
    )
    lacking = query.format("$batch_id", "missing_records") + ("" if is_ending else " where false")
    make_table(connection, "ended_now", lacking, _values(arrival))
    if arrival.extracted_at is not None:
        make_table(connection, "ended_before", read_sql(SQL / "ended_before.sql"), _values(arrival))
        connection.execute(
            "insert into ended_now " + query.format("missing_in", "ended_before"),
            {name: value for name, value in _values(arrival).items() if name != "extracted_at"},
        )
    bring_missing(arrival, "ended_now")
    ended = arrival.count(
        f"update {arrival.kind.table} as t set known_until = $known_from from ended_now as e"
        " where t.identity_hash = e.identity_hash and t.batch_id = e.version_batch_id and t.known_until is null",
        known_from=values["known_from"],
    )
    connection.execute("insert into endings by name select * exclude (identity_hash) from ended_now")
    return replace(loaded, ended=ended, not_again=0 if is_ending else missing.records)


def periods(arrival: Arrival, missing: Missing) -> list[dict[str, Any]] | None:
    """Return the stretches of days of which the batch is the whole; None where it is of none, or nothing could end."""
    if not arrival.found.layout.whole or missing.untold:
        return None
    return read_rows(arrival.connection, "from whole_periods order by from_on")


def missing_words(arrival: Arrival, missing: Missing) -> str:
    """Return, in words, what of its period an extract that is the whole of one does not have; empty without any."""
    if not missing.records or not arrival.found.layout.whole:
        return ""
    named = _named(arrival, 5)
    more = f", and {missing.records - len(named):,} more" if missing.records > len(named) else ""
    return f"Known of its period and not in the file: {missing.records:,} ({', '.join(named)}{more})"


def _named(arrival: Arrival, most: int) -> list[str]:
    """Return some of the records that are missing, by what they are known by."""
    query = "select array_to_string(identity, ' line ') from missing_records order by identity limit ?"
    if arrival.kind.name == "items":
        query = query.replace("' line '", "' '")
    return [str(name).strip() for (name,) in arrival.connection.execute(query, [most]).fetchall()]


def _values(arrival: Arrival) -> dict[str, Any]:
    return {
        "batch_id": arrival.batch_id, "source": arrival.found.layout.source, "kind": arrival.kind.name,
        "extracted_at": arrival.extracted_at,
    }  # fmt: skip


def _told_by(arrival: Arrival, sha256: str) -> int | None:
    """The batch that brought the same bytes, which are read again: what came after it was told later."""
    if arrival.extracted_at is not None:
        return None
    found = arrival.connection.execute(
        "select min(batch_id) from batches where sha256 = ? and source = ? and replayed_batch_id is null",
        [sha256, arrival.found.layout.source],
    ).fetchone()
    return found[0] if found else None
