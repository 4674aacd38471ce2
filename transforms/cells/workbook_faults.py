"""The cells of a sheet whose formula has no result; the reader of workbooks shows them as empty.

Empty would mean *nothing recorded*, so they are looked up in the sheet itself (ISO/IEC 29500-1, 18.3.1.4: a cell of
type `e` holds an error; a formula `f` without a value `v` was never calculated).
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from posixpath import join, normpath
from xml.etree import ElementTree

from transforms.errors import InputError

NOT_CALCULATED = "#FORMULA WITHOUT A VALUE"
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    ElementTree.ParseError,
    RuntimeError,
    LookupError,
    ValueError,
    OSError,
    EOFError,
)
"""What reading a damaged workbook raises."""
_CHUNK = 4 * 1024 * 1024
_SUSPECT = re.compile(rb"""\bt=["']e["']|<(\w+:)?f[ >/]""")
_PLACE = re.compile(r"([A-Z]+)(\d+)")


def find_faulty_cells(path: Path, sheet: str) -> dict[int, list[tuple[int, str]]]:
    """Return what to read in cells without a result, by row: (column, text); rows and columns from 0.

    A sheet without formulas and errors is only searched, not parsed. Raises InputError for XML that cannot be read.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            part = part_of(archive, sheet)
            return _faulty(archive, part) if part and _is_suspect(archive, part) else {}
    except DAMAGE as error:
        raise InputError(f"{path.name}: cannot be read as a workbook: {error}; save it again as .xlsx") from error


def part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """Return the name of the part that holds the sheet."""
    relation = ""
    for element in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
        if _tag(element) == "sheet" and element.get("name") == sheet:
            relation = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
    for element in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels")).iter():
        if element.get("Id") == relation:
            target = element.get("Target", "")
            return target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
    return ""


def _is_suspect(archive: zipfile.ZipFile, part: str) -> bool:
    with archive.open(part) as stream:
        before = b""
        while chunk := stream.read(_CHUNK):
            if _SUSPECT.search(before + chunk):
                return True
            before = chunk[-100:]
    return False


def _faulty(archive: zipfile.ZipFile, part: str) -> dict[int, list[tuple[int, str]]]:
    found: dict[int, list[tuple[int, str]]] = {}
    row = column = -1
    with archive.open(part) as stream:
        for event, element in ElementTree.iterparse(stream, events=("start", "end")):
            tag = _tag(element)
            if event == "start" and tag == "row":
                row, column = int(element.get("r", row + 2)) - 1, -1
            elif event == "start" and tag == "c":
                column = _column(element.get("r", ""), column + 1)
            elif event == "end" and tag == "c":
                parts = {_tag(child): child.text for child in element}
                if element.get("t") == "e":
                    found.setdefault(row, []).append((column, parts.get("v") or NOT_CALCULATED))
                elif "f" in parts and "is" not in parts and not (parts.get("v") or _is_empty_text(element, parts)):
                    found.setdefault(row, []).append((column, NOT_CALCULATED))
            elif event == "end" and tag == "row":
                element.clear()
    return found


def _is_empty_text(cell: ElementTree.Element, parts: dict[str, str | None]) -> bool:
    """Whether a formula was calculated, and came to a text without a sign; openpyxl leaves `<v/>` where none was."""
    return "v" in parts and cell.get("t") == "str"


def _column(place: str, otherwise: int) -> int:
    """Return the column of a place such as `BC12`, from 0."""
    letters = _PLACE.fullmatch(place)
    if not letters:
        return otherwise
    number = 0
    for letter in letters.group(1):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
