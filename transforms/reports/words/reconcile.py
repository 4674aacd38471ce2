"""Plain words for a comparison with AES: what it compares, how closely, and on which days."""

from __future__ import annotations

from transforms.compare.rules import ReconcileRule
from transforms.reports.words.controls import Sentence
from transforms.reports.words.phrases import stopped


def describe_reconcile(rule: ReconcileRule) -> list[Sentence]:
    """Return one comparison in sentences."""
    found = [Sentence("title", stopped(rule.title))]
    if rule.tolerance:
        usd, percent = rule.tolerance.usd, rule.tolerance.percent
        text = f"Values may lie ${usd} for each line of AES apart, or {percent} % of the value recorded: the larger."
        found.append(Sentence("tolerance", text))
    if rule.threshold_usd is not None:
        found.append(Sentence("tolerance", f"The threshold is ${rule.threshold_usd:,}, in whole dollars as AES takes."))
    if rule.similarity is not None:
        text = f"Names that are alike to {rule.similarity} or more (of 1) are in question, others differ."
        found.append(Sentence("tolerance", text))
    for alike in rule.alike:
        text = (
            f"{' and '.join(alike.places)} count as one destination from {alike.from_on}: {'; '.join(alike.authority)}."
        )
        found.append(Sentence("tolerance", text))
    start = (
        f"Compared on exports from {rule.from_on}." if rule.from_on else "Compared on all exports that filings cover."
    )
    found.append(Sentence("dates", start))
    found.append(Sentence("authority", f"Authority: {'; '.join(rule.authority)}."))
    if rule.doubt:
        found.append(Sentence("doubts", stopped(rule.doubt)))
    found.append(Sentence("remedy", stopped(f"What to do about a finding: {rule.remedy}")))
    found.append(Sentence("severity", f"A finding is of {rule.severity} severity."))
    return found
