"""What every kind of rule shares: doubts, and the days of a version."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator

from transforms.rulebook import forms
from transforms.rulebook.forms import refused
from transforms.rulebook.scope import Items, Written

Activity = Literal["export", "reexport", "in_country_transfer"]
Outcome = Literal["flagged", "undetermined", "clear"]
Severity = Literal["high", "medium", "low"]


class Doubt(Written):
    """A doubt about the law, open on the days from `from_on` until `until`, both inclusive; None: without end.

    With `items` it concerns those items alone. An item record that holds all facts of `settled_by` settles it: the
    version then covers the item; where one of them does not hold, it does not.
    """

    because: forms.Text = Field(description="a sentence")
    from_on: forms.Date | None = Field(None, alias="from")
    until: forms.Until = None
    items: Items | None = None
    settled_by: forms.ItemFactWords = ()

    @field_validator("items")
    @classmethod
    def _listed_items_only(cls, items: Items | None) -> Items | None:
        if items and (items.all or items.but):
            raise refused("a doubt of certain items names them", "eccn, a list of ECCNs")
        return items


def _doubts(value: Any) -> Any:
    doubts = value if isinstance(value, list | tuple) else [value]
    return [{"because": doubt} if isinstance(doubt, str) else doubt for doubt in doubts]


class DatedVersion(Written):
    """One version of a rule: the law from `from_on` until `until`, inclusive; None: still in force.

    `from: unknown` (None) is older than the first text read.
    """

    from_on: forms.Start = Field(alias="from", description="the first effective day, or unknown")
    until: forms.Until = None
    published: forms.Date | None = None
    authority: forms.Texts = Field(description="a list of citations")
    doubts: Annotated[tuple[Doubt, ...], BeforeValidator(_doubts), Field(min_length=1)] = Field((), alias="doubt")

    @field_validator("doubts")
    @classmethod
    def _one_doubt_of_certain_items(cls, doubts: tuple[Doubt, ...]) -> tuple[Doubt, ...]:
        if sum(doubt.items is not None for doubt in doubts) > 1:
            raise refused("two doubts of certain items in one version", "one, or a version for each")
        if any(doubt.settled_by for doubt in doubts) and len(doubts) > 1:
            raise refused("a doubt that facts of an item settle stands beside another", "a version for each")
        return doubts
