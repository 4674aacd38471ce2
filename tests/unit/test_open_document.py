"""Repeated cells of OpenDocument: how far a sheet reaches is told before its reader takes room for them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tests.support.odd_files import ods, ods_of
from transforms.cells.open_document import reaches
from transforms.cells.workbook import sheet_texts
from transforms.errors import InputError

X = '<table:table-cell{} office:value-type="string"><text:p>x</text:p></table:table-cell>'
BLANK = "<table:table-cell{}/>"
WIDE = ' table:number-columns-repeated="{}"'


def row(*cells: str, times: int = 1) -> str:
    repeated = f' table:number-rows-repeated="{times}"' if times > 1 else ""
    return f"<table:table-row{repeated}>{''.join(cells)}</table:table-row>"


def x(times: int = 1) -> str:
    return X.format(WIDE.format(times) if times > 1 else "")


def blank(times: int = 1) -> str:
    return BLANK.format(WIDE.format(times) if times > 1 else "")


@pytest.mark.parametrize(
    ("rows", "reach"),
    [
        ([], (0, 0)),
        ([row(x())], (1, 1)),
        ([row(x(), blank(16_383)), row(blank(16_384), times=1_048_575)], (1, 1)),
        ([row(blank(7), x(), x(), blank())], (1, 9)),
        ([row(x(3), x(), times=5), row(blank(2), x(2))], (6, 4)),
        ([row(x()), row(blank(), times=999), row(blank(99), x())], (1_001, 100)),
        ([row(x()), '<table:table-row table:number-rows-repeated="9"/>', row(x())], (11, 1)),
        (['<table:table-row><table:covered-table-cell/>' + x() + "</table:table-row>"], (1, 2)),
        ([row('<table:table-cell table:formula="of:=1&gt;0" table:style-name="a>b"' + WIDE.format(4) + "/>")], (1, 4)),
    ],
)
def test_a_sheet_reaches_to_its_last_cell_that_holds_something(rows: list[str], reach: tuple[int, int]) -> None:
    with zipfile.ZipFile(io.BytesIO(ods_of(*rows))) as archive:
        assert list(reaches(archive)) == [("Lines", *reach)]


@pytest.mark.parametrize(
    "rows",
    [
        [row(x(16_384), times=1_048_576)],
        [row(x()), row(blank(16_383), x(), times=1_000_000)],
        [row(x()), row(blank(), times=1_048_574), row(blank(16_383), x())],
        [row(x(), times=999_999_999)],
        [row(x(99_999_999_999_999_999_999))],
    ],
)
def test_a_sheet_of_more_cells_than_are_read_is_refused_before_it_is_opened(tmp_path: Path, rows: list[str]) -> None:
    path = tmp_path / "far.ods"
    path.write_bytes(ods_of(*rows))
    with pytest.raises(InputError, match=r"far\.ods: the sheet Lines reaches to row [0-9,]+ and column [0-9,]+"):
        list(sheet_texts(path, "Lines", "."))


def test_every_sheet_is_asked_about_as_all_are_read(tmp_path: Path) -> None:
    path, plain = tmp_path / "two.ods", ods([["a"], ["b"]])
    beside = f'<table:table table:name="Far &amp; wide">{row(x(16_384), times=999_999)}</table:table>'
    with zipfile.ZipFile(io.BytesIO(plain)) as archive, zipfile.ZipFile(path, "w") as other:
        for name in archive.namelist():
            other.writestr(name, archive.read(name).replace(b"</office:spread", beside.encode() + b"</office:spread"))
    with pytest.raises(InputError, match="the sheet Far & wide reaches to row 999,999 and column 16,384"):
        list(sheet_texts(path, "Lines", "."))


def test_a_row_that_is_repeated_within_reason_is_read_as_often(tmp_path: Path) -> None:
    path = tmp_path / "some.ods"
    path.write_bytes(ods_of(row(x(2)), row(x(), blank(), x(), times=3)))
    assert list(sheet_texts(path, "Lines", ".")) == [["x", "x", ""], *[["x", "", "x"]] * 3]
