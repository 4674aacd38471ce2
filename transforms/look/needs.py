"""Which columns a rule judges by, as its own words and the facts (`facts.yml`) declare them, rule by rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from transforms.compare.rules import Comparison
from transforms.facts import FAMILIES, all_facts, facts_by
from transforms.kinds import KindName
from transforms.rulebook.ccl import CclRule
from transforms.rulebook.check import Check
from transforms.rulebook.model import Control, Rulebook
from transforms.rulebook.parameter import filled
from transforms.rulebook.party import COLUMNS_OF_ROLES, PartyRule
from transforms.rulebook.provision import Provision, ProvisionVersion

ALSO_BY = {"value_usd": "value_recorded"}
"""A column that another one stands in for: an amount in another currency is converted."""
CONTROLS, PARTIES, FILING, CHECKS, COMPARISONS = (
    "License requirements", "Listed parties", "EEI filing in AES", "Shipment record checks",
    "AES filings compared with shipments",
)  # fmt: skip


@dataclass(frozen=True)
class Needs:
    """A rule, and the canonical columns by which it judges."""

    rule_id: str
    title: str
    group: str
    columns: tuple[str, ...]
    """Without any of these it judges no line."""
    also: tuple[str, ...] = ()
    """These it reads too: a line that turns on one of them is undetermined without it."""


def needs_of(kind: KindName, rulebook: Rulebook, comparisons: Sequence[Comparison] = ()) -> list[Needs]:
    """Return what each rule that is asked about rows of a kind needs: of lines the rulebook, of filings comparisons."""
    if kind == "items":
        return []
    if kind == "filings":
        return [Needs(one.id, one.title, COMPARISONS, _once(("itn", *one.compares))) for one in comparisons]
    names = rulebook.parameters.names()
    found = [*(_control(one) for one in rulebook.controls), *(_row_rule(one) for one in rulebook.ccl.rules_by_id)]
    if rulebook.filing:
        found.append(_filing(rulebook.filing.id, rulebook.filing.title))
    found += [_party(one) for one in rulebook.party_rules]
    found += [_provision(one, filled(one.title, names)) for one in rulebook.provisions if not _is_presumed_absent(one)]
    return [*found, *(_check(one) for one in rulebook.checks)]


def _control(control: Control) -> Needs:
    """Items, places and what was done are its scope; who claims what authority, the other facts of its family."""
    scope = {"activity"}
    if any(not version.items.all for version in control.versions):
        scope.add("eccn")
    if any(not version.destinations.all for version in control.versions):
        scope.add("destination")
    return Needs(control.id, control.title, CONTROLS, _columns(scope), _columns(_unknown_of("control")))


def _row_rule(rule: CclRule) -> Needs:
    scope = ("activity", "eccn", "destination")
    return Needs(rule.id, rule.title, CONTROLS, _columns(scope), _columns(_unknown_of("control")))


def _filing(rule_id: str, title: str) -> Needs:
    scope = ("activity", "destination")
    return Needs(rule_id, title, FILING, _columns(scope), _columns(_unknown_of("filing")))


def _party(rule: PartyRule) -> Needs:
    """The ultimate consignee is the party that every line has; others are screened where they are recorded."""
    roles = dict.fromkeys(role for version in rule.versions for role in version.roles)
    also = (column for role, columns in COLUMNS_OF_ROLES.items() if role in roles for column in columns)
    return Needs(rule.id, rule.title, PARTIES, ("consignee_name",), _once(also))


def _provision(provision: Provision, title: str) -> Needs:
    facts = {name for version in provision.versions for name in _facts_of(version)}
    known = all_facts()
    scope = _columns(name for name in facts if known[name].by == "line")
    added = tuple(name for name in facts if known[name].by != "line")
    first = tuple(known[name].columns[0] for name in added)
    also = tuple(column for name in added for column in known[name].columns)
    return Needs(provision.id, title, FILING, _once((*scope, *first)), _once(also))


def _facts_of(version: ProvisionVersion) -> list[str]:
    """Return the facts that the scope of a provision is told by."""
    asked = {
        "eccn": not version.items.all,
        "destination": not version.destinations.all,
        "via_country": version.via is not None,
        "license_code": bool(version.license_codes),
        "hs6": bool(version.schedule_b),
        "form": version.form is not None,
        "leaves_from": bool(version.shipped_from),
        "low_value": version.has_threshold,
    }
    return [name for name, is_asked in asked.items() if is_asked]


def _check(check: Check) -> Needs:
    columns = _once(column for version in check.versions for column in version.needs)
    return Needs(check.id, check.title, CHECKS, columns)


def _is_presumed_absent(provision: Provision) -> bool:
    return all(version.presumed_absent for version in provision.versions)


def _unknown_of(family: str) -> list[str]:
    """Return the facts that a line tells to a family, and that are not known where the source has no such column."""
    known = FAMILIES[: FAMILIES.index(family) + 1]
    return [name for name, fact in facts_by("line").items() if fact.family in known and fact.absent == "unknown"]


def _columns(facts: Iterable[str]) -> tuple[str, ...]:
    """Return the first column of each fact, in the order of their declaration: the one on which it turns."""
    wanted = set(facts)
    return _once(fact.columns[0] for name, fact in all_facts().items() if name in wanted)


def _once(columns: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(columns))
