"""A layout is drafted from a file: what is certain is written, the rest is left to a person, and the check says so."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from flows.jobs.ingest import ingest_file
from flows.jobs.layout import check_layout, draft_layout
from flows.settings import SAMPLE
from tests.support.command import earshot
from tests.support.desk import Desk
from transforms.drafts.values import date_forms, decimal_mark
from transforms.errors import InputError
from transforms.layouts.read import read_layout

FORWARDER = (
    "Shipment Reference Number;Line No;Export Date;Country of Destination;E.C.C.N.;Value (USD);Clerk;"
    "Commodity Descriptn\n"
    '70012;1;03.02.2025;Pakistan;3A992.a;"1.250,00";JD;"Prüfgerät: ""groß"" # 1"\n'
    "70012;2;13.02.2025;Pakistan;EAR99;2,50;JD;x\n"
)
AES = (
    "AES ITN,Line Number,Departure Date,Value of Goods,City\nX20250203123456,1,{},1,Rome\nX20250203123457,1,{},2,Rome\n"
)
OPEN = "the form of the dates is still to be decided (allowed: {})"


def draft(desk: Desk, content: str | bytes, name: str = "new.csv", **other: object) -> tuple[dict[str, object], Path]:
    target = desk.home.root.parent / "drafted.yml"
    target.unlink(missing_ok=True)
    told = draft_layout(desk.home, desk.put(content, name), other.get("kind"), target, "")  # type: ignore[arg-type]
    return told, target


def test_headings_are_matched_exactly_but_for_signs_and_by_likeness_and_each_says_which(desk: Desk) -> None:
    told, _ = draft(desk, FORWARDER.encode("cp1252"), kind="filings")
    assert {name: one["confidence"] for name, one in told["columns"].items()} == {  # type: ignore[attr-defined]
        "shipment_reference": "certain", "line_number": "certain", "export_on": "certain", "destination": "certain",
        "description": "likely", "value_usd": "certain", "eccn": "likely",
    }  # fmt: skip
    assert told["left"] == ["Clerk"]
    assert told["missing"] == ["itn"]


def test_a_draft_states_what_was_found_out_and_shows_samples(desk: Desk) -> None:
    _, path = draft(desk, FORWARDER.encode("cp1252"), kind="filings")
    text = path.read_text(encoding="utf-8")
    assert 'format: {delimiter: semicolon, encoding: windows-1252, decimal: ","}' in text
    assert 'export_on: {headings: "Export Date", dates: "%d.%m.%Y"}' in text
    assert "# 3A992.a | EAR99; likely: " in text
    assert '\n  - "Clerk"  # JD; ' in text


def test_what_is_required_and_was_not_found_is_named_by_the_check(desk: Desk) -> None:
    told, path = draft(desk, FORWARDER, kind="filings")
    (missing,) = check_layout(path, None)["to_decide"]
    assert "columns.itn: a required column with neither headings nor a constant" in missing
    assert told["to_decide"] == [missing]


@pytest.mark.parametrize(
    ("days", "left"),
    [
        (("02/13/2025", "02/03/2025"), []), (("2025-02-03", "2025-02-04"), []),
        (("02/03/2025", "02/04/2025"), [OPEN.format("%m/%d/%Y or %d/%m/%Y")]),
        (("soon", "02/04/2025"), [OPEN.format("a date format")]),
    ],
)  # fmt: skip
def test_a_form_of_dates_is_written_only_where_there_is_one(desk: Desk, days: tuple[str, str], left: list[str]) -> None:
    _, path = draft(desk, AES.format(*days))
    told = check_layout(path, None)["to_decide"]
    assert [one.partition("columns.export_on.dates: ")[2] for one in told] == left


def test_a_decimal_mark_that_a_semicolon_file_does_not_tell_is_left_to_decide(desk: Desk) -> None:
    _, path = draft(desk, AES.format("2025-02-03", "2025-02-04").replace(",1,Rome", ",1.234,Rome").replace(",", ";"))
    assert ["format.decimal: 'decide' is not known" in one for one in check_layout(path, None)["to_decide"]] == [True]


def test_a_draft_that_has_what_it_needs_reads_the_file_that_it_was_drafted_from(desk: Desk) -> None:
    content = gzip.compress(AES.format("02/13/2025", "02/03/2025").encode())
    told, path = draft(desk, content, "august report.csv.gz")
    assert told["kind"] == "filings"
    extract = desk.home.root.parent / "august report.csv.gz"
    assert check_layout(path, extract)["to_decide"] == []
    desk.add_layout("drafted", path.read_text(encoding="utf-8"))
    assert ingest_file(desk.home, extract, "drafted").loaded == 2


@pytest.mark.parametrize("name", ["history.csv", "items.csv", "filings-2026.csv"])
def test_the_draft_of_a_file_under_canonical_headings_is_whole(desk: Desk, name: str) -> None:
    path = desk.home.root.parent / "whole.yml"
    told = draft_layout(desk.home, SAMPLE / name, None, path, "")
    assert (told["left"], told["missing"], told["to_decide"]) == ([], [], [])
    assert read_layout(path).kind == told["kind"] == {"h": "lines", "i": "items", "f": "filings"}[name[0]]


def test_headings_and_values_of_any_kind_make_a_draft_that_can_be_read(desk: Desk) -> None:
    odd = '"a: b # c","it\'s ""x""",\'quoted\',- dash,"two\nlines",@at,ITN,Line Number,,😀\x07,x,NO\n'
    told, path = draft(desk, odd + '"\n# x",{,[,!,%,*,X20250203123456,1,,\x00,y,z\n', kind="filings")
    assert read_layout(path).columns["itn"].headings == ("ITN",)
    assert "x" in told["left"] and "NO" in told["left"]  # type: ignore[operator]


def test_of_two_columns_with_one_heading_none_is_read_and_it_is_said(desk: Desk) -> None:
    told, _ = draft(desk, "ITN,Line Number,itn\nX20250203123456,1,X20250203123457\n", kind="filings")
    assert told["missing"] == ["itn"]
    assert "'ITN' stands above several columns, so that none can be read." in told["warnings"]  # type: ignore[operator]


def test_a_layout_that_is_there_is_never_overwritten(desk: Desk) -> None:
    _, path = draft(desk, FORWARDER)
    before = path.read_text()
    with pytest.raises(InputError, match=r"drafted\.yml: the file exists and is not overwritten"):
        draft_layout(desk.home, desk.put(FORWARDER), None, path, "")
    assert path.read_text() == before


def test_the_command_tells_a_person_and_a_program_what_is_left(desk: Desk, tmp_path: Path) -> None:
    two_dates = FORWARDER.replace(";Clerk", ";Invoice Date").replace(";JD;", ";01.03.2025;")
    file, home = desk.put(two_dates, "acme 2025.csv"), desk.home.root
    done = earshot("layout", "draft", file, "--home", home, cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert "acme-2025.yml: draft layout of kind" in done.out
    assert "Which is the date of export: 'Export Date' or 'Invoice Date'?" in done.out
    checked = earshot("layout", "check", tmp_path / "acme-2025.yml", file, "--json")
    assert checked.code == 2
    assert checked.json["to_decide"]
    assert earshot("layout", "draft", file, "--home", home, cwd=tmp_path).code == 2


@pytest.mark.parametrize(
    ("values", "forms"),
    [
        ([], None), (["2025-02-03 10:00:00"], None), (["03-Feb-25"], ["%d-%b-%y"]), (["20250203"], ["%Y%m%d"]),
        (["2/3/2025 1:05 PM"], ["%m/%d/%Y %I:%M %p", "%d/%m/%Y %I:%M %p"]), (["31.12.1979"], []),
    ],
)  # fmt: skip
def test_dates_are_read_in_the_forms_that_fit_them_all(values: list[str], forms: list[str] | None) -> None:
    assert date_forms(values) == forms


@pytest.mark.parametrize(
    ("values", "mark"),
    [
        (["1.50"], "."), (["1,50"], ","), (["1,234.50"], "."), (["1.234,50"], ","), (["1,234"], ""), (["7"], ""),
        (["1,50", "1.50"], ""), (["1,234,567"], "."), (["0.500"], "."), ([], ""),
    ],
)  # fmt: skip
def test_a_decimal_mark_is_told_by_numbers_that_can_be_read_in_one_way(values: list[str], mark: str) -> None:
    assert decimal_mark(values) == mark
