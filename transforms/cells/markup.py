"""Markup that calls itself a workbook: an HTML table, or the XML of Excel 2003, as many systems write for `.xls`."""

from __future__ import annotations

import re
from pathlib import Path

from transforms.cells.detect import HEAD, detect_encoding
from transforms.cells.text import codec

MOST_SPAN = 1_000
"""Cells that one cell is said to span; more is no table of a person."""
SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_HTML = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(<!--(?:(?!-->).)*+-->\s*)*+<(!doctype\s+html|html|head|body|meta|style|table)\b",
    re.IGNORECASE | re.DOTALL,
)


def beginning(path: Path) -> str:
    """Return the first characters of a file as text, whatever its encoding."""
    with path.open("rb") as stream:
        text = stream.read(HEAD)
    return text.decode(codec(detect_encoding(path)), errors="replace").lstrip("\ufeff")


def is_page(text: str) -> bool:
    """Whether a file that begins so is HTML."""
    return bool(_HTML.match(text))


def is_html(text: str) -> bool:
    """Whether a file that begins so is HTML with a table."""
    return is_page(text) and "<tr" in text.lower()


def is_spreadsheet_xml(text: str) -> bool:
    """Whether a file that begins so is the XML of Excel 2003."""
    return text.lstrip().startswith("<") and SPREADSHEET in text
