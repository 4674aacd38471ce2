"""What a rule that compares filings with shipments states: the fields of `rules/reconcile/<rule-id>/{rule,cases}.yml`.

The comparisons themselves are SQL. A rule states from when and on what authority, how grave a difference is, what to do
about it, and the figure that the comparison goes by.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator

from transforms.rulebook import forms
from transforms.rulebook.forms import refused
from transforms.rulebook.scope import Written
from transforms.rulebook.words import did_you_mean

COMPARISONS: Mapping[str, str | None] = {
    "consignee-differs": "similarity",
    "destination-differs": None,
    "eccn-differs": None,
    "filed-by-another": None,
    "filed-not-shipped": None,
    "filing-cancelled": None,
    "itn-differs": None,
    "license-code-differs": None,
    "license-number-differs": None,
    "origin-differs": None,
    "quantity-differs": None,
    "schedule-b-differs": None,
    "shipped-not-filed": None,
    "value-declared-low": "threshold_usd",
    "value-differs": "tolerance",
}
"""Every comparison by the id of its rule, with the key of the figure that the rule has to state."""

FILING_NAMES: tuple[str, ...] = (
    "itn", "shipment_reference", "line_number", "status", "export_on", "filer_id", "usppi_id", "usppi_name",
    "consignee_name", "consignee_country", "consignee_type", "intermediate_country", "destination", "description",
    "schedule_b", "origin_df", "quantity", "uom", "value_usd", "eccn", "license_code", "license_number",
    "filing_option", "transport_mode", "conveyance", "port_of_export", "routed", "invoice_number",
)  # fmt: skip
"""The columns of a filing that an example may state."""


def _amount(value: Any) -> Decimal:
    try:
        found = Decimal(value)
    except (InvalidOperation, TypeError, ValueError):
        found = Decimal("NaN")
    if not (found.is_finite() and 0 <= found < 1_000_000_000):
        raise refused(f'"{value}" is not an amount', "a number such as 1, 0.5 or 2500")
    return found


def _comparison(value: str) -> str:
    if value not in COMPARISONS:
        raise refused(f'there is no comparison "{value}"{did_you_mean(value, COMPARISONS)}', ", ".join(COMPARISONS))
    return value


def _filing_column(value: str) -> str:
    if value not in FILING_NAMES:
        raise refused(f'unknown column "{value}"{did_you_mean(value, FILING_NAMES)}', "a column of a filing")
    return value


def _side(value: Any) -> Any:
    return None if value == "none" else value


Amount = Annotated[Decimal, BeforeValidator(_amount)]
LineSide = dict[forms.ColumnName, str | None]
FilingSide = dict[Annotated[str, AfterValidator(_filing_column)], str | None]


class Tolerance(Written):
    """How far two values may lie apart: dollars for each line of AES, or percent of the value recorded; the larger."""

    usd: Amount = Field(description="dollars")
    percent: Amount = Field(description="percent of the value recorded")


class Alike(Written):
    """Two countries that count as one destination on exports from `from_on` on."""

    places: Annotated[tuple[forms.Country, ...], Field(min_length=2, max_length=2)] = Field(description="two countries")
    from_on: forms.Date = Field(alias="from", description="a date")
    authority: forms.Texts = Field(description="a list of citations")


class ReconcileRule(Written):
    """One comparison, made on exports from `from_on` on; `from: unknown` (None) is older than the first text read.

    Of `tolerance`, `threshold_usd` and `similarity` (0 to 1, of names without case, spaces, punctuation and accents) a
    rule states the one that its comparison goes by, and no other.
    """

    id: Annotated[forms.RuleId, AfterValidator(_comparison)] = Field(description="the name of the folder")
    title: forms.Text = Field(description="a sentence")
    kind: Literal["reconcile"] = Field(description="reconcile")
    from_on: forms.Start = Field(alias="from", description="the first day in force, or unknown")
    authority: forms.Texts = Field(description="a list of citations")
    severity: Literal["high", "medium", "low"] = Field(description="high, medium, low")
    remedy: forms.Text = Field(description="what to do about a finding")
    doubt: forms.Text | None = None
    tolerance: Tolerance | None = Field(None, validate_default=True, description="usd and percent")
    threshold_usd: Amount | None = Field(None, validate_default=True, description="dollars")
    similarity: Amount | None = Field(None, validate_default=True, description="a number from 0 to 1")
    alike: Annotated[tuple[Alike, ...], Field(min_length=1)] = Field((), description="a list of places")

    @field_validator("tolerance", "threshold_usd", "similarity")
    @classmethod
    def _only_its_own_figure(cls, value: Any, info: ValidationInfo) -> Any:
        rule_id = info.data.get("id")
        if rule_id is None:
            return value
        wanted = COMPARISONS[rule_id]
        if wanted and value is None and wanted == info.field_name:
            raise refused(f"missing, as {rule_id} goes by it", cls.model_fields[wanted].description or "")
        if value is not None and wanted != info.field_name:
            raise refused(f"not wanted, as {rule_id} does not go by it", wanted or "no figure")
        return value

    @field_validator("similarity")
    @classmethod
    def _at_most_one(cls, value: Decimal | None) -> Decimal | None:
        if value is not None and value > 1:
            raise refused(f"{value} is more than 1, which is the same name", "a number from 0 to 1")
        return value

    @field_validator("alike")
    @classmethod
    def _of_destinations(cls, value: tuple[Alike, ...], info: ValidationInfo) -> tuple[Alike, ...]:
        if value and info.data.get("id") not in (None, "destination-differs"):
            raise refused(f"not wanted, as {info.data['id']} compares no destinations", "destination-differs")
        return value


class ReconcileCase(Written):
    """One example: with this line and this filing (or none), the rule is expected to say this.

    Both sides hold the defaults of their file too; None is `none`, no such side. `eei_filing` is what the rule on EEI
    said of the line, `covered_on` the one day for which other lines and filings are known; left out, it is the day of
    the example.
    """

    case: forms.Text = Field(description="a sentence")
    line: Annotated[LineSide | None, BeforeValidator(_side)] = Field(
        default_factory=dict, description="columns of the line, or none"
    )
    filing: Annotated[FilingSide | None, BeforeValidator(_side)] = Field(
        default_factory=dict, description="columns of the filing, or none"
    )
    eei_filing: Literal["flagged", "undetermined", "clear"] = "clear"
    covered_on: forms.Date | None = None
    expect: Literal["flagged", "undetermined", "clear"] = Field(description="flagged, undetermined, clear")
    missing: forms.Texts = ()
    because: forms.Text | None = None


class Sides(Written):
    """What every example of a file states of its line and its filing, unless it says otherwise."""

    line: LineSide = Field(default_factory=dict)
    filing: FilingSide = Field(default_factory=dict)


class ReconcileCaseSheet(Written):
    """The content of one `cases.yml`."""

    defaults: Sides = Sides()
    cases: Annotated[tuple[ReconcileCase, ...], Field(min_length=1)] = Field(description="a list of cases")


class ReconcileCaseFile(ReconcileCaseSheet):
    """The cases of one rule, each completed by the defaults, and the file they stand in."""

    rule_id: str
    path: Path
