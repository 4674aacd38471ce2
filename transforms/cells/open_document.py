"""How far the sheets of an OpenDocument workbook reach, told before its reader takes room for every cell of them.

A cell or a row says how often it is repeated: one of a hundred bytes may stand for millions. Blank ones after the last
cell that holds something take no room, and programs write them to the end of each sheet.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

CONTENT = "content.xml"
_CHUNK = 4 * 1024 * 1024
_ATTRIBUTES = rb"""(?:[^>"']|"[^"]*"|'[^']*')*"""
_SHEET = re.compile(rb"<table:table\b(?!-)(" + _ATTRIBUTES + rb")>")
_NAME = re.compile(rb"""table:name\s*=\s*["']([^"']*)""")
_ROW = re.compile(rb"<table:table-row\b(" + _ATTRIBUTES + rb")>")
_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b(" + _ATTRIBUTES + rb")>")
_ROWS_REPEATED = re.compile(rb"""table:number-rows-repeated\s*=\s*["']\s*(\d+)""")
_COLUMNS_REPEATED = re.compile(rb"""table:number-columns-repeated\s*=\s*["']\s*(\d+)""")
_HELD = re.compile(rb"office:(?:\w+-)?value|table:formula")
_DIGITS = 12


class Reach(NamedTuple):
    """Up to which row and column a sheet holds anything, counted from 1."""

    sheet: str
    rows: int
    columns: int


def reaches(archive: zipfile.ZipFile) -> Iterator[Reach]:
    """Yield how far each sheet reaches, in their order."""
    name, row, last_row, columns, is_begun = "", 0, 0, 0, False
    for piece in _rows(archive):
        for sheet in _SHEET.finditer(piece):
            if is_begun:
                yield Reach(name, last_row, columns)
            told = _NAME.search(sheet.group(1))
            name, row, last_row, columns, is_begun = _text(told), 0, 0, 0, True
        times = 0
        for begun in _ROW.finditer(piece):
            row += times  # one without cells ends where it begins
            times = _number(_ROWS_REPEATED, begun.group(1))
            cells = piece[begun.end() :]
        if not times:
            continue
        row += times
        if width := _width(cells):
            last_row, columns = row, max(columns, width)
    if is_begun:
        yield Reach(name, last_row, columns)


def _rows(archive: zipfile.ZipFile) -> Iterator[bytes]:
    """Yield the text up to the end of each row, and what follows the last one."""
    with archive.open(CONTENT) as stream:
        held = b""
        while chunk := stream.read(_CHUNK):
            *whole, held = (held + chunk).split(b"</table:table-row>")
            yield from whole
        yield held


def _width(cells: bytes) -> int:
    """Up to which column the cells of a row hold anything."""
    end = _end_of_filled(cells)
    if cells.find(b"-repeated", 0, end) < 0:
        if not _HELD.search(cells, 0, end):
            return 0
        return cells.count(b"<table:table-cell", 0, end) + cells.count(b"<table:covered-table-cell", 0, end)
    column = last = 0
    for cell in _CELL.finditer(cells, 0, end):
        column += _number(_COLUMNS_REPEATED, cell.group(1))
        if _HELD.search(cell.group(1)):
            last = column
    return last


def _end_of_filled(cells: bytes) -> int:
    """Where the cells at the end begin that are written as one tag and hold nothing."""
    end = len(cells)
    while (begun := cells.rfind(b"<", 0, end)) >= 0:
        tag = cells[begun:end]
        if not (tag.rstrip().endswith(b"/>") and _CELL.match(tag)) or _HELD.search(tag):
            break
        end = begun
    return end


def _number(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    told = pattern.search(attributes)
    return int(told.group(1)[:_DIGITS]) if told else 1


def _text(told: re.Match[bytes] | None) -> str:
    return unescape(told.group(1).decode("utf-8", errors="replace")) if told else ""
