"""What is no extract is refused in a sentence that names the file, what it is, and what to do."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from tests.support.odd_files import NAMES, ROWS, html, xml, xml_rows
from tests.support.staging import staged
from transforms.errors import InputError

XLS = (Path(__file__).parent.parent / "fixtures" / "files" / "lines.xls").read_bytes()
TABLE = [NAMES, *ROWS]


def of_other_program(stream: str) -> bytes:
    """An Office file whose one part has this name."""
    name = stream.encode("utf-16-le")
    place = XLS.index("Workbook".encode("utf-16-le"))
    entry = name.ljust(64, b"\0") + (len(name) + 2).to_bytes(2, "little")
    return XLS[:place] + entry + XLS[place + len(entry) :]


def docx() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("[Content_Types].xml", "")
        archive.writestr("word/document.xml", "")
    return held.getvalue()


LOCKED = XLS.replace(b"\xe1\0\2\0", b"\x2f\0\2\0", 1)
"""With the record that says that what follows is encrypted."""
REFUSED: dict[str, tuple[bytes | str, str]] = {
    "MHTML": ("MIME-Version: 1.0\nX-Document-Type: Workbook\n", r"a web archive \(MHTML\)"),
    "MHTML of a browser": (
        "From: <Saved by Blink>\r\nSubject: x\r\n y\r\nMIME-Version: 1.0\r\n\r\n" + html(TABLE),
        r"a web archive \(MHTML\)",
    ),
    "PDF": (b"%PDF-1.4\n%\xe2\xe3\n1 0 obj", "a PDF document"),
    "RTF": ("{\\rtf1\\ansi a,b}", "Rich Text Format"),
    "Word": (docx(), "another program's document"),
    "Word 97": (of_other_program("WordDocument"), "a document of Word"),
    "a message": (of_other_program("__substg1.0_0037001F"), "a message of Outlook"),
    "a workbook with a password": (of_other_program("EncryptedPackage"), "with a password.* remove the password"),
    "Excel 97 with a password": (LOCKED, "with a password"),
    "Excel 4": (b"\x09\x04\x06\0\0\0\x10\0" + bytes(80), "a workbook of Excel 4"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture"),
    "a database": (b"SQLite format 3\0" + bytes(80), "a database"),
    "7z": (b"7z\xbc\xaf\x27\x1c\0\x04", "an archive"),
    "JSON": ('[{"shipment_id": "A"}]', "JSON"),
    "a page of a sign-in": ("<!DOCTYPE html><html><body>Sign in, please<br></body></html>", "without a table"),
    "HTML that breaks off": (html(TABLE)[:-300], "breaks off inside a table"),
    "HTML in no encoding": (html(TABLE, charset="idna"), "in the encoding that it names, 'idna'"),
    "HTML that is no UTF-16": (html(TABLE, charset="utf-16"), "in the encoding that it names, 'utf-16'"),
    "XML that breaks off": (xml(*xml_rows(TABLE))[:-90], "cannot be read as XML of a spreadsheet"),
    "XML in an encoding that is not known": (
        xml(*xml_rows(TABLE)).replace('"1.0"', '"1.0" encoding="shift_jis"'), "cannot be read as XML of a spreadsheet",
    ),
    "XML with declarations": (
        xml(*xml_rows(TABLE)).replace("<Workbook", "<!DOCTYPE a [<!ENTITY b 'c'>]><Workbook"), "it has declarations",
    ),
    "XML without the sheet": (
        xml(*xml_rows(TABLE), sheet="").replace(">A<", ">&bad;<"), "cannot be read as XML of a spreadsheet",
    ),
    "XML of something else": ("<?xml version='1.0'?><invoice/>", "XML of no spreadsheet"),
    "half a workbook of Excel 97": (XLS[:2_000], "damaged|another program"),
}  # fmt: skip


def test_a_workbook_of_which_the_reader_panics_is_refused(tmp_path: Path) -> None:
    draw = random.Random(672)
    refused = 0
    for number in range(60):
        changed = bytearray(XLS)
        for _ in range(draw.choice([1, 10, 40])):
            changed[draw.randrange(len(changed))] = draw.randrange(256)
        path = tmp_path / f"x{number}.xls"
        path.write_bytes(changed[: draw.randrange(600, len(changed))])
        try:
            staged(path, tmp_path / "copies")
        except InputError as error:
            refused += path.name in str(error)
    assert refused > 30


@pytest.mark.parametrize(("content", "said"), REFUSED.values(), ids=REFUSED.keys())
@pytest.mark.parametrize("name", ["x.xls", "x.csv"])
def test_what_is_no_extract_is_refused_by_what_it_is(
    tmp_path: Path, name: str, content: bytes | str, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(InputError, match=said) as error:
        staged(path, tmp_path / "copies")
    assert str(error.value).startswith(f"{name}: ")
    assert "\n" not in str(error.value)
    assert not list((tmp_path / "copies").glob(".*"))
