"""Differences between AES and the shipment records, put in so that each rule of reconciliation is at work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import islice

import numpy as np

from data.sample.catalog import USPPI_ID

Row = dict[str, str]
TWICE = 2


def _set(**columns: str) -> Callable[[Row], Row]:
    return lambda row: row | columns


# kind: what becomes of the only line of a filing for more than 4,000 dollars; each happens to two filings
DIFFERENCES: dict[str, Callable[[Row], Row]] = {
    "value-differs": lambda row: row | {"value_usd": str(round(int(row["value_usd"]) * 1.12))},
    "value not given": _set(value_usd=""),
    "value-declared-low": _set(value_usd="2450"),
    "quantity-differs": lambda row: row | {"quantity": str(int(row["quantity"]) + 2)},
    "eccn-differs": lambda row: row | {"eccn": "EAR99" if row["eccn"] != "EAR99" else "3A992"},
    "schedule-b-differs": lambda row: row | {"schedule_b": row["schedule_b"][:6] + "9995"},
    "destination-differs": lambda row: row | {"destination": "BE" if row["destination"] != "BE" else "NL"},
    "consignee-differs": _set(consignee_name="CALLOWAY RIDGE TRADING"),
    "consignee in another spelling": lambda row: row | {"consignee_name": row["consignee_name"] + " LTD"},
    "license-code-differs": _set(license_code="C60"),
    "license-number-differs": _set(license_number="D399999"),
    "origin-differs": lambda row: row | {"origin_df": "F" if row["origin_df"] == "D" else "D"},
    "filing-cancelled": _set(status="cancelled"),
    "itn-differs": lambda row: row | {"itn": row["itn"][:9] + row["itn"][:8:-1]},
}
GONE = ("SC20260415-1", "SC20260423-1")  # AES holds nothing of them
SHORTER = "SC20260416-1"  # of this one AES holds one line only
UNRECORDED = {"SC20260422-1": "X20260421004722"}  # AES holds it; the record has no ITN


def put_differences(rows: list[Row], rng: np.random.Generator) -> list[Row]:
    """The lines of the filings, some of them changed, some gone and some without a shipment."""
    lines = Counter(row["itn"] for row in rows)
    suits = [at for at, row in enumerate(rows) if lines[row["itn"]] == 1 and int(row["value_usd"]) > 4_000
             and row["shipment_reference"].startswith("SH") and row["routed"] == "N"]  # fmt: skip
    mixed = rng.permutation(suits).tolist()
    licensed, others = (iter([at for at in mixed if (rows[at]["license_code"] == "C30") is it]) for it in (True, False))
    changed = list(rows)
    for kind, change in DIFFERENCES.items():
        for at in islice(licensed if kind == "license-number-differs" else others, TWICE):
            changed[at] = change(changed[at])
    alone = [_alone(changed[next(others)], at) for at in range(4)]
    for row in changed:
        if row["shipment_reference"] == "SC20260414-1":
            row["destination"] = "SA"  # under a license exception AES wants the country of the end user
    return [row for row in changed if not _is_gone(row)] + alone


def _is_gone(row: Row) -> bool:
    return row["shipment_reference"] in GONE or (row["shipment_reference"] == SHORTER and row["line_number"] == "2")


def _alone(row: Row, at: int) -> Row:
    """A filing like this one, of which no shipment line is: two of our own, one by another filer, one routed."""
    other = {"filer_id": "00333000700" if at >= 2 else USPPI_ID, "routed": "Y" if at == 3 else "N"}
    names = {"itn": f"{row['itn'][:9]}99{at}{row['itn'][12:]}", "shipment_reference": f"REF-{4711 + at}",
             "invoice_number": f"PO-{8800 + at}"}  # fmt: skip
    return row | other | names
