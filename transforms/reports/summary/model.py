"""What the page of a run says, and the rows of its tables; who has the database fills it (`summarize.py`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

Usd = Decimal | None  # None: not known
# Short rows are plain tuples, in this order:
QuarantineRow = tuple[str, int]  # reason, rows
DestinationRow = tuple[str | None, str | None, str, str, int, Usd]  # ISO code, name, rule id, outcome, lines, value
MonthRow = tuple[str, str, int, Usd]  # YYYY-MM, outcome of the line, lines, value
UndeterminedRow = tuple[str, list[str], int, Usd, str]  # missing field, rule ids, lines, value, what would settle it
TableRow = tuple[str, date | None, date | None, int, Usd]  # title, covers from, until, lines and value outside
DoorRow = tuple[str, str, bool, int, list[str]]  # source, file, success, checks made, checks that did not hold
FileRow = tuple[str, str]  # path relative to the page, what it is


class SourceRow(NamedTuple):
    """One source of lines; `columns_absent` are the canonical columns that it does not have (not known)."""

    source: str
    lines: int
    value_usd: Usd
    first_export_on: date | None
    last_export_on: date | None
    columns_absent: list[str]


class Conservation(NamedTuple):
    """Rows in = lines loaded + exact duplicates + restatements + quarantined."""

    rows_in: int
    loaded: int
    duplicates: int
    restated: int
    quarantined: int


class RuleRow(NamedTuple):
    """One rule with its findings; a line found by several rules counts under each."""

    rule_id: str
    kind: str
    title: str
    reason: str | None
    in_force_from: date | None
    authority: list[str]
    flagged: int
    undetermined: int
    flagged_value_usd: Usd
    undetermined_value_usd: Usd
    remedy: str | None


class FindingRow(NamedTuple):
    """One flagged line under one rule."""

    shipment_id: str
    line_number: int
    export_on: date
    destination: str | None
    eccn: str | None
    consignee_name: str | None
    value_usd: Usd
    rule_id: str
    because: str
    authority: list[str]


class Coverage(NamedTuple):
    """What was screened, under headings, and what was not; `presumed_absent` are facts that no source carries."""

    screened: list[tuple[str, list[str]]]
    not_screened: list[str]
    tables: list[TableRow]
    presumed_absent: list[str]


@dataclass(frozen=True)
class Summary:
    """Everything the page says. Lines = clear + flagged + undetermined + before any dated rule; a line flagged by one
    rule and undetermined by another counts once, as flagged."""

    run_id: str
    as_of: date
    known_at: datetime | None
    rulebook_hash: str
    version: str
    synthetic: bool
    sources: list[SourceRow]
    conservation: Conservation
    quarantine: list[QuarantineRow]
    lines: int
    value_usd: Decimal
    situations: int
    eras: int
    lines_clear: int
    lines_flagged: int
    lines_undetermined: int
    lines_before_any_rule: int
    value_flagged_usd: Decimal
    value_undetermined_usd: Decimal
    rules: list[RuleRow]
    by_destination: list[DestinationRow]
    by_month: list[MonthRow]
    undetermined: list[UndeterminedRow]
    silent: list[str]
    top: list[FindingRow]
    coverage: Coverage
    door: list[DoorRow]
    files: list[FileRow]
    rows_aside: int = 0
    """Rows that stand in quarantine now: not yet corrected, and not come again."""
    aside_for_days: int | None = None
