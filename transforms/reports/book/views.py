"""What the book shows of each rule, of its examples and of the places its words reach."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from transforms.compare.examples import ComparisonCase
from transforms.compare.rules import Comparison
from transforms.reports.book.exercise import Window, case_gaps, version_windows, versions_on
from transforms.reports.words.ccl import describe_ccl
from transforms.reports.words.checks import check_doubts, describe_check_alone, describe_check_version
from transforms.reports.words.controls import (
    Sentence,
    Standing,
    describe_control,
    describe_version,
    doubt_words,
    exception_standings,
)
from transforms.reports.words.filing import describe_for_all_versions, describe_provision_version, provision_doubts
from transforms.reports.words.parties import describe_party_alone, describe_party_version, party_doubts
from transforms.reports.words.phrases import joined, place_title
from transforms.reports.words.rules import provisions_in_order
from transforms.rulebook.ccl import CclRule
from transforms.rulebook.check import Check
from transforms.rulebook.law import Law
from transforms.rulebook.model import Case, Control, Rulebook
from transforms.rulebook.party import PartyRule
from transforms.rulebook.places import ALWAYS, FOREVER, read_table
from transforms.rulebook.provision import Provision
from transforms.rulebook.versions import DatedVersion
from transforms.screening.cases import CaseResult

Facts = list[tuple[str, str]]  # column of the line, value in words


class CaseView(NamedTuple):
    """One example; `holds` is None where it was not run, `said` is what Earshot says of its line."""

    case: Case | ComparisonCase
    facts: Facts
    exercises: str
    holds: bool | None
    failures: list[str]
    said: str


class VersionView(NamedTuple):
    """One version of a rule in words, its sentences by topic; only a control has `exceptions`."""

    version: DatedVersion
    sentences: Mapping[str, list[str]]
    exceptions: list[Standing]
    doubts: list[str]


class RuleView(NamedTuple):
    """One rule; `gaps` say which outcome no example expects, `queries` are the files of its SQL, where it has any."""

    rule: Control | CclRule | PartyRule | Provision | Check | Comparison
    mark: str
    versions: list[VersionView]
    sentences: Mapping[str, list[str]]
    defaults: Facts
    cases: list[CaseView]
    gaps: list[str]
    queries: Mapping[str, str]


class ReachRow(NamedTuple):
    """Countries that one place word reaches on the same days; None is no limit."""

    countries: list[str]
    from_on: date | None
    until_on: date | None
    read_as: str
    doubt: str


def rule_views(
    rulebook: Rulebook, results: Sequence[CaseResult] | None, countries: Mapping[str, str]
) -> list[RuleView]:
    """Return one view per rule: controls, rules on listed parties, the provisions by kind, the checks, each by id."""
    windows = version_windows(rulebook)
    ran = {(result.rule_id, result.case.case): result for result in results or ()}
    gaps = case_gaps(rulebook, results) if results is not None else []
    views = []
    rules: tuple[Control | PartyRule | Provision | Check, ...]
    rules = (*rulebook.controls, *rulebook.party_rules, *provisions_in_order(rulebook), *rulebook.checks)
    for rule in rules:
        sheet = rulebook.cases[rule.id]
        cases = [
            _case(case, sheet.defaults, windows.get(rule.id, []), ran.get((rule.id, case.case)), countries)
            for case in sheet.cases
        ]
        missing = [gap.outcome + (f" ({gap.version})" if gap.version else "") for gap in gaps if gap.rule_id == rule.id]
        queries = {name: query for (rule_id, name), query in rulebook.check_sql.items() if rule_id == rule.id}
        mark, versions, sentences = _told(rule, rulebook, countries)
        views.append(
            RuleView(
                rule, mark, versions, by_topic(sentences), facts_of(sheet.defaults, countries), cases, missing, queries
            )
        )
    return views[: len(rulebook.controls)] + _listed_views(rulebook, ran, countries) + views[len(rulebook.controls) :]


def _listed_views(
    rulebook: Rulebook, ran: Mapping[tuple[str, str], CaseResult], countries: Mapping[str, str]
) -> list[RuleView]:
    """Return one view per rule of the Commerce Control List: its rows are counted, not shown."""
    views = []
    for rule in rulebook.ccl.rules_by_id:
        sheet = rulebook.cases.get(rule.id)
        usual = sheet.defaults if sheet else {}
        cases = [
            _case(case, usual, [], ran.get((rule.id, case.case)), countries) for case in (sheet.cases if sheet else ())
        ]
        sentences = by_topic(describe_ccl(rule, rulebook.ccl))
        views.append(RuleView(rule, rule.reason, [], sentences, facts_of(usual, countries), cases, [], {}))
    return views


def reach(law: Law, countries: Mapping[str, str]) -> dict[str, list[ReachRow]]:
    """Return, by title, what each group and chart column that a rule names reaches, the doubtful rows last."""
    words = {str(row["word"]) for row in law.place_words}
    found = {}
    for word in sorted(word for word in words if word.startswith(("group:", "chart:"))):
        rows: dict[tuple[str, str, date, date], list[str]] = defaultdict(list)
        for one in law.memberships:
            if one["word"] == word:
                row: dict[str, Any] = dict(one)
                doubt, via = (str(row[key] or "").removeprefix(f"{row['iso2']} ") for key in ("doubt", "via"))
                names = rows[doubt, via, row["from_on"], row["until_on"]]
                names.append(countries.get(row["iso2"], row["iso2"]))
        ordered = sorted(rows.items(), key=lambda row: (*row[0][:3], FOREVER - row[0][3]))
        found[place_title(word)] = [
            ReachRow(sorted(names), None if start == ALWAYS else start, None if end == FOREVER else end, via, doubt)
            for (doubt, via, start, end), names in ordered
        ]
    return found


def row_doubts(tables_dir: Path) -> list[tuple[str, str, str]]:
    """Return (file, the rows it stands in, doubt) for every doubt that is written in a row of a table."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path in sorted(tables_dir.glob("*.csv")):
        for row in read_table(path):
            if row.get("doubt"):
                marks = (row.get("group"), row.get("country"), row.get("meaning"))
                named = next((mark for mark in marks if mark), "")
                found[path.name, row["doubt"]].append(f"{next(iter(row.values()))} {named}".strip())
    return [(name, "; ".join(rows), doubt) for (name, doubt), rows in found.items()]


def _told(
    rule: Control | PartyRule | Provision | Check, rulebook: Rulebook, countries: Mapping[str, str]
) -> tuple[str, list[VersionView], list[Sentence]]:
    """The mark beside the id of a rule, its versions, and what holds for all of them."""
    if isinstance(rule, Control):
        versions = [
            VersionView(
                version, by_topic(describe_version(rule, version, countries)),
                exception_standings(version, countries), doubt_words(rule, version),
            )
            for version in rule.versions
        ]  # fmt: skip
        return rule.reason, versions, describe_control(rule)
    if isinstance(rule, Provision):
        told = [(one, describe_provision_version(rule, one, countries), provision_doubts(rule, one))
                for one in rule.versions]  # fmt: skip
        return rule.paragraph, _views(told), describe_for_all_versions(rule, countries)
    if isinstance(rule, PartyRule):
        listed = [(one, describe_party_version(rule, one), party_doubts(rule, one)) for one in rule.versions]
        return f"{rule.severity} severity", _views(listed), describe_party_alone(rule)
    asked = [(one, describe_check_version(rule, one, rulebook.check_sql, countries), check_doubts(rule, one))
             for one in rule.versions]  # fmt: skip
    return f"{rule.severity} severity", _views(asked), describe_check_alone(rule)


def _views(told: Iterable[tuple[DatedVersion, list[Sentence], list[str]]]) -> list[VersionView]:
    return [VersionView(version, by_topic(sentences), [], doubts) for version, sentences, doubts in told]


def _case(
    case: Case,
    defaults: Mapping[str, str | None],
    windows: Sequence[Window],
    result: CaseResult | None,
    countries: Mapping[str, str],
) -> CaseView:
    own = {name: value for name, value in case.line.items() if name not in defaults or defaults[name] != value}
    facts = facts_of(own, countries)
    for other in case.others:
        facts.append(("another line", _listed(facts_of(other, countries)) or "the same"))
    if case.item is not None:
        facts.append(("its item master record", _listed(list(case.item.items()))))
    for filing in case.filings:
        facts.append(("an AES filing", _listed([(name, value or "") for name, value in filing.items()])))
    day = date.fromisoformat(case.line["export_on"] or "")
    exercises = list(dict.fromkeys(_exercised(window) for window in versions_on(windows, day)))
    failures = result.failures if result else []
    said = result.because if result and result.outcome != "clear" else ""
    holds = not failures if result else None
    return CaseView(case, facts, joined(exercises) or "none effective", holds, failures, said)


def _exercised(window: Window) -> str:
    version = f"from {window.version_from}" if window.version_from else "effective date not researched"
    return f"{version}, in doubt" if window.is_doubtful else version


def _listed(facts: Facts) -> str:
    return ", ".join(f"{name} {value}" for name, value in facts)


def facts_of(line: Mapping[str, str | None], countries: Mapping[str, str]) -> Facts:
    """Return the columns of a record with their values in words."""
    return [(name, _value(name, value, countries)) for name, value in line.items()]


def _value(name: str, value: str | None, countries: Mapping[str, str]) -> str:
    if value is None:
        return "not provided"
    if name == "destination" and value in countries:
        return f"{value} ({countries[value]})"
    return value or "not recorded"


def by_topic(sentences: Sequence[Sentence]) -> dict[str, list[str]]:
    """Return the texts of the sentences by topic, in their order."""
    found: dict[str, list[str]] = defaultdict(list)
    for sentence in sentences:
        found[sentence.topic].append(sentence.text)
    return dict(found)
