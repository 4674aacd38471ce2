"""A draft: rules that are not in the rulebook, and the rulebook with them in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from transforms.content import read_yaml
from transforms.rulebook.across import mappings
from transforms.rulebook.ccl import NO_CCL
from transforms.rulebook.check import Check
from transforms.rulebook.model import CaseFile, Control, Rulebook
from transforms.rulebook.party import PartyRule
from transforms.rulebook.provision import Provision

Rule = Control | Provision | Check | PartyRule
"""A rule that stands in a folder of its own."""


@dataclass(frozen=True)
class Draft:
    """What stands in a draft: its rules by id, their cases, and the SQL of its checks."""

    rules: tuple[Rule, ...]
    cases: Mapping[str, CaseFile]
    check_sql: Mapping[tuple[str, str], str]

    def within(self, rulebook: Rulebook) -> Rulebook:
        """Return the rulebook with these rules in it, in place of those of the same id."""
        ids = {rule.id for rule in self.rules}
        rules = sorted((*(rule for rule in rulebook.rules if rule.id not in ids), *self.rules), key=lambda one: one.id)
        return replace(
            rulebook,
            controls=tuple(rule for rule in rules if isinstance(rule, Control)),
            provisions=tuple(rule for rule in rules if isinstance(rule, Provision)),
            checks=tuple(rule for rule in rules if isinstance(rule, Check)),
            party_rules=tuple(rule for rule in rules if isinstance(rule, PartyRule)),
            cases={**rulebook.cases, **self.cases},
            check_sql={**rulebook.check_sql, **self.check_sql},
        )

    def alone(self, rulebook: Rulebook) -> Rulebook:
        """Return the rulebook with no other rules than these."""
        nothing: dict[str, Any] = dict.fromkeys(("controls", "provisions", "checks", "party_rules"), ())
        return self.within(replace(rulebook, **nothing, cases={}, check_sql={}, ccl=NO_CCL))


def kind_of_draft(path: Path) -> type[Rule]:
    """Return what kind of rule a `rule.yml` states: by the SQL beside it, its `kind`, or the lists that it names."""
    if any(path.parent.glob("check*.sql")):
        return Check
    written, _ = read_yaml(path, path.name) if path.is_file() else (None, [])
    if isinstance(written, dict) and "kind" in written:
        return Provision
    names_lists = any("lists" in version for _, version in mappings(written, "versions"))
    return PartyRule if names_lists else Control
