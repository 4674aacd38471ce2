"""Which encoding a text is in, as its bytes tell: a mark, valid UTF-8, the zeros of UTF-16; else Windows-1252.

Statistics over letters are not asked: of extracts, which hold few words, they take Windows-1252 for Japanese or Czech.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from transforms.layouts.format import Encoding

HEAD = 256 * 1024
_CHUNK = 4 * 1024 * 1024
_MARKS: tuple[tuple[bytes, Encoding], ...] = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_LETTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|(?:\xe0[\xa0-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]|\xed[\x80-\x9f])[\x80-\xbf]"
    rb"|(?:\xf0[\x90-\xbf]|[\xf1-\xf3][\x80-\xbf]|\xf4[\x80-\x8f])[\x80-\xbf]{2}"
)
"""One letter of UTF-8 that takes more than one byte (RFC 3629, section 4)."""


def detect_encoding(path: Path) -> Encoding:
    """Return utf-8, utf-16, utf-16-le, utf-16-be or windows-1252, by the first 256 KiB of the file.

    Only where they are no UTF-8 the rest is read: a file with letters of UTF-8 anywhere is UTF-8 with damage.
    """
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    if wide := _wide(head):
        return wide
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=len(head) < HEAD)
    except UnicodeDecodeError:
        return "utf-8" if has_letters_of_utf_8(path) else "windows-1252"
    return "utf-8"


def _wide(head: bytes) -> Encoding | None:
    """Return the UTF-16 without a mark that the zeros tell: in headings, mostly ASCII, every other byte."""
    first = head[:512]
    if len(first) < 4:
        return None
    even, odd = (first[start::2].count(0) / len(first[start::2]) for start in (0, 1))
    if odd > 0.6 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 and odd < 0.1 else None


def has_letters_of_utf_8(path: Path) -> bool:
    """Return whether any letter of the file is written as UTF-8 writes what is not ASCII; reads as far as the first."""
    before = b""
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            if not chunk.isascii() and _LETTER.search(before + chunk):
                return True
            before = chunk[-3:]
    return False


def has_mark(path: Path) -> bool:
    """Return whether the file begins with a byte order mark."""
    with path.open("rb") as stream:
        begins = stream.read(3)
    return any(begins.startswith(mark) for mark, _ in _MARKS)
