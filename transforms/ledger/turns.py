"""On what a finding turns: the columns of its line and the facts of its situation that open a decided one again."""

from __future__ import annotations

from transforms.facts import FAMILIES, all_facts, facts_by
from transforms.line import LINE
from transforms.pipeline import Row

KINDS = {"control": "control", "party": "party", "eei": "filing", "check": "record", "reconcile": "comparison"}
"""The kinds of rules, with the family of the law to which each belongs."""


def known_kinds() -> list[Row]:
    """Return one row per kind of rules: the columns and facts on which its findings turn.

    A family turns on what those before it turn on. A comparison looks at records, and so at no fact.
    """
    order = (*FAMILIES, "comparison")
    rows: list[Row] = []
    for kind, family in KINDS.items():
        known = order[: order.index(family) + 1]
        columns = [column.name for column in LINE if column.reopens in known]
        facts = [fact.name for fact in all_facts().values() if fact.reopens and fact.family in known]
        rows.append({"rule_kind": kind, "columns": columns, "facts": facts if family in FAMILIES else []})
    return rows


def told_facts() -> dict[str, object]:
    """Return the facts by how a change of them is told: as one of the classification, as one of another record."""
    added = facts_by("records")
    return {
        "classifying": [fact.name for fact in all_facts().values() if fact.classifies],
        "added": list(added),
        "classifying_added": [fact.name for fact in added.values() if fact.classifies],
    }
