"""The form of a layout file, once read: one frozen `Layout` per kind of extract.

Each model refuses unknown keys and says what is allowed; what concerns several keys at once is in `check.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal, get_args
from zoneinfo import available_timezones

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from transforms.kinds import KINDS, KindName, RecordKind
from transforms.layouts.naming import did_you_mean, fold

Encoding = Literal["utf-8", "windows-1252", "utf-16", "latin-1", "utf-16-le", "utf-16-be"]
Decimal = Literal[".", ","]
Whole = Literal["", "days", "month", "history"]
CHOICES: dict[str, tuple[str, ...]] = {
    "encoding": get_args(Encoding), "decimal": get_args(Decimal), "kind": get_args(KindName),
    "whole": get_args(Whole)[1:],
}  # fmt: skip

ISO_DATES = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S")
"""How dates are read where a layout does not say."""
DECIDE = "decide"
"""What stands in a drafted layout where a person has to say which."""
EVERY_OTHER = "*"
"""What stands under `values` for every other value that is not blank."""

DELIMITER_WORDS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
ENCODING_WORDS = {
    "utf-8": "UTF-8", "windows-1252": "Windows-1252", "utf-16": "UTF-16", "latin-1": "Latin-1",
    "utf-16-le": "UTF-16, low byte first", "utf-16-be": "UTF-16, high byte first",
}  # fmt: skip

EACH_ONCE = "each heading once; case and spaces do not count"
_DIRECTIVES = "%Y %y %m %b %B %d %H %I %M %S %f %p %a %A %z %%"
_DATE_PARTS = (("year", ("%Y", "%y")), ("month", ("%m", "%b", "%B")), ("day", ("%d",)))
NAME_DIGITS = {"%Y": 4, "%y": 2, "%m": 2, "%d": 2, "%H": 2, "%M": 2, "%S": 2}
"""What a date in the name of a file is made of, and how many digits each part has."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def refusal(problem: str, allowed: str) -> PydanticCustomError:
    """Return the error of a validator: what is wrong and what is allowed, each to its own place in a `Fault`."""
    return PydanticCustomError("layout", "{problem}", {"problem": problem, "allowed": allowed})


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Format(_Part):
    """How the bytes of a file become cells. Of a workbook only `sheet` and `decimal` count, of Parquet only `decimal`.

    What a layout does not state is found out from the file; the values here are what it then is taken for at first.
    """

    delimiter: str = ","
    quote: str = '"'
    encoding: Encoding = "utf-8"
    decimal: Decimal = "."
    sheet: str = ""
    """The sheet of a workbook that is read; the first one where it is not said."""

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

    @field_validator("quote")
    @classmethod
    def _at_most_one_character(cls, value: str, info: ValidationInfo) -> str:
        if len(value) > 1 or (value and value in "\r\n"):
            raise refusal(f"{value!r} is not a valid quote", 'one character, or "" for a source that never quotes')
        if value and value == info.data.get("delimiter"):
            raise refusal(f"{value!r} is the delimiter too", "a quote that differs from the delimiter")
        return value


class ColumnMap(_Part):
    """How one canonical column is found in a file (`headings`, any one of them) and read (`dates`, `values`)."""

    headings: tuple[str, ...]
    dates: tuple[str, ...] = ()
    values: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, given: Any) -> Any:
        """Let a bare heading, or a list of them, stand for the whole mapping."""
        if isinstance(given, dict):
            return {
                key: [value] if key in ("headings", "dates") and isinstance(value, str) else value
                for key, value in given.items()
            }
        if isinstance(given, str | list):
            return {"headings": [given] if isinstance(given, str) else given}
        raise refusal("no heading is given", "a heading, a list of headings, or a mapping with headings")

    @field_validator("headings")
    @classmethod
    def _distinct(cls, headings: tuple[str, ...]) -> tuple[str, ...]:
        folded = [fold(heading) for heading in headings]
        if not folded or not all(folded):
            raise refusal("no heading is given, or an empty one", "at least one heading, each with text")
        for place, heading in enumerate(headings):
            if folded[place] in folded[:place]:
                raise refusal(f"the heading {heading!r} appears twice", EACH_ONCE)
        return headings

    @field_validator("dates")
    @classmethod
    def _readable(cls, formats: tuple[str, ...]) -> tuple[str, ...]:
        for text in formats:
            _check_date_format(text)
            other = text.replace("%d", "\0").replace("%m", "%d").replace("\0", "%m")
            if other != text and other in formats:
                raise refusal(f"{text!r} and {other!r} read 03/04 as two different days", "one of the two")
        return formats


class Extract(_Part):
    """How an extract says when it was taken: by a date in its name, or by a column that says the same in every row.

    With neither, or where a file's name holds no such date, extracts follow each other as they arrive.
    """

    date_in_name: str = ""
    """A date format with the text around it, as `daily-%Y-%m-%d`."""
    date_column: str = ""
    """A heading."""
    dates: tuple[str, ...] = ()
    """How the dates of the column are written, tried in order."""

    @model_validator(mode="before")
    @classmethod
    def _one_format(cls, given: Any) -> Any:
        """Let one format stand for a list of them."""
        if isinstance(given, dict) and isinstance(given.get("dates"), str):
            return {**given, "dates": [given["dates"]]}
        return given

    @field_validator("date_in_name")
    @classmethod
    def _readable_name(cls, value: str) -> str:
        if value:
            _check_date_format(value)
            if other := set(re.findall("%.", value)) - NAME_DIGITS.keys():
                raise refusal(
                    f"date format {value!r}: {', '.join(sorted(other))} cannot be told in a name", " ".join(NAME_DIGITS)
                )
        return value

    @field_validator("dates")
    @classmethod
    def _readable_dates(cls, formats: tuple[str, ...]) -> tuple[str, ...]:
        for text in formats:
            _check_date_format(text)
        return formats

    @model_validator(mode="after")
    def _one_way(self) -> Extract:
        if self.date_in_name and self.date_column:
            raise refusal("both date_in_name and date_column are given", "one of the two")
        if self.dates and not self.date_column:
            raise refusal("dates are given without date_column", "dates of a date_column only")
        return self


def wall_forms(forms: Sequence[str]) -> tuple[str, ...]:
    """Return date formats without %z: the day of a moment is the one that its clock shows, not that of UTC."""
    return tuple(dict.fromkeys(form.replace("%z", "").rstrip() for form in forms))


class Layout(_Part):
    """One kind of extract: which heading feeds which canonical column, and how its cells are read.

    A canonical column that is neither in `columns` nor in `constants` is *not known* for every line of the source.
    """

    id: str
    title: str
    kind: KindName = "lines"
    source: str = Field(default="", validate_default=True)
    format: Format = Format()
    time_zone: str = ""
    """The zone in which the source's days begin and end, as America/New_York: of moments that it writes in UTC."""
    extract: Extract = Extract()
    whole: Whole = ""
    """Of which days an extract has every record: its first to its last, the months that it has rows of, or all."""
    columns: dict[str, ColumnMap]
    constants: dict[str, str] = Field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    must_fill: tuple[str, ...] = ()
    """Canonical columns that a row must fill to be loaded, besides those of its identity: of items, the ECCN."""
    door: dict[str, str] = Field(default_factory=dict)

    @field_validator("id", "source")
    @classmethod
    def _name(cls, value: str, info: ValidationInfo) -> str:
        if info.field_name == "source" and not value:
            return str(info.data.get("id", ""))
        if not _NAME.fullmatch(value):
            raise refusal(f"{value!r} is not a valid name", "letters and digits; after the first one also . _ -")
        return value

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value and value not in available_timezones():
            near = did_you_mean(value, sorted(available_timezones()))
            raise refusal(f"{value!r} is not a known time zone{near}", "an IANA name, as America/New_York")
        return value

    @property
    def record_kind(self) -> RecordKind:
        """What the rows of the extract are: their columns, their identity, their table."""
        return KINDS[self.kind]

    def date_formats(self, name: str) -> tuple[str, ...]:
        """Return the formats in which dates of the canonical column `name` are tried, in order."""
        return (self.columns[name].dates if name in self.columns else ()) or ISO_DATES


def _check_date_format(text: str) -> None:
    """Raise unless `text` is a strptime format with one year, one month and one day."""
    if text.startswith(DECIDE):
        raise refusal("the form of the dates is still to be decided", text.partition(": ")[2] or "a date format")
    allowed = f"one of %Y %y, one of %m %b %B, and %d; besides them {_DIRECTIVES}"
    found = re.findall(r"%.?", text)
    for directive in found:
        if directive not in _DIRECTIVES.split():
            raise refusal(f"date format {text!r}: {directive!r} cannot be read", allowed)
    for part, ways in _DATE_PARTS:
        count = sum(directive in ways for directive in found)
        if count != 1:
            raise refusal(f"date format {text!r} has {'no' if not count else 'more than one'} {part}", allowed)
