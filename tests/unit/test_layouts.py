"""Layout files: what is refused, and how a file's headings are fitted to them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from transforms.errors import InputError
from transforms.layouts.match import choose, match, require
from transforms.layouts.model import ISO_DATES, Layout
from transforms.layouts.read import LayoutError, read_layout, read_layouts
from transforms.line import NAMES

REPO = Path(__file__).parents[2]
LAYOUTS = REPO / "data" / "layouts"
SCMS = REPO.parent / "shared" / "data" / "scms" / "SCMS_Delivery_History_Dataset.csv"

HEAD = "id: acme\ntitle: Acme\n"
COLUMNS = "columns:\n  shipment_id: [No, Shipment]\n  line_number: Item\n  export_on: {headings: Shipped}\n"
WHOLE = HEAD + COLUMNS


def write(folder: Path, text: str, name: str = "acme.yml") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def acme(folder: Path, more: str = "") -> Layout:
    return read_layout(write(folder, WHOLE + more))


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(LayoutError) as caught:
        read_layout(write(folder, text))
    return str(caught.value)


def test_a_layout_is_read_with_its_defaults(tmp_path):
    layout = acme(tmp_path)
    assert (layout.source, layout.format.delimiter, layout.format.quote) == ("acme", ",", '"')
    assert (layout.format.encoding, layout.format.decimal) == ("utf-8", ".")
    assert layout.columns["shipment_id"].headings == ("No", "Shipment")
    assert layout.columns["line_number"].headings == ("Item",)
    assert layout.date_formats("export_on") == ISO_DATES


@pytest.mark.parametrize(("word", "character"), [("tab", "\t"), ("comma", ","), ("semicolon", ";"), ("Pipe", "|")])
def test_a_delimiter_may_be_a_word(tmp_path, word, character):
    assert acme(tmp_path, f"format: {{delimiter: {word}}}\n").format.delimiter == character


def test_a_constant_stands_in_for_a_required_column(tmp_path):
    text = HEAD + "columns: {shipment_id: No, export_on: Shipped}\nconstants: {line_number: '1'}\n"
    layout = read_layout(write(tmp_path, text))
    assert match(layout, ["No", "Shipped"]).fits


FAULTS = {
    "an unknown canonical column": (WHOLE + "  ecnn: X\n", ["columns.ecnn: no such", "did you mean 'eccn'"]),
    "an unknown top key": (WHOLE + "ignored: [X]\n", ["ignored: unknown key; did you mean 'ignore'?", "door"]),
    "an unknown column key": (WHOLE + "  eccn: {headings: X, date: Y}\n", ["columns.eccn.date: unknown key", "values"]),
    "an unknown format key": (WHOLE + "format: {delimeter: ';'}\n", ["did you mean 'delimiter'?", "decimal"]),
    "a duplicate key": (WHOLE + "title: Again\n", ["title: the key stands twice (line 7)"]),
    "a duplicate column": (WHOLE + "  line_number: X\n", ["line_number: the key stands twice"]),
    "a date format without a year": (WHOLE + "  tendered_on: {headings: X, dates: ['%d-%b']}\n", ["has no year", "%y"]),
    "a date format without a month": (WHOLE + "  tendered_on: {headings: X, dates: '%Y %d'}\n", ["has no month"]),
    "a date format without a day": (WHOLE + "  tendered_on: {headings: X, dates: ['%Y-%m']}\n", ["has no day"]),
    "a date format with two years": (WHOLE + "  tendered_on: {headings: X, dates: ['%Y%m%d%y']}\n", ["more than one"]),
    "a directive that is none": (WHOLE + "  tendered_on: {headings: X, dates: ['%Y-%m-%d%q']}\n", ["'%q' cannot be"]),
    "a bare percent sign": (WHOLE + "  tendered_on: {headings: X, dates: ['%Y-%m-%d%']}\n", ["'%' cannot be read"]),
    "day first and month first at once": (
        WHOLE + "  tendered_on: {headings: X, dates: ['%d/%m/%Y', '%m/%d/%Y']}\n",
        ["as two different days"],
    ),
    "dates on a column that is no date": (WHOLE + "  eccn: {headings: X, dates: ['%Y-%m-%d']}\n", ["eccn is no date"]),
    "a value that is not allowed": (
        WHOLE + "  activity: {headings: X, values: {E: exprt}}\n",
        ["columns.activity.values.E", "did you mean 'export'?", "in_country_transfer"],
    ),
    "a constant for an unknown column": (WHOLE + "constants: {activty: export}\n", ["did you mean 'activity'?"]),
    "a constant that is not allowed": (WHOLE + "constants: {origin_df: US}\n", ["constants.origin_df", "(allowed: D"]),
    "a constant that is no number": (WHOLE + "constants: {quantity: a few}\n", ["constants.quantity", "1234.50"]),
    "a constant that is no date": (WHOLE + "constants: {tendered_on: 2025-02-30}\n", ["as 2024-12-26"]),
    "a constant that is no whole number": (
        HEAD + "columns: {shipment_id: A, export_on: B}\nconstants: {line_number: 1.5}\n",
        ["a whole number"],
    ),
    "a column with headings and a constant": (
        WHOLE + "  form: Form\nconstants: {form: tangible}\n",
        ["constants.form", "headings or a constant, not both"],
    ),
    "required columns that are missing": (
        HEAD + "columns: {line_number: Item}\n",
        ["columns.shipment_id: a required column", "columns.export_on: a required column"],
    ),
    "a heading both mapped and ignored": (WHOLE + "ignore: [' SHIPMENT']\n", ["is mapped too, to shipment_id"]),
    "a heading ignored twice": (WHOLE + "ignore: [Clerk, clerk ]\n", ["ignore: the heading 'clerk' stands twice"]),
    "a heading twice in one column": (WHOLE + "  eccn: [ECCN, eccn]\n", ["columns.eccn.headings: the heading 'eccn'"]),
    "a column without headings": (WHOLE + "  uom: {values: {a: b}}\n", ["columns.uom.headings: the key is missing"]),
    "a column without anything": (WHOLE + "  uom:\n", ["columns.uom: no heading is given"]),
    "an empty heading": (WHOLE + "  uom: ' '\n", ["columns.uom.headings: no heading is given, or an empty one"]),
    "an unknown encoding": (WHOLE + "format: {encoding: utf8}\n", ["did you mean 'utf-8'?", "utf-16 or latin-1"]),
    "an unknown decimal": (WHOLE + "format: {decimal: '-'}\n", ["format.decimal: '-' is not known", ". or ,"]),
    "a delimiter of two characters": (WHOLE + "format: {delimiter: '||'}\n", ["'||' is no delimiter", "pipe"]),
    "a quote of two characters": (WHOLE + "format: {quote: qq}\n", ["'qq' is no quote"]),
    "a quote that is the delimiter": (WHOLE + "format: {delimiter: '|', quote: '|'}\n", ["is the delimiter too"]),
    "a missing title": ("id: acme\n" + COLUMNS, ["title: the key is missing"]),
    "an id that is not the file's name": (WHOLE.replace("acme", "bolt"), ["id: 'bolt' is not the name of", "acme"]),
    "an id that is no name": (WHOLE.replace("id: acme", "id: a b"), ["id: 'a b' is no name"]),
    "a list where a mapping belongs": (WHOLE + "door: [x]\n", ["door: the value has the wrong shape"]),
    "a value left open": (WHOLE + "constants: {uom: }\n", ["constants.uom: the key has no value", "nothing recorded"]),
    "an empty file": ("", ["no layout in the file"]),
    "a file that is no YAML": ("id: [", ["not readable as YAML"]),
}


@pytest.mark.parametrize("case", FAULTS)
def test_a_layout_is_refused_with_file_key_and_what_is_allowed(tmp_path, case):
    text, expected = FAULTS[case]
    message = refusal(tmp_path, text)
    assert message.startswith(str(tmp_path / "acme.yml"))
    assert [part for part in expected if part not in message] == [], message


def test_one_fault_is_reported_once(tmp_path):
    several = {"required columns that are missing": 2, "an id that is no name": 2}
    for case, (text, _) in FAULTS.items():
        assert len(refusal(tmp_path, text).splitlines()) == several.get(case, 1), case


def test_all_faults_of_all_files_are_told_at_once(tmp_path):
    write(tmp_path / "a", WHOLE + "  ecnn: X\nformat: {encoding: ebcdic}\nignore: [Item]\n")
    write(tmp_path / "b", "id: bolt\n", "bolt.yml")
    with pytest.raises(LayoutError) as caught:
        read_layouts([tmp_path / "a", tmp_path / "b"])
    assert {(Path(fault.file).name, fault.key) for fault in caught.value.faults} >= {
        ("acme.yml", "columns.ecnn"),
        ("acme.yml", "format.encoding"),
        ("acme.yml", "ignore"),
        ("bolt.yml", "title"),
        ("bolt.yml", "columns"),
    }
    assert caught.value.exit_code == 2


def test_a_refused_date_format_hides_no_fault_of_its_headings(tmp_path):
    message = refusal(tmp_path, WHOLE + "  tendered_on: {headings: X, dates: ['%Y']}\nignore: [x]\n")
    assert "has no month" in message and "is mapped too, to tendered_on" in message


def test_a_later_folder_overrides_an_earlier_one_by_id(tmp_path):
    write(tmp_path / "shipped", WHOLE)
    write(tmp_path / "shipped", WHOLE.replace("acme", "bolt"), "bolt.yml")
    write(tmp_path / "home", WHOLE.replace("title: Acme", "title: Ours"))
    layouts = read_layouts([tmp_path / "shipped", tmp_path / "home", tmp_path / "absent"])
    assert [(name, layout.title) for name, layout in layouts.items()] == [("acme", "Ours"), ("bolt", "Acme")]


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
        "march.csv does not fit the layout 'acme'",
        "'Shipmnt'; did you mean 'Shipment'?",
        "'Zzz'\n",
        "a column without a heading",
        "shipment_id, which is required; headings that would serve: 'No' or",
        "serve: 'Shipped'",
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
    with pytest.raises(InputError, match=r"several layouts fit x\.csv: acme, bolt; say which one with --layout"):
        choose(read_layouts([tmp_path]), ["No", "Item", "Shipped"], "x.csv")


def test_choose_shows_what_is_wrong_with_the_closest_layout():
    with pytest.raises(InputError) as caught:
        choose(read_layouts([LAYOUTS]), ["shipment_id", "line_number", "exported_on", "eccn"], "x.csv")
    message = str(caught.value)
    assert "no layout fits x.csv (tried: " in message and "the closest is 'line'" in message
    assert "'exported_on'; did you mean 'export_on'?" in message and "serve: 'export_on'" in message


def test_choose_shows_a_column_found_twice(tmp_path):
    with pytest.raises(InputError, match=r"(?s)the closest is 'acme'.*shipment_id would be read from"):
        choose({"acme": acme(tmp_path)}, ["No", "Item", "Shipped", "Shipment"], "x.csv")


def test_choose_without_any_layout_says_so():
    with pytest.raises(InputError, match="there is no layout"):
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
