"""Which form a file has, by what is in it: the one place where forms are told apart."""

from __future__ import annotations

import re
from pathlib import Path

from transforms.cells.html_table import HtmlTable
from transforms.cells.markup import beginning, is_html, is_page, is_spreadsheet_xml
from transforms.cells.parquet import Parquet, is_parquet
from transforms.cells.source import Source
from transforms.cells.spreadsheet_xml import SpreadsheetXml
from transforms.cells.text import DelimitedText
from transforms.cells.workbook import Workbook, is_workbook
from transforms.errors import InputError

_TEXTS = {
    "%PDF": "a PDF document",
    "{\\rtf": "a document in Rich Text Format",
    "{\"": "JSON",
    "[{": "JSON",
}
_BYTES = {
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"SQLite format 3\0": "a database (SQLite)",
    b"\0\1\0\0Standard ": "a database (Access)",
    b"7z\xbc\xaf\x27\x1c": "an archive (7z)",
    b"Rar!\x1a": "an archive (RAR)",
    b"BZh": "an archive (bzip2)",
    b"\xfd7zXZ\0": "an archive (xz)",
    b"\x28\xb5\x2f\xfd": "an archive (Zstandard)",
    b"\x09\x04\x06\0": "a workbook of Excel 4 or before",
    b"\x09\x02\x06\0": "a workbook of Excel 4 or before",
    b"\x09\0\x04\0": "a workbook of Excel 4 or before",
}
"""How files begin that are no extract, whatever they are called: in text, and in bytes."""
_ARCHIVED_PAGE = re.compile(r"([A-Za-z-]+:[^\n]*\n([ \t][^\n]*\n)*){0,20}MIME-Version:", re.IGNORECASE)


def source_of(path: Path) -> Source:
    """Return the file as a source of its form; raise InputError for one that is damaged, or of a form that is not read.

    The name of a file tells nothing: HTML and XML that call themselves .xls are read as what they are.
    """
    if is_workbook(path):
        return Workbook(path)
    if is_parquet(path):
        return Parquet(path)
    begins = beginning(path)
    if what := _what_else(path, begins):
        raise InputError(f"{path.name}: {what}, which is not read. Save the table as .xlsx or as CSV (UTF-8).")
    if is_spreadsheet_xml(begins):
        return SpreadsheetXml(path)
    if is_html(begins):
        return HtmlTable(path)
    if begins.lstrip().startswith("<?xml"):
        raise InputError(
            f"{path.name}: XML of no spreadsheet. Save the table as .xlsx or as CSV (UTF-8) and ingest that."
        )
    return DelimitedText(path)


def _what_else(path: Path, begins: str) -> str:
    """Return in words what a file is that is no extract, or the empty text."""
    with path.open("rb") as stream:
        first = stream.read(32)
    found = [what for sign, what in _BYTES.items() if first.startswith(sign)]
    found += [what for sign, what in _TEXTS.items() if begins.lstrip().startswith(sign)]
    if _ARCHIVED_PAGE.match(begins[:8_192].replace("\r\n", "\n")):
        found.append("a web archive (MHTML)")
    if is_page(begins) and not is_html(begins):
        found.append("a web page without a table (perhaps of a sign-in that has expired)")
    return found[0] if found else ""
