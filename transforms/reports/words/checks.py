"""Plain words for a check: what it asks of the record, which columns and scopes it reads, and its SQL."""

from __future__ import annotations

import re
from collections.abc import Mapping

from transforms.reports.words.controls import ACTIVITIES, Sentence, dated_doubts, dates_words
from transforms.reports.words.phrases import either, items_words, joined, places_words, stopped
from transforms.rulebook.check import Check, CheckVersion, Scope

_ONE_ROW = re.compile(r" ?One row (?:per|for) .*?[a-z)]\.(?= |$)")
Queries = Mapping[tuple[str, str], str]


def describe_check(check: Check, queries: Queries, countries: Mapping[str, str]) -> list[Sentence]:
    """Return the whole check in sentences, its SQL last; `queries` is the `check_sql` of the rulebook."""
    found = [Sentence("title", stopped(check.title))]
    for version in check.versions:
        found += describe_check_version(check, version, queries, countries)
    found += describe_check_alone(check)
    files = dict.fromkeys(version.sql for version in check.versions)
    return found + [Sentence(f"SQL, {name}", queries[check.id, name]) for name in files]


def describe_check_version(
    check: Check, version: CheckVersion, queries: Queries, countries: Mapping[str, str]
) -> list[Sentence]:
    """Return one version of a check in sentences, ordered by topic."""
    found = [Sentence("asks", text) for text in [opening(queries[check.id, version.sql])] if text]
    if version.needs:
        text = f"Requires {joined(version.needs)}. A line is undetermined if the source does not provide the column."
        found.append(Sentence("needs", text))
    covered = either([ACTIVITIES[one] for one in version.activities])
    left_out = [words for activity, words in ACTIVITIES.items() if activity not in version.activities]
    found.append(
        Sentence(
            "activities",
            f"Applies to each {covered}, and to a line whose activity is not recorded."
            + (f" Does not apply to {joined(left_out)}." if left_out else ""),
        )
    )
    found += [Sentence("scopes", _scope(name, scope, countries)) for name, scope in version.scopes.items()]
    found.append(Sentence("dates", dates_words(version)))
    found.append(Sentence("authority", f"Authority: {'; '.join(version.authority)}."))
    return found + [Sentence("doubts", text) for text in check_doubts(check, version)]


def describe_check_alone(check: Check) -> list[Sentence]:
    """Return what holds for every version: remedy, severity, history."""
    return [
        Sentence("remedy", stopped(f"What to do: {check.remedy}")),
        Sentence("severity", f"Severity: {check.severity}, unless the SQL sets another."),
        *(Sentence("history", stopped(past)) for past in check.history),
    ]


def check_doubts(check: Check, version: CheckVersion) -> list[str]:
    """Return one sentence per doubt of the version; none is an empty list."""
    return dated_doubts(check.versions, version, "a finding is undetermined")


def opening(query: str) -> str:
    """Return the comment that opens a query, which is the question it answers; what one row of it is, is left out."""
    lines = []
    for line in query.strip().splitlines():
        if not line.startswith("--"):
            break
        lines.append(line.removeprefix("--").strip())
    question = _ONE_ROW.sub("", " ".join(lines)).strip()
    return stopped(question) if question else ""


def _scope(name: str, scope: Scope, countries: Mapping[str, str]) -> str:
    covered = items_words(scope.items) if scope.items else ""
    covered = places_words(scope.destinations, countries) if scope.destinations else covered
    return stopped(f"{name.replace('_', ' ')}: {covered.rstrip(',')}")
