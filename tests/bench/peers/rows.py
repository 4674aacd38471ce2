"""What both rule engines share: the lines of a CSV one by one, as facts, and the findings written at the end."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tests.bench.peers import law

CLAIMED = ("license_code", "license_number", "exception_paragraph", "destination")
Found = list[tuple[str, int, str, str]]


def facts(path: str) -> Iterator[dict[str, Any]]:
    """Each line with what rules ask of it: its claim, and the sum of its shipment, from a first reading of the file."""
    totals: defaultdict[tuple[str, ...], float] = defaultdict(float)
    with open(path, encoding="utf-8", newline="") as stream:  # noqa: PTH123 - as in the manual of csv
        for row in csv.DictReader(stream):
            if row["activity"] == "export" and row["form"] == "tangible" and row["destination"] != "CA":
                totals[tuple(row[name] for name in law.GROUP)] += max(float(row["value_usd"]), 0.0)
    with open(path, encoding="utf-8", newline="") as stream:  # noqa: PTH123
        for row in csv.DictReader(stream):
            yield {
                "shipment_id": row["shipment_id"], "line_number": int(row["line_number"]),
                "eccn": row["eccn"], "head": row["eccn"][:5], "destination": row["destination"],
                "activity": row["activity"], "form": row["form"], "itn": row["itn"],
                "export_on": date.fromisoformat(row["export_on"]),
                "tendered_on": date.fromisoformat(row["tendered_on"]),
                "claim": law.claim(*(row[name] for name in CLAIMED)),
                "total": round(totals.get(tuple(row[name] for name in law.GROUP), 0.0), 2),
                "is_filed": law.ITN.fullmatch(row["itn"]) is not None,
                "is_plain": row["eei_exemption"] in ("", "NOEEI 30.37(a)"), "schedule_length": len(row["schedule_b"]),
            }  # fmt: skip


def write(found: Found, path: str) -> None:
    names = ("shipment_id", "line_number", "rule_id", "outcome")
    columns = zip(*found, strict=True) if found else ([], [], [], [])
    pq.write_table(pa.table(dict(zip(names, map(list, columns), strict=True))), path)
