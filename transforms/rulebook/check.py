"""What a check is: a question put to the record itself, in SQL, with the columns that it cannot do without."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from transforms.facts import fact_of_column
from transforms.rulebook import forms
from transforms.rulebook.forms import refused
from transforms.rulebook.scope import Items, Places, Written
from transforms.rulebook.versions import Activity, DatedVersion, Severity

LAW_READ = (
    "rule_versions", "rule_periods", "item_words", "place_words", "exception_terms", "memberships", "license_codes",
    "provisions", "filing", "check_scopes", "license_code_periods", "eccn_periods", "signals", "splits", "parameters",
    "filing_statuses", "fact_clauses", "heading_words", "exception_limits", "party_versions", "supplement_2",
    "entries_on_lists",
)  # fmt: skip
"""The tables of the law: all but those of the checks themselves."""
READABLE = ("subject", "elsewhere", "cited_legends", "scope_items", "scope_places", *LAW_READ)
"""The relations that the SQL of a check may read."""
READABLE_ROWS = ("places", "number_of", "entry_reasons", "stretches", "not_in_force")
"""The macros that it may read as relations (`decide/record/macros.sql`)."""


def _need(value: str) -> str:
    if value not in fact_of_column():
        raise refused(f'"{value}" is not a column that a check can need', ", ".join(sorted(fact_of_column())))
    return value


class Scope(Written):
    """Items or places under a name, for the SQL of a check to ask for: `scope_items`, `scope_places`."""

    items: Items | None = None
    destinations: Places | None = Field(None, validate_default=True)

    @field_validator("destinations")
    @classmethod
    def _one_of_both(cls, destinations: Places | None, info: ValidationInfo) -> Places | None:
        if "items" in info.data and (destinations is None) == (info.data["items"] is None):
            raise refused("one of items and destinations is needed", "items, or destinations", "..")
        return destinations


class CheckVersion(DatedVersion):
    """One version of a check: what it reads, and the SQL that finds what is wrong."""

    activities: Annotated[tuple[Activity, ...], Field(min_length=1)] = Field(
        ("export", "reexport", "in_country_transfer"), description="a list of export, reexport, in_country_transfer"
    )
    needs: Annotated[tuple[Annotated[str, AfterValidator(_need)], ...], Field(min_length=1)] = Field(
        (), description="columns of the line"
    )
    scopes: dict[forms.ScopeName, Scope] = Field(default_factory=dict)
    sql: forms.FileName = "check.sql"


class Check(Written):
    """A question put to the record, with its versions in order of date."""

    kind: ClassVar[str] = "check"

    id: forms.RuleId = Field(description="lower-case words with hyphens, the name of the folder")
    title: forms.Text = Field(description="a sentence")
    versions: Annotated[tuple[CheckVersion, ...], Field(min_length=1)] = Field(description="a list of versions")
    remedy: forms.Text = Field(description="what to do about a finding")
    severity: Severity = "medium"
    history: forms.Texts = ()
