"""The rulebook as tables: what the screening SQL reads. Equal scopes and terms share one key."""

from __future__ import annotations

import hashlib
import json
import pickle
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property
from pathlib import Path

import pyarrow as pa

from transforms.pipeline import MANY_ROWS, as_arrow
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
from transforms.rulebook.listed import NO_LISTS, Listed
from transforms.rulebook.model import Rulebook
from transforms.rulebook.party import compile_parties, read_supplement_2
from transforms.rulebook.places import ALWAYS, CHART, days_read, read_memberships, read_table
from transforms.rulebook.rows import Keys, Row, meet, within
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
    """One row per status word of AES filings and stretch of days."""
    fact_clauses: list[Row] = field(default_factory=list)
    """One row per fact of an item, or ECCN of it, that a row of the Commerce Control List or a doubt asks for."""
    heading_words: list[Row] = field(default_factory=list)
    """One row per scope of headings, heading of its list, and stretch of days in which it is or may be on the list."""
    exception_limits: list[Row] = field(default_factory=list)
    """One row per offer of an entry that opens a license exception, or paragraph of 15 CFR 740.2(a) that closes it."""
    party_versions: list[Row] = field(default_factory=list)
    """One row per version of a rule on listed parties."""
    supplement_2: list[Row] = field(default_factory=list)
    """One row per ECCN of Supplement No. 2 to part 744 and stretch of days."""
    listed: Listed = NO_LISTS
    """The lists of parties: read only where a party is to be matched, or one is on a list."""

    @property
    def rule_ids(self) -> list[str]:
        """The ids under which findings are made, but for `not-judged`."""
        rows = (*self.rule_versions, *self.checks, *self.party_versions)
        named = [row["rule_id"] for row in rows] + [row["id"] for row in self.filing]
        return sorted({str(rule_id) for rule_id in named})

    @cached_property
    def thresholds(self) -> list[Row]:
        """The low-value thresholds, US dollars, with the days on which each holds."""
        named = {row["version_key"]: row["threshold"] for row in self.provisions if row["kind"] == "exemption"}
        return [
            {**within(period, value), "threshold_usd": value["number"]}
            for period in self.rule_periods
            if period["version_key"] in named
            for value in self.parameters
            if value["name"] == named[period["version_key"]] and meet(period, value)
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
        """Return the tables by name, all but the lists of parties."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "listed"}

    @cached_property
    def arrow(self) -> dict[str, pa.Table]:
        """The long tables as Arrow, by name: as values of Python they take ten times as long to hand over."""
        return {name: _arrow(rows) for name, rows in self.tables().items() if len(rows) > MANY_ROWS}

    @cached_property
    def digest(self) -> str:
        """A hash of all tables: where it is the same, so is what follows from the law."""
        told = json.dumps([self.tables(), self.listed.digest], sort_keys=True, default=str)
        return hashlib.sha256(told.encode()).hexdigest()


def compile_law(rulebook: Rulebook) -> Law:
    """Return the rulebook and its tables as rows, in an order that depends on content alone.

    Within a process equal content is compiled once: who is handed a law only reads it.
    """
    said = [getattr(rulebook, part.name) for part in fields(rulebook) if part.name not in _OF_ITS_PLACE]
    content = (
        hashlib.sha256(pickle.dumps(said)).hexdigest(), rulebook_hash(rulebook.tables_dir), rulebook.listed.digest
    )  # fmt: skip
    law = _COMPILED.pop(content, None) or _compile(rulebook)
    _COMPILED[content] = law  # the last one asked for stands last
    if len(_COMPILED) > _MOST_COMPILED:
        del _COMPILED[next(iter(_COMPILED))]
    return law


def _arrow(rows: list[Row]) -> pa.Table:
    """Return rows as Arrow; laws that are made of another one share most of their rows with it."""
    held = _ARROW.pop(id(rows)) if id(rows) in _ARROW else (rows, as_arrow(rows))
    _ARROW[id(rows)] = held  # rows that are held keep their id
    if len(_ARROW) > _MOST_ARROW:
        del _ARROW[next(iter(_ARROW))]
    return held[1]


_ARROW: dict[int, tuple[list[Row], pa.Table]] = {}
_MOST_ARROW = 24
_OF_ITS_PLACE = ("root", "tables_dir", "hash", "cases", "listed")
"""What says nothing of the law: where a rulebook stands, what that is named by, and examples; lists have a digest."""
_COMPILED: dict[tuple[str, str, str], Law] = {}
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
