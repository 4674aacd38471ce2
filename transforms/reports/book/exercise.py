"""Which version of a rule an example exercises, and which outcomes no example of it expects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple, get_args

from transforms.reports.words.phrases import either
from transforms.rulebook.check import Check, CheckVersion
from transforms.rulebook.compile import compile_law
from transforms.rulebook.model import Control, Outcome, Rulebook, Version
from transforms.rulebook.party import DECIDING, PartyRule, PartyVersion
from transforms.screening.cases import CaseResult

OUTCOMES: tuple[str, ...] = get_args(Outcome)


class Window(NamedTuple):
    """A stretch of days, both inclusive, in which the version from `version_from` (None: unknown) holds, or may."""

    from_on: date
    until_on: date
    version_from: date | None
    is_doubtful: bool


class Gap(NamedTuple):
    """What no example of a rule expects: an outcome, of the days of one version (`version` in words, or of all)."""

    rule_id: str
    version: str
    outcome: str

    @property
    def sentence(self) -> str:
        """`pakistan-rs, version from 2024-12-26: no case expects clear`."""
        return f"{self.rule_id}{', ' if self.version else ''}{self.version}: no case expects {self.outcome}"


def version_windows(rulebook: Rulebook) -> dict[str, list[Window]]:
    """Return the windows of each rule's versions in order of date, as the screening reads them.

    What is presumed absent is never met, and has none.
    """
    law = compile_law(rulebook)
    rows = (*law.rule_versions, *law.provisions, *law.checks, *law.party_versions)
    versions = {row["version_key"]: row for row in rows}
    found: dict[str, list[Window]] = defaultdict(list)
    for period in law.rule_periods:
        row: dict[str, Any] = {**period, "version": versions[period["version_key"]]}
        is_doubtful = row["doubt"] is not None or not row["is_in_force"]
        window = Window(row["from_on"], row["until_on"], row["version"]["from_on"], is_doubtful)
        found[row["version"].get("rule_id") or row["version"]["provision_id"]].append(window)
    return {rule_id: sorted(windows, key=lambda window: window[:2]) for rule_id, windows in found.items()}


def versions_on(windows: Iterable[Window], day: date) -> list[Window]:
    """Return the windows in which `day` lies: none before the first version, two where a doubt outlasts its version."""
    return [window for window in windows if window.from_on <= day <= window.until_on]


def case_gaps(rulebook: Rulebook, results: Iterable[CaseResult]) -> list[Gap]:
    """Return what the examples leave out.

    Each version of a control, check or rule on listed parties needs an example of each outcome that it can come to,
    dated within the version or its doubt. A provision comes to no outcome by itself: its examples are to expect two
    different ones at least.
    """
    ran = list(results)
    windows = version_windows(rulebook)
    seen = {
        (result.rule_id, window.version_from, result.case.expect)
        for result in ran
        if result.export_on
        for window in versions_on(windows.get(result.rule_id, ()), result.export_on)
    }
    found = []
    dated: tuple[Control | Check | PartyRule, ...] = (*rulebook.controls, *rulebook.checks, *rulebook.party_rules)
    for rule in dated:
        for version_from, outcome in dict.fromkeys(_wanted(rule, rulebook, windows.get(rule.id, ()))):
            if (rule.id, version_from, outcome) not in seen:
                found.append(Gap(rule.id, f"version from {version_from or 'unknown'}", outcome))
    for provision in rulebook.provisions:
        expected = {result.case.expect for result in ran if result.rule_id == provision.id}
        if len(expected) < 2:
            found.append(Gap(provision.id, "", either([one for one in OUTCOMES if one not in expected])))
    return found


def _wanted(
    rule: Control | Check | PartyRule, rulebook: Rulebook, windows: Sequence[Window]
) -> Iterator[tuple[date | None, str]]:
    """Yield (start of the version, outcome) for all that the rule can come to."""
    for version in rule.versions:
        if isinstance(version, CheckVersion):
            own = [window for window in windows if window.version_from == version.from_on]
            outcomes = _outcomes_of(version, rulebook.check_sql[rule.id, version.sql], own)
        elif isinstance(version, PartyVersion):
            # flagged is who is on a list for certain on a day of the version
            first = rulebook.listed.first_day(set(version.lists) & DECIDING)
            can_flag = first is not None and first <= (version.until or date.max)
            outcomes = [one for one in OUTCOMES if one != "flagged" or can_flag]
        else:
            # where other law governs, or a doubt never ends, nothing is ever flagged
            outcomes = [one for one in OUTCOMES if one != "flagged" or not _is_always_in_doubt(version)]
        for outcome in outcomes:
            yield version.from_on, outcome


def _is_always_in_doubt(version: Version) -> bool:
    always = [one for one in version.doubts if not (one.items or one.settled_by or one.from_on or one.until)]
    return bool(version.governed_by or always)


def _outcomes_of(version: CheckVersion, query: str, windows: Sequence[Window]) -> list[str]:
    """Return what a check can come to, as its text shows.

    It is flagged if the SQL writes that word, undetermined if it does, or if a column is needed or the law in doubt; a
    SQL that writes neither word takes the outcome from elsewhere, and can come to both.
    """
    written = {outcome for outcome in ("flagged", "undetermined") if f"'{outcome}'" in query}
    written = written or {"flagged", "undetermined"}
    is_always_doubtful = all(window.is_doubtful for window in windows)
    can = {"clear"} | (written - {"flagged"} if is_always_doubtful else written)
    if version.needs or any(window.is_doubtful for window in windows):
        can.add("undetermined")
    return [outcome for outcome in OUTCOMES if outcome in can]


def versions_without_cases(rulebook: Rulebook, results: Iterable[CaseResult]) -> list[str]:
    """Return one sentence per gap: `pakistan-rs, version from 2024-12-26: no case expects clear`. None is all well."""
    return [gap.sentence for gap in case_gaps(rulebook, results)]
