"""Lay the hand-written cases out as canonical lines; what a case does not say follows from the catalog."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from data.sample import paperwork
from data.sample.cases import Case
from data.sample.cases_ccl import ccl_parts
from data.sample.catalog import COLUMNS, FORWARDERS, ODD_PARTS, USPPI_ID, USPPI_NAME, rows
from data.sample.paperwork import KIND
from data.sample.tables import AT, BUYER_FIRST, BUYER_NAMES, BUYER_TYPES, PARTS

PART = {part[0]: part for part in [*reversed(PARTS), *rows(ODD_PARTS), *ccl_parts()]}


def as_table(cases: list[Case], prefix: str = "SC") -> pa.Table:
    """One row per case, in the given order. Shipments are named after their first day: SC20241226-1."""
    shipments: dict[date, int] = {}
    made: list[dict[str, str]] = []
    kinds, serials, filed, legends = [], [], [], []
    for at, case in enumerate(cases):
        above = made[-1] if made else {}
        if "same" not in case.remarks:
            shipments[case.export_on] = shipments.get(case.export_on, 0) + 1
        name = f"{prefix}{case.export_on:%Y%m%d}-{shipments[case.export_on]}"
        made.append(_row(case, name, int(above["line_number"]) + 1 if "same" in case.remarks else 1))
        if {"same", "beside"} & set(case.remarks):
            made[-1]["conveyance"] = above["conveyance"]
        known = case.filing in KIND
        kinds.append(KIND[case.filing] if known else KIND["legend"])
        legends.append("" if known else case.filing)
        back = bool(serials) and (case.filing == "reuse" or "same" in case.remarks)
        serials.append(serials[-1] if back else 900_000 + int(f"{case.export_on:%m%d}") + 10_000 * (at % 9))
        lag = 3 if case.filing in ("late", "after") else -1
        filed.append(filed[-1] if back else case.export_on + timedelta(days=lag))
    exported = pa.array([row["export_on"] for row in made])
    dates = pa.array([str(day) for day in filed])
    filing = paperwork.itn_columns(np.array(kinds), pa.array(legends, pa.string()), dates, np.array(serials), exported)
    table = pa.table({**{key: [row[key] for row in made] for key in made[0]}, **filing}).select(COLUMNS)
    return pa.Table.from_pylist(
        [row | case.columns for row, case in zip(table.to_pylist(), cases, strict=True)], table.schema
    )


def _row(case: Case, shipment_id: str, line_number: int) -> dict[str, str]:
    """The columns of one case, save those of its filing."""
    _, description, before, after, schedule_b, uom, price, *_ = PART[case.part]
    recorded = after if case.export_on >= paperwork.SPECTRAL_FROM else before
    code, number, paragraph = (*case.authority.split(), "", "", "")[:3]
    activity = "in_country_transfer" if "transfer" in case.remarks else "export"
    activity = "reexport" if case.remark("reexport") else activity
    leaves_us, tangible = activity == "export", schedule_b != ""
    carried = leaves_us and tangible
    by_forwarder = next(((name, iso) for name, iso, _ in FORWARDERS if iso == case.remark("via")), ("", ""))
    user = case.remark("end_user")
    buyer = BUYER_FIRST[AT[case.destination]]
    plain = shipment_id[2:].replace("-", "")
    return {
        "shipment_id": shipment_id,
        "line_number": str(line_number),
        "export_on": str(case.export_on),
        "tendered_on": str(case.tendered_on or ""),
        "activity": activity,
        "form": "tangible" if tangible else "intangible",
        "usppi_id": USPPI_ID if leaves_us else "",
        "usppi_name": USPPI_NAME if leaves_us else "",
        "consignee_name": BUYER_NAMES[buyer],
        "consignee_country": case.destination,
        "consignee_type": str(BUYER_TYPES[buyer]),
        "intermediate_consignee_name": by_forwarder[0],
        "intermediate_country": by_forwarder[1],
        "end_user_name": BUYER_NAMES[BUYER_FIRST[AT[user]]] if user else "",
        "end_user_country": user,
        "destination": case.destination,
        "shipped_from": case.remark("reexport") or ("US" if leaves_us else case.destination),
        "part_number": case.part,
        "description": description,
        "eccn": case.eccn or recorded,
        "schedule_b": schedule_b,
        "origin_df": "F" if "foreign" in case.remarks else "D",
        "quantity": str(max(1, round(float(case.value) / float(price)))),
        "uom": uom,
        "value_usd": case.value,
        "license_code": code,
        "license_number": number,
        "exception_paragraph": paragraph,
        "transport_mode": "40" if tangible else "",
        "conveyance": f"Parcel Otter PO{plain[2:]}" if tangible else "",
        "port_of_export": "4701" if carried else "",
        "routed": "N" if carried else "",
        "invoice_number": f"INV-C{plain}",
    }
