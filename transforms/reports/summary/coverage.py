"""What a rulebook covers and what it does not, in sentences, from its rules and the lists beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from transforms.compare.rules import Comparison
from transforms.content import read_yaml
from transforms.reports.summary.model import RuleRow
from transforms.reports.summary.says import RulebookSays
from transforms.reports.summary.silent import PARTIES_CHECK
from transforms.reports.words.ccl import counted
from transforms.reports.words.phrases import country_names
from transforms.reports.words.rules import by_id, provisions_in_order
from transforms.rulebook.ccl import CclRule
from transforms.rulebook.listed import Listed
from transforms.rulebook.listed_rows import LISTS
from transforms.rulebook.model import Rulebook
from transforms.rulebook.parameter import filled
from transforms.rulebook.party import PartyRule
from transforms.rulebook.provision import Filing, Provision

_DECIDING_TABLES = ("country_chart.csv", "country_groups.csv")


def say(rulebook: Rulebook, reconciling: Iterable[Comparison]) -> RulebookSays:
    """Return what the page says of the rulebook and its comparisons with AES, whatever is screened."""
    content = read_coverage(rulebook)
    tables, _ = read_yaml(rulebook.tables_dir / "tables.yml", "rules/tables/tables.yml")
    absent = [
        f"{version.presumed_absent.rstrip('.')} ({provision.id})"
        for provision in provisions_in_order(rulebook)
        for version in provision.versions
        if version.presumed_absent
    ]
    return RulebookSays(
        rules=[_rule(rule) for rule in by_id(rulebook).values() if not isinstance(rule, Provision | Comparison)],
        comparisons={rule.id: rule.title for rule in reconciling},
        urgent=[control.id for control in rulebook.controls if control.urgent],
        superseded=rulebook.superseded,
        countries=country_names(rulebook.tables_dir),
        screened=[(heading, sentences) for heading, sentences in _screened(rulebook) if sentences],
        not_screened=list(content["not_screened"]),
        presumed_absent=[*content["presumed_absent"], *dict.fromkeys(absent)],
        in_short=list(content.get("in_short", ())),
        tables=[
            (entry["title"], *(date.fromisoformat(entry["covers"][key]) for key in ("from", "until")))
            for entry in tables["tables"]
            if entry["file"] in _DECIDING_TABLES
        ],
        lists=_lists_held(rulebook),
        are_parties_judged=any(check.id == PARTIES_CHECK for check in rulebook.checks),
    )


def _rule(rule: Any) -> RuleRow:
    """One rule of the rulebook, without findings."""
    latest = None if isinstance(rule, Filing | CclRule) else rule.versions[-1]
    return RuleRow(
        rule.id, rule.kind, rule.title, getattr(rule, "reason", None), latest.from_on if latest else None,
        list(latest.authority if latest else rule.authority), 0, 0, Decimal(0), Decimal(0), rule.remedy,
    )  # fmt: skip


def read_coverage(rulebook: Rulebook) -> dict[str, Any]:
    """Return what the rulebook does not screen and what it presumes absent, in sentences under their keys."""
    content, _ = read_yaml(rulebook.root / "coverage.yml", "rules/coverage.yml")
    return dict(content)


def _screened(rulebook: Rulebook) -> list[tuple[str, list[str]]]:
    controls = [
        f"{control.title} ({control.id}): {'; '.join(version.authority)}; {_since(version.from_on)}"
        + (f" until {version.until}" if version.until else "")
        for control in rulebook.controls
        for version in control.versions
        if version.paragraph is None
    ]
    controls += [
        f"{control.title} ({control.id}): {'; '.join(paragraphs)}"
        for control in rulebook.controls
        if (paragraphs := dict.fromkeys(one.paragraph for one in control.versions if one.paragraph))
    ]
    controls += [f"{one.title} ({one.id}): {counted(one, rulebook.ccl)}" for one in rulebook.ccl.rules_by_id]
    names = rulebook.parameters.names()
    authority = f", {'; '.join(rulebook.filing.authority)}" if rulebook.filing else ""
    return [
        ("License requirements", controls),
        ("Listed parties", [_lists(rule, rulebook.listed) for rule in rulebook.party_rules]),
        (
            f"Filing in AES (eei-filing{authority})",
            [_provision(one, names) for one in provisions_in_order(rulebook) if not _is_absent(one)],
        ),
        ("Checks of the record", [f"{check.title} ({check.id})" for check in rulebook.checks]),
    ]


def _lists_held(rulebook: Rulebook) -> dict[str, date]:
    """Return the lists of parties that a rule reads, by name, and the day of the copy that is held."""
    read = dict.fromkeys(name for rule in rulebook.party_rules for one in rule.versions for name in one.lists)
    return {name: as_of for name, _, as_of in rulebook.listed.counted(read)}


def _lists(rule: PartyRule, listed: Listed) -> str:
    """`A party is on ... (party-...): Entity List, 3,438 entries as of 2026-07-31`."""
    lists = dict.fromkeys(name for version in rule.versions for name in version.lists)
    told = [f"{LISTS[name]}, {count:,} entries as of {as_of}" for name, count, as_of in listed.counted(lists)]
    return f"{rule.title} ({rule.id}): {'; '.join(told) or 'no list is held'}"


def _provision(provision: Provision, names: Mapping[str, str]) -> str:
    start = provision.versions[0].from_on
    said = f"{provision.kind}: {filled(provision.title, names)} ({provision.paragraph})"
    return said + (f", from {start}" if start else "")


def _is_absent(provision: Provision) -> bool:
    return all(version.presumed_absent for version in provision.versions)


def _since(start: date | None) -> str:
    return f"effective {start}" if start else "effective date not researched"
