"""Any rule of the rulebook in plain words, found by its id, and the list of them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from transforms.compare.rules import Comparison
from transforms.reports.words.ccl import describe_ccl
from transforms.reports.words.checks import describe_check
from transforms.reports.words.controls import Sentence, describe
from transforms.reports.words.filing import KINDS, describe_filing, describe_provision
from transforms.reports.words.parties import describe_party
from transforms.reports.words.reconcile import describe_reconcile
from transforms.rulebook.ccl import CclRule
from transforms.rulebook.check import Check
from transforms.rulebook.model import Control, Rulebook
from transforms.rulebook.parameter import filled
from transforms.rulebook.party import PartyRule
from transforms.rulebook.provision import Filing, Provision
from transforms.rulebook.versions import DatedVersion

Rule = Control | CclRule | PartyRule | Filing | Provision | Check | Comparison


def by_id(rulebook: Rulebook, reconciling: Sequence[Comparison] = ()) -> dict[str, Rule]:
    """Return every rule by its id, in this order.

    Controls, the rules of the CCL, those on listed parties, `eei-filing` with its provisions, checks, comparisons with
    AES.
    """
    filing = (rulebook.filing,) if rulebook.filing and rulebook.provisions else ()
    provisions = provisions_in_order(rulebook)
    rules: tuple[Rule, ...] = (
        *rulebook.controls, *rulebook.ccl.rules_by_id, *rulebook.party_rules, *filing, *provisions, *rulebook.checks,
        *reconciling,
    )  # fmt: skip
    return {rule.id: rule for rule in rules}


def provisions_in_order(rulebook: Rulebook) -> list[Provision]:
    """Return the provisions by kind, triggers first, and within a kind by id."""
    kinds = list(KINDS)
    return sorted(rulebook.provisions, key=lambda one: (kinds.index(one.kind), one.id))


def describe_rule(rulebook: Rulebook, rule: Rule, countries: Mapping[str, str]) -> list[Sentence]:
    """Return one rule in sentences, whatever its kind; `countries` names the ISO codes."""
    if isinstance(rule, Control):
        return describe(rule, countries)
    if isinstance(rule, CclRule):
        return describe_ccl(rule, rulebook.ccl)
    if isinstance(rule, PartyRule):
        return describe_party(rule)
    if isinstance(rule, Filing):
        return describe_filing(rule, provisions_in_order(rulebook), countries)
    if isinstance(rule, Provision):
        return describe_provision(rule, countries)
    if isinstance(rule, Comparison):
        return describe_reconcile(rule)
    return describe_check(rule, rulebook.check_sql, countries)


def listed(rulebook: Rulebook, reconciling: Sequence[Comparison] = ()) -> list[dict[str, Any]]:
    """Return one entry per rule with its kind, title and versions.

    Kinds are control, party, eei, trigger, exemption, exclusion, check, reconcile.

    `paragraph` is where a provision stands; `reason` is the reason for control of a control.
    """
    names = rulebook.parameters.names()
    return [
        {
            "id": rule.id,
            "kind": rule.kind,
            "title": filled(rule.title, names),
            "reason": getattr(rule, "reason", None),
            "paragraph": getattr(rule, "paragraph", None),
            "versions": _versions(rule),
        }
        for rule in by_id(rulebook, reconciling).values()
    ]


def _versions(rule: Rule) -> list[dict[str, Any]]:
    if isinstance(rule, Filing | CclRule):
        return [{"from": None, "until": None, "authority": rule.authority}]
    versions: Sequence[DatedVersion] = rule.versions
    return [
        {
            "from": version.from_on and str(version.from_on),
            "until": version.until and str(version.until),
            "authority": version.authority,
        }
        for version in versions
    ]
