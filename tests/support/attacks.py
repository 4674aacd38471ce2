"""Files that are made to take all memory, all time, or to read what they should not; each new one is a line."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

HEADINGS = ("shipment_id", "line_number", "export_on")
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml"'
    ' ContentType="application/xml"/><Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LAUGHS = "".join(f'<!ENTITY l{one} "{f"&l{one - 1};" * 10}">' if one else '<!ENTITY l0 "ha">' for one in range(12))


def sheet_row(number: int, cells: dict[str, str]) -> str:
    """Return a row of a sheet, texts by their column."""
    inner = "".join(
        f'<c r="{column}{number}" t="inlineStr"><is><t>{text}</t></is></c>' for column, text in cells.items()
    )
    return f'<row r="{number}">{inner}</row>'


GOOD = sheet_row(1, dict(zip("ABC", HEADINGS, strict=True))) + sheet_row(2, {"A": "S", "B": "1", "C": "2025-02-03"})


def workbook(
    rows: str = GOOD, *, before: str = "", dtd: str = "", book_dtd: str = "", more: dict[str, bytes] | None = None
) -> bytes:
    """Return a workbook of one sheet, written by hand."""
    sheet = f'<?xml version="1.0"?>{dtd}<worksheet xmlns="{_MAIN}">{before}<sheetData>{rows}</sheetData></worksheet>'
    parts = {
        "[Content_Types].xml": _TYPES.encode(),
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument"'
            ' Target="xl/workbook.xml"/></Relationships>'
        ).encode(),
        "xl/workbook.xml": (
            f'<?xml version="1.0"?>{book_dtd}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="S"'
            ' sheetId="1" r:id="rId1"/></sheets></workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_OFFICE}/worksheet"'
            ' Target="worksheets/sheet1.xml"/></Relationships>'
        ).encode(),
        "xl/worksheets/sheet1.xml": sheet.encode(),
        **(more or {}),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def understated(content: bytes, name: str, size: int) -> bytes:
    """Return the archive with a member said to hold `size` bytes unpacked, with the checksum of those."""
    import struct
    import zlib

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        crc = zlib.crc32(archive.read(name)[:size])
        places = [archive.getinfo(name).header_offset + 14]
    central = content.index(b"PK\x01\x02")
    while content[central + 46 :].startswith(name.encode()) is False:
        central = content.index(b"PK\x01\x02", central + 4)
    places.append(central + 16)
    made = bytearray(content)
    for place in places:
        struct.pack_into("<I", made, place, crc)
        struct.pack_into("<I", made, place + 8, size)
    return bytes(made)


def bomb(megabytes: int) -> str:
    """Return rows whose blank takes much room unpacked and next to none packed."""
    return GOOD + " " * (megabytes * 1024 * 1024)


def nested_parquet(depth: int) -> bytes:
    """Return a Parquet file with a column of lists in lists."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kind, value = pa.string(), "x"
    for _ in range(depth):
        kind, value = pa.list_(kind), [value]  # type: ignore[assignment]
    made = io.BytesIO()
    pq.write_table(pa.table({"shipment_id": ["A"], "deep": pa.array([value], kind)}), made)
    return made.getvalue()


def long_parquet(rows: int) -> bytes:
    """Return a Parquet file of few bytes that holds many rows, all alike."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    made = io.BytesIO()
    one = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int8()), pa.array(["x" * 1000]))
    pq.write_table(pa.table(dict.fromkeys(HEADINGS, one)), made, compression="zstd")
    return made.getvalue()


def lying_parquet() -> bytes:
    """Return a Parquet file whose footer promises other numbers of bytes and values than there are."""
    good = bytearray(nested_parquet(0))
    place = good.rindex(b"PAR1", 0, len(good) - 4) if good.count(b"PAR1") > 2 else len(good) // 2
    good[place : place + 8] = b"\xff" * 8
    return bytes(good)


XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
FAR = GOOD + sheet_row(1048576, {"XFD": "x"})
IMPLICIT = GOOD + '<row r="3">' + "<c><v>1</v></c>" * 16384 + '</row><row r="1048576"><c><v>1</v></c></row>'
WORKBOOKS: dict[str, Callable[[], bytes]] = {
    "a sheet that claims every cell": lambda: workbook(before='<dimension ref="A1:XFD1048576"/>'),
    "a cell in the last corner": lambda: workbook(FAR),
    "cells without places, and the last row": lambda: workbook(IMPLICIT),
    "a row beyond the last": lambda: workbook(GOOD + sheet_row(4294967295, {"A": "x"})),
    "laughs in the sheet": lambda: workbook(GOOD.replace("<t>S</t>", "<t>&l11;</t>"), dtd=f"<!DOCTYPE x [{LAUGHS}]>"),
    "laughs beside a formula": lambda: workbook(
        GOOD.replace("<t>S</t>", "<t>&l11;</t>") + '<row r="3"><c r="A3"><f>1</f></c></row>',
        dtd=f"<!DOCTYPE x [{LAUGHS}]>",
    ),
    "laughs in the book": lambda: workbook(book_dtd=f"<!DOCTYPE x [{LAUGHS}]>"),
    "a file of the system": lambda: workbook(GOOD.replace("<t>S</t>", "<t>&e;</t>"), dtd=XXE),
    "a file of the system beside a formula": lambda: workbook(
        GOOD.replace("<t>S</t>", "<t>&e;</t>") + '<row r="3"><c r="A3"><f>1</f></c></row>', dtd=XXE
    ),
    "a sheet that unpacks to 300 MB": lambda: workbook(bomb(300)),
    "a sheet that says it is small": lambda: understated(
        workbook(bomb(300)), "xl/worksheets/sheet1.xml", len(GOOD) + 200
    ),
    "texts that unpack to 300 MB": lambda: workbook(
        more={"xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{" " * 1024 * 1024 * 300}</sst>'.encode()}
    ),
}
OTHERS: dict[str, Callable[[], bytes]] = {
    "nested.parquet": lambda: nested_parquet(5),
    "deep.parquet": lambda: nested_parquet(500),
    "lying.parquet": lying_parquet,
    "long.parquet": lambda: long_parquet(100_000),
    "wide.csv": lambda: b",".join(b"c%d" % one for one in range(1_000_000)) + b"\n1\n",
    "cell.csv": lambda: ",".join(HEADINGS).encode() + b"\n" + b"A" * 50_000_000 + b",1,2025-02-03\n",
    "heading.csv": lambda: b"A" * 50_000_000,
    "digits.csv": lambda: (
        f"{','.join(HEADINGS)},value_usd,quantity\nA,{'9' * 300_000},2025-02-03,1e999999999,{'9' * 99_999}\n"
    ).encode(),
    "zeros.csv": lambda: b"\0" * 10_000_000,
}
HARMLESS = {"a sheet that claims every cell", "laughs in the book", "digits.csv", "cell.csv", "long.parquet"}
"""What is read all the same, as no more of it is taken than there is, or than is asked for."""
