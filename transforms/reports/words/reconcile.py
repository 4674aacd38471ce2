"""Plain words for a comparison with AES: what it compares, by which terms, on which days, and its SQL."""

from __future__ import annotations

from transforms.compare.rules import Comparison, ComparisonVersion, NamedParameter
from transforms.reports.words.checks import opening
from transforms.reports.words.controls import Sentence, dated_doubts, dates_words
from transforms.reports.words.phrases import either, stopped

_ABOUT = {
    "line": "each shipped line that matches no AES filing, on days that the loaded filings cover",
    "filing": "each live AES filing line that matches no shipment line, on days that the shipment lines cover",
}


def describe_reconcile(rule: Comparison) -> list[Sentence]:
    """Return one comparison in sentences, its SQL last."""
    found = [Sentence("title", stopped(rule.title)), *describe_subject(rule)]
    for version in rule.versions:
        found += describe_comparison_version(rule, version)
    found += describe_comparison_alone(rule)
    files = dict.fromkeys(version.sql for version in rule.versions)
    return found + [Sentence(f"SQL, {name}", rule.queries[name]) for name in files]


def describe_subject(rule: Comparison) -> list[Sentence]:
    """Return of what the comparison is asked."""
    asked = _ABOUT.get(rule.about)
    if asked is None:
        columns = [name.replace("_", " ") for name in rule.compares]
        differ = f", if they differ in {either(columns)}" if columns else ""
        asked = f"each shipped line and its AES filing{differ}"
    return [Sentence("about", f"Applies to {asked}.")]


def describe_comparison_version(rule: Comparison, version: ComparisonVersion) -> list[Sentence]:
    """Return one version in sentences, ordered by topic."""
    found = [Sentence("asks", text) for text in [opening(rule.queries[version.sql])] if text]
    for name, term in version.terms.items():
        stands = f"the parameter {term.parameter}" if isinstance(term, NamedParameter) else f"{term:,}"
        found.append(Sentence("terms", f"{name.replace('_', ' ').capitalize()}: {stands}."))
    for alike in version.alike:
        start = f"from {alike.from_on} on" if alike.from_on else "on all dates"
        text = f"{' and '.join(alike.values)} count as one {start}: {'; '.join(alike.authority)}."
        found.append(Sentence("terms", text))
    found.append(Sentence("dates", dates_words(version)))
    found.append(Sentence("authority", f"Authority: {'; '.join(version.authority)}."))
    return found + [Sentence("doubts", text) for text in comparison_doubts(rule, version)]


def describe_comparison_alone(rule: Comparison) -> list[Sentence]:
    """Return what holds for every version: remedy, severity, history."""
    return [
        Sentence("remedy", stopped(f"What to do: {rule.remedy}")),
        Sentence("severity", f"Severity: {rule.severity}, unless the SQL sets another."),
        *(Sentence("history", stopped(past)) for past in rule.history),
    ]


def comparison_doubts(rule: Comparison, version: ComparisonVersion) -> list[str]:
    """Return one sentence per doubt of the version; none is an empty list."""
    return dated_doubts(rule.versions, version, "a finding is undetermined")
