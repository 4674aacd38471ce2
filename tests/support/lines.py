"""Whole records as a source sends them, each test telling what is other in its own, and the way to load them."""

from __future__ import annotations

import csv
from datetime import datetime

from flows.jobs.ingest import ingest_file
from flows.settings import Home

MONDAY, TUESDAY, LATER = datetime(2026, 11, 16), datetime(2026, 11, 17), datetime(2026, 11, 18)
LINE: dict[str, str] = {
    "shipment_id": "S1", "line_number": "1", "export_on": "2025-03-03", "tendered_on": "2025-03-02",
    "activity": "export", "form": "tangible", "usppi_id": "12345678900", "usppi_name": "Acme",
    "consignee_name": "Beta GmbH", "consignee_country": "DE", "destination": "DE", "part_number": "P-1",
    "description": "pump", "eccn": "EAR99", "schedule_b": "8413600000", "origin_df": "D", "value_usd": "2000",
    "license_code": "C33", "license_number": "NLR", "exception_paragraph": "", "itn": "", "eei_exemption": "30.37(a)",
    "filing_option": "", "transport_mode": "40", "conveyance": "LH 401", "port_of_export": "2720",
}  # fmt: skip
FILING = {"itn": "X20250302123456", "line_number": "1", "export_on": "2025-03-03", "schedule_b": "8413600000",
          "value_usd": "9000", "destination": "DE", "status": "accepted", "shipment_reference": "S9"}  # fmt: skip


def ingest(home: Home, name: str, moment: datetime, *rows: dict[str, str]) -> None:
    path = home.root / f"{name}.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    ingest_file(home, path, known_from=moment)
