"""Plain words for a rule of the Commerce Control List: what its rows cover, how many, and what they leave open."""

from __future__ import annotations

from collections import Counter

from transforms.reports.words.controls import Sentence
from transforms.reports.words.phrases import REASONS, stopped
from transforms.rulebook.ccl import CclRule, CommerceControlList

_AS_WRITTEN = {
    "entire": "whole entries", "listed": "listed paragraphs", "except": "entries except listed paragraphs",
    "conditional": "items that meet a technical or end-use condition",
    "conditional-except": "entries except items that meet a condition",
    "derived": "software and technology for certain items", "text": "text without a column of the chart",
}  # fmt: skip


def describe_ccl(rule: CclRule, ccl: CommerceControlList) -> list[Sentence]:
    """Return one rule in sentences."""
    lesser = "medium" if rule.severity == "high" else rule.severity
    return [
        Sentence("title", stopped(rule.title)),
        Sentence("license needed", counted(rule, ccl)),
        *(Sentence("rows", text) for text in _rows(rule, ccl)),
        Sentence("authority", f"Authority: {'; '.join(rule.authority)}; 15 CFR 774 Supp. 1."),
        Sentence("exceptions", "A license exception that is tied to entries is open only where the entry offers it."),
        Sentence("exceptions", "15 CFR 740.2(a) closes license exceptions over all; eligibility must be verified."),
        Sentence("reason", f"Reason for control: {rule.reason} ({REASONS.get(rule.reason, rule.title)})."),
        Sentence("remedy", stopped(f"What to do: {rule.remedy}")),
        Sentence("severity", f"Severity: {rule.severity} for a flagged line, {lesser} for an undetermined line."),
    ]


def counted(rule: CclRule, ccl: CommerceControlList) -> str:
    """Return how many rows and entries a rule has, in one sentence."""
    rows = [one for one in ccl.controls if one.reason == rule.reason]
    entries = len({one.entry for one in rows})
    return f"The rule has {len(rows):,} dated rows in rules/ccl/controls.csv, of {entries:,} CCL entries."


def _rows(rule: CclRule, ccl: CommerceControlList) -> list[str]:
    rows = [one for one in ccl.controls if one.reason == rule.reason]
    scopes = Counter(one.scope for one in rows)
    open_rows = sum(not one.is_sure for one in rows)
    found = [f"{count:,} rows cover {_AS_WRITTEN[scope]}." for scope, count in scopes.most_common()]
    if open_rows:
        found.append(f"{open_rows:,} rows leave a line undetermined, because no shipment record settles them.")
    if settled := sum(bool(one.settled_by) for one in rows):
        found.append(f"{settled:,} rows are settled by facts in the item master (item_facts).")
    return found
