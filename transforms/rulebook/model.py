"""What a rule is: the fields of `rule.yml` and `cases.yml`, and the rulebook that holds them.

The YAML keys `from`, `except` and `doubt` are the attributes `from_on`, `but` and `doubts`. Every model is frozen and
refuses unknown keys. Fields are checked in the order they stand, so a field may look at those above it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from transforms.rulebook import forms
from transforms.rulebook.forms import refused
from transforms.rulebook.scope import Items, Places, Written

__all__ = [
    "Activity",
    "Case",
    "CaseFile",
    "CaseSheet",
    "Control",
    "Doubt",
    "ExceptionTerms",
    "Exceptions",
    "Items",
    "Outcome",
    "Places",
    "Rulebook",
    "Savings",
    "Version",
    "Written",
]

Activity = Literal["export", "reexport", "in_country_transfer"]
Outcome = Literal["flagged", "undetermined", "clear"]


class ExceptionTerms(Written):
    """On what terms one license exception is open under one version.

    Open by paragraph, by destination or by item (closed elsewhere), on its own terms (which the record cannot prove),
    or closed. YAML may say the bare word `closed` or `own_terms`. A doubt alone means: not known whether it is open.
    """

    paragraphs: forms.Paragraphs = ()
    own_terms: forms.Flag = False
    destinations: Places | None = None
    items: Items | None = None
    doubt: forms.Text | None = None
    closed: forms.Flag = Field(False, validate_default=True)

    @model_validator(mode="before")
    @classmethod
    def _from_bare_word(cls, value: Any) -> Any:
        if value in ("closed", "own_terms"):
            return {value: "true"}
        if isinstance(value, str):
            raise refused(f'"{value}" is not known', "closed, own_terms, or a mapping of terms")
        return value

    @field_validator("closed")
    @classmethod
    def _closed_or_open_on_terms(cls, closed: bool, info: ValidationInfo) -> bool:
        terms = [term for term in ("paragraphs", "own_terms", "destinations", "items") if info.data.get(term)]
        if closed and (terms or info.data.get("doubt")):
            raise refused(
                f"closed, and yet {terms[0] if terms else 'a doubt'}", "closed, or the terms on which it is open"
            )
        others_read = len(info.data) == len(cls.model_fields) - 1
        if others_read and not (closed or terms or info.data["doubt"]):
            raise refused("no terms are given", "closed, own_terms, or a mapping of terms", "..")
        return closed


class Exceptions(Written):
    """The license exceptions under one version: `terms` by symbol, and what holds for all `others`."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[forms.Symbol, ExceptionTerms]

    others: Literal["closed", "own_terms"] = Field(description="closed or own_terms")

    @property
    def terms(self) -> dict[str, ExceptionTerms]:
        """The terms of each exception that is named, by its symbol."""
        return dict(self.__pydantic_extra__)


class Savings(Written):
    """A savings clause: goods handed over by `en_route_on` may go under the earlier law before `exported_before`.

    Where no deadline was found it is `unknown`, and `look_until` ends the time in which that is an open doubt.
    """

    en_route_on: forms.Date = Field(description="a date")
    exported_before: forms.DateOrUnknown = Field(description="a date, or unknown")
    look_until: forms.Date | None = Field(None, validate_default=True)
    but: forms.Countries = Field((), alias="except", description="destinations that had no eligibility to lose")

    @field_validator("exported_before", "look_until")
    @classmethod
    def _not_before_en_route(cls, value: date | str | None, info: ValidationInfo) -> date | str | None:
        start = info.data.get("en_route_on")
        if start and isinstance(value, date) and value < start:
            raise refused(f"{value} is before en_route_on, {start}", "that day, or a later one")
        return value

    @field_validator("look_until")
    @classmethod
    def _only_without_deadline(cls, look_until: date | None, info: ValidationInfo) -> date | None:
        if "exported_before" in info.data:
            unknown = info.data["exported_before"] == "unknown"
            if unknown and look_until is None:
                raise refused("missing, as exported_before is unknown", "a date")
            if look_until and not unknown:
                raise refused("not wanted, as exported_before is known", "only with exported_before: unknown")
        return look_until


class Doubt(Written):
    """A doubt about the law, open on the days from `from_on` until `until`, both inclusive; None: without end.

    With `items` it concerns those items alone.
    """

    because: forms.Text = Field(description="a sentence")
    from_on: forms.Date | None = Field(None, alias="from")
    until: forms.Until = None
    items: Items | None = None

    @field_validator("items")
    @classmethod
    def _listed_items_only(cls, items: Items | None) -> Items | None:
        if items and (items.all or items.but):
            raise refused("a doubt of certain items names them", "eccn, a list of ECCNs")
        return items


def _doubts(value: Any) -> Any:
    doubts = value if isinstance(value, list | tuple) else [value]
    return [{"because": doubt} if isinstance(doubt, str) else doubt for doubt in doubts]


class Version(Written):
    """One version of a control: the law from `from_on` until `until`, inclusive; None: still in force.

    `from: unknown` (None) is older than the first text read. Where `governed_by` names law that is not in the rulebook,
    whatever is in scope is undetermined.
    """

    from_on: forms.Start = Field(alias="from", description="the first day in force, or unknown")
    until: forms.Until = None
    published: forms.Date | None = None
    authority: forms.Texts = Field(description="a list of citations")
    activities: Annotated[tuple[Activity, ...], Field(min_length=1)] = Field(
        description="a list of export, reexport, in_country_transfer"
    )
    items: Items = Field(description="eccn and except, or all")
    destinations: Places = Field(description="countries, groups, chart or all, and except")
    governed_by: forms.Text | None = None
    exceptions: Exceptions = Exceptions.model_validate({"others": "own_terms"})
    savings: Savings | None = None
    doubts: Annotated[tuple[Doubt, ...], BeforeValidator(_doubts), Field(min_length=1)] = Field((), alias="doubt")

    @field_validator("doubts")
    @classmethod
    def _one_doubt_of_certain_items(cls, doubts: tuple[Doubt, ...]) -> tuple[Doubt, ...]:
        if sum(doubt.items is not None for doubt in doubts) > 1:
            raise refused("two doubts of certain items in one version", "one, or a version for each")
        return doubts


class Control(Written):
    """A license requirement with its versions in order of date, none overlapping another."""

    kind: ClassVar[str] = "control"

    id: forms.RuleId = Field(description="lower-case words with hyphens, the name of the folder")
    title: forms.Text = Field(description="a sentence")
    reason: forms.Text = Field(description="the reason for control: RS, NS, AT, ...")
    versions: Annotated[tuple[Version, ...], Field(min_length=1)] = Field(description="a list of versions")
    review: forms.Text | None = None
    remedy: forms.Text = Field(description="what to do about a finding")
    severity: Literal["high", "medium", "low"] = "high"
    history: forms.Texts = ()


class Case(Written):
    """One example: under this line, the rule is expected to say this. `line` holds the defaults of its file too."""

    case: forms.Text = Field(description="a sentence")
    line: dict[forms.ColumnName, str | None] = Field(min_length=1, description="columns of the line and their values")
    expect: Outcome = Field(description="flagged, undetermined, clear")
    missing: forms.Texts = ()
    because: forms.Text | None = None


class CaseSheet(Written):
    """The content of one `cases.yml`."""

    defaults: dict[forms.ColumnName, str | None] = Field(default_factory=dict)
    cases: Annotated[tuple[Case, ...], Field(min_length=1)] = Field(description="a list of cases")


class CaseFile(CaseSheet):
    """The cases of one rule, and the file they stand in."""

    rule_id: str
    path: Path


@dataclass(frozen=True)
class Rulebook:
    """Every rule and its cases (by rule id), where the tables of the law lie, and the hash over all content."""

    root: Path
    tables_dir: Path
    hash: str
    controls: tuple[Control, ...]
    cases: Mapping[str, CaseFile]
