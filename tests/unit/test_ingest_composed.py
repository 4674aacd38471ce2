"""What a layout that composes and splits reads of a cell, and which rows it quarantines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.desk import Desk, make_desk
from transforms.ingest.load import Loaded
from transforms.layouts.piece import FORMS

LAYOUT = """
id: composed
title: Cells with several facts, facts of several cells
format: {delimiter: ";", decimal: "."}
columns:
  shipment_id: {headings: Ref, prefix: "DN-", suffix: "/X"}
  line_number: Item
  export_on: {join: [Day, Time], dates: ["%d.%m.%Y"]}
  value_recorded: {headings: Amount, part: amount}
  currency: {headings: Amount, part: currency, values: {"US$": USD}, blank: USD}
  consignee_name: {join: [Name 1, Name 2], separator: ", "}
  destination: {headings: Place, part: {separator: ", ", number: -1}}
  destination_region: {headings: Place, part: {separator: ", ", number: 1, of: 2, optional: true}}
  invoice_number: {headings: Invoice, part: {pattern: 'INV-([0-9]+)'}}
  consignee_country: {headings: Plant, lookup: {file: plants.csv, by: Plant, column: country}}
  uom: {headings: Unit, values: {STK: PCS}, blank: PCS}
constants: {activity: export, form: tangible}
"""
HEADINGS = ("Ref", "Item", "Day", "Time", "Amount", "Name 1", "Name 2", "Place", "Invoice", "Plant", "Unit")
USUAL = dict(zip(HEADINGS, ("", "1", "03.02.2025", "", "", "", "", "", "", "", ""), strict=True))
PLANTS = "Plant,country\n0100,DE\n0200,CA\n0300,\n"

READ: list[tuple[dict[str, str], dict[str, Any]]] = [
    ({"Amount": "EUR 1,250.00"}, {"value_recorded": Decimal(1250), "currency": "EUR"}),
    ({"Amount": "1,250.00 €"}, {"value_recorded": Decimal(1250), "currency": "EUR"}),
    ({"Amount": "USD1250"}, {"value_usd": Decimal(1250), "currency": "USD"}),
    ({"Amount": "US$ 12.50"}, {"value_usd": Decimal("12.5"), "currency": "USD"}),
    ({"Amount": "12.50"}, {"value_usd": Decimal("12.5"), "currency": "USD"}),
    ({"Amount": "-3 CAD"}, {"value_recorded": Decimal(-3), "currency": "CAD"}),
    ({"Amount": ""}, {"value_recorded": None, "currency": "USD"}),
    ({"Name 1": "Acme", "Name 2": "Dept. 4"}, {"consignee_name": "Acme, Dept. 4"}),
    ({"Name 1": " Acme ", "Name 2": " "}, {"consignee_name": "Acme"}),
    ({"Name 2": "Dept. 4"}, {"consignee_name": "Dept. 4"}),
    ({}, {"consignee_name": "", "destination": "", "invoice_number": "", "consignee_country": "", "uom": "PCS"}),
    ({"Place": "ON, Canada"}, {"destination": "CA", "destination_region": "ON"}),
    ({"Place": "Canada"}, {"destination": "CA", "destination_region": ""}),
    ({"Invoice": "see INV-0042 of May"}, {"invoice_number": "0042"}),
    ({"Plant": "0100"}, {"consignee_country": "DE"}),
    ({"Plant": " 0200 "}, {"consignee_country": "CA"}),
    ({"Plant": "0300"}, {"consignee_country": ""}),
    ({"Unit": "STK"}, {"uom": "PCS"}),
    ({"Unit": "KG"}, {"uom": "KG"}),
    ({"Day": "04.02.2025", "Time": "14:30:00"}, {"export_on": date(2025, 2, 4)}),
]
UNREAD = [
    ({"Amount": "EUR 12 USD"}, [("currency", "EUR 12 USD", "part-not-found"),
                                ("value_recorded", "EUR 12 USD", "part-not-found")]),
    ({"Amount": "free of charge"}, [("currency", "free of charge", "part-not-found"),
                                    ("value_recorded", "free of charge", "part-not-found")]),
    ({"Amount": "EUR 1,2,3"}, [("value_recorded", "1,2,3", "not-a-number")]),
    ({"Invoice": "42"}, [("invoice_number", "42", "part-not-found")]),
    ({"Plant": "100"}, [("consignee_country", "100", "not-in-table")]),
    ({"Place": "Korea, South"}, [("destination", "South", "unknown-country")]),
    ({"Day": "", "Time": "14:30:00"}, [("export_on", "14:30:00", "not-a-date")]),
]  # fmt: skip


@dataclass(frozen=True)
class Taken:
    """What became of one extract with a row for each case."""

    desk: Desk
    text: str
    loaded: Loaded
    lines: dict[str, dict[str, Any]]
    problems: dict[int, list[tuple[str, str, str]]]


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Taken:
    desk = make_desk(tmp_path_factory.mktemp("composed"))
    desk.add_layout("composed", LAYOUT)
    (desk.home.root / "layouts" / "plants.csv").write_text(PLANTS)
    cases = [cells for cells, _ in [*READ, *UNREAD]]
    rows = [";".join((USUAL | {"Ref": f"DN-V{at}/X"} | cells).values()) for at, cells in enumerate(cases)]
    text = "\n".join([";".join(HEADINGS), *rows]) + "\n"
    loaded = desk.take(text)
    names = [row[0] for row in desk.rows("select column_name from (describe lines)")]
    lines = {row[names.index("shipment_id")]: dict(zip(names, row, strict=True)) for row in desk.rows("from lines")}
    problems = {
        number: [(one["column_name"], one["recorded"], one["code"]) for one in told]
        for number, told in desk.rows("select row_number, problems from quarantine")
    }
    return Taken(desk, text, loaded, lines, problems)


@pytest.mark.parametrize("place", range(len(READ)))
def test_a_cell_is_taken_apart_or_put_together(taken: Taken, place: int) -> None:
    _, expected = READ[place]
    line = taken.lines[f"V{place}"]
    assert {name: line[name] for name in expected} == expected


@pytest.mark.parametrize("place", range(len(UNREAD)))
def test_a_cell_that_cannot_be_taken_apart_or_looked_up_sets_its_row_aside(taken: Taken, place: int) -> None:
    _, expected = UNREAD[place]
    assert taken.problems[len(READ) + place + 1] == expected


def test_every_row_is_accounted_for(taken: Taken) -> None:
    assert taken.loaded.adds_up
    assert (taken.loaded.loaded, taken.loaded.quarantined) == (len(READ), len(UNREAD))
    assert taken.loaded.codes["not-in-table"] == 1


@settings(max_examples=60, deadline=None)
@given(
    number=st.decimals(0, 10**9, places=2),
    sign=st.sampled_from(["EUR", "USD", "€", "kr.", "CHF"]),
    is_before=st.booleans(),
    gap=st.sampled_from(["", " ", "  "]),
)
def test_an_amount_and_its_currency_come_apart_whatever_their_order(
    number: Decimal, sign: str, is_before: bool, gap: str
) -> None:
    text = f"{sign}{gap}{number:,}" if is_before else f"{number:,}{gap}{sign}"
    query = "select trim(regexp_extract($text, $form, 1) || regexp_extract($text, $form, 2))"
    read = [
        duckdb.execute(query, {"text": text, "form": FORMS[form]}).fetchall()[0][0] for form in ("amount", "currency")
    ]
    assert read == [f"{number:,}", sign]
