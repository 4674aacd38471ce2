"""An extract is read as its layout says: its delimiter, its encoding, its decimals, its quotation marks."""

from __future__ import annotations

import pytest

from tests.support.desk import Desk
from transforms.errors import InputError

ACME = """
id: acme
title: Acme forwarding, monthly extract
format: {delimiter: semicolon, encoding: %s, decimal: ","}
columns:
  shipment_id: Shipment No
  line_number: Item
  export_on: {headings: [Ship Date, Date shipped], dates: ["%%d.%%m.%%Y"]}
  transport_mode: {headings: Mode, values: {AIR: "40", "?": ""}}
  destination: {headings: Ship-to Country, values: {Ivory Cst: CI}}
  consignee_country: {headings: Ship-to Country, values: {Ivory Cst: CI}}
  description: Beschreibung für den Zoll
  value_usd: Amount
constants: {activity: export, form: tangible}
ignore: [Clerk]
"""
EXTRACT = """Shipment No;Item;Ship Date;Mode;Ship-to Country;Beschreibung für den Zoll;Amount;Clerk
70012;1;03.02.2025;AIR;Pakistan;Prüfgerät;"1250,00";JD
70012;2;03.02.2025;?;Ivory Cst;"ein
zweites";1.234.567,5;JD
70013;1;2025-02-03;AIR;Pakistan;zu kurz
70014;1;2025-02-03;AIR;Pakistan;falsches Datum;1,5;JD
"""


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CR LF"])
def test_an_extract_is_read_in_the_encoding_of_its_layout(desk: Desk, encoding: str, end: str) -> None:
    desk.add_layout("acme", ACME % encoding)
    done = desk.take(EXTRACT.replace("\n", end).encode(encoding))
    assert (done.layout, done.rows_in, done.loaded, done.quarantined) == ("acme", 4, 2, 2)
    columns = (
        "line_number, transport_mode, destination, consignee_country, replace(description, chr(13), ''), value_usd"
    )
    assert [tuple(map(str, cells)) for cells in desk.rows(f"select {columns} from lines order by 1")] == [
        ("1", "40", "PK", "PK", "Prüfgerät", "1250.0000"),
        ("2", "", "CI", "CI", "ein\nzweites", "1234567.5000"),
    ]
    assert desk.rows("select row_number from quarantine order by 1") == [(3,), (4,)]
    assert [path.read_bytes() for path in desk.home.landed.iterdir()] == [EXTRACT.replace("\n", end).encode(encoding)]


def test_an_open_quotation_mark_is_seen_in_any_encoding(desk: Desk) -> None:
    desk.add_layout("acme", ACME % "utf-16")
    with pytest.raises(InputError, match="quotation mark is not closed"):
        desk.take(EXTRACT.replace(";zu kurz", ';"zu kurz').encode("utf-16"))


def test_a_broken_utf_16_file_is_told_and_leaves_nothing_behind(desk: Desk) -> None:
    desk.add_layout("acme", ACME % "utf-16")
    with pytest.raises(InputError, match="not utf-16 text"):
        desk.take(EXTRACT.encode("utf-16") + b"\x00\xd8\x20")
    assert list(desk.home.landed.iterdir()) == []


def test_of_two_layouts_with_one_set_of_headings_the_format_decides(desk: Desk) -> None:
    columns = "columns: {shipment_id: Shipment, line_number: Item, export_on: Day, value_usd: Amount}\n"
    desk.add_layout("us", f"id: us\ntitle: US\n{columns}")
    desk.add_layout("de", f'id: de\ntitle: DE\nformat: {{delimiter: semicolon, decimal: ","}}\n{columns}')
    assert desk.take("Shipment,Item,Day,Amount\nA,1,2025-02-03,1.5\n").layout == "us"
    assert desk.take("Shipment;Item;Day;Amount\nA;1;2025-02-03;1,5\n").layout == "de"
    assert desk.rows("select source, value_usd::double from lines order by 1") == [("de", 1.5), ("us", 1.5)]


def test_two_layouts_that_both_fit_are_both_named(desk: Desk) -> None:
    columns = "columns: {shipment_id: Shipment, line_number: Item, export_on: Day}\n"
    desk.add_layout("one", f"id: one\ntitle: One\n{columns}")
    desk.add_layout("two", f"id: two\ntitle: Two\nformat: {{encoding: latin-1}}\n{columns}")
    with pytest.raises(InputError, match=r"one, two\. Choose one with --layout"):
        desk.take("Shipment,Item,Day\nA,1,2025-02-03\n")


def test_a_source_that_never_quotes_may_use_quotation_marks_as_inches(desk: Desk) -> None:
    desk.add_layout(
        "pipes",
        'id: pipes\ntitle: Pipes\nformat: {delimiter: pipe, quote: ""}\n'
        "columns: {shipment_id: Ref, line_number: Item, export_on: Day, description: Text}\n",
    )
    done = desk.take('Ref|Item|Day|Text\nA|1|2025-02-03|"5 inch\nB|1|2025-02-03|6" pipe\nC|1|2025-02-03\n')
    assert (done.rows_in, done.loaded, done.quarantined) == (3, 2, 1)
    assert desk.rows("select description from lines order by shipment_id") == [('"5 inch',), ('6" pipe',)]
