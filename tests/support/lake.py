"""Homes whose lines lie in parts, and what a screening says of them beside that of one process."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from tests.support.engine import load_lines
from tests.support.filed import LATER, Filing, load_filings
from tests.support.filing_drawing import draw_homes
from tests.support.runs import MOMENT, Run
from tests.support.truth import Line
from transforms.lake.call import Work
from transforms.lake.cut import cut
from transforms.lake.made import Made
from transforms.lake.parts import Parts
from transforms.rulebook.law import Law
from transforms.screening.in_parts import screen_in_parts
from transforms.screening.screen import screen
from transforms.store import connect, load_common

TOLD = {
    "findings": "from findings",
    "determinations": "select * exclude (verdict_key) from determinations order by all",
    "tallies": "from tallies order by all",
    "daily": "from daily order by all",
    "placed": "select line_id, situation_key from placed_lines order by all",
    "matches": "from filing_matches order by all",
    "states": "from aes_states order by all",
    "parties": "from party_matches order by all",
}
"""What a screening leaves, in an order of its own: `findings` in the order in which it is written."""
_ITNS = [f"X2025{month:02}01{number:06}" for month in (1, 2, 3) for number in range(4)]
_NAMES = ("Ahad International", "Sample Clinic GmbH", "TO ORDER", "")


def draw_lines(rng: random.Random, homes: int) -> list[Line]:
    """Lines of many months that share ITNs, orders and invoices across them, with known and unknown parties."""
    lines: list[Line] = []
    for line in (one for home in draw_homes(rng, homes) for one in home):
        day = date(2025, 1, 1) + timedelta(days=rng.randrange(150))
        drawn: dict[str, str | None] = {"export_on": str(day), "shipment_id": f"S{rng.randrange(homes)}"}
        if rng.random() < 0.5:
            drawn |= {"itn": rng.choice(_ITNS), "eei_exemption": "", "transport_mode": rng.choice(["11", "40", "30"])}
        if rng.random() < 0.3:
            order = rng.choice(["PO-1001", "PO-1002", "PO-1003", "", None])
            drawn |= {"license_code": "C35", "license_number": "LVS", "order_number": order}
        if rng.random() < 0.3:
            drawn |= {"consignee_name": rng.choice(_NAMES), "consignee_country": rng.choice(["PK", "DE", ""])}
        if rng.random() < 0.2:
            drawn |= {"value_usd": None, "currency": "EUR", "value_recorded": str(rng.randrange(1, 9000))}
        drawn |= {"part_number": rng.choice(["A-1", "A-2", None]), "invoice_number": rng.choice(["INV-10001", ""])}
        drawn |= {"order_number": drawn.get("order_number") or rng.choice(["PO-1001", "PO-7", None])}
        lines.append({**line, **drawn})
    return lines


def draw_filings(rng: random.Random, lines: Sequence[Line], count: int) -> list[Filing]:
    """Filings of some of the lines, by ITN, shipment or invoice, some of them for lines of two months."""
    filings: list[Filing] = []
    for number in range(count):
        line = rng.choice(lines)
        filings.append(
            {
                "source": ("aes", "aes-202")[number % 2], "line_number": number // 2,
                "itn": rng.choice([line.get("itn") or "", rng.choice(_ITNS), ""]),
                "shipment_reference": rng.choice([line["shipment_id"] or "", ""]),
                "invoice_number": line.get("invoice_number"), "schedule_b": line.get("schedule_b"),
                "export_on": line["export_on"], "value_usd": rng.choice([100, 2600]), "destination": "DE",
                "status": rng.choice(["accepted", "accepted", "cancelled", "rejected", "pending"]),
                "extracted_at": rng.choice(["2025-06-01", "2025-06-02", ""]),
            }
        )  # fmt: skip
    return filings


def draw_home(path: Path, rng: random.Random, homes: int) -> None:
    """Make a database of drawn lines, filings, items, rates and rows in quarantine, some versions of lines ended."""
    lines = draw_lines(rng, homes)
    with connect(path) as connection:
        load_common(connection)
        load_lines(connection, lines)
        load_filings(connection, draw_filings(rng, lines, homes))
        said = {"part_number": "A-1", "eccn": "3A999", "source": "items", "known_from": MOMENT, "batch_id": 1}
        connection.execute("insert into items by name select unnest($item)", {"item": said})
        rate = {"currency": "EUR", "rate_on": date(2025, 2, 1), "rate": "1.1", "source": "", "known_from": MOMENT}
        connection.execute("insert into rates by name select unnest($rate)", {"rate": rate})
        aside = {"batch_id": 1, "source": "drawn", "kind": "lines", "identity": ["S1"], "quarantined_at": MOMENT}
        connection.execute("insert into quarantine by name select unnest($row)", {"row": aside})
        noon = {"moment": datetime(2026, 11, 21, 12)}
        connection.execute("update lines set known_until = $moment where line_number % 7 = 3", noon)
        connection.execute("insert into batches (batch_id, source, known_from) values (9001, 'drawn', $moment)", noon)


def told_by_one(path: Path, law: Law, run: Run, reconciling: Sequence[Any]) -> dict[str, list[tuple[Any, ...]]]:
    """Return what one process says of a home."""
    with connect(path) as connection:
        load_common(connection)
        screen(connection, law, run, reconciling)
        return _told(connection)


def cut_home(path: Path, lake: Path, most_rows: int) -> Parts:
    """Move the lines and filings of a database into files, and return the parts that they make."""
    with connect(path) as connection:
        lines = list(cut(connection, "lines", lake, "1"))
        filings = [one.path for one in cut(connection, "filings", lake, "1")]
        connection.execute("delete from lines; delete from filings")
    return Parts.of(lines, filings, most_rows)


def told_in_parts(
    path: Path,
    parts: Parts,
    made: Made,
    law: Law,
    run: Run,
    reconciling: Sequence[Any],
    *,
    keep: bool = False,
    work: Work | None = None,
) -> dict[str, list[tuple[Any, ...]]]:
    """Return what the same stages say of it, one part after the other."""
    with connect(path) as connection:
        load_common(connection)
        screen_in_parts(connection, law, run, parts, made, reconciling, keep=keep, work=work)
        return _told(connection)


def _told(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[Any, ...]]]:
    return {name: connection.execute(query).fetchall() for name, query in TOLD.items()}


PRESENT, PAST = Run(moment=LATER), Run(moment=datetime(2026, 11, 21, 6), known_at=datetime(2026, 11, 21, 6))
