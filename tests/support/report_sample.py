"""A home whose findings have lived, with hostile text in what a source sends; its report, and one of 50,000."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa

from flows.jobs.screen import Finished, screen_home
from flows.settings import Home
from tests.support.homes import make_home
from tests.support.lines import LINE, MONDAY, ingest
from tests.support.summary_sample import HOSTILE
from transforms.ledger.journal import Deed, next_number, seal
from transforms.reports.leadership.measures import measure
from transforms.reports.leadership.model import Period, Report
from transforms.reports.leadership.page import render_report
from transforms.store import open_store

PERIOD = Period(date(2025, 11, 1), date(2026, 11, 20))
FIRST, SECOND, THIRD, LAST = date(2025, 10, 1), date(2026, 6, 1), date(2026, 9, 1), date(2026, 11, 20)
SENT = LINE | {
    "export_on": "2026-03-04", "tendered_on": "2026-03-03", "destination": "PK", "consignee_country": "PK",
    "eccn": "3A992", "eei_exemption": "", "value_usd": "5000.25", "quantity": "2", "uom": "NO",
    "consignee_name": "Indus Labs", "intermediate_consignee_name": "Harbor Forwarding", "description": "Oscilloscope",
}  # fmt: skip
LINES: dict[str, dict[str, str]] = {
    "S1": {},
    "S2": {"export_on": "2026-05-06", "tendered_on": "2026-05-05", "consignee_name": HOSTILE, "description": HOSTILE},
    "S3": {"export_on": "2026-05-07", "tendered_on": "2026-05-06", "eccn": "2B999", "consignee_name": "INDUS  LABS "},
    "S4": {"export_on": "2026-06-08", "tendered_on": "2026-06-07", "license_code": "C35", "license_number": "LVS"},
    "S5": {"export_on": "2026-09-02", "tendered_on": "2026-09-01", "destination": "DE", "consignee_country": "DE"},
    "S6": {"export_on": "2025-02-03", "tendered_on": "2025-02-02"},
    "S7": {"export_on": "2026-09-09", "tendered_on": "2026-09-08", "destination": "DE", "consignee_country": "DE",
           "eccn": "EAR99", "itn": "", "schedule_b": "8413500000"},
    "S8": {"export_on": "2026-10-09", "tendered_on": "2026-10-08", "destination": "DE", "consignee_country": "DE",
           "eccn": "EAR99", "itn": "", "eei_exemption": "30.37(a)", "value_usd": "100", "schedule_b": "8413300000"},
}  # fmt: skip


@dataclass
class Told:
    """A report as it was measured, and as a page."""

    report: Report
    page: str
    home: Home


def line(shipment: str, **other: str) -> dict[str, str]:
    """A line of the sample by its shipment, or as `other` says."""
    filed_on = (SENT | LINES[shipment] | other)["tendered_on"].replace("-", "")
    own = {"shipment_id": shipment, "itn": f"X{filed_on}12345{shipment[1:]}"}
    return SENT | own | LINES[shipment] | other


def lived(folder: Path) -> Home:
    """A home in which S1 was found, put right, and found again; S6 left before the period; S4 is a candidate."""
    home = make_home(folder)
    ingest(home, "first", MONDAY, line("S1"), line("S6"))
    screen_home(home, FIRST)
    ingest(home, "right", MONDAY + timedelta(hours=1), line("S1", license_code="C30", license_number="D123456"))
    screen_home(home, SECOND)
    ingest(home, "wrong", MONDAY + timedelta(hours=2), line("S1"))
    screen_home(home, THIRD)
    ingest(home, "rest", MONDAY + timedelta(hours=3), *[line(name) for name in LINES if name not in ("S1", "S6")])
    screen_home(home, LAST)
    note(home, "S4", "disclosure-candidate", datetime(2026, 11, 20, 9))
    return home


def note(home: Home, shipment: str, status: str, at: datetime) -> None:
    """Record a decision that leaves the findings of a shipment open."""
    with open_store(home.database) as connection:
        number = next_number(connection)
        connection.execute(
            "insert into dispositions select ?, finding_id, rule_id, situation_id, ?, ?, '=1+1', null, 'ann', ?,"
            " outcome from ledger where shipment_id = ?",
            [number, status, f"looked at {HOSTILE}", at, shipment],
        )
        connection.execute(
            "insert into ledger_events select ?, finding_id, 'noted', state, 'disposed', ?, outcome, ?"
            " from ledger where shipment_id = ?",
            [number, status, at.date(), shipment],
        )
        seal(connection, number, Deed("decision", status, at.date(), "ann", at))


def told(home: Home, period: Period = PERIOD, as_of: date = LAST, known_at: datetime | None = None) -> Told:
    """The report of a home, measured within a screening of it."""
    held: list[Report] = []

    def add(finished: Finished, folder: Path) -> None:
        held.append(measure(finished.connection, finished.rulebook, finished.run, finished.summary, period))

    screen_home(home, as_of, known_at, add)
    page = render_report(held[0], {"PK": "Pakistan", "DE": "Germany"}, ["rule-pakistan-rs"])
    return Told(held[0], page, home)


def many(report: Report, count: int = 50_000, seed: int = 4612) -> Report:
    """The same report with so many made-up findings, no two of which have the same shipment or explanation."""
    draw = random.Random(seed)
    rules = ["pakistan-rs", "lab-equipment-ns", "eei-filing", "license-code-mismatch", "eccn-required", "itn-reused"]
    places = ["PK", "DE", "CN", "IN", "KR", "GB", "AE", "BR", "CH", "JP", "MX", "SG"]
    names = [f"Consignee {at} {draw.choice(['Labs', 'Trading', 'University', 'GmbH'])}" for at in range(3_000)]
    rows = []
    for at in range(count):
        rule, place, day = draw.choice(rules), draw.choice(places), PERIOD.first + timedelta(draw.randrange(380))
        eccn = draw.choice(["3A992", "3A999", "2B999", "EAR99"])
        value = Decimal(draw.randrange(10_000, 90_000_000)) / 100
        row = (
            {
                "finding_id": f"{draw.getrandbits(128):032x}", "rule_id": rule, "rule_kind": "control",
                "outcome": draw.choice(["flagged", "flagged", "undetermined"]), "state": draw.choice(["new", "open"]),
                "severity": draw.choice(["high", "medium"]), "source": "erp", "shipment_id": f"SH{at:08}",
                "line_number": 1 + at % 3, "export_on": day, "destination": place, "eccn": eccn,
                "schedule_b": "8413600000", "description": f"part {draw.randrange(9_000)}",
                "consignee_name": draw.choice(names), "value_usd": value, "license_code": "C33",
                "license_number": "NLR", "itn": f"X{draw.randrange(10**14):014}", "eei_exemption": "",
                "because": f"{eccn} to {place} on {day} needs a license (RS, in force from 2024-12-26); recorded"
                f" authority: C33 NLR. Its Schedule B number comes to ${value:,.2f} over {1 + at % 7} lines.",
                "authority": "89 FR 93164 (2024-27648); 15 CFR 742.6(a)(12)", "remedy": "Confirm the ECCN paragraph",
                "missing": "", "first_seen_on": day, "since": day, "decision": None, "decision_reason": None,
                "decided_by": None, "decided_at": None, "rule_from": date(2024, 12, 26), "situation_id": "s",
            }
        )  # fmt: skip
        rows.append(row)
    table: Any = pa.Table.from_pylist(rows, schema=report.rows.schema)
    return replace(report, rows=table)
