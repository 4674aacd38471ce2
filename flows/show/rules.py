"""What is told of the rulebook and its facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flows.show import OUT
from flows.show.tables import Col, show_table

_KINDS = {
    "control": "License requirements",
    "party": "Listed parties",
    "eei": "EEI filing: one rule, made of the provisions below",
    "trigger": "eei-filing: what requires EEI",
    "exemption": "eei-filing: exemptions",
    "exclusion": "eei-filing: exclusions",
    "check": "Checks of the shipment record",
    "reconcile": "Comparisons with AES filings",
}


def show_rules(listed: Mapping[str, Any]) -> None:
    """Print the rules by kind, and the facts."""
    for kind, title in _KINDS.items():
        rules = [rule for rule in listed["rules"] if rule["kind"] == kind]
        rows = [
            (
                rule["id"],
                _effective(kind, version),
                f"{rule['paragraph']}: {rule['title']}" if rule["paragraph"] else rule["title"],
                "; ".join(version["authority"]),
            )
            for rule in rules
            for version in rule["versions"]
        ]
        if rows:
            show_table(_RULES, rows, title=title)
    counts = ["-" if fact["values"] is None else f"{fact['values']:,}" for fact in listed["facts"]]
    facts = [(one["name"], count, one["meaning"]) for one, count in zip(listed["facts"], counts, strict=True)]
    show_table(_FACTS, facts, caption="-: no lines are loaded, or each screening derives the fact from other records")


_RULES = (Col("Rule", "id"), Col("Effective"), Col("Title"), Col("Authority"))
_FACTS = (Col("Fact", "id"), Col("Values in\nyour lines", "number"), Col("Meaning"))


def _effective(kind: str, version: Mapping[str, Any]) -> str:
    if kind == "eei":
        return "see its provisions"
    since = f"from {version['from']}" if version["from"] else "start not researched"
    return f"{since} to {version['until']}" if version["until"] else since


def show_rule(rule_id: str, sentences: Sequence[Any]) -> None:
    """Print a rule in plain words, one paragraph per topic."""
    OUT.print(f"[bold]{rule_id}[/]")
    topic = ""
    for sentence in sentences:
        if sentence.topic != topic:
            topic = sentence.topic
            OUT.print(f"[bold]{topic}[/]")
        OUT.print("  " + sentence.text.replace("\n", "\n  "), markup=False)
