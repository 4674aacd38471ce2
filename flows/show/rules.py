"""What is told of the rulebook and its facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.markup import escape
from rich.table import Column, Table

from flows.show import OUT

_KINDS = {
    "control": "Controls: a license is needed",
    "eei": "Filing: one rule, made of the provisions below",
    "trigger": "Provisions of eei-filing: triggers",
    "exemption": "Provisions of eei-filing: exemptions",
    "exclusion": "Provisions of eei-filing: exclusions",
    "check": "Checks of the record",
    "reconcile": "Comparisons with AES",
}


def show_rules(listed: Mapping[str, Any]) -> None:
    """Print the rules by kind, and the facts."""
    for kind, title in _KINDS.items():
        rules = [rule for rule in listed["rules"] if rule["kind"] == kind]
        table = Table(
            Column("rule", no_wrap=True),
            Column("in force", overflow="fold", max_width=10),
            Column("title", overflow="fold"),
            Column("authority", overflow="fold"),
            title=title,
            title_justify="left",
        )
        for rule in rules:
            for version in rule["versions"]:
                told = f"{rule['paragraph']}: {rule['title']}" if rule["paragraph"] else rule["title"]
                authority = escape("; ".join(version["authority"]))
                table.add_row(rule["id"], _in_force(kind, version), escape(told), authority)
        if rules:
            OUT.print(table)
    facts = Table(
        Column("fact", no_wrap=True),
        Column("values in your lines", justify="right", max_width=12),
        Column("meaning", overflow="fold"),
        caption="-: nothing is loaded yet, or each screening makes it anew from other records",
        caption_justify="left",
    )
    for fact in listed["facts"]:
        facts.add_row(fact["name"], "-" if fact["values"] is None else f"{fact['values']:,}", escape(fact["meaning"]))
    OUT.print(facts)


def _in_force(kind: str, version: Mapping[str, Any]) -> str:
    if kind == "eei":
        return "by its provisions"
    since = f"from {version['from']}" if version["from"] else "start unknown"
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
