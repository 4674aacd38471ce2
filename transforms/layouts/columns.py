"""How one canonical column is found in a file and read.

Its cell goes through the steps that its entry names, in this order: `headings` or `join`, `part`, `prefix` and
`suffix`, `values`, `lookup`, `blank`.
"""

from __future__ import annotations

from typing import Any

from pydantic import Field, field_validator, model_validator

from transforms.layouts.dates import check_date_format
from transforms.layouts.lookup import Lookup
from transforms.layouts.naming import fold
from transforms.layouts.part import EACH_ONCE, Part, refusal
from transforms.layouts.piece import Piece

EVERY_OTHER = "*"
"""What stands under `values` for every other value that is not blank."""
_LISTS = ("headings", "join", "dates")


class ColumnMap(Part):
    """How one canonical column is found in a file (`headings`, any one of them; or `join`, all of them) and read."""

    headings: tuple[str, ...] = ()
    join: tuple[str, ...] = ()
    """Headings of which the cells that are not blank make one text, in this order."""
    separator: str = " "
    """What stands between the joined cells."""
    part: Piece | None = None
    """The part of the cell that counts."""
    prefix: str = ""
    suffix: str = ""
    """Text that is taken away where the cell begins, or ends, with it."""
    dates: tuple[str, ...] = ()
    values: dict[str, str] = Field(default_factory=dict)
    lookup: Lookup | None = None
    """The table beside the layout in which the cell is looked up."""
    blank: str | None = None
    """What is read where the cell is blank."""

    @property
    def read_from(self) -> tuple[str, ...]:
        """Every heading that the entry reads, in one way or the other."""
        return self.headings or self.join

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, given: Any) -> Any:
        """Let a bare heading, or a list of them, stand for the whole mapping."""
        if isinstance(given, dict):
            return {key: [value] if key in _LISTS and isinstance(value, str) else value for key, value in given.items()}
        if isinstance(given, str | list):
            return {"headings": [given] if isinstance(given, str) else given}
        raise refusal("no heading is given", "a heading, a list of headings, or a mapping with headings or join")

    @field_validator("headings", "join")
    @classmethod
    def _distinct(cls, headings: tuple[str, ...]) -> tuple[str, ...]:
        folded = [fold(heading) for heading in headings]
        if not folded or not all(folded):
            raise refusal("no heading is given, or an empty one", "at least one heading, each with text")
        for place, heading in enumerate(headings):
            if folded[place] in folded[:place]:
                raise refusal(f"the heading {heading!r} appears twice", EACH_ONCE)
        return headings

    @field_validator("join")
    @classmethod
    def _several(cls, headings: tuple[str, ...]) -> tuple[str, ...]:
        if len(headings) == 1:
            raise refusal(f"only {headings[0]!r} is joined", "two headings or more; headings: for one")
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

    @model_validator(mode="after")
    def _one_way(self) -> ColumnMap:
        if bool(self.headings) == bool(self.join):
            problem = "both headings and join are given" if self.join else "neither headings nor join is given"
            raise refusal(problem, "headings, of which any one is read; or join, of which all are")
        if "separator" in self.model_fields_set and not self.join:
            raise refusal("a separator is given without join", "separator beside join; part: {separator: ...} to split")
        return self
