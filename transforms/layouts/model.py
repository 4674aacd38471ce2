"""The form of a layout file, once read: one frozen `Layout` per kind of extract.

Each model refuses unknown keys and says what is allowed; what concerns several keys at once is in `check.py`.
"""

from __future__ import annotations

import re
from typing import Any, Literal, get_args
from zoneinfo import available_timezones

from pydantic import Field, ValidationInfo, field_validator, model_validator

from transforms.kinds import KINDS, KindName, RecordKind
from transforms.layouts.columns import ColumnMap
from transforms.layouts.dates import ISO_DATES, NAME_DIGITS, check_date_format
from transforms.layouts.format import Decimal, Encoding, Format
from transforms.layouts.naming import did_you_mean
from transforms.layouts.part import Part, refusal

Whole = Literal["", "days", "month", "history"]
CHOICES: dict[str, tuple[str, ...]] = {
    "encoding": get_args(Encoding), "decimal": get_args(Decimal), "kind": get_args(KindName),
    "whole": get_args(Whole)[1:],
}  # fmt: skip

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


class Extract(Part):
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
            check_date_format(value)
            if other := set(re.findall("%.", value)) - NAME_DIGITS.keys():
                raise refusal(
                    f"date format {value!r}: {', '.join(sorted(other))} cannot be told in a name", " ".join(NAME_DIGITS)
                )
        return value

    @field_validator("dates")
    @classmethod
    def _readable_dates(cls, formats: tuple[str, ...]) -> tuple[str, ...]:
        for text in formats:
            check_date_format(text)
        return formats

    @model_validator(mode="after")
    def _one_way(self) -> Extract:
        if self.date_in_name and self.date_column:
            raise refusal("both date_in_name and date_column are given", "one of the two")
        if self.dates and not self.date_column:
            raise refusal("dates are given without date_column", "dates of a date_column only")
        return self


class Layout(Part):
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
