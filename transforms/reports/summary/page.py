"""The summary page: one self-contained HTML file that a leader reads offline, without JavaScript.

`Summary` is everything the page says; whoever has the database fills it. `render_summary` turns it into text and reads
no clock, no network and no database: the same summary gives the same bytes, whatever order its rows came in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from transforms.reports.amounts import count, rough_money
from transforms.reports.templating import render

TOP_LINES = 25
KINDS = {
    "control": ("Licenses: was one needed, and is one recorded", "controls"),
    "eei": ("Filing: was EEI filed in AES where it had to be", "filing rules"),
    "check": ("Checks: is the record right", "checks"),
    "reconcile": ("Reconciliation: do filings and shipments agree", "comparisons"),
}
"""The kinds of rule in page order: heading in the table of findings, plural. A kind not here goes last, as it is."""

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


def headline(summary: Summary) -> str:
    """The result in one plain sentence."""
    if not summary.lines:
        return "There are no lines yet, so nothing was screened."
    lines = f"Of {count(summary.lines, 'line')} worth {rough_money(summary.value_usd)}, "
    people = summary.lines_flagged + summary.lines_undetermined
    if not people:
        return lines + "none needs a person under the rules of this rulebook."
    needs = f"{count(people)} {'needs' if people == 1 else 'need'} a person: "
    return lines + needs + f"{count(summary.lines_flagged)} flagged, {count(summary.lines_undetermined)} undetermined."


def render_summary(summary: Summary) -> str:
    """The page as HTML text, with three charts inside it; save it as UTF-8."""
    from transforms.reports.summary.charts import figures

    ranked = sorted(summary.rules, key=lambda rule: (-rule.flagged, -rule.undetermined, rule.rule_id))
    kinds = [*KINDS, *sorted({rule.kind for rule in ranked} - set(KINDS))]
    found = [rule for rule in ranked if rule.flagged or rule.undetermined]
    silent = sorted((rule for rule in ranked if not rule.flagged and not rule.undetermined), key=lambda one: one[0])
    top = sorted(summary.top, key=lambda row: (-(row.value_usd or 0), row.shipment_id, row.line_number, row.rule_id))
    return render(
        "summary/page.html.j2",
        s=summary,
        headline=headline(summary),
        found=_grouped(found, kinds, 0),
        quiet=_grouped(silent, kinds, 1),
        undetermined=sorted(summary.undetermined, key=lambda row: (-row[2], row[0], row[1])),
        top=top[:TOP_LINES],
        figures=figures(summary),
    )


def _grouped(rules: list[RuleRow], kinds: list[str], at: int) -> list[tuple[str, list[RuleRow]]]:
    """The rules by kind, each under the heading (`at` 0) or the plural (1) of its kind; without empty groups."""
    groups = [(KINDS.get(kind, (kind, kind))[at], [rule for rule in rules if rule.kind == kind]) for kind in kinds]
    return [(heading, group) for heading, group in groups if group]
