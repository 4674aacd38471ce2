"""The summary page: one self-contained HTML file that a leader reads offline, without JavaScript.

`render_summary` turns a `Summary` into text and reads no clock, no network and no database: the same summary gives the
same bytes, whatever order its rows came in.
"""

from __future__ import annotations

from transforms.reports.amounts import count, rough_money
from transforms.reports.summary.charts import figures
from transforms.reports.summary.model import RuleRow, Summary
from transforms.reports.templating import render

TOP_LINES = 25
KINDS = {
    "control": ("Licenses: was one needed, and is one recorded", "controls"),
    "eei": ("Filing: was EEI filed in AES where it had to be", "filing rules"),
    "check": ("Checks: is the record right", "checks"),
    "reconcile": ("Reconciliation: do filings and shipments agree", "comparisons"),
}
"""The kinds of rule in page order: heading in the table of findings, plural. A kind not here goes last, as it is."""


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
