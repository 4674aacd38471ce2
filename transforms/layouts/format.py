"""How the bytes of a file become cells."""

from __future__ import annotations

import re
from typing import Any, Literal

from pydantic import ValidationInfo, field_validator

from transforms.layouts.part import Part, refusal

Encoding = Literal["utf-8", "windows-1252", "utf-16", "latin-1", "utf-16-le", "utf-16-be"]
Decimal = Literal[".", ","]

DELIMITER_WORDS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
ENCODING_WORDS = {
    "utf-8": "UTF-8", "windows-1252": "Windows-1252", "utf-16": "UTF-16", "latin-1": "Latin-1",
    "utf-16-le": "UTF-16, low byte first", "utf-16-be": "UTF-16, high byte first",
}  # fmt: skip


class Format(Part):
    """How the bytes of a file become cells. Of a workbook only `sheet` and `decimal` count, of Parquet only `decimal`.

    What a layout does not state is found out from the file; the values here are what it then is taken for at first.
    """

    delimiter: str = ","
    quote: str = '"'
    encoding: Encoding = "utf-8"
    decimal: Decimal = "."
    sheet: str = ""
    """The sheet of a workbook that is read; the first one where it is not said."""
    heading_row: tuple[int, ...] = ()
    """The row of the headings, from 1, or two rows that follow each other; found out where it is not said."""

    totals: tuple[str, ...] = ()
    """Words with which rows begin that add others up, besides the usual ones."""
    skip: tuple[str, ...] = ()
    """Words with which rows begin that are no records: footers, notes."""

    @property
    def unstated(self) -> frozenset[str]:
        """The keys that the layout does not give."""
        return frozenset(type(self).model_fields) - self.model_fields_set

    @field_validator("delimiter")
    @classmethod
    def _one_character(cls, value: str) -> str:
        value = DELIMITER_WORDS.get(value.strip().casefold(), value)
        if len(value) != 1 or value in "\r\n":
            raise refusal(f"{value!r} is not a valid delimiter", f"one character, or {', '.join(DELIMITER_WORDS)}")
        return value

    @field_validator("heading_row", mode="before")
    @classmethod
    def _one_row_or_two(cls, value: Any) -> Any:
        rows = value if isinstance(value, list) else [value]
        numbers = [int(row) for row in rows if re.fullmatch("[1-9][0-9]{0,3}", str(row))]
        if len(numbers) != len(rows) or len(rows) not in (1, 2) or numbers[-1] - numbers[0] != len(rows) - 1:
            allowed = "a row number from 1, or two that follow each other: [3, 4]"
            raise refusal(f"{value!r} is no row of headings", allowed)
        return tuple(numbers)

    @field_validator("totals", "skip", mode="before")
    @classmethod
    def _words(cls, value: Any) -> Any:
        words = [value] if isinstance(value, str) else value
        if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
            raise refusal(f"{value!r} is no word with which rows begin", "a word, or a list of them: [Total, Summe]")
        return tuple(word.strip() for word in words)

    @field_validator("quote")
    @classmethod
    def _at_most_one_character(cls, value: str, info: ValidationInfo) -> str:
        if len(value) > 1 or (value and value in "\r\n"):
            raise refusal(f"{value!r} is not a valid quote", 'one character, or "" for a source that never quotes')
        if value and value == info.data.get("delimiter"):
            raise refusal(f"{value!r} is the delimiter too", "a quote that differs from the delimiter")
        return value
