"""Controls as rows of the compiled law: a version of each that stands in force on some days."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from transforms.rulebook.headings import heading_periods
from transforms.rulebook.item_facts import Term, clauses_of, fact_rows, known_terms, read_item_facts
from transforms.rulebook.model import Control, ExceptionTerms, Rulebook, Version
from transforms.rulebook.rows import Keys, Row, dated_rows, item_key, place_key


@dataclass
class CompiledControls:
    """The rows that the controls add to the law."""

    versions: list[Row] = field(default_factory=list)
    periods: list[Row] = field(default_factory=list)
    heading_words: list[Row] = field(default_factory=list)


def compile_controls(rulebook: Rulebook, items: Keys, places: Keys, terms: Keys, facts: Keys) -> CompiledControls:
    """Return the versions of the controls, numbered from 0, their periods, and the headings that they ask for."""
    headings = Keys()
    versions: list[Row] = []
    periods: list[Row] = []
    laws: dict[str, int] = {}
    words_of_facts = known_terms(read_item_facts(rulebook.tables_dir))
    listed_headings = heading_periods(rulebook.tables_dir)
    for control in sorted(rulebook.controls, key=lambda one: one.id):
        floors: dict[str | None, date] = {}
        for version in control.versions:
            key = len(versions)
            beside = control.beside(version)
            stretches, floors[version.paragraph] = dated_rows(
                key, beside, beside.index(version), floors.get(version.paragraph, date.min), items
            )
            stretches = [_settled(row, version, words_of_facts, facts) for row in stretches]
            says = _law_row(control, version, items, places, terms)
            says["heading_key"] = _heading_key(version, listed_headings, headings)
            days = [{name: value for name, value in row.items() if name != "version_key"} for row in stretches]
            law_key = laws.setdefault(json.dumps([says, days], sort_keys=True, default=str), key)
            # versions that stand beside others are told apart by their rule
            law_key = key if version.paragraph else law_key
            versions.append({"version_key": key, "law_key": law_key, **_own_row(control, version), **says})
            periods += stretches
    return CompiledControls(versions, periods, headings.rows)


def _own_row(control: Control, version: Version) -> Row:
    return {
        "rule_id": control.id,
        "rule_kind": control.kind,
        "is_row": version.paragraph is not None,
        "needs_paragraph": False,
        "remedy": control.remedy,
        "authority": list(version.authority),
    }


def _law_row(control: Control, version: Version, items: Keys, places: Keys, terms: Keys) -> Row:
    """What a version says, apart from its name: equal rows are decided once."""
    savings = version.savings
    deadline = savings.exported_before if savings and isinstance(savings.exported_before, date) else None
    return {
        "reason": version.paragraph or control.reason,
        "severity": control.severity,
        "from_on": version.from_on,
        "activities": list(version.activities),
        "item_key": item_key(version.items, items),
        "place_key": place_key(version.destinations, places, is_abroad=True),
        "described": list(version.described),
        "unless": list(version.unless),
        "regions": list(version.regions),
        "agencies": list(version.agencies),
        "governed_by": version.governed_by,
        "terms_key": _terms_key(version, items, places, terms),
        "has_savings": savings is not None,
        "en_route_on": savings.en_route_on if savings else None,
        "exported_before": deadline,
        "look_until": savings.look_until if savings else None,
        "saves_newly_listed": bool(savings and savings.newly_listed),
        "savings_except": list(savings.but) if savings else [],
    }


def _settled(row: Row, version: Version, known: Mapping[str, Term], facts: Keys) -> Row:
    """Name the facts of an item that settle the doubt of a stretch of days."""
    asked = [fact for doubt in version.doubts for fact in doubt.settled_by] if row["doubt"] else []
    if not asked:
        return row
    told = fact_rows(clauses_of(";".join(asked), known), ())
    return row | {"fact_key": facts.key(told, told, "fact_key"), "doubt_left": None}


def _heading_key(version: Version, listed: Iterable[Row], keys: Keys) -> int | None:
    """The key of a scope of headings; None: whatever the heading."""
    if version.headings is None:
        return None
    name = version.headings.listed or version.headings.but
    rows = [
        {"is_except": version.headings.but is not None, **{key: row[key] for key in row if key != "list"}}
        for row in listed
        if row["list"] == name
    ]
    return keys.key(version.headings.model_dump(), rows, "heading_key")


def _terms_key(version: Version, items: Keys, places: Keys, keys: Keys) -> int:
    rows = [_terms_row(symbol, terms, items, places) for symbol, terms in version.exceptions.terms.items()]
    rows.append(
        {"symbol": "*", "stance": version.exceptions.others, "paragraphs": [], "place_key": None, "item_key": None}
    )
    return keys.key(rows, rows, "terms_key")


def _terms_row(symbol: str, terms: ExceptionTerms, items: Keys, places: Keys) -> Row:
    on_terms = terms.paragraphs or terms.destinations or terms.items
    stance = "closed" if terms.closed else "own_terms" if terms.own_terms else "open" if on_terms else "doubtful"
    return {
        "symbol": symbol,
        "stance": stance,
        "paragraphs": list(terms.paragraphs),
        "place_key": place_key(terms.destinations, places) if terms.destinations else None,
        "item_key": item_key(terms.items, items) if terms.items else None,
        "doubt": terms.doubt,
    }
