"""Which version of a rule an example exercises, and which versions have no example of an outcome."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple, get_args

from transforms.rulebook.compile import compile_law
from transforms.rulebook.model import Outcome, Rulebook
from transforms.screening.cases import CaseResult

OUTCOMES: tuple[str, ...] = get_args(Outcome)


class Window(NamedTuple):
    """A stretch of days, both inclusive, in which the version from `version_from` (None: unknown) holds, or may."""

    from_on: date
    until_on: date
    version_from: date | None
    is_doubtful: bool


class Gap(NamedTuple):
    """A rule version and an outcome that no example expects within the version's days."""

    rule_id: str
    version_from: date | None
    outcome: str


def version_windows(rulebook: Rulebook) -> dict[str, list[Window]]:
    """Return the windows of each rule's versions in order of date, as the screening reads them."""
    law = compile_law(rulebook)
    versions = {row["version_key"]: row for row in law.rule_versions}
    found: dict[str, list[Window]] = defaultdict(list)
    for period in law.rule_periods:
        row: dict[str, Any] = {**period, "version": versions[period["version_key"]]}
        is_doubtful = row["doubt"] is not None or not row["is_in_force"]
        window = Window(row["from_on"], row["until_on"], row["version"]["from_on"], is_doubtful)
        found[row["version"]["rule_id"]].append(window)
    return {rule_id: sorted(windows, key=lambda window: window[:2]) for rule_id, windows in found.items()}


def versions_on(windows: Iterable[Window], day: date) -> list[Window]:
    """Return the windows in which `day` lies: none before the first version, two where a doubt outlasts its version."""
    return [window for window in windows if window.from_on <= day <= window.until_on]


def case_gaps(rulebook: Rulebook, results: Iterable[CaseResult]) -> list[Gap]:
    """Return every rule version and outcome without an example dated within the version or its doubt.

    Where other law governs, nothing is ever flagged and no example of that is asked for.
    """
    windows = version_windows(rulebook)
    seen = {
        (result.rule_id, window.version_from, result.case.expect)
        for result in results
        if result.export_on
        for window in versions_on(windows.get(result.rule_id, ()), result.export_on)
    }
    return [
        Gap(control.id, version.from_on, outcome)
        for control in rulebook.controls
        for version in control.versions
        for outcome in OUTCOMES
        if (control.id, version.from_on, outcome) not in seen and not (version.governed_by and outcome == "flagged")
    ]


def versions_without_cases(rulebook: Rulebook, results: Iterable[CaseResult]) -> list[str]:
    """Return one sentence per gap: `pakistan-rs, version from 2024-12-26: no case expects clear`. None is all well."""
    gaps = case_gaps(rulebook, results)
    return [
        f"{gap.rule_id}, version from {gap.version_from or 'unknown'}: no case expects {gap.outcome}" for gap in gaps
    ]
