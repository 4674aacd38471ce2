"""What a rule is: the fields of `rule.yml` and `cases.yml`, and the rulebook that holds them.

The YAML keys `from`, `except` and `doubt` are the attributes `from_on`, `but` and `doubts`. Every model is frozen and
refuses unknown keys. Fields are checked in the order they stand, so a field may look at those above it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Field, ValidationInfo, field_validator, model_validator

from transforms.rulebook import forms
from transforms.rulebook.before import BEFORE, FROM_TABLES
from transforms.rulebook.ccl import NO_CCL, CommerceControlList
from transforms.rulebook.check import Check
from transforms.rulebook.forms import refused
from transforms.rulebook.listed import NO_LISTS, Listed
from transforms.rulebook.parameter import Parameter, Parameters
from transforms.rulebook.party import PartyRule
from transforms.rulebook.provision import Filing, Provision
from transforms.rulebook.scope import Headings, Items, Places, Written
from transforms.rulebook.versions import Activity, DatedVersion, Doubt, Outcome, Severity

__all__ = [
    "Activity", "Case", "CaseFile", "CaseSheet", "Control", "Doubt", "ExceptionTerms", "Exceptions", "Items",
    "Outcome", "Places", "Rulebook", "Savings", "Version", "Written",
]  # fmt: skip


Region = Literal["Crimea", "DNR or LNR", "Donetsk or Luhansk"]
"""What the fact `occupied_region` tells."""


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
                f"closed, but has {terms[0] if terms else 'a doubt'}", "closed, or the terms on which it is open"
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

    Where no deadline was found it is `unknown`, and `look_until` ends the time in which that is an open doubt. With
    `newly_listed` it saves only goods whose heading is on its list from the first day of the version.
    """

    en_route_on: forms.Date = Field(description="a date")
    exported_before: forms.DateOrUnknown = Field(description="a date, or unknown")
    look_until: forms.Date | None = Field(None, validate_default=True)
    but: forms.Countries = Field((), alias="except", description="destinations that had no eligibility to lose")
    newly_listed: forms.Flag = False

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


class Version(DatedVersion):
    """One version of a control: the law from `from_on` until `until`, inclusive; None: still in force.

    `from: unknown` (None) is older than the first text read. Where `governed_by` names law that is not in the rulebook,
    whatever is in scope is undetermined. Versions of different `paragraph`s hold beside each other: of several that
    cover a line the strictest decides. `headings`, `regions` and `described` (words of the fact `described_as` or of
    the item record) narrow the scope; with a word of `unless` it does not hold. `agencies` are the AES codes of other
    agencies' authorities that count as a license here.
    """

    paragraph: forms.Text | None = None

    activities: Annotated[tuple[Activity, ...], Field(min_length=1)] = Field(
        description="a list of export, reexport, in_country_transfer"
    )
    items: Items = Field(description="eccn and except, or all")
    destinations: Places = Field(description="countries, groups, chart or all, and except")
    headings: Headings | None = None
    described: forms.ToldWords = ()
    unless: forms.ToldWords = ()
    regions: Annotated[tuple[Region, ...], Field(min_length=1)] = Field((), description="regions of Ukraine")
    agencies: forms.LicenseCodes = ()
    governed_by: forms.Text | None = None
    exceptions: Exceptions = Exceptions.model_validate({"others": "own_terms"})
    savings: Savings | None = None


class Control(Written):
    """A license requirement with its versions in order of date, none overlapping another."""

    kind: ClassVar[str] = "control"

    id: forms.RuleId = Field(description="lower-case words with hyphens, the name of the folder")
    title: forms.Text = Field(description="a sentence")
    reason: forms.Text = Field(description="the reason for control: RS, NS, AT, ...")
    versions: Annotated[tuple[Version, ...], Field(min_length=1)] = Field(description="a list of versions")
    review: forms.Text | None = None
    remedy: forms.Text = Field(description="what to do about a finding")
    severity: Severity = "high"
    urgent: forms.Flag = False
    """Whether its findings come before all others, as those of embargoed destinations do."""
    replaces: forms.RuleIds = ()
    """Rules of before in whose place it stands: their findings close as superseded by it."""
    history: forms.Texts = ()

    def beside(self, version: Version) -> tuple[Version, ...]:
        """Return the versions of the same paragraph, in order of date: they follow each other."""
        return tuple(one for one in self.versions if one.paragraph == version.paragraph)


class Case(Written):
    """One example: under this line, the rule is expected to say this. `line` holds the defaults of its file too."""

    case: forms.Text = Field(description="a sentence")
    line: dict[forms.ColumnName, str | None] = Field(min_length=1, description="columns of the line and their values")
    expect: Outcome = Field(description="flagged, undetermined, clear")
    missing: forms.Texts = ()
    because: forms.Text | None = None
    others: tuple[dict[forms.ColumnName, str | None], ...] = Field((), description="lines that stand beside this one")
    item: dict[forms.Text, str] | None = Field(None, description="what the item master says of the part")
    filings: tuple[dict[forms.FilingColumn, str | None], ...] = Field((), description="what AES reports show")


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
    provisions: tuple[Provision, ...] = ()
    filing: Filing | None = None
    """The rule `eei-filing`, which the provisions make together; None without provisions."""
    checks: tuple[Check, ...] = ()
    check_sql: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """The SQL of each check, by its rule id and the name of the file."""
    parameters: Parameters = BEFORE
    """The numbers and lists of the law, by name."""
    ccl: CommerceControlList = NO_CCL
    """The Commerce Control List: a rule for each reason for control, and their rows."""
    party_rules: tuple[PartyRule, ...] = ()
    listed: Listed = NO_LISTS
    """The lists of parties."""

    @property
    def stated(self) -> tuple[Parameter, ...]:
        """The parameters that it states itself, by name: none where it is of before them."""
        stated = () if self.parameters is BEFORE else self.parameters
        return tuple(one for one in stated if one.id not in FROM_TABLES)

    @property
    def superseded(self) -> list[str]:
        """Return each rule of before with those that stand in its place: `embargoed-destination: cuba, iran`."""
        found: dict[str, list[str]] = {}
        for control in self.controls:
            for old in control.replaces:
                found.setdefault(old, []).append(control.id)
        return [f"{old}: {', '.join(new)}" for old, new in sorted(found.items())]

    @property
    def rules(self) -> tuple[Control | Provision | Check | PartyRule, ...]:
        """Every rule that stands in a folder of its own."""
        return (*self.controls, *self.provisions, *self.checks, *self.party_rules)
