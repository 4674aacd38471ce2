"""Totals, repeated page heads, footers and blank rows are told and kept, and are neither lines nor quarantined rows."""

from __future__ import annotations

import pytest

from tests.support.desk import Desk

LAYOUT = """
id: erp
title: Deliveries of an ERP
format: {delimiter: semicolon, decimal: ","}
columns:
  shipment_id: Delivery
  line_number: Item
  export_on: {headings: Goods issue, dates: ["%d.%m.%Y", serial]}
  destination: Country
  part_number: Material
  description: Description
  quantity: Quantity
  value_usd: Net value
"""
HEADINGS = "Delivery;Item;Goods issue;Country;Material;Description;Quantity;Net value"
LINES = ["80001;10;03.02.2025;DE;M-1;Total organic carbon analyzer;2;1.250,00", "80001;20;45691;PK;M-2;Pump;1;980,50-"]


@pytest.fixture
def erp(desk: Desk) -> Desk:
    folder = desk.home.root / "layouts"
    folder.mkdir(exist_ok=True)
    (folder / "erp.yml").write_text(LAYOUT, encoding="utf-8")
    return desk


LEFT_OUT = {
    "a total with its word": (";;;;Total;;3;2.230,50", "total"),
    "a total whose word stands first": ("Grand total;;;;;;3;2.230,50", "total"),
    "a subtotal of a shipment": ("Subtotal 80001;;;;;;3;2.230,50", "total"),
    "a German total": ("Gesamtsumme;;;;;;;2.230,50", "total"),
    "sums alone, as a list has them": (";;;;;;3;2.230,50", "total"),
    "stars, as a list has them": ("**;;;;;;3;2.230,50", "total"),
    "a total with its currency": ("Total;;;;;USD;;2.230,50", "total"),
    "a total cut short": ("Total;3;2.230,50", "total"),
    "the headings once more": (HEADINGS, "page-head"),
    "the headings in other letters": (HEADINGS.upper(), "page-head"),
    "the title once more, of the next page": ("Deliveries by country;;;;;;;Page 2", "page-head"),
    "a footer": ("Printed 2025-03-01 by JDOE", "footer"),
    "a count of rows": ("2 rows selected;;;;;;;", "footer"),
    "the end": ("*** End of report ***", "footer"),
    "blanks between delimiters": (";;;;;;;", "blank"),
    "fewer blanks": (";;", "blank"),
    "a space": ("   ", "blank"),
}


def test_rows_that_are_no_records_are_left_out_and_told(erp: Desk) -> None:
    rows = [row for row, _ in LEFT_OUT.values()]
    content = ["Deliveries by country;;;;;;;Page 1", "", HEADINGS, LINES[0], *rows, LINES[1], ""]
    loaded = erp.take("\n".join(content), "erp.csv", layout="erp")
    found = erp.rows("select row_number, reason from left_out order by row_number")
    assert dict(zip(LEFT_OUT, found, strict=True)) == {
        name: (number, reason) for number, (name, (_, reason)) in enumerate(LEFT_OUT.items(), start=2)
    }
    assert (loaded.loaded, loaded.quarantined, loaded.rows_in) == (2, 0, len(LEFT_OUT) + 2)
    assert loaded.left_out == len(LEFT_OUT) == sum(loaded.left_out_reasons.values())


KEPT_IN_QUARANTINE = {
    "a line without its date": "80002;10;;DE;M-3;Total station;1;100,00",
    "a line whose number cannot be read": "Total;x;03.02.2025;DE;M-3;Valve;1;100,00",
    "a line cut short": "80002;10;03.02.20",
    "a line cut to its key": "80002",
    "a line cut short, whose key begins as totals do": "SUM-100;10;03.02",
    "a line of the letters of the title": "80002;10;;US;;;1;100,00",
    "the rest of a line that was broken in two": "blue steel, 10 mm;1;100,00",
    "a word of totals over text": "Total Petroleum GmbH;;;DE;M-3;Valve;1;100,00",
}


def test_rows_that_may_be_records_stay_in_quarantine(erp: Desk) -> None:
    rows = list(KEPT_IN_QUARANTINE.values())
    loaded = erp.take("\n".join(["US", HEADINGS, LINES[0], *rows, LINES[1], ""]), "erp.csv", layout="erp")
    kept = [number for (number,) in erp.rows("select row_number from quarantine order by row_number")]
    assert (loaded.loaded, loaded.left_out, kept) == (2, 0, list(range(2, len(rows) + 2)))


def test_a_layout_names_words_of_its_own(erp: Desk) -> None:
    layout = erp.home.root / "layouts" / "erp.yml"
    told = layout.read_text(encoding="utf-8").replace("decimal:", "totals: [Übertrag], skip: [Stand vom], decimal:")
    layout.write_text(told, encoding="utf-8")
    rows = [HEADINGS, *LINES, "Übertrag Werk Nord;;;;;Blatt 1;;2.230,50", "Stand vom Freitag;;;;;;;", ""]
    assert erp.take("\n".join(rows), "erp.csv", layout="erp").left_out_reasons == {"total": 1, "footer": 1}


def test_a_number_is_read_as_lists_print_it(erp: Desk) -> None:
    erp.take("\n".join([HEADINGS, *LINES, ""]), "erp.csv", layout="erp")
    read = erp.rows("select export_on::varchar, value_usd::varchar from lines order by line_number")
    assert read == [("2025-02-03", "1250.0000"), ("2025-02-03", "-980.5000")]
