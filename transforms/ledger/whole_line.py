"""A line decided as a whole in a sheet: one row says so, and its decision is that of the line's other open findings.

Nothing is decided that the sheet does not show as open. A row with a decision of its own keeps it, and a line with an
open finding that the sheet does not have is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb

from transforms.columns import heading
from transforms.ledger.decide import REOPEN
from transforms.ledger.sheet import ONE_FINDING, WHOLE_LINE
from transforms.ledger.stage import LEDGER


@dataclass(frozen=True)
class SheetRow:
    """One row of a sheet: what a person filled in, what it shows, each by its column, and its token."""

    number: int
    filled: Mapping[str, str]
    shown: Mapping[str, str]
    token: str
    led_by: int | None = None
    """The row that decides the line of this one as a whole."""

    @property
    def finding_id(self) -> str:
        """The finding that the row is of."""
        return self.shown["finding_id"]

    @property
    def is_filled(self) -> bool:
        """Whether a person filled in anything."""
        return any(self.filled.values())

    @property
    def status(self) -> str:
        """The decision, as it is recorded."""
        return "-".join(self.filled["status"].lower().replace("_", " ").split())

    @property
    def applies_to(self) -> str:
        """What the decision applies to; an earlier sheet has no such column."""
        return " ".join(self.filled.get("applies_to", "").lower().replace("-", " ").split()) or ONE_FINDING

    @property
    def line(self) -> tuple[str, ...]:
        """The line that the finding is of; an AES filing line without a shipment line stands by itself."""
        names = ("source", "shipment_id", "line_number")
        return (*(self.shown[name] for name in names), str(self.shown["situation_id"] == ""))


def spread(rows: Sequence[SheetRow]) -> tuple[list[SheetRow], dict[int, str]]:
    """Return the rows that decide something, those that a decision about a whole line reaches among them.

    Also return what is wrong with a row that says to what its decision applies, by its number.
    """
    leading, faults = dict[tuple[str, ...], SheetRow](), dict[int, str]()
    for row in rows:
        if row.applies_to == WHOLE_LINE and row.line in leading:
            faults[row.number] = f"the line is decided as a whole in row {leading[row.line].number} already"
        elif row.applies_to == WHOLE_LINE:
            leading[row.line] = row
        elif row.applies_to != ONE_FINDING:
            said, name = row.filled["applies_to"], heading("applies_to")
            faults[row.number] = f"{name} {said}: not known. Allowed: {ONE_FINDING} (or blank), {WHOLE_LINE}"
    deciding = []
    for row in rows:
        leader = leading.get(row.line)
        if row.is_filled:
            deciding.append(row)
        elif leader and (row.shown["decided"] if leader.status == REOPEN else row.shown["state"] == "open"):
            deciding.append(replace(row, filled=leader.filled, led_by=leader.number))
    return deciding, faults


def unseen(connection: duckdb.DuckDBPyConnection, deciding: Sequence[SheetRow]) -> dict[int, str]:
    """Return what is wrong with a decision about a whole line, by the number of its row; expects `decidable`.

    An open finding of the line (to take decisions back: one with a decision) that no row of the sheet decides.
    """
    leading = {row.finding_id: row for row in deciding if row.applies_to == WHOLE_LINE and row.led_by is None}
    back = [finding_id for finding_id, row in leading.items() if row.status == REOPEN]
    given = {"leading": list(leading), "back": back, "decided": [row.finding_id for row in deciding]}
    return {
        leading[row["leading_id"]].number: (
            f"{WHOLE_LINE}: this sheet does not show every open finding of the line. Missing:"
            f" {', '.join(row['rules'])}. Export the line without a filter, or decide {ONE_FINDING} alone"
        )
        for row in LEDGER.read(connection, "unseen_of_lines", given)
    }
