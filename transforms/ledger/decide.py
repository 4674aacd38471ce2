"""Decisions of people about findings: rows that are only ever added, each under a sealed entry of the journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import duckdb
import pyarrow as pa

from transforms.errors import InputError, told
from transforms.ledger.journal import Deed, Entry, next_number, seal
from transforms.ledger.stage import LEDGER
from transforms.pipeline import give, transaction

CLOSING = {
    "false-alarm": "the rule does not reach this line: say why",
    "authorized": "a license, an exception or a legend covers it: name it",
    "another-party": "the party is not the listed one; it holds for this party and entry on all lines: say why",
    "corrected": "the record was, or is being, put right: say where",
}
NOTING = {
    "same-party": "the party is the listed one; it holds on all lines, and the finding stays open: say why",
    "escalated": "somebody else decides: say who; the finding stays open",
    "disclosure-candidate": "counsel looks at it (15 CFR 764.5); the finding stays open",
}
REOPEN = "reopen"
RULINGS = {"another-party": "another party", "same-party": "same party"}
"""Decisions that are rulings on the parties of a finding and the entries of lists that they may be."""
STATUSES: Mapping[str, str] = {**CLOSING, **NOTING, REOPEN: "takes back the current decision: say why"}
"""What may be decided, and what it means."""
STANDING = ("false-alarm", "authorized")
"""What may be decided of lines that are yet to come."""
_COLUMNS = pa.schema([
    ("finding_id", pa.string()), ("status", pa.string()), ("reason", pa.string()), ("evidence", pa.string()),
    ("expires_on", pa.date32()), ("is_closing", pa.bool_()),
])  # fmt: skip


@dataclass(frozen=True)
class Decision:
    """What a person decided, why, on what evidence, and the last day on which it holds."""

    status: str
    reason: str
    evidence: str = ""
    expires_on: date | None = None

    def faults(self, today: date) -> list[str]:
        """Return what is wrong with it, in words; nothing where it can be recorded on that day."""
        found = []
        if self.status not in STATUSES:
            found.append(f"status {self.status or '(blank)'}: not known. Allowed: {', '.join(STATUSES)}")
        if not self.reason.strip():
            found.append("the reason is missing. It is kept with the decision (15 CFR 762.5)")
        if self.expires_on is not None and self.status in (*NOTING, REOPEN):
            found.append(f"an expiry date is allowed only for decisions that close a finding: {', '.join(CLOSING)}")
        if self.expires_on is not None and self.expires_on <= today:
            found.append(f"the expiry date {self.expires_on} is not in the future. Give a date after {today}")
        return found


@dataclass(frozen=True)
class Situation:
    """A situation and a rule that a decision is to stand for, also of lines that come later."""

    situation_id: str
    rule_id: str


def decide(
    connection: duckdb.DuckDBPyConnection,
    decisions: Mapping[str, Decision],
    deed: Deed,
    standing: tuple[Situation, Decision] | None = None,
) -> Entry:
    """Record what was decided about each finding, by its id, and return the sealed entry; all of it or nothing.

    `standing` is a decision about a situation and rule that lines are to fall under which come later, or its
    withdrawal. Raises InputError where a decision is faulty, where a finding is not known or was not made by the last
    screening, and where there is no decision to take back.
    """
    _check(connection, decisions, deed.as_of, standing)
    with transaction(connection):
        number = next_number(connection)
        rows = [
            {"finding_id": finding_id, **one.__dict__, "is_closing": one.status in CLOSING}
            for finding_id, one in decisions.items()
        ]
        give(connection, "decided", pa.Table.from_pylist(rows, schema=_COLUMNS))
        LEDGER.make(connection, "decision_events")
        connection.execute(
            "insert into ledger_events select ?, finding_id, event, state, cause, detail, outcome, ?"
            " from decision_events",
            [number, deed.as_of],
        )
        connection.execute(
            "insert into dispositions select ?, finding_id, rule_id, situation_id, status, reason, evidence,"
            " expires_on, ?, ?, outcome from decision_events",
            [number, deed.done_by, deed.done_at],
        )
        if standing:
            where, what = standing
            connection.execute(
                "insert into dispositions values (?, null, ?, ?, ?, ?, ?, ?, ?, ?, null)",
                [number, where.rule_id, where.situation_id, what.status, what.reason, what.evidence, what.expires_on,
                 deed.done_by, deed.done_at],
            )  # fmt: skip
        LEDGER.make(connection, "decided_findings", {"as_of": deed.as_of, "entry": number})
        connection.execute("delete from ledger where finding_id in (select finding_id from decided_findings)")
        connection.execute("insert into ledger by name from decided_findings")
        return seal(connection, number, deed)


def standing_decision(connection: duckdb.DuckDBPyConnection, where: Situation, today: date) -> int | None:
    """Return the entry of the decision that stands for a situation and rule on that day, or None."""
    LEDGER.make(connection, "same_situations")
    found = connection.execute(
        "select entry, status, expires_on from dispositions where finding_id is null and rule_id = ?"
        " and situation_id in (select decided_situation_id from same_situations where situation_id = ?)"
        " order by entry desc limit 1",
        [where.rule_id, where.situation_id],
    ).fetchall()
    if not found or found[0][1] == REOPEN or (found[0][2] is not None and found[0][2] < today):
        return None
    return int(found[0][0])


def _check(
    connection: duckdb.DuckDBPyConnection,
    decisions: Mapping[str, Decision],
    today: date,
    standing: tuple[Situation, Decision] | None,
) -> None:
    faults = [fault for one in dict.fromkeys(decisions.values()) for fault in one.faults(today)]
    faults += _standing_faults(connection, *standing, today) if standing else []
    if not decisions and not standing:
        faults.append("no finding is selected")
    known = {
        finding_id: (is_made, decided_in)
        for finding_id, is_made, decided_in in connection.execute(
            "select finding_id, outcome is not null, decided_in from ledger"
            " where finding_id in (select unnest(?::varchar[]))",
            [list(decisions)],
        ).fetchall()
    }
    for finding_id, one in decisions.items():
        is_made, decided_in = known.get(finding_id, (None, None))
        if is_made is None:
            faults.append(f"{finding_id}: not a known finding")
        elif not is_made:
            faults.append(f"{finding_id}: not in the last screening, so it needs no decision")
        elif one.status == REOPEN and decided_in is None:
            faults.append(f"{finding_id}: has no decision to withdraw")
    if faults:
        raise InputError("No decision was recorded:\n" + told(faults))


def _standing_faults(connection: duckdb.DuckDBPyConnection, where: Situation, what: Decision, today: date) -> list[str]:
    if what.status == REOPEN:
        if standing_decision(connection, where, today) is None:
            return [f"no decision applies to situation {where.situation_id} and rule {where.rule_id}"]
        return what.faults(today)
    found = what.faults(today)
    if what.status not in STANDING:
        found.append(f"only {' or '.join(STANDING)} can stand for lines that are yet to come, not {what.status}")
    if what.expires_on is None:
        found.append("a decision that is to stand for lines yet to come needs a last day: --expires")
    return found
