"""One small extract in every odd form in which a file may come: its plain CSV, and what becomes of it elsewhere."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from html import escape

import xlsxwriter

from tests.support.extracts import HEADINGS

NAMES = HEADINGS.split(",")
ROWS = [
    ["A", "1", "2025-02-03", "export", "PK", "Prüfgerät – €5", "3A999", "100.00"],
    ["A", "2", "2025-02-03", "export", "PK", 'a 5" pump, small', "3A999", "1234.50"],
    ["B", "1", "2025-02-03", "export", "Freedonia", "a pump", "3A999", "100.00"],
    ["C", "1", "2025-02-03", "export", "PK", "x;y/z", "EAR99", "1200000.00"],
]
"""The third row names no country, so that it is set aside."""
Row = Sequence[str]


def delimited(rows: Sequence[Row], sign: str = ",", end: str = "\n") -> str:
    """Rows as text, quoted where they must be; a blank row is a blank line."""
    held = io.StringIO(newline="")
    writer = csv.writer(held, delimiter=sign, lineterminator=end)
    for cells in rows:
        if cells:
            writer.writerow(cells)
        else:
            held.write(end)
    return held.getvalue()


PLAIN = delimited([NAMES, *ROWS])


def alv(*above: str, heads: int = 1, sign: str = "|") -> str:
    """A list as SAP saves one unconverted: bars around cells, dashes around rows; page heads may come again."""
    table = [NAMES, *ROWS]
    widths = [max(len(row[place]) for row in table) for place in range(len(NAMES))]
    shown = [sign + sign.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + sign
             for row in table]  # fmt: skip
    rule = "-" * len(shown[0])
    lines = [*above, rule, shown[0], rule]
    for row in shown[1:]:
        lines += [row] if heads == 1 else [row, rule, "", *above, rule, shown[0], rule]
    return "\n".join([*lines, rule]) + "\n"


def alv_of(rows: Sequence[Row]) -> str:
    """Rows as a list of SAP in which each cell is as wide as it is, rows of one cell outside of the bars."""
    shown = [f"|{'|'.join(cells)}|" if len(cells) > 1 else "".join(cells) for cells in rows]
    rule = "-" * 60
    return "\n".join([rule, *shown[:1], rule, *shown[1:], rule]) + "\n"


def html(rows: Sequence[Row], before: str = "", after: str = "", charset: str = "", tag: str = "td") -> str:
    """Rows as a table of HTML."""
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    body = "".join(
        "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>\r\n" for cells in rows
    )
    return f"<html><head>{meta}</head><body>{before}<table border=1>{body}</table>{after}</body></html>"


def xml_cell(cell: str, more: str = "") -> str:
    """A cell of Excel 2003: a day is a DateTime, an amount a Number."""
    if len(cell) == 10 and cell.startswith("2025-"):
        kind, cell = "DateTime", f"{cell}T00:00:00.000"
    else:
        kind = "Number" if cell.replace(".", "").isdecimal() else "String"
    return f'<Cell{more}><Data ss:Type="{kind}">{escape(cell)}</Data></Cell>'


def xml(*rows: str, sheet: str = "Lines", before: str = "") -> str:
    """Rows, each already marked up, as the XML of Excel 2003."""
    return (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'{before}<Worksheet ss:Name="{sheet}"><Table>{"".join(rows)}</Table></Worksheet></Workbook>'
    )


def xml_rows(rows: Sequence[Row]) -> list[str]:
    """Rows as Excel 2003 marks them up."""
    return ["<Row>" + "".join(map(xml_cell, cells)) + "</Row>" for cells in rows]


def workbook(fill: Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], None]) -> bytes:
    """A workbook of one sheet that `fill` fills."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        fill(book, book.add_worksheet("Lines"))
    return held.getvalue()


def typed(cell: str) -> str | float | date:
    """The cell as a spreadsheet holds it: amounts and whole numbers as numbers, days as days."""
    if len(cell) == 10 and cell.startswith("2025-"):
        return date.fromisoformat(cell)
    return float(cell) if cell.replace(".", "").isdecimal() else cell


def fill_rows(
    book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, rows: Sequence[Row], top: int, left: int = 0
) -> None:
    """Write rows from the row `top` on, counted from 0."""
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for number, cells in enumerate(rows, start=top):
        for column, cell in enumerate(cells, start=left):
            if cell != "":
                sheet.write(number, column, typed(cell), *([day] if isinstance(typed(cell), date) else []))


def ods(rows: Sequence[Row]) -> bytes:
    """Rows as OpenDocument; as its programs write it, blank rows to the end of the sheet are one that is repeated."""
    body = "".join(
        "<table:table-row>" + "".join(map(_ods_cell, cells)) + "</table:table-row>" for cells in rows
    )
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names}><office:body><office:spreadsheet>'
        f'<table:table table:name="Lines">{body}<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/"'
        ' manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        "</manifest:manifest>"
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return held.getvalue()


def ods_of(*rows: str) -> bytes:
    """OpenDocument with these rows, as XML, in its one sheet."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(ods([]))) as plain, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in plain.namelist():
            text = plain.read(name)
            archive.writestr(name, text.replace(b"<table:table-row ", "".join(rows).encode() + b"<table:table-row ", 1))
    return content.getvalue()


def _ods_cell(cell: str) -> str:
    value = typed(cell)
    if isinstance(value, date):
        kind = f'office:value-type="date" office:date-value="{cell}"'
    elif isinstance(value, float):
        kind = f'office:value-type="float" office:value="{value}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(cell)}</text:p></table:table-cell>" if cell else (
        "<table:table-cell/>"
    )
