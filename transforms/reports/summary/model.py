"""What the page of a run says, and the rows of its tables; who has the database fills it (`summarize.py`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

FIRST_LINES, TOP_LINES = 15, 25
"""How many lines the page lists to review first, and of highest value."""
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
    """Rows in = lines loaded + exact duplicates + restatements + quarantined + left out."""

    rows_in: int
    loaded: int
    duplicates: int
    restated: int
    quarantined: int
    left_out: int = 0


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


class ListedFinding(NamedTuple):
    """One open finding of a line that the page lists."""

    rule_id: str
    outcome: str
    because: str
    authority: Sequence[str]
    remedy: str | None = None
    days_open: int | None = None
    """From the as-of day of the screening that first made the finding."""
    is_news: bool = True
    """New or reopened in this screening."""


class ListedLine(NamedTuple):
    """One line to review, with all its open findings: the strictest first."""

    shipment_id: str
    line_number: int
    export_on: date
    destination: str | None
    eccn: str | None
    consignee_name: str | None
    value_usd: Usd
    findings: Sequence[ListedFinding]
    country: str | None = None
    """The name of the destination."""
    part_number: str | None = None
    quantity: Decimal | None = None
    uom: str | None = None
    end_user_name: str | None = None
    is_filing: bool = False
    """A filing line in AES that matches no shipment line."""


class StepRow(NamedTuple):
    """What to do about the new and reopened findings of one rule."""

    rule_id: str
    title: str
    is_urgent: bool
    flagged: int
    undetermined: int
    lines: int
    value_usd: Usd
    remedy: str | None


class PartyRow(NamedTuple):
    """One consignee, its end user and destination, with new or reopened findings."""

    consignee_name: str | None
    end_user_name: str | None
    destination: str | None
    country: str | None
    findings: int


class ItemRow(NamedTuple):
    """One part number of the lines that the page lists, and all its screened lines."""

    part_number: str
    description: str | None
    eccns: list[str]
    lines: int
    value_usd: Usd
    first_export_on: date
    last_export_on: date
    destinations: list[str]
    open_findings: int


class News(NamedTuple):
    """What changed since the screening before this one, and what comes first; all of it empty where nothing did."""

    previous_on: date | None
    """The as-of day of the screening before; None: this is the first."""
    new: int = 0
    new_lines: int = 0
    new_filings: int = 0
    """Filing lines in AES that match no shipment line, and have new findings."""
    new_flagged: int = 0
    new_value_usd: Usd = Decimal(0)
    """Of the lines, each once."""
    reopened: int = 0
    urgent: int = 0
    """Those of the new and reopened findings that are under an urgent rule."""
    closed: int = 0
    """Findings that this screening does not make any more."""
    still_open: int = 0
    decided: int = 0
    """Findings that a decision closed; the screening still makes them."""
    steps: Sequence[StepRow] = ()
    parties: Sequence[PartyRow] = ()
    first_lines: Sequence[ListedLine] = ()
    open_findings: int = 0
    """New, reopened and still open."""
    open_lines: int = 0
    """The lines to review: those with open findings."""
    open_filings: int = 0
    """Filing lines in AES that match no shipment line, and have open findings."""


_NO_NEWS = News(None)


class Coverage(NamedTuple):
    """What was screened, under headings, and what was not; `presumed_absent` are facts that no source carries."""

    screened: list[tuple[str, list[str]]]
    not_screened: list[str]
    tables: list[TableRow]
    presumed_absent: list[str]
    in_short: Sequence[str] = ()
    """What was not screened, in a few words."""


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
    lists_as_of: date | None
    """The day of the oldest copy of a list of parties that is held; None where no rule reads one."""
    lines_after_lists: int
    value_flagged_usd: Decimal
    value_undetermined_usd: Decimal
    rules: list[RuleRow]
    by_destination: list[DestinationRow]
    by_month: list[MonthRow]
    undetermined: list[UndeterminedRow]
    silent: list[str]
    top: list[ListedLine]
    coverage: Coverage
    door: list[DoorRow]
    files: list[FileRow]
    rows_aside: int = 0
    """Rows that stand in quarantine now: not yet corrected, and not come again."""
    aside_for_days: int | None = None
    news: News = _NO_NEWS
    urgent_rules: Sequence[str] = ()
    """The rules whose findings come before all others."""
    items: Sequence[ItemRow] = ()
