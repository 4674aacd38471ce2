"""What a layout says of rows that are no exports: by which values of a column, and why.

Only values that are named count: a blank or unknown one never makes a row fall out of the screening. There is no reason
`sample` or `repair`. Goods that leave the United States are exported whatever they are sent for (15 CFR 734.13(a)(1)),
and a reason of that name would hide them.
"""

from __future__ import annotations

from typing import Any, Literal, get_args

from pydantic import field_validator, model_validator

from transforms.layouts.naming import did_you_mean, fold
from transforms.layouts.part import EACH_ONCE, Part, refusal

Reason = Literal[
    "return", "credit-memo", "canceled", "not-shipped", "service", "drop-shipment-abroad", "domestic", "other"
]
REASONS: tuple[str, ...] = get_args(Reason)
NEED_A_NOTE = frozenset({"drop-shipment-abroad", "other"})
"""Reasons under which a row may be subject to the EAR all the same: a person writes down why it is not."""
EXPORTS = frozenset({"sample", "samples", "repair", "repairs", "warranty", "loan", "demo", "replacement", "gift"})
"""What goods are sent for, and no reason: they are exports."""


class NotExports(Part):
    """Rows that are no exports: those with one of `values` under `heading`."""

    heading: tuple[str, ...]
    """One heading, or several of which any one is in the file."""
    values: tuple[str, ...]
    """Case and spaces do not count."""
    reason: Reason
    note: str = ""
    """Why they are none, in words, where the reason alone does not tell."""

    @model_validator(mode="before")
    @classmethod
    def _lists(cls, given: Any) -> Any:
        """Let a single heading or value stand for a list of them."""
        if isinstance(given, dict):
            lists = ("heading", "values")
            return {key: [value] if key in lists and isinstance(value, str) else value for key, value in given.items()}
        raise refusal("no heading is given", "a mapping with heading, values and reason")

    @field_validator("heading")
    @classmethod
    def _headings(cls, headings: tuple[str, ...]) -> tuple[str, ...]:
        folded = [fold(heading) for heading in headings]
        if not folded or not all(folded):
            raise refusal("no heading is given, or an empty one", "a heading, with text")
        if len(set(folded)) < len(folded):
            raise refusal("a heading appears twice", EACH_ONCE)
        return headings

    @field_validator("values")
    @classmethod
    def _named(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        allowed = "each value by name, once; blank and unknown values stay exports"
        folded = [fold_value(value) for value in values]
        if not folded or not all(folded):
            raise refusal("no value is given, or a blank one", allowed)
        if "*" in folded:
            raise refusal("'*' would leave out every value, also those that are not known yet", allowed)
        for place, value in enumerate(values):
            if folded[place] in folded[:place]:
                raise refusal(f"the value {value!r} appears twice", allowed)
        return values

    @field_validator("reason", mode="before")
    @classmethod
    def _reason(cls, value: Any) -> Any:
        text, allowed = str(value), " or ".join(REASONS)
        if fold_value(text) in EXPORTS:
            raise refusal(
                f"{text!r} is no reason: goods that leave the United States are exported whatever they are sent for"
                " (15 CFR 734.13(a)(1))",
                f"{allowed}; map what the rows are, and let them be screened",
            )
        if text not in REASONS:
            near = "; did you mean 'canceled'?" if text == "cancelled" else did_you_mean(text, REASONS)
            raise refusal(f"{text!r} is not known{near}", allowed)
        return value

    @model_validator(mode="after")
    def _note_where_needed(self) -> NotExports:
        if self.reason in NEED_A_NOTE and not self.note.strip():
            problem = f"the reason {self.reason} needs a note"
            raise refusal(problem, "note: why the rows are not subject to the EAR, in words")
        return self


def fold_value(value: str) -> str:
    """Return the form under which values are compared: trimmed, single spaces, lower case."""
    return " ".join(value.split()).lower()
