"""Layout files: how they are read, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.layouts import COLUMNS, HEAD, WHOLE, acme, refusal, write
from transforms.layouts.dates import ISO_DATES
from transforms.layouts.match import match
from transforms.layouts.read import LayoutError, read_layout, read_layouts


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
    "an unknown period": (WHOLE + "whole: months\n", ["whole: 'months' is not known", "'month'?", "history"]),
    "an unknown top key": (WHOLE + "ignored: [X]\n", ["ignored: unknown key; did you mean 'ignore'?", "door"]),
    "an unknown column key": (WHOLE + "  eccn: {headings: X, date: Y}\n", ["columns.eccn.date: unknown key", "values"]),
    "an unknown format key": (WHOLE + "format: {delimeter: ';'}\n", ["did you mean 'delimiter'?", "decimal"]),
    "a duplicate key": (WHOLE + "title: Again\n", ["title: the key appears twice (line 7)"]),
    "a duplicate column": (WHOLE + "  line_number: X\n", ["line_number: the key appears twice"]),
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
    "dates on another column": (WHOLE + "  eccn: {headings: X, dates: ['%Y-%m-%d']}\n", ["eccn is not a date"]),
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
    "a heading ignored twice": (WHOLE + "ignore: [Clerk, clerk ]\n", ["ignore: the heading 'clerk' appears twice"]),
    "a heading twice in one column": (WHOLE + "  eccn: [ECCN, eccn]\n", ["columns.eccn.headings: the heading 'eccn'"]),
    "a column without headings": (WHOLE + "  uom: {values: {a: b}}\n", ["columns.uom.headings: the key is missing"]),
    "a column without anything": (WHOLE + "  uom:\n", ["columns.uom: no heading is given"]),
    "an empty heading": (WHOLE + "  uom: ' '\n", ["columns.uom.headings: no heading is given, or an empty one"]),
    "an unknown encoding": (WHOLE + "format: {encoding: utf8}\n", ["did you mean 'utf-8'?", "utf-16 or latin-1"]),
    "an unknown decimal": (WHOLE + "format: {decimal: '-'}\n", ["format.decimal: '-' is not known", ". or ,"]),
    "a delimiter of two characters": (WHOLE + "format: {delimiter: '||'}\n", ["'||' is not a valid delimiter", "pipe"]),
    "a quote of two characters": (WHOLE + "format: {quote: qq}\n", ["'qq' is not a valid quote"]),
    "a quote that is the delimiter": (WHOLE + "format: {delimiter: '|', quote: '|'}\n", ["is the delimiter too"]),
    "a missing title": ("id: acme\n" + COLUMNS, ["title: the key is missing"]),
    "an id that is not the file's name": (WHOLE.replace("acme", "bolt"), ["id: 'bolt' is not the name of", "acme"]),
    "an id that is no name": (WHOLE.replace("id: acme", "id: a b"), ["id: 'a b' is not a valid name"]),
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
