"""The rulebook as tables: what the screening SQL reads. Equal scopes and terms share one key."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from pathlib import Path

from transforms.rulebook.ccl_entries import entry_periods
from transforms.rulebook.compile_ccl import CclKeys, compile_ccl
from transforms.rulebook.compile_controls import compile_controls
from transforms.rulebook.compile_filing import (
    compile_amounts,
    compile_checks,
    compile_codes,
    compile_eccns,
    compile_provisions,
)
from transforms.rulebook.hashes import rulebook_hash
from transforms.rulebook.law import Law
from transforms.rulebook.model import Rulebook
from transforms.rulebook.party import compile_parties, read_supplement_2
from transforms.rulebook.places import CHART, days_read, read_memberships, read_table
from transforms.rulebook.rows import Keys, Row
from transforms.rulebook.statuses import read_filing_statuses

__all__ = ["Law", "chart_words", "compile_law"]

def compile_law(rulebook: Rulebook) -> Law:
    """Return the rulebook and its tables as rows, in an order that depends on content alone.

    Within a process equal content is compiled once: who is handed a law only reads it.
    """
    said = [getattr(rulebook, part.name) for part in fields(rulebook) if part.name not in _OF_ITS_PLACE]
    content = (hashlib.sha256(pickle.dumps(said)).hexdigest(), rulebook_hash(rulebook.tables_dir))
    law = _COMPILED.pop(content, None) or _compile(rulebook)
    _COMPILED[content] = law  # the last one asked for stands last
    if len(_COMPILED) > _MOST_COMPILED:
        del _COMPILED[next(iter(_COMPILED))]
    return law if law.listed is rulebook.listed else law.with_listed(rulebook.listed)


_OF_ITS_PLACE = ("root", "tables_dir", "hash", "cases", "listed")
"""What says nothing of the law: where a rulebook stands, what that is named by, and examples; lists are handed on."""
_COMPILED: dict[tuple[str, str], Law] = {}
_MOST_COMPILED = 4


def _compile(rulebook: Rulebook) -> Law:
    items, places, terms, facts = Keys(), Keys(), Keys(), Keys()
    controls = compile_controls(rulebook, items, places, terms, facts)
    versions = controls.versions
    codes = read_table(rulebook.tables_dir / "license_codes.csv")
    parameters = rulebook.parameters.rows()
    memberships = read_memberships(rulebook.tables_dir, parameters)
    keys = CclKeys(items, places, terms, facts, Keys(), chart_words(rulebook.tables_dir))
    listed = compile_ccl(rulebook.ccl, memberships, len(versions), keys, rulebook.parameters)
    versions += listed.versions
    provisions = compile_provisions(rulebook, len(versions), items, places)
    checks = compile_checks(rulebook, len(versions) + len(provisions.versions), items, places)
    first_key = len(versions) + len(provisions.versions) + len(checks.versions)
    party_versions, party_periods = compile_parties(rulebook.party_rules, first_key, items)
    words = {row["word"] for row in places.rows}
    eccns = compile_eccns(read_table(rulebook.tables_dir / "eccns.csv"))
    return Law(
        rule_versions=versions,
        rule_periods=controls.periods + listed.periods + provisions.periods + checks.periods + party_periods,
        item_words=items.rows,
        place_words=places.rows,
        exception_terms=terms.rows,
        fact_clauses=facts.rows,
        heading_words=controls.heading_words,
        exception_limits=keys.limits.rows,
        memberships=[one._asdict() for one in memberships if one.word in words],
        license_codes=_license_codes(codes),
        provisions=provisions.versions,
        filing=[rulebook.filing.model_dump()] if rulebook.filing and rulebook.provisions else [],
        checks=checks.versions,
        check_scopes=checks.scopes,
        license_code_periods=compile_codes(codes),
        eccn_periods=eccns + entry_periods(rulebook.ccl, {row["eccn"] for row in eccns}),
        signals=_signals(rulebook.tables_dir / "signals.csv"),
        splits=_splits(rulebook.tables_dir / "splits.csv"),
        parameters=parameters + compile_amounts(rulebook.provisions),
        filing_statuses=read_filing_statuses(rulebook.tables_dir),
        party_versions=party_versions,
        supplement_2=read_supplement_2(rulebook.tables_dir),
        listed=rulebook.listed,
    )


def chart_words(tables_dir: Path) -> str:
    """Return for which days the Country Chart was read; it is assumed for others."""
    first, last = days_read(tables_dir, CHART)
    return f"Country Chart read for {first} to {last}; assumed unchanged on other days"


def _signals(path: Path) -> list[Row]:
    rows = read_table(path) if path.is_file() else []
    return [{"signal": row["signal"], "pattern": row["pattern"]} for row in rows]


def _splits(path: Path) -> list[Row]:
    rows = read_table(path) if path.is_file() else []
    return [
        {
            "from_eccn": row["from_eccn"], "to_eccn": row["to_eccn"], "from_on": date.fromisoformat(row["from"]),
            "paragraphs": row["paragraphs"].split(), "schedule_b": row["schedule_b"].split(),
        }
        for row in rows
    ]  # fmt: skip


def _license_codes(rows: Iterable[dict[str, str]]) -> list[Row]:
    codes: dict[str, Row] = {}
    for row in rows:
        own_number = row["kind"] == "exception" and not row["number_form"]
        own_number = own_number or (bool(row["symbol"]) and row["number_form"] not in ("", row["symbol"]))
        code = codes.setdefault(
            row["code"], {"code": row["code"], "kind": row["kind"], "symbols": [], "number_form": row["number_form"]}
        )
        code["takes_own_number"] = own_number
        symbols = code["symbols"]
        if isinstance(symbols, list) and row["symbol"] and row["symbol"] not in symbols:
            symbols.append(row["symbol"])
    return list(codes.values())
