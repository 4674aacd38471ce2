"""A report of what AES holds is loaded like any extract; its cells CODE - TEXT are their codes."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from tests.support.desk import Desk
from transforms.kinds import FILINGS

AESDIRECT = {
    "ITN": "AES X20250203000001", "Line #": "1", "Filing Status": "CANCELED", "Departure Date": "02/03/2025",
    "Shipment Reference Number": "S-1", "Country of Destination": "PK - Pakistan", "Consignee Country": "KV",
    "Ultimate Consignee Name": "AB - Labs", "Consignee Type": "R - Reseller", "Commodity Description": "X - a pump",
    "Schedule B or HTS Number": "9027.50 4015", "Origin of Goods": "D - Domestic", "1st Quantity": "2",
    "1st UOM": "NO - Number", "Value of Goods (whole US Dollars)": "1200", "ECCN": "3a999",
    "License Type Code/License Exemption Code": "C33 - NLR", "License Number": "nlr",
    "Filing Option": "2 - Predeparture", "Mode of Transport (MOT)": "40 - Air",
    "Conveyance Name/Carrier Name": "PK 7 - A",
    "Port of Export": "2704 - Los Angeles; CA", "Routed Transaction?": "Yes", "Country": "US",
    "Export Information Code": "OS - ALL OTHER EXPORTS",
}  # fmt: skip

WEBLINK = {
    "ITN": "X20250203000001", "LINE": "1", "SRN": "S-1", "EDA": "250203", "COD": "PK", "AD0_1": "Maker Inc",
    "AD1_3": "AB Labs", "AD1_12": "BU", "IT_2": "1200", "IT_3": "NO", "IT_4": "2", "IT_8": "C33", "IT_9": "NLR",
    "IT_13": "9027504015", "IT_20": "3A999", "IT_21": "D", "MOT": "40", "FO": "2", "RT": "N", "IT_1": "OS", "ST": "CA",
}  # fmt: skip


def report(*rows: dict[str, str]) -> str:
    """Return rows as an extract with the headings of the first."""
    return "".join(",".join(cells) + "\n" for cells in (rows[0].keys(), *(row.values() for row in rows)))


def canonical(*rows: str) -> str:
    """Return an extract of the layout `filings`."""
    return "".join(one + "\n" for one in ("itn,line_number,export_on,destination,value_usd,license_code", *rows))


def test_the_columns_are_those_of_the_table_in_its_order(desk: Desk) -> None:
    desk.take(canonical("X1,1,,,,"))
    names = tuple(name for name, *_ in desk.rows("describe filings"))
    assert names[1 : len(FILINGS.names) + 1] == FILINGS.names


def test_a_report_under_the_labels_of_aesdirect_is_read(desk: Desk) -> None:
    done = desk.take(report(AESDIRECT))
    assert (done.kind, done.layout, done.loaded) == ("filings", "aesdirect", 1)
    ((*cells,),) = desk.rows(
        "select * exclude (batch_id, known_from, known_until, extracted_at, identity_hash, row_hash) from filings"
    )
    assert dict(zip(("source", *FILINGS.names), cells, strict=True)) == {
        "source": "aesdirect", "itn": "X20250203000001", "shipment_reference": "S-1", "line_number": 1,
        "status": "cancelled", "export_on": date(2025, 2, 3), "filer_id": None, "usppi_id": None, "usppi_name": None,
        "consignee_name": "AB - Labs", "consignee_country": "XK", "consignee_type": "R", "intermediate_country": None,
        "destination": "PK", "description": "X - a pump", "schedule_b": "9027504015", "origin_df": "D",
        "quantity": Decimal(2), "uom": "NO", "value_usd": Decimal(1200), "eccn": "3A999", "license_code": "C33",
        "license_number": "NLR", "filing_option": "2", "transport_mode": "40", "conveyance": "PK 7 - A",
        "port_of_export": "2704", "routed": "Y", "invoice_number": None, "transmitted_at": None,
    }  # fmt: skip


def test_the_fields_of_weblink_are_read(desk: Desk) -> None:
    done = desk.take(report(WEBLINK, WEBLINK | {"LINE": "2", "EDA": "02/03/25"}))
    assert (done.kind, done.layout, done.loaded) == ("filings", "weblink", 2)
    columns = "itn, export_on, destination, consignee_country, usppi_name, value_usd, license_code, eccn, routed"
    assert desk.rows(f"select distinct {columns} from filings") == [
        ("X20250203000001", date(2025, 2, 3), "PK", "MM", "Maker Inc", 1200, "C33", "3A999", "N")
    ]


@pytest.mark.parametrize(
    ("column", "texts"),
    {
        "license_code": {"C33 - NLR": "C33", "c33": "C33", "C33 – NLR": "C33", "NLR": "", "": ""},
        "transport_mode": {"40 - Air": "40", "40": "40", "AIR": "AIR", "Truck - other": "Truck - other"},
        "destination": {"PK - Pakistan": "PK", "GZ - Gaza": "PS", "Guinea-Bissau": "GW", "KOR - Korea": "KR", "": ""},
        "schedule_b": {"9027.50.4015 - OTHER": "9027504015", "0101.21 0010": "0101210010"},
        "routed": {"Y - Yes": "Y", "no": "N", "?": "?", "": ""},
        "status": {
            "ACCEPTED": "accepted", "A - Accepted": "accepted", "Canceled": "cancelled", "IN_PROCESS": "in process",
            "Cancelled ": "cancelled", "": "",
        },
        "itn": {"aes x20250203000001": "X20250203000001", "x2": "X2", "AES X20250203000009 SS": "X20250203000009"},
        "consignee_name": {"AB - Labs": "AB - Labs"},
    }.items(),
)  # fmt: skip
def test_a_cell_is_read_as(desk: Desk, column: str, texts: dict[str, str]) -> None:
    names = list(dict.fromkeys(["itn", "line_number", column]))
    cells = [{"itn": "X1", "line_number": str(number)} | {column: text} for number, text in enumerate(texts)]
    desk.take("\n".join([",".join(names), *(",".join(one[name] for name in names) for one in cells)]) + "\n")
    assert [text for (text,) in desk.rows(f"select {column} from filings order by line_number")] == [*texts.values()]


def test_a_line_that_cannot_be_read_is_set_aside_with_every_reason(desk: Desk) -> None:
    done = desk.take(canonical(",x,soon,KOREA - NORTH,1e5,#N/A", "X1,1,,,,"))
    assert (done.rows_in, done.loaded, done.quarantined) == (2, 1, 1)
    ((number, problems),) = desk.rows("select row_number, problems from quarantine")
    assert number == 1
    assert {one["column_name"]: one["recorded"] for one in problems} == {
        "itn": "", "line_number": "x", "export_on": "soon", "value_usd": "1e5", "destination": "KOREA - NORTH",
        "license_code": "#N/A",
    }  # fmt: skip


def test_filings_are_restated_repeated_and_set_aside_as_lines_are(desk: Desk) -> None:
    first, second = datetime(2026, 1, 1), datetime(2026, 2, 1)
    one, other, third = (f"X2025020300000{number}" for number in (1, 2, 3))
    desk.take(canonical(f"{one},1,,PK,5,", f"{one},2,,PK,5,", f"{other},1,,PK,5,"), known_from=first)
    again = canonical(f"{one},1,,PK,6,", f"AES {one},2,,PK,5.0,", f"{third},1,,,7,", f"{third},1,,,8,")
    done = desk.take(again, known_from=second)
    assert (done.rows_in, done.loaded, done.duplicates, done.restated, done.quarantined) == (4, 0, 1, 1, 2)
    query = f"select value_usd, known_from, known_until from filings where line_number = 1 and itn = '{one}'"
    assert desk.rows(query) == [(5, first, second), (6, second, None)]
    assert desk.rows("select row_number, problems[1].recorded from quarantine order by 1") == [
        (3, f"{third} line 1"), (4, f"{third} line 1"),
    ]  # fmt: skip


def test_an_export_after_today_is_told_of_filings_too(guarded: Desk) -> None:
    done = guarded.take(canonical("X1,1,2098-01-01,,,"))
    assert [one["name"] for one in done.door if not one["success"]] == ["dates_not_ahead"]
