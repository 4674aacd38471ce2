"""Layouts that compose and split: what each key is, and how each fault of it is refused."""

from __future__ import annotations

import pytest

from tests.support.layouts import HEAD, WHOLE, acme, refusal, write
from transforms.errors import InputError
from transforms.layouts.match import is_fit, match
from transforms.layouts.read import LayoutError, read_layout

TABLE = "  destination: {headings: Plant, lookup: {file: plants.csv, by: Plant, column: Country}}\n"

FAULTS = {
    "headings and join": ("uom: {headings: U, join: [A, B]}", ["columns.uom: both headings and join"]),
    "neither headings nor join": ("uom: {blank: PCS}", ["columns.uom: neither headings nor join"]),
    "one heading joined": ("uom: {join: A}", ["columns.uom.join: only 'A' is joined", "headings: for one"]),
    "a heading joined twice": ("uom: {join: [A, a]}", ["columns.uom.join: the heading 'a' appears twice"]),
    "a separator without join": ("uom: {headings: A, separator: ','}", ["a separator is given without join"]),
    "an unknown key of a column": ("uom: {headings: A, joined: B}", ["joined: unknown key; did you mean 'join'?"]),
    "an unknown form": ("uom: {headings: A, part: amuont}", ["uom.part.form: 'amuont' is not known", "'amount'?"]),
    "an unknown key of a part": ("uom: {headings: A, part: {seperator: /}}", ["did you mean 'separator'?", "pattern"]),
    "a part that is nothing": ("uom: {headings: A, part: {number: 2}}", ["uom.part: nothing says which part"]),
    "a part in two ways": ("uom: {headings: A, part: {separator: /, pattern: (a)}}", ["separator and pattern are"]),
    "a number without a separator": ("uom: {headings: A, part: {pattern: (a), number: 2}}", ["without a separator"]),
    "piece nought": ("uom: {headings: A, part: {separator: /, number: 0}}", ["number: 0 is no piece of a cell"]),
    "a piece that is no number": ("uom: {headings: A, part: {separator: /, number: x}}", ["which of the pieces"]),
    "the third of two pieces": ("uom: {headings: A, part: {separator: /, number: 3, of: 2}}", ["piece 3 of 2 is not"]),
    "one piece of one": ("uom: {headings: A, part: {separator: /, of: 1}}", ["uom.part.of: a cell of 1 pieces"]),
    "a pattern without a group": ("uom: {headings: A, part: {pattern: 'a+'}}", ["'a+' has no group", "one group"]),
    "a pattern with two groups": ("uom: {headings: A, part: {pattern: '(a)(b)'}}", ["has more than one group"]),
    "a pattern that is none": ("uom: {headings: A, part: {pattern: '(a'}}", ["cannot be read: missing ): (a"]),
    "a pattern that looks ahead": ("uom: {headings: A, part: {pattern: '(?=a)(b)'}}", ["invalid perl operator"]),
    "a choice that is none": ("uom: {headings: A, part: {separator: /, optional: maybe}}", ["true or false"]),
    "a blank that does not fit": ("quantity: {headings: A, blank: none}", ["quantity.blank: 'none' cannot be read"]),
    "a blank for a blank": ("uom: {headings: A, blank: ''}", ["uom.blank: blank stays blank"]),
    "a lookup without a column": ("uom: {headings: A, lookup: {file: x.csv, by: A}}", ["lookup.column: the key is"]),
    "an unknown key of a lookup": (
        "uom: {headings: A, lookup: {file: x.csv, by: A, colunm: B}}",
        ["lookup.colunm: unknown key; did you mean 'column'?"],
    ),
    "a table in another folder": (
        "uom: {headings: A, lookup: {file: ../x.csv, by: A, column: B}}",
        ["lookup.file: '../x.csv' is not the name of a table", "in the folder of the layout"],
    ),
    "a table that is no CSV": ("uom: {headings: A, lookup: {file: x.xlsx, by: A, column: B}}", ["is not the name of"]),
    "a table that is not there": ("uom: {headings: A, lookup: {file: x.csv, by: A, column: B}}", ["x.csv: the table"]),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_layout_that_composes_is_refused_with_key_and_what_is_allowed(tmp_path, case):
    text, expected = FAULTS[case]
    message = refusal(tmp_path, f"{WHOLE}  {text}\n")
    assert [part for part in expected if part not in message] == [], message


def test_a_blank_does_not_name_rows_and_every_fault_is_told_at_once(tmp_path):
    text = HEAD + "columns: {shipment_id: {headings: No, blank: X}, line_number: Item, export_on: {join: [A, a]}}\n"
    message = refusal(tmp_path, text)
    assert "columns.shipment_id.blank: rows without a shipment_id would all have the same" in message
    assert "columns.export_on.join: the heading 'a' appears twice" in message


TABLES = {
    "no such heading": ("Plant,Land\n1,DE\n", ["lookup.column: the table has no heading 'Country'", "Plant, Land"]),
    "a near heading": ("Plnat,Country\n1,DE\n", ["lookup.by: the table has no heading 'Plant'; did you mean 'Plnat'"]),
    "a heading twice": ("Plant,Country,plant\n1,DE,2\n", ["row 1: the heading 'plant' appears twice"]),
    "a key twice": ("Plant,Country\n1,DE\n2,FR\n1,US\n", ["row 4: Plant '1' appears twice, first in row 2"]),
    "a key that is blank": ("Plant,Country\n ,DE\n", ["row 2: Plant is blank"]),
    "a row cut short": ("Plant,Country\n1\n", ["row 2: the row has 1 cells (allowed: 2"]),
    "no rows": ("Plant,Country\n", ["the table has no rows"]),
    "nothing": ("", ["the table has no heading 'Plant'", "a first row with the headings"]),
    "no text": (b"Plant,Country\n1,\xff\n", ["the table cannot be read", "in UTF-8"]),
    "an open quotation mark": ('Plant,Country\n1,"DE\n', ["the table cannot be read"]),
    "too many bytes": ("Plant,Country\n1," + "x" * 1_000_000, ["the table has 1,000,016 bytes (allowed: at most"]),
    "too many rows": ("Plant,Country\n" + "".join(f"{n},DE\n" for n in range(5_001)), ["the table has 5,001 rows"]),
}


@pytest.mark.parametrize("case", TABLES)
def test_a_table_is_refused_with_its_row_and_what_is_allowed(tmp_path, case):
    content, expected = TABLES[case]
    (tmp_path / "plants.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    message = refusal(tmp_path, WHOLE + TABLE)
    assert message.startswith(str(tmp_path / "plants.csv"))
    assert [part for part in expected if part not in message] == [], message


def test_a_value_of_a_table_must_fit_its_column_and_few_of_many_faults_are_told(tmp_path):
    (tmp_path / "plants.csv").write_text("Plant,Amount\n" + "".join(f"{n},much\n" for n in range(15)))
    lookup = "lookup: {file: plants.csv, by: Plant, column: Amount}"
    message = refusal(tmp_path, f"{WHOLE}  quantity: {{headings: Plant, {lookup}}}\n")
    assert "row 2: 'much' cannot be read as quantity (allowed: a number as 1234.50)" in message
    assert "5 more faults" in message
    assert len(message.splitlines()) == 11


def test_a_table_that_is_a_link_out_of_the_folder_is_refused(tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "plants.csv").write_text("Plant,Country\n1,DE\n")
    folder = tmp_path / "layouts"
    folder.mkdir()
    (folder / "plants.csv").symlink_to(other / "plants.csv")
    assert "a link to another folder" in refusal(folder, WHOLE + TABLE)


def test_a_table_is_read_with_its_layout_and_known_by_its_hash(tmp_path):
    (tmp_path / "plants.csv").write_text("\ufeffPlant,Country\n0100, DE \n\n0200,\n", encoding="utf-8")
    lookup = acme(tmp_path, TABLE).columns["destination"].lookup
    assert lookup is not None
    assert lookup.entries == {"0100": "DE", "0200": ""}
    assert lookup.recorded.startswith("plants.csv ")
    assert len(lookup.recorded) == len("plants.csv ") + 64


def test_joined_columns_are_found_in_the_order_of_joining_and_only_whole(tmp_path):
    layout = acme(tmp_path, "  consignee_name: {join: [Name 2, Name 1]}\n")
    found = match(layout, ["No", "Item", "Shipped", "NAME 1", "Name 2"])
    assert found.joined == {"consignee_name": (4, 3)}
    assert found.positions == {"shipment_id": 0, "line_number": 1, "export_on": 2}
    assert found.sources["consignee_name"] == "Name 2 + NAME 1"
    assert found.fits
    half = match(layout, ["No", "Item", "Shipped", "Name 1"])
    assert (half.fits, half.incomplete) == (False, (("consignee_name", "Name 2"),))
    assert not is_fit(layout, ["No", "Item", "Shipped", "Name 1"])
    neither = match(layout, ["No", "Item", "Shipped"])
    assert neither.fits
    assert "consignee_name" in neither.absent
    with pytest.raises(InputError, match="consignee_name would be read from several columns"):
        match(layout, ["No", "Item", "Shipped", "Name 1", "Name 2", "Name 2"])


def test_a_heading_that_is_joined_cannot_be_ignored_too(tmp_path):
    with pytest.raises(LayoutError, match="'Name 2' is mapped too, to consignee_name"):
        read_layout(write(tmp_path, WHOLE + "  consignee_name: {join: [Name 1, Name 2]}\nignore: [Name 2]\n"))
