"""Sheets appear whole or not at all, hold no formula, and give back their rows with the numbers that a person sees."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from transforms.cells.workbook import sheet_texts
from transforms.errors import InputError, told
from transforms.sheets import harmless, new_workbook, numbered_rows, read_headings, restored, write_csv


def test_a_workbook_that_could_not_be_filled_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "sheet.xlsx"
    target.write_text("as it was")
    with pytest.raises(RuntimeError), new_workbook(target, "Nothing") as book:
        book.add_worksheet("one")
        raise RuntimeError
    assert target.read_text() == "as it was"


def test_a_workbook_has_the_same_bytes_each_time_and_keeps_text_that_looks_like_a_formula(tmp_path: Path) -> None:
    paths = tmp_path / "one.xlsx", tmp_path / "other.xlsx"
    for path in paths:
        with new_workbook(path, "Two cells") as book:
            sheet = book.add_worksheet("cells")
            sheet.write(0, 0, "=1+1")
            sheet.write(0, 1, "https://www.bis.gov")
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert list(sheet_texts(paths[0], "cells", ".")) == [["=1+1", "https://www.bis.gov"]]
    assert sorted(tmp_path.iterdir()) == list(paths)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-a", "@x", "'quoted", "\ttab", "-12.5", "plain", ""])
def test_a_cell_of_a_csv_file_is_harmless_and_comes_back_as_it_was(tmp_path: Path, cell: str) -> None:
    written = write_csv([["heading"], [cell]], tmp_path / "sheet.csv")
    with written.open(encoding="utf-8-sig", newline="") as stream:
        found = [*csv.reader(stream)][1:]
    text = found[0][0] if found[0] else ""
    assert text == harmless(cell) and restored(text) == cell
    assert text[:1] not in tuple("=+@\t") and (text[:1] != "-" or text == "-12.5")


def test_rows_come_back_with_their_number_and_as_wide_as_the_headings() -> None:
    rows = iter([["a", "b", ""], ["1"], ["", " "], ["3", "4", " "]])
    headings = read_headings(rows)
    assert headings == ["a", "b"]
    assert list(numbered_rows("sheet", rows, len(headings))) == [(2, ["1", ""]), (4, ["3", "4"])]


def test_a_row_with_cells_beyond_the_last_heading_is_refused_by_its_number() -> None:
    with pytest.raises(InputError, match="sheet, row 3: cells beyond the last heading"):
        list(numbered_rows("sheet", [["1", "2"], ["1", "2", "3"]], 2))


def test_of_many_faults_the_first_are_told_each_once() -> None:
    assert told(["a", "a", "b"]) == "a\nb"
    assert told([str(number) for number in range(1_500)], 2, "more rows") == "0\n1\nand 1,498 more rows"
