"""A layout is checked against the columns of its kind, and chosen by headings over all kinds."""

from __future__ import annotations

import pytest

from tests.support.layouts import LAYOUTS, refusal, write
from transforms.errors import InputError
from transforms.kinds import FILINGS, ITEMS, KINDS, LINES
from transforms.layouts.match import choose, match
from transforms.layouts.read import read_layout, read_layouts
from transforms.line import LINE

PARTS = "id: acme\ntitle: Acme\nkind: items\ncolumns:\n  part_number: Material\n"


def test_a_layout_is_of_lines_unless_it_says_otherwise(tmp_path):
    text = "id: acme\ntitle: Acme\ncolumns: {shipment_id: A, line_number: B, export_on: C}\n"
    assert read_layout(write(tmp_path, text)).record_kind is LINES
    assert read_layout(write(tmp_path, PARTS)).record_kind is ITEMS


def test_each_kind_has_its_own_table_and_says_what_a_row_must_fill():
    assert [(kind.table, kind.keys) for kind in KINDS.values()] == [
        ("lines", ("shipment_id", "line_number")), ("items", ("part_number",)), ("filings", ("itn", "line_number")),
    ]  # fmt: skip
    assert LINES.columns is LINE


@pytest.mark.parametrize("kind", [ITEMS, FILINGS], ids=lambda kind: str(kind.name))
def test_the_canonical_layout_covers_every_name_of_its_kind(kind):
    layout = read_layout(LAYOUTS / f"{kind.listed_in}.yml")
    assert (layout.record_kind, tuple(layout.columns)) == (kind, kind.names)
    found = choose(read_layouts([LAYOUTS]), kind.names, "x.csv")
    assert (found.layout.id, found.absent) == (layout.id, ())
    assert choose(read_layouts([LAYOUTS]), kind.keys, "x.csv").layout.id == layout.id


@pytest.mark.parametrize("layout_id", ["aesdirect", "weblink"])
def test_each_heading_of_a_shipped_layout_of_filings_is_known_once(layout_id):
    layouts = read_layouts([LAYOUTS])
    layout = layouts[layout_id]
    for place in range(max(len(entry.headings) for entry in layout.columns.values())):
        headings = [entry.headings[min(place, len(entry.headings) - 1)] for entry in layout.columns.values()]
        assert choose(layouts, [*headings, *layout.ignore], "x.csv").layout.id == layout_id


FAULTS = {
    "an unknown kind": (
        PARTS.replace("kind: items", "kind: item"),
        ["kind: 'item' is not known; did you mean 'items'?"],
    ),
    "a column of another kind": (
        PARTS + "  shipment_id: X\n",
        [
            "columns.shipment_id: no such canonical column; it is one of kind: lines",
            "of kind: items",
            "layouts/items.yml",
        ],
    ),
    "a column misspelled": (PARTS + "  detector: X\n", ["did you mean 'detectors'?", "layouts/items.yml"]),
    "a constant of another kind": (PARTS + "constants: {itn: X}\n", ["constants.itn", "lines or filings"]),
    "a required column missing": (
        "id: acme\ntitle: Acme\nkind: filings\ncolumns: {itn: A}\n",
        ["columns.line_number: a required column"],
    ),
    "dates on a column that is no date": (
        PARTS + "  eccn: {headings: E, dates: ['%Y-%m-%d']}\n",
        ["dates only for valid_from, valid_until"],
    ),
    "a flag that is none": (PARTS + "constants: {spectral: yes}\n", ["'yes' is not a valid spectral", "Y, N"]),
    "a sheet that is a list": (PARTS + "format: {sheet: [a]}\n", ["format.sheet: the value has the wrong shape"]),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_layout_of_another_kind_is_refused_by_the_columns_of_its_own(tmp_path, case):
    text, expected = FAULTS[case]
    message = refusal(tmp_path, text)
    assert len(message.splitlines()) == 1
    assert [part for part in expected if part not in message] == [], message


def test_a_file_that_could_be_of_two_kinds_is_refused_with_both(tmp_path):
    write(tmp_path, "id: acme\ntitle: Acme\ncolumns: {shipment_id: [A, ITN], line_number: B, export_on: C}\n")
    write(
        tmp_path, "id: bolt\ntitle: B\nkind: filings\ncolumns: {itn: ITN, line_number: B, export_on: C}\n", "bolt.yml"
    )
    with pytest.raises(InputError) as caught:
        choose(read_layouts([tmp_path]), ["ITN", "B", "C"], "x.csv")
    assert str(caught.value) == (
        "x.csv: several layouts match: acme (lines), bolt (filings), and its rows could be lines or filings."
        " Choose one with --layout."
    )


def test_the_columns_that_a_file_lacks_are_those_of_its_kind(tmp_path):
    layout = read_layout(write(tmp_path, PARTS))
    assert match(layout, ["material"]).absent == ITEMS.names[1:]
    found = match(layout, ["Matrial", "fda device"])
    assert (found.unknown, found.missing_required) == (
        (("Matrial", "Material"), ("fda device", "fda_device")), ("part_number",),
    )  # fmt: skip
