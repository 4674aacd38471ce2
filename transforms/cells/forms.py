"""Which form a file has, by what is in it: the one place where forms are told apart."""

from __future__ import annotations

from pathlib import Path

from transforms.cells.markup import HtmlTable, SpreadsheetXml, beginning, is_html, is_spreadsheet_xml
from transforms.cells.parquet import Parquet, is_parquet
from transforms.cells.source import Source
from transforms.cells.text import DelimitedText
from transforms.cells.workbook import Workbook, is_workbook
from transforms.errors import InputError

_OTHERS = {
    "%PDF": "a PDF document",
    "{\\rtf": "a document in Rich Text Format",
    "MIME-Version:": "a web archive (MHTML)",
}
"""How files begin that are no extract, whatever they are called."""


def source_of(path: Path) -> Source:
    """Return the file as a source of its form; raise InputError for one that is damaged, or of a form that is not read.

    The name of a file tells nothing: HTML and XML that call themselves .xls are read as what they are.
    """
    if is_workbook(path):
        return Workbook(path)
    if is_parquet(path):
        return Parquet(path)
    begins = beginning(path)
    for sign, what in _OTHERS.items():
        if begins.lstrip().startswith(sign):
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
