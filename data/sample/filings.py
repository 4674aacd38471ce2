"""What AES holds for the shipments of the sample: lines summed as filed, and differences put in on purpose."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import groupby

import numpy as np
import pyarrow as pa

from data.sample.catalog import FILED, USPPI_ID, USPPI_NAME
from data.sample.held import UNRECORDED, put_differences

FIRST_DAY = "2026-01-01"
AGENT_ID = "00555000100"  # no real EIN begins with 00
OF_A_FILING = (
    "usppi_id", "consignee_country", "consignee_type", "intermediate_country", "destination", "export_on",
    "transport_mode", "conveyance", "port_of_export", "routed", "invoice_number",
)  # fmt: skip
Row = dict[str, str]


def held_in_aes(shipped: list[Row], seed: int) -> pa.Table:
    """The lines of every filing for these shipment lines, as the true records had them, sorted by ITN."""
    exported = [row for row in shipped if row["export_on"] >= FIRST_DAY and row["activity"] == "export"]
    made: list[Row] = []
    known: set[str] = set()
    for _, of_one in groupby(exported, key=lambda row: row["shipment_id"]):
        rows = list(of_one)
        itn = true_itn(rows[0]) or UNRECORDED.get(rows[0]["shipment_id"], "")
        if rows[0]["form"] == "tangible" and itn and itn not in known:  # a reused ITN is that of its first shipment
            known.add(itn)
            made += _filing(rows, itn)
    made = put_differences(made, np.random.default_rng(seed))
    whole = [{name: row.get(name, "") for name in FILED} for row in made]
    whole.sort(key=lambda row: (row["itn"], int(row["line_number"])))
    return pa.Table.from_pylist(whole, pa.schema([(name, pa.string()) for name in FILED]))


def true_itn(row: Row) -> str:
    """The ITN that AES gave: as recorded, or what became of it in typing; for a citation the one given later."""
    digits = re.sub(r"\D", "", row["itn"].replace("O", "0"))
    if len(digits) == 14:
        return "X" + digits
    if row["eei_exemption"].startswith("AES"):
        filed_on = date.fromisoformat(row["export_on"]) + timedelta(days=2)
        return f"X{filed_on:%Y%m%d}{int(re.sub(r'[^0-9]', '', row['shipment_id'])) * 7919 % 900_000:06d}"
    return ""


def _filing(lines: list[Row], itn: str) -> list[Row]:
    """One filing line per Schedule B number and origin, apart for each ECCN and authority: AES takes one of each."""
    first = lines[0]
    common = {name: first[name] for name in OF_A_FILING} | {
        "itn": itn, "shipment_reference": first["shipment_id"], "status": "accepted", "usppi_name": USPPI_NAME.upper(),
        "consignee_name": first["consignee_name"].upper(), "filing_option": first["filing_option"] or "2",
        "filer_id": AGENT_ID if first["routed"] == "Y" else USPPI_ID,
    }  # fmt: skip
    apart: dict[tuple[str, ...], list[Row]] = {}
    for line in lines:
        key = (line["schedule_b"], line["origin_df"], line["eccn"][:5], line["license_code"], line["license_number"])
        apart.setdefault(key, []).append(line)
    return [
        common | {
            "line_number": str(at), "description": goods[0]["description"].upper(), "uom": goods[0]["uom"],
            "quantity": str(max(1, sum(int(line["quantity"]) for line in goods))),
            "value_usd": str(int(sum(round(float(line["value_usd"]) * 100) for line in goods) / 100 + 0.5)),
            "schedule_b": schedule_b, "origin_df": origin, "eccn": eccn, "license_code": code, "license_number": number,
        }
        for at, ((schedule_b, origin, eccn, code, number), goods) in enumerate(apart.items(), start=1)
    ]  # fmt: skip
