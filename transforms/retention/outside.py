"""What falls outside the years for which records are kept. Nothing is changed here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from transforms.pipeline import Stage, make_table
from transforms.retention.holds import read_holds

RETENTION = Stage(
    name="retention",
    folder=Path(__file__).parent / "sql",
    reads=("lines", "filings", "items", "batches", "quarantine", "left_out", "holds"),
)
_UNDER_HOLD = "select count(*) from old_shipments semi join held_shipments using (source, shipment_id)"
DATES_USED = (
    "15 CFR 762.6: the years count from the latest event. The dates used are those that the records hold: export,"
    " hand-over to the carrier, and the day of the last restatement. Other events (a known reexport, transfer,"
    " transshipment or diversion, another end of the transaction, a request by BIS or another agency, a voluntary"
    " self-disclosure) are not in the records: add a hold for what they concern."
)


@dataclass(frozen=True)
class Outside:
    """What falls outside: counts, and what is kept all the same, by hold and by what it belongs with."""

    as_of: date
    years: int
    shipments: int
    lines: int
    versions: int
    filings: int
    quarantined: int
    first_on: date | None
    """First and last date of export among what falls outside."""
    until_on: date | None
    value_usd: float
    held: dict[str, int]
    """Shipments that are old enough and kept, by the hold that keeps them."""
    kept_for_ofac: int
    """Shipments that are older than `years` and kept for more, 31 CFR 501.601."""
    kept_together: int
    """Shipments that are old enough and stay, as what they are summed or filed with stays."""
    batches: list[tuple[int, str]]
    """Extracts of which nothing is left: batch and sha256."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing falls outside."""
        return not (self.shipments or self.filings)

    def as_dict(self) -> dict[str, Any]:
        """Return the counts as plain values, in the order in which they are told."""
        return {key: value for key, value in self.__dict__.items() if key != "batches"}


def find_outside(
    connection: duckdb.DuckDBPyConnection, as_of: date, years: int, sanctions_years: int, countries: Sequence[str]
) -> Outside:
    """Return what falls outside on `as_of`; shipments to `countries` are kept for `sanctions_years`, if more.

    It is left in the temporary tables `outside` (shipments), `filed_outside` (filings), `quarantine_outside`
    and `left_out_outside`. A shipment goes whole, with all its versions, on the day after `years` from its latest
    event, and only with all that it is summed, filed or compared with.
    """
    when = {"as_of": as_of, "years": years, "longer": max(years, sanctions_years), "countries": list(countries)}
    kept_years = "if(is_under_ofac, $longer, $years)::integer"
    is_old = f"latest_on + to_years({kept_years}) < $as_of::date"
    for step in ("shipments", "held_shipments"):
        RETENTION.make(connection, step, when)
    make_table(connection, "old_shipments", f"from shipments where {is_old}", when)
    make_table(connection, "outside", "from old_shipments anti join held_shipments using (source, shipment_id)")
    make_table(connection, "filed_outside", f"from ({RETENTION.text('filed')}) where {is_old}", when)
    past = "select count(*) from shipments where latest_on + to_years($years::integer) < $as_of::date"
    ((past_years,),) = connection.execute(past, {"as_of": as_of, "years": years}).fetchall()
    under_hold = _one(connection, _UNDER_HOLD)
    while _keep_together(connection):
        pass
    batches = [(row["batch_id"], row["sha256"]) for row in RETENTION.read(connection, "emptied", when)]
    for table in ("quarantine", "left_out"):
        make_table(
            connection, f"{table}_outside",
            f"select q.* from {table} as q where q.batch_id in (select unnest($batches::integer[]))",
            {"batches": [batch_id for batch_id, _ in batches]},
        )  # fmt: skip
    counts = connection.execute(
        "select count(*), coalesce(sum(lines), 0)::bigint, coalesce(sum(versions), 0)::bigint, min(first_on),"
        " coalesce(sum(value_usd), 0)::double from outside"
    ).fetchall()
    ((shipments, lines, versions, first_on, value_usd),) = counts
    until = connection.execute(
        "select max(export_on) from lines semi join outside using (source, shipment_id)"
    ).fetchone()
    return Outside(
        as_of=as_of, years=years, shipments=shipments, lines=lines, versions=versions,
        filings=_one(connection, "select count(*) from filed_outside"),
        quarantined=_one(connection, "select count(*) from quarantine_outside"),
        first_on=first_on, until_on=until[0] if until else None, value_usd=value_usd,
        held=_by_hold(connection),
        kept_for_ofac=int(past_years) - _one(connection, "select count(*) from old_shipments"),
        kept_together=_one(connection, "select count(*) from old_shipments") - under_hold - shipments,
        batches=batches,
    )  # fmt: skip


def _keep_together(connection: duckdb.DuckDBPyConnection) -> bool:
    """Take out of what goes whatever belongs with what stays; return whether anything was."""
    RETENTION.make(connection, "linked_shipments")
    taken = _one(
        connection,
        "delete from outside as o using linked_shipments as l"
        " where o.source = l.source and o.shipment_id = l.shipment_id",
    )
    RETENTION.make(connection, "linked_filings")
    taken += _one(
        connection,
        "delete from filed_outside as o using linked_filings as l where o.source = l.source and o.itn = l.itn",
    )
    return taken > 0


def _by_hold(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    rows = connection.execute(
        "select hold_id, count(*) from old_shipments join held_shipments using (source, shipment_id)"
        " group by hold_id order by hold_id"
    ).fetchall()
    holds = {one.hold_id: str(one) for one in read_holds(connection)}
    return {holds[hold_id]: shipments for hold_id, shipments in rows}


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    ((number,),) = connection.execute(query).fetchall()
    return int(number)
