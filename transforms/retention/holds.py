"""Holds: what must be kept however old it is. A hold is never changed, only added or lifted, with who, when and why.

15 CFR 762.6: a record that BIS or another agency asked for, or that belongs to a voluntary self-disclosure, may not be
destroyed without written authorization, even after its years.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import duckdb

from transforms.errors import InputError

SCOPES = ("shipment", "consignee", "source", "all")


@dataclass(frozen=True)
class Hold:
    """One hold: what it covers, why, by whom and when; lifted where `lifted_at` is set."""

    hold_id: int
    scope: str
    value: str
    reason: str
    by: str
    at: datetime
    lifted_reason: str | None = None
    lifted_by: str | None = None
    lifted_at: datetime | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the hold as plain values."""
        return asdict(self)

    def __str__(self) -> str:
        what = "everything" if self.scope == "all" else f"{self.scope} {self.value}"
        said = f"Hold {self.hold_id} on {what}, by {self.by} on {self.at:%Y-%m-%d}: {self.reason}"
        if self.lifted_at is not None:
            said += f"; lifted by {self.lifted_by} on {self.lifted_at:%Y-%m-%d}: {self.lifted_reason}"
        return said


def add_hold(connection: duckdb.DuckDBPyConnection, scope: str, value: str, reason: str, by: str, at: datetime) -> Hold:
    """Add a hold and return it; raise InputError without a reason, or without what it covers."""
    _require(reason)
    if scope != "all" and not value.strip():
        raise InputError(f"--{scope}: blank. Name what to hold.")
    number = max((one.hold_id for one in read_holds(connection)), default=0) + 1
    connection.execute(
        "insert into holds values (?, 'add', ?, ?, ?, ?, ?)", [number, scope, value.strip(), reason.strip(), by, at]
    )
    return Hold(number, scope, value.strip(), reason.strip(), by, at)


def lift_hold(connection: duckdb.DuckDBPyConnection, hold_id: int, reason: str, by: str, at: datetime) -> Hold:
    """Lift a hold and return it; raise InputError without a reason, or where there is no such hold in force."""
    _require(reason)
    in_force = {one.hold_id: one for one in read_holds(connection) if one.lifted_at is None}
    if hold_id not in in_force:
        allowed = ", ".join(str(number) for number in in_force) or "none"
        raise InputError(f"hold {hold_id}: not an active hold. Active holds: {allowed}.")
    one = in_force[hold_id]
    connection.execute(
        "insert into holds values (?, 'lift', ?, ?, ?, ?, ?)", [hold_id, one.scope, one.value, reason.strip(), by, at]
    )
    return next(held for held in read_holds(connection) if held.hold_id == hold_id)


def read_holds(connection: duckdb.DuckDBPyConnection) -> list[Hold]:
    """Return every hold that ever was, in the order in which they were added."""
    rows = connection.execute(
        "select h.hold_id, h.scope, h.value, h.reason, h.done_by, h.done_at, l.reason, l.done_by, l.done_at"
        " from holds as h left join holds as l on l.hold_id = h.hold_id and l.action = 'lift'"
        " where h.action = 'add' order by h.hold_id"
    ).fetchall()
    return [Hold(*row) for row in rows]


def _require(reason: str) -> None:
    if not reason.strip():
        raise InputError("--reason: blank. Give a reason; it is recorded with the hold.")
