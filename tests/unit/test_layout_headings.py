"""How the headings of a file are fitted to a layout, and the layout that fits is chosen."""

from __future__ import annotations

import csv

import pytest

from tests.support.layouts import LAYOUTS, REPO, SCMS, WHOLE, acme, write
from transforms.errors import InputError
from transforms.layouts.match import choose, match, require
from transforms.layouts.read import read_layout, read_layouts
from transforms.line import NAMES


def test_headings_are_compared_without_case_spaces_and_bom(tmp_path):
    layout = acme(tmp_path, "  eccn: Export  Control No.\n")
    found = match(layout, ["\ufeffNO", " item", "SHIPPED ", "export control\tno."])
    assert found.fits
    assert found.sources["eccn"] == "export control\tno."
    assert found.positions == {"shipment_id": 0, "line_number": 1, "export_on": 2, "eccn": 3}


def test_a_heading_may_feed_two_columns(tmp_path):
    layout = acme(tmp_path, "  destination: Country\n  consignee_country: Country\n")
    found = match(layout, ["Country", "No", "Item", "Shipped"])
    assert found.positions["destination"] == found.positions["consignee_country"] == 0


def test_a_column_with_a_constant_is_not_absent(tmp_path):
    layout = acme(tmp_path, "  eccn: ECCN\nconstants: {form: tangible}\n")
    found = match(layout, ["No", "Item", "Shipped"])
    assert "form" not in found.absent and "eccn" in found.absent and "uom" in found.absent
    assert sorted([*found.sources, *layout.constants, *found.absent]) == sorted(NAMES)


@pytest.mark.parametrize("headings", [["No", "Item", "Shipped", "no"], ["No", "Item", "Shipped", "Shipment"]])
def test_a_column_found_twice_in_a_file_is_refused_with_both_positions(tmp_path, headings):
    with pytest.raises(InputError, match=r"shipment_id would be read from 'No' \(column 1\) and '.*' \(column 4\)"):
        match(acme(tmp_path), headings)


def test_a_heading_that_is_ignored_may_stand_twice(tmp_path):
    assert match(acme(tmp_path, "ignore: [Note]\n"), ["No", "Item", "Shipped", "Note", "Note"]).fits


def test_require_names_every_unknown_and_missing_heading_and_what_to_do(tmp_path):
    found = match(acme(tmp_path), ["Shipmnt", "Item", "ECCN", "Zzz", ""])
    assert found.unknown == (("Shipmnt", "Shipment"), ("ECCN", "eccn"), ("Zzz", ""), ("", ""))
    assert found.missing_required == ("shipment_id", "export_on")
    with pytest.raises(InputError) as caught:
        require(found, "march.csv")
    message = str(caught.value)
    for part in (
        "march.csv: the headings do not match the layout 'acme'",
        "'Shipmnt'; did you mean 'Shipment'?",
        "'Zzz'\n",
        "a column without a heading",
        "shipment_id, which is required; headings that the layout accepts: 'No' or",
        "accepts: 'Shipped'",
        "data/layouts/acme.yml: under columns",
        "under ignore",
    ):
        assert part in message


def test_require_accepts_a_file_that_fits(tmp_path):
    require(match(acme(tmp_path), ["No", "Item", "Shipped"]), "march.csv")


def test_a_heading_already_found_is_not_suggested_again(tmp_path):
    found = match(acme(tmp_path), ["No", "Item", "Shipped", "Item."])
    assert found.unknown == (("Item.", ""),)


def test_choose_takes_the_one_layout_that_fits(tmp_path):
    write(tmp_path, WHOLE)
    write(tmp_path, "id: bolt\ntitle: Bolt\ncolumns: {shipment_id: A, line_number: B, export_on: C}\n", "bolt.yml")
    assert choose(read_layouts([tmp_path]), ["a", "b", "c"], "x.csv").layout.id == "bolt"


def test_choose_asks_for_the_layout_when_several_fit(tmp_path):
    write(tmp_path, WHOLE)
    write(tmp_path, WHOLE.replace("acme", "bolt"), "bolt.yml")
    with pytest.raises(InputError, match=r"x\.csv: several layouts match: acme, bolt. Choose one with --layout"):
        choose(read_layouts([tmp_path]), ["No", "Item", "Shipped"], "x.csv")


def test_choose_shows_what_is_wrong_with_the_closest_layout():
    with pytest.raises(InputError) as caught:
        choose(read_layouts([LAYOUTS]), ["shipment_id", "line_number", "exported_on", "eccn"], "x.csv")
    message = str(caught.value)
    assert "x.csv: no layout matches (tried: " in message and "The closest is 'line'" in message
    assert "'exported_on'; did you mean 'export_on'?" in message and "accepts: 'export_on'" in message


def test_choose_shows_a_column_found_twice(tmp_path):
    with pytest.raises(InputError, match=r"(?s)The closest is 'acme'.*shipment_id would be read from"):
        choose({"acme": acme(tmp_path)}, ["No", "Item", "Shipped", "Shipment"], "x.csv")


def test_choose_without_any_layout_says_so():
    with pytest.raises(InputError, match="no layout is available"):
        choose({}, ["No"], "x.csv")


def test_the_line_layout_covers_every_canonical_name():
    layout = read_layout(LAYOUTS / "line.yml")
    assert tuple(layout.columns) == NAMES
    assert match(layout, NAMES).fits and not match(layout, NAMES).absent
    assert layout.date_formats("tendered_on") == ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%m/%d/%Y")
    assert match(layout, ["shipment_id", "line_number", "export_on"]).fits


def test_the_worked_example_of_the_readme_is_a_layout_that_fits_its_file(tmp_path):
    text = (REPO / "data" / "README.md").read_text(encoding="utf-8")
    layout = read_layout(write(tmp_path, text.split("```yaml\n")[1].split("```")[0]))
    headings = text.split("```\n")[1].splitlines()[0].split(layout.format.delimiter)
    require(match(layout, headings), "acme_2025-03.csv")


@pytest.mark.skipif(not SCMS.exists(), reason=f"the public delivery history is not at {SCMS}")
def test_the_scms_layout_fits_the_real_file_and_its_lines_have_one_identity_each():
    with SCMS.open(encoding="utf-8", newline="") as stream:
        headings, *rows = csv.reader(stream)
    found = choose(read_layouts([LAYOUTS]), headings, SCMS.name)
    assert found.layout.id == "scms"
    places = (found.positions["shipment_id"], found.positions["line_number"])
    assert len({tuple(row[place] for place in places) for row in rows}) == len(rows) == 10_324
