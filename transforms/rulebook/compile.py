"""The rulebook as tables: what the screening SQL reads. Equal scopes and terms share one key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property
from pathlib import Path

from transforms.rulebook.ccl_entries import entry_periods
from transforms.rulebook.compile_ccl import compile_ccl
from transforms.rulebook.compile_filing import (
    compile_amounts,
    compile_checks,
    compile_codes,
    compile_eccns,
    compile_provisions,
)
from transforms.rulebook.model import Control, ExceptionTerms, Rulebook, Version
from transforms.rulebook.places import ALWAYS, read_memberships, read_table
from transforms.rulebook.rows import Keys, Row, dated_rows, item_key, meet, place_key, within
from transforms.rulebook.statuses import read_filing_statuses


@dataclass(frozen=True)
class Law:
    """The compiled rulebook, one list of rows per field; `law.sql` beside this file says what they hold."""

    rule_versions: list[Row]
    """One row per version of a rule."""
    rule_periods: list[Row]
    """One row per version and stretch of days in which it is in force, or in which that is a doubt."""
    item_words: list[Row]
    """One row per item scope and ECCN word, `*` for any item; `is_except` marks a carve-out."""
    place_words: list[Row]
    """One row per place scope and word; `is_except` marks what is excepted."""
    exception_terms: list[Row]
    """One row per set of terms and exception symbol, `*` for all others."""
    memberships: list[Row]
    """One row per scope word that a rule uses, country and stretch of days, see Membership."""
    license_codes: list[Row]
    """One row per AES license code, with the symbols that may stand beside it."""
    provisions: list[Row] = field(default_factory=list)
    """One row per version of an EEI provision."""
    filing: list[Row] = field(default_factory=list)
    """The rule that the provisions make together: one row, or none."""
    checks: list[Row] = field(default_factory=list)
    """One row per version of a check, with its SQL."""
    check_scopes: list[Row] = field(default_factory=list)
    """One row per check version and named scope."""
    license_code_periods: list[Row] = field(default_factory=list)
    """One row per AES license code and stretch of days in which it is, or may be, in force."""
    eccn_periods: list[Row] = field(default_factory=list)
    """One row per ECCN that the tables know and stretch of days in which it stands in the CCL."""
    signals: list[Row] = field(default_factory=list)
    """One row per way in which a description tells of an instrument."""
    splits: list[Row] = field(default_factory=list)
    """One row per entry that was split: what is recorded under the old ECCN may be of the new one."""
    parameters: list[Row] = field(default_factory=list)
    """One row per number or list of the law and stretch of days, see Parameters."""
    filing_statuses: list[Row] = field(default_factory=list)
    fact_clauses: list[Row] = field(default_factory=list)
    """One row per fact of an item, or ECCN of it, that a row of the Commerce Control List asks for."""
    """One row per status word of AES filings and stretch of days."""

    @property
    def rule_ids(self) -> list[str]:
        """The ids under which findings are made, but for `not-judged`."""
        named = [row["rule_id"] for row in (*self.rule_versions, *self.checks)] + [row["id"] for row in self.filing]
        return sorted({str(rule_id) for rule_id in named})

    @property
    def thresholds(self) -> list[Row]:
        """The low-value thresholds, US dollars, with the days on which each holds."""
        named = {row["version_key"]: row["threshold"] for row in self.provisions if row["kind"] == "exemption"}
        return [
            {**within(period, value), "threshold_usd": value["number"]}
            for period in self.rule_periods
            for value in self.parameters
            if value["name"] == named.get(period["version_key"]) and meet(period, value)
        ]

    @property
    def signals_from(self) -> date | None:
        """The first day on which a check reads what a description tells; None without such a check."""
        reading = {row["version_key"] for row in self.checks if "signal" in str(row["query"])}
        days = (row["from_on"] for row in self.rule_periods if row["version_key"] in reading)
        return min((day for day in days if isinstance(day, date)), default=None)

    @property
    def first_day(self) -> date | None:
        """The first day on which a control whose start is known is in force, or may be; None without such a rule."""
        controls = {row["version_key"] for row in self.rule_versions if not row.get("is_row")}
        days = (row["from_on"] for row in self.rule_periods if row["version_key"] in controls)
        return min((day for day in days if isinstance(day, date) and day > ALWAYS), default=None)

    def tables(self) -> dict[str, list[Row]]:
        """Return the tables by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @cached_property
    def digest(self) -> str:
        """A hash of all tables: where it is the same, so is what follows from the law."""
        return hashlib.sha256(json.dumps(self.tables(), sort_keys=True, default=str).encode()).hexdigest()


def compile_law(rulebook: Rulebook) -> Law:
    """Return the rulebook and its tables as rows, in an order that depends on content alone."""
    items, places, terms, facts = Keys(), Keys(), Keys(), Keys()
    versions: list[Row] = []
    periods: list[Row] = []
    laws: dict[str, int] = {}
    for control in sorted(rulebook.controls, key=lambda one: one.id):
        floor = date.min
        for at, version in enumerate(control.versions):
            key = len(versions)
            stretches, floor = dated_rows(key, control.versions, at, floor, items)
            says = _law_row(control, version, items, places, terms)
            days = [{name: value for name, value in row.items() if name != "version_key"} for row in stretches]
            law_key = laws.setdefault(json.dumps([says, days], sort_keys=True, default=str), key)
            versions.append({"version_key": key, "law_key": law_key, **_own_row(control, version), **says})
            periods += stretches
    codes = read_table(rulebook.tables_dir / "license_codes.csv")
    parameters = rulebook.parameters.rows()
    memberships = read_memberships(rulebook.tables_dir, parameters)
    listed = compile_ccl(rulebook.ccl, memberships, len(versions), items, places, terms, facts)
    versions += listed.versions
    provisions = compile_provisions(rulebook, len(versions), items, places)
    checks = compile_checks(rulebook, len(versions) + len(provisions.versions), items, places)
    words = {row["word"] for row in places.rows}
    eccns = compile_eccns(read_table(rulebook.tables_dir / "eccns.csv"))
    return Law(
        rule_versions=versions,
        rule_periods=periods + listed.periods + provisions.periods + checks.periods,
        item_words=items.rows,
        place_words=places.rows,
        exception_terms=terms.rows,
        fact_clauses=facts.rows,
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
    )


def _own_row(control: Control, version: Version) -> Row:
    return {
        "rule_id": control.id,
        "rule_kind": control.kind,
        "is_row": False,
        "needs_paragraph": False,
        "remedy": control.remedy,
        "authority": list(version.authority),
    }


def _law_row(control: Control, version: Version, items: Keys, places: Keys, terms: Keys) -> Row:
    """What a version says, apart from its name: equal rows are decided once."""
    savings = version.savings
    deadline = savings.exported_before if savings and isinstance(savings.exported_before, date) else None
    return {
        "reason": control.reason,
        "severity": control.severity,
        "from_on": version.from_on,
        "activities": list(version.activities),
        "item_key": item_key(version.items, items),
        "place_key": place_key(version.destinations, places, is_abroad=True),
        "governed_by": version.governed_by,
        "terms_key": _terms_key(version, items, places, terms),
        "has_savings": savings is not None,
        "en_route_on": savings.en_route_on if savings else None,
        "exported_before": deadline,
        "look_until": savings.look_until if savings else None,
        "savings_except": list(savings.but) if savings else [],
    }


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
