"""What a comparison with AES is: the fields of `rules/reconcile/<rule-id>/rule.yml`, and the SQL beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator

from transforms.compare.tables import Tables
from transforms.kinds import FILINGS, LINES
from transforms.rulebook import forms
from transforms.rulebook.forms import refused
from transforms.rulebook.scope import Written
from transforms.rulebook.versions import DatedVersion, Doubt, Severity
from transforms.rulebook.words import did_you_mean

About = Literal["pair", "line", "filing"]
COMPARED: tuple[str, ...] = (
    "status", *(name for name in FILINGS.names if name in LINES.names and name != "line_number"),
)  # fmt: skip
"""The columns by which a pair may be compared: those of both sides, and `status`: canceled in AES, or not accepted."""

READABLE = ("pairs", "alike", "unmatched_lines", "unmatched_filings", "line_findings", "name_pairs")
"""The relations that the SQL of a comparison may read."""


class NamedParameter(Written):
    """A term that is a number of the law: the value of the parameter of this name, on each day."""

    parameter: forms.RuleId = Field(description="the name of a parameter")


def _term(value: Any) -> Any:
    if isinstance(value, NamedParameter | Decimal):
        return value
    if isinstance(value, dict):
        if set(value) != {"parameter"} or not isinstance(value["parameter"], str):
            raise refused("a term is a number, or names a parameter", "such as 0.9, or {parameter: its-name}")
        return value
    try:
        found = Decimal(value)
    except (ArithmeticError, TypeError, ValueError):
        found = Decimal("NaN")
    if not (found.is_finite() and 0 <= found < 1_000_000_000):
        raise refused(f'"{value}" is not a number', "a number such as 1, 0.5 or 2500")
    return found


def _compared(value: str) -> str:
    if value not in COMPARED:
        raise refused(f'"{value}" is not a column of both sides{did_you_mean(value, COMPARED)}', ", ".join(COMPARED))
    return value


def _formed(form: str, what: str, allowed: str) -> AfterValidator:
    def check(value: str) -> str:
        if not re.fullmatch(form, value):
            raise refused(f'"{value}" is not {what}', allowed)
        return value

    return AfterValidator(check)


Term = Annotated[Decimal | NamedParameter, BeforeValidator(_term)]
TermName = Annotated[str, _formed("[a-z][a-z_]*", "a name for a term", "lower-case words with underscores")]
FileName = Annotated[
    str, _formed(r"compare(-[a-z0-9]+)?\.sql", "a file of this comparison", "compare.sql, compare-2.sql")
]


class Alike(Written):
    """Two values that count as one on exports from `from_on` on."""

    values: Annotated[tuple[forms.Text, ...], Field(min_length=2, max_length=2)] = Field(description="two values")
    from_on: forms.Start = Field(alias="from", description="the first day, or unknown")
    authority: forms.Texts = Field(description="a list of citations")


class ComparisonVersion(DatedVersion):
    """One version of a comparison: the numbers it goes by, and the SQL that finds what differs."""

    terms: dict[TermName, Term] = Field(default_factory=dict)
    alike: Annotated[tuple[Alike, ...], Field(min_length=1)] = Field((), description="a list of pairs of values")
    sql: FileName = "compare.sql"

    @field_validator("doubts")
    @classmethod
    def _of_no_items(cls, doubts: tuple[Doubt, ...]) -> tuple[Doubt, ...]:
        if any(doubt.items for doubt in doubts):
            raise refused("a doubt of certain items, and a comparison has no items", "because, from, until")
        return doubts


class ComparisonSheet(Written):
    """The content of one `rule.yml`."""

    kind: ClassVar[str] = "reconcile"

    id: forms.RuleId = Field(description="lower-case words with hyphens, the name of the folder")
    title: forms.Text = Field(description="a sentence")
    about: About = Field(description="pair, line, filing")
    compares: Annotated[tuple[Annotated[str, AfterValidator(_compared)], ...], Field(min_length=1)] = Field(
        (), description="columns of both sides"
    )
    versions: Annotated[tuple[ComparisonVersion, ...], Field(min_length=1)] = Field(description="a list of versions")
    remedy: forms.Text = Field(description="what to do about a finding")
    severity: Severity = "medium"
    history: forms.Texts = ()

    @field_validator("compares")
    @classmethod
    def _of_a_pair(cls, compares: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        about = info.data.get("about")
        if compares and about not in (None, "pair"):
            raise refused(f"not wanted, as a {about} without the other side is compared with nothing", "about: pair")
        return compares


class Comparison(ComparisonSheet):
    """A comparison, with the SQL of its versions by the name of the file, and its folder as faults show it.

    `stands_in` says that the SQL is not of the rulebook: it is of before comparisons had their own. `tables` are those
    of the rulebook, the same for all of its comparisons.
    """

    queries: Mapping[str, str]
    shown_as: str
    stands_in: bool = False
    tables: Tables = Tables()
