"""Nights drawn at random: lines that come late, again and changed, item records and filings."""

from __future__ import annotations

import csv
import io
import random
from datetime import date, datetime, timedelta

from tests.support.desk import Desk
from tests.support.filing_drawing import draw_homes
from tests.support.shipped import shipped_rules
from transforms.line import NAMES

Row = dict[str, str]
RULEBOOK, RECONCILING = shipped_rules()

NIGHTS = 6
DESCRIPTIONS = ("spectral flow cytometer, 30 colors", "a pump", "cell sorter", "bolts", "")
PARTS = ("P1", "P2", "P3", "")
LVS = {"eccn": "3A001.c", "destination": "BR", "license_number": "", "value_usd": "300"}
COLUMNS = [name for name in NAMES if name not in ("currency", "value_recorded")]
"""Amounts are in dollars: in a file that has these columns, a row that leaves them empty tells no dollars."""
ORDERS = ("", *(f"O{number}" for number in range(8)))


def nights(rng: random.Random) -> list[tuple[str, list[Row]]]:
    """What comes on each night: the kind of extract, and its rows. Lines come late, again, and changed."""
    homes = draw_homes(rng, 60)
    days = [date(2025, 1, 10) + timedelta(rng.randrange(40)) for _ in range(6)]
    drawn = [line for home in homes for line in home]
    known: dict[tuple[str, str], Row] = {}
    found: list[tuple[str, list[Row]]] = []
    for night in range(NIGHTS):
        rows = []
        for at, line in enumerate(rng.sample(drawn, 400 if night == 0 else 25)):
            row = {name: line.get(name) or "" for name in COLUMNS}
            row |= {"line_number": f"{night}{at:03d}", "export_on": str(rng.choice(days))}
            row |= {"part_number": rng.choice(PARTS), "description": rng.choice(DESCRIPTIONS)}
            row["itn"] = rng.choice([f"X20250110{number:06d}" for number in range(12)] + ["", "", "PENDING"])
            if at % 5 == 0:
                row |= LVS | {"order_number": rng.choice(ORDERS), "license_code": rng.choice(("C35", "C30"))}
            rows.append(row)
        for row in rng.sample(list(known.values()), 12 if known else 0):
            rows.append(row | rng.choice(_changes(rng, days)))
        known |= {(row["shipment_id"], row["line_number"]): row for row in rows}
        found.append(("lines", rows))
        if night in (2, 4):
            found.append(rng.choice((("items", items(rng)), ("filings", filings(rng, list(known.values()))))))
    return found


def _changes(rng: random.Random, days: list[date]) -> list[Row]:
    return [
        {"export_on": str(rng.choice(days))}, {"value_usd": "3000"}, {"eccn": "3A999"}, {"itn": "X20250110000003"},
        {"destination": "CN"}, {"conveyance": ""}, {"part_number": "P1"}, {"description": DESCRIPTIONS[0]}, {},
        {"order_number": "O1"}, {"order_number": ""}, {"license_code": "C35"}, {"license_code": "C33"},
    ]  # fmt: skip


def items(rng: random.Random) -> list[Row]:
    return [
        {"part_number": part, "eccn": rng.choice(("3A069", "EAR99", "3A999.f")), "spectral": rng.choice(("Y", "N")),
         "detectors": rng.choice(("30", "4", "")), "top_down_proteomics": "N", "fda_device": rng.choice(("Y", ""))}
        for part in PARTS[:2]
    ]  # fmt: skip


def filings(rng: random.Random, lines: list[Row]) -> list[Row]:
    filed = rng.sample([line for line in lines if line["itn"].startswith("X")], 60)
    return [
        {"itn": line["itn"], "line_number": str(at + 1), "shipment_reference": line["shipment_id"],
         "status": rng.choice(("accepted", "accepted", "cancelled")), "export_on": line["export_on"],
         "usppi_id": line["usppi_id"], "consignee_name": line["consignee_name"], "destination": line["destination"],
         "schedule_b": line["schedule_b"], "value_usd": line["value_usd"]}
        for at, line in enumerate(filed)
    ]  # fmt: skip


def take(desk: Desk, kind: str, rows: list[Row], night: int) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    layout = {"lines": "line"}.get(kind, kind)
    taken = desk.take(text.getvalue(), f"{night}-{kind}.csv", layout, known_from=datetime(2026, 1, 1 + night))
    assert taken.quarantined * 10 <= taken.rows_in, taken.problems
