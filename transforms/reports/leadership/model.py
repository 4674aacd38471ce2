"""Everything that the report says, as plain rows: whoever has the database fills it, page and workbook read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import pyarrow as pa

from transforms.reports.summary.model import Summary

Usd = Decimal | None  # None: not known
BANDS = ("0 to 7 days", "8 to 30 days", "31 to 90 days", "91 to 365 days", "over 365 days")
"""How long a finding has been known: days since it was first seen."""


@dataclass(frozen=True)
class Period:
    """Days of export, and days of screenings and decisions; both ends count."""

    first: date
    last: date

    def is_whole(self, month: str) -> bool:
        """Return whether all days of a month (YYYY-MM) are within the period."""
        start = date(int(month[:4]), int(month[5:]), 1)
        following = date(start.year + start.month // 12, start.month % 12 + 1, 1)
        return self.first <= start and (following - self.last).days <= 1


class Month(NamedTuple):
    """One month of export: lines sent, and those that need a person. Each line counts once, as flagged if it is."""

    month: str
    lines: int
    value_usd: Usd
    flagged: int
    undetermined: int
    flagged_value_usd: Usd
    undetermined_value_usd: Usd


class FoundRule(NamedTuple):
    """One rule with findings about exports of the period, and how these findings stand."""

    rule_id: str
    kind: str
    flagged: int
    undetermined: int
    flagged_value_usd: Usd
    undetermined_value_usd: Usd
    new: int
    open: int
    reopened: int
    closed: int


class DeskRule(NamedTuple):
    """The work that one rule brought to the desk in the period: open before + new + reopened = closed + open."""

    rule_id: str
    kind: str
    open_before: int
    new: int
    reopened: int
    closed: int
    open: int


class States(NamedTuple):
    """How the findings ever made stand at the end of the period."""

    total: int
    open: int
    by_record: int
    by_decision: int
    open_records: int
    """The shipment lines to review, and AES filing lines that match none: each once, with all its open findings."""


class Cell(NamedTuple):
    """Lines of one destination and one ECCN entry that need a person."""

    destination: str
    eccn: str
    flagged: int
    undetermined: int
    value_usd: Usd


class Name(NamedTuple):
    """One party of lines that need a person; the empty name is one that is not recorded."""

    name: str
    lines: int
    flagged: int
    shipments: int
    months: int
    first_on: date
    last_on: date
    value_usd: Usd


class Cause(NamedTuple):
    """What would have had to be otherwise on record; each finding stands under one cause."""

    words: str
    rules: list[str]
    findings: int
    lines: int
    value_usd: Usd


class Filing(NamedTuple):
    """What the filing rule says of the lines of one month. A line that is filed is not asked for the value of its
    shipment nor whether it needed a license: some of those `filed_unasked` had to be, so the rate has two ends."""

    month: str
    filed: int
    flagged: int
    undetermined: int
    filed_unasked: int
    not_required: int

    @property
    def low(self) -> float | None:
        """Percent filed of those on which EEI was required, were none of the unasked required; None without lines."""
        of = self.filed + self.flagged
        return 100 * self.filed / of if of else None

    @property
    def high(self) -> float | None:
        """The same, were all of the unasked required."""
        of = self.filed + self.filed_unasked + self.flagged
        return 100 * (self.filed + self.filed_unasked) / of if of else None


class Newest(NamedTuple):
    """One of the newest controls, by the start of its newest version, and what it found in the period."""

    rule_id: str
    title: str
    from_on: date
    flagged: int
    undetermined: int
    value_usd: Usd


class Missing(NamedTuple):
    """Lines left undetermined for want of one field, and what would settle it."""

    field: str
    rules: list[str]
    lines: int
    value_usd: Usd
    settled_by: str


class Candidates(NamedTuple):
    """Findings that the last decision calls candidates for disclosure, by quarter of that decision and rule."""

    quarter: str
    rule_id: str
    findings: int
    first_on: date
    last_on: date


@dataclass(frozen=True)
class Report:
    """Everything that the report says. `summary` is of the whole history, all else of the period."""

    summary: Summary
    period: Period
    months: Sequence[Month]
    rules: Sequence[FoundRule]
    desk: Sequence[DeskRule]
    desk_causes: Sequence[tuple[str, str, int]]
    """new, closed or reopened; the cause; how many."""
    states: States
    ageing: Sequence[tuple[int, str, int]]
    """Number of the band, outcome, findings."""
    cells: Sequence[Cell]
    consignees: Sequence[Name]
    intermediates: Sequence[Name]
    filers: Sequence[Name]
    has_filings: bool
    causes: Sequence[Cause]
    undetermined: Sequence[Missing]
    filings: Sequence[Filing]
    candidates: Sequence[Candidates]
    newest: Sequence[Newest]
    rows: pa.Table
    """One row per finding about an export of the period, those that need a person most first (`rows.sql`)."""

    @property
    def titles(self) -> dict[str, str]:
        """The title of each rule by its id."""
        return {rule.rule_id: rule.title for rule in self.summary.rules}

    def count_records(self) -> int:
        """Return on how many lines the findings of `rows` are, AES filing lines without a shipment line among them."""
        line = ["source", "shipment_id", "line_number"]
        return int(self.rows.select(line).group_by(line).aggregate([]).num_rows)

    def sum(self, name: str, rows: Sequence[Any]) -> Any:
        """Return the sum of one field over `rows`, leaving out what is not known."""
        return sum((getattr(row, name) for row in rows if getattr(row, name) is not None), 0)
