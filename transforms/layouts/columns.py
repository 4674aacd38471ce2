"""How one canonical column is found in a file and read."""

from __future__ import annotations

from typing import Any

from pydantic import Field, field_validator, model_validator

from transforms.layouts.dates import check_date_format
from transforms.layouts.naming import fold
from transforms.layouts.part import EACH_ONCE, Part, refusal

EVERY_OTHER = "*"
"""What stands under `values` for every other value that is not blank."""


class ColumnMap(Part):
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
            check_date_format(text)
            other = text.replace("%d", "\0").replace("%m", "%d").replace("\0", "%m")
            if other != text and other in formats:
                raise refusal(f"{text!r} and {other!r} read 03/04 as two different days", "one of the two")
        return formats
