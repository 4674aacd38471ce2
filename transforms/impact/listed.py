"""The rules of the Commerce Control List in a question: each is all rows of one reason for control, at their dates."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Any

from transforms.rulebook.ccl import NOTE, CclRule
from transforms.rulebook.model import Rulebook


def listed(rulebook: Rulebook, ids: Collection[str] | None = None) -> tuple[CclRule, ...]:
    """Return the rules of the list, by id: those of these ids, or all of them."""
    return tuple(rule for rule in rulebook.ccl.rules_by_id if ids is None or rule.id in ids)


def described(rule: CclRule, rulebook: Rulebook) -> dict[str, Any]:
    """What a reader needs to know a rule by, and its content for the name of the answer."""
    return {
        "id": rule.id, "kind": rule.kind, "title": rule.title, "from": None, "until": None,
        "authority": list(rule.authority), "is_gone": False,
        "hash": hashlib.sha256(repr(_content(rule, rulebook)).encode()).hexdigest(),
    }  # fmt: skip


def differing(one: Rulebook, other: Rulebook) -> set[str]:
    """Return the ids of the rules of the list that two rulebooks state otherwise."""
    before, after = ({rule.id: _content(rule, book) for rule in listed(book)} for book in (one, other))
    return {rule_id for rule_id in before.keys() | after.keys() if before.get(rule_id) != after.get(rule_id)}


def _content(rule: CclRule, rulebook: Rulebook) -> tuple[object, ...]:
    """What a rule rests on: its rows, notes on their entries, and what these and 15 CFR 740.2(a) say of exceptions."""
    ccl = rulebook.ccl
    rows = [row for row in ccl.controls if row.reason == rule.reason]
    entries = {row.entry for row in rows}
    notes = [row for row in ccl.controls if row.reason == NOTE and row.entry in entries]
    offers = [row for row in ccl.exceptions if row.entry in entries]
    return (rule, *(_said(row) for row in (*rows, *notes, *offers, *ccl.restrictions)))


def _said(row: Any) -> tuple[tuple[str, object], ...]:
    """A row without where it stands."""
    return tuple((name, value) for name, value in vars(row).items() if name != "row")
