"""Extracts of the layout `line`, written by hand, and their rows as Python reads them."""

from __future__ import annotations

import csv
import io

HEADINGS = "shipment_id,line_number,export_on,activity,destination,description,eccn,value_usd"


def row(shipment: str, **other: str) -> str:
    """Return one row under HEADINGS, in order save for what `other` says."""
    cells = {
        "shipment_id": shipment, "line_number": "1", "export_on": "2025-02-03", "activity": "export",
        "destination": "PK", "description": "a pump", "eccn": "3A999", "value_usd": "100.00",
    } | other  # fmt: skip
    return ",".join(cells.values())


def extract(*rows: str, end: str = "\n") -> str:
    """Return an extract of the layout `line`."""
    return "".join(one + end for one in (HEADINGS, *rows))


def data_rows(content: bytes, encoding: str = "utf-8-sig") -> list[list[str]]:
    """Return the data rows of an extract as Python's own CSV reader tells them apart, blank lines left out."""
    csv.field_size_limit(100_000_000)
    text = content.decode(encoding, errors="surrogateescape")
    return [cells for cells in csv.reader(io.StringIO(text, newline="")) if cells][1:]
