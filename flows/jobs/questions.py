"""Questions that write nothing: which rules there are, and how they came to an outcome."""

from __future__ import annotations

from typing import Any

from flows.opening import opened
from flows.settings import RULES, Home
from transforms.errors import InputError


def list_rules(home: Home) -> dict[str, Any]:
    """Return the rules with their versions, and the facts with how many values they take in this home's lines.

    The facts that other records add are made anew by each screening, so their values are not counted: None.
    """
    from transforms.compare.read import read_rules
    from transforms.facts import all_facts, facts_by
    from transforms.reports.words.rules import listed

    values: dict[str, int | None] = dict.fromkeys(facts_by("line"))
    if home.database.is_file():
        with opened(home, "earshot rules list", read_only=True) as connection:
            for fact in facts_by("line"):
                query = f'select count(*) from (select distinct "{fact}" from situations)'
                row = connection.execute(query).fetchone()
                values[fact] = int(row[0]) if row else None
    facts = [
        {"name": name, "values": values.get(name), "meaning": fact.meaning}
        for name, fact in all_facts().items()
        if fact.by != "subject"
    ]
    return {"rules": listed(*read_rules(home.rules, shipped=RULES)), "facts": facts}


def explain_line(
    home: Home, shipment_id: str, line_number: int, source: str | None = None, rule_id: str | None = None
) -> dict[str, Any]:
    """Return how each rule came to its outcome on one line: line, facts, era and determinations."""
    from flows.jobs.law import read_law
    from transforms.screening.explain import explain, find_line

    home.require()
    law = read_law(home.rules, home.made).law
    if not home.database.is_file():
        raise InputError(f"{home.root}: no data is loaded. Load an extract first: earshot ingest FILE")
    with opened(home, "earshot explain", read_only=True) as connection:
        return explain(connection, law, find_line(connection, shipment_id, line_number, source), rule_id)
