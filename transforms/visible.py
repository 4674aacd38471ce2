"""Text of others in signs that can be seen: nothing that moves a cursor, colors a terminal or turns what is written."""

from __future__ import annotations

import os
import re
import unicodedata

_ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters but tab and newline, line ends of Unicode, what turns the direction, and bytes of no text."""
_HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""In a name besides what is not seen at all: general categories of Unicode."""


def visible(text: str) -> str:
    """Return text of several lines as a terminal may show it: a sign that would act on it is told, as `{U+001B}`."""
    return _ACTS.sub(lambda found: _told(found[0]), text)


def plain_text(text: str) -> str:
    """Return a name or a path in signs that can be seen and written anywhere; what needs no change has none.

    A byte that is no UTF-8 becomes `{FF}`, a control character or a hidden mark `{U+202E}`.
    """
    if not any(map(_is_hidden, text)):
        return text
    return "".join(_told(sign) if _is_hidden(sign) or sign in "{}" else sign for sign in text)


def _is_hidden(sign: str) -> bool:
    return sign == "\\" or unicodedata.category(sign) in _HIDDEN


def _told(sign: str) -> str:
    is_byte = "\udc80" <= sign <= "\udcff"  # as `os.fsdecode` keeps a byte that it cannot read (PEP 383)
    return f"{{{os.fsencode(sign)[0]:02X}}}" if is_byte else f"{{U+{ord(sign):04X}}}"
