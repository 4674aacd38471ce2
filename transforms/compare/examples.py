"""What an example of a comparison is: the fields of `rules/reconcile/<rule-id>/cases.yml`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from transforms.kinds import FILINGS
from transforms.line import LINE
from transforms.rulebook import forms
from transforms.rulebook.across import NO_VALUE, Found
from transforms.rulebook.forms import as_date, refused
from transforms.rulebook.scope import Written
from transforms.rulebook.versions import Outcome
from transforms.rulebook.words import did_you_mean

_KINDS = {column.name: column.kind for column in LINE}


def _filing_column(value: str) -> str:
    if value not in FILINGS.names:
        raise refused(f'unknown column "{value}"{did_you_mean(value, FILINGS.names)}', "a column of a filing")
    return value


def _side(value: Any) -> Any:
    return None if value == "none" else value


LineSide = dict[forms.ColumnName, str | None]
FilingSide = dict[Annotated[str, AfterValidator(_filing_column)], str | None]


class ComparisonCase(Written):
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
    eei_filing: Outcome = "clear"
    covered_on: forms.Date | None = None
    expect: Outcome = Field(description="flagged, undetermined, clear")
    missing: forms.Texts = ()
    because: forms.Text | None = None


class Sides(Written):
    """What every example of a file states of its line and its filing, unless it says otherwise."""

    line: LineSide = Field(default_factory=dict)
    filing: FilingSide = Field(default_factory=dict)


class ComparisonCaseSheet(Written):
    """The content of one `cases.yml`."""

    defaults: Sides = Sides()
    cases: Annotated[tuple[ComparisonCase, ...], Field(min_length=1)] = Field(description="a list of cases")


class ComparisonCaseFile(ComparisonCaseSheet):
    """The cases of one rule, each completed by the defaults, and the file they stand in."""

    rule_id: str
    path: Path


def completed(sheet: ComparisonCaseSheet, rule_id: str, path: Path) -> ComparisonCaseFile:
    """Return the cases of a sheet, each with the defaults on both sides that it has."""
    cases = tuple(
        case.model_copy(
            update={
                "line": None if case.line is None else sheet.defaults.line | case.line,
                "filing": None if case.filing is None else sheet.defaults.filing | case.filing,
            }
        )
        for case in sheet.cases
    )
    return ComparisonCaseFile(defaults=sheet.defaults, cases=cases, rule_id=rule_id, path=path)


def across_sides(written: Any) -> Iterator[Found]:
    """Yield (key, problem, allowed) for every repeated sentence, unreadable value and line without a day of export."""
    if not isinstance(written, dict):
        return
    defaults = written.get("defaults")
    defaults = defaults if isinstance(defaults, dict) else {}
    yield from _unreadable("defaults", defaults)
    cases = written.get("cases")
    seen: dict[str, str] = {}
    for at, case in enumerate(cases if isinstance(cases, list) else ()):
        if not isinstance(case, dict):
            continue
        key, sentence = f"cases[{at}]", case.get("case")
        if isinstance(sentence, str) and seen.setdefault(sentence.strip(), key) != key:
            yield f"{key}.case", f"the sentence is also at {seen[sentence.strip()]}", "each sentence once"
        yield from _unreadable(key, case)
        yield from ((f"{key}.{side}", *NO_VALUE) for side in ("line", "filing") if case.get(side, "none") is None)
        line, usual = case.get("line", {}), defaults.get("line")
        if isinstance(line, dict) and not ((usual if isinstance(usual, dict) else {}) | line).get("export_on"):
            yield f"{key}.line.export_on", "missing here and in the defaults", "YYYY-MM-DD"
        if line == "none" and case.get("filing") == "none":
            yield key, "neither a line nor a filing", "a line, a filing, or both"


def _unreadable(key: str, sides: dict[str, Any]) -> Iterator[Found]:
    for side in ("line", "filing"):
        columns = sides.get(side)
        for column, value in columns.items() if isinstance(columns, dict) else ():
            kind = _KINDS.get(str(column))
            if isinstance(value, str) and value and kind in ("date", "integer", "number") and not _is(kind, value):
                allowed = "a day of the calendar as YYYY-MM-DD" if kind == "date" else "a number"
                yield f"{key}.{side}.{column}", f'"{value}" is not a valid {kind}', allowed


def _is(kind: str, value: str) -> bool:
    if kind != "date":
        return value.removeprefix("-").replace(".", "0" if kind == "number" else "", 1).isdecimal()
    try:
        as_date(value)
    except PydanticCustomError:
        return False
    return True
