"""The compiled rulebook: the tables that the screening SQL reads."""

from __future__ import annotations

import hashlib
import json
from copy import copy
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import pyarrow as pa

from transforms.pipeline import MANY_ROWS, as_arrow
from transforms.rulebook.listed import NO_LISTS, Listed
from transforms.rulebook.places import ALWAYS
from transforms.rulebook.rows import Row, meet, within


class KeptTables(Protocol):
    """Tables of a law that were kept, each to be read once it is asked for."""

    names: frozenset[str]

    @property
    def arrow(self) -> dict[str, pa.Table]:
        """The long ones as Arrow, by name."""

    def rows(self, name: str) -> list[Row]:
        """Return the rows of one."""


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

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> list[Row]:
            """Read a table of a law that is kept, once it is asked for."""
            kept = self.__dict__.get("kept")
            if kept is None or name not in kept.names:
                raise AttributeError(name)
            return self.__dict__.setdefault(name, kept.rows(name))

    @classmethod
    def of_kept(cls, kept: KeptTables, tables_digest: str, listed: Listed, first_day: date | None) -> Law:
        """Return the law whose tables are kept: each is read once it is asked for."""
        law = cls.__new__(cls)
        law.__dict__.update(kept=kept, tables_digest=tables_digest, listed=listed, first_day=first_day)
        return law

    def with_listed(self, listed: Listed) -> Law:
        """Return the same law with these lists of parties."""
        law = copy(self)
        law.__dict__.pop("digest", None)
        law.__dict__["listed"] = listed
        return law

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

    @cached_property
    def first_day(self) -> date | None:
        """The first day on which a control whose start is known is in force, or may be; None without such a rule."""
        controls = {row["version_key"] for row in self.rule_versions if not row.get("is_row")}
        days = (row["from_on"] for row in self.rule_periods if row["version_key"] in controls)
        return min((day for day in days if isinstance(day, date) and day > ALWAYS), default=None)

    def tables(self) -> dict[str, list[Row]]:
        """Return the tables by name, all but the lists of parties."""
        return {name: getattr(self, name) for name in table_names()}

    @cached_property
    def arrow(self) -> dict[str, pa.Table]:
        """The long tables as Arrow, by name: as values of Python they take ten times as long to hand over."""
        kept: KeptTables | None = self.__dict__.get("kept")
        if kept is not None:
            return kept.arrow
        return {name: arrow_of(rows) for name, rows in self.tables().items() if len(rows) > MANY_ROWS}

    def handed(self) -> dict[str, pa.Table | list[Row]]:
        """Return the tables by name as they are handed over, the long ones as Arrow."""
        return {name: self.arrow[name] if name in self.arrow else getattr(self, name) for name in table_names()}

    @cached_property
    def tables_digest(self) -> str:
        """A hash of all tables but the lists of parties."""
        return hashlib.sha256(json.dumps(self.tables(), sort_keys=True, default=str).encode()).hexdigest()

    @cached_property
    def digest(self) -> str:
        """A hash of all that is said: where it is the same, so is what follows from the law."""
        return hashlib.sha256(f"{self.tables_digest} {self.listed.digest}".encode()).hexdigest()


def table_names() -> list[str]:
    """Return the names of the tables of a law, all but the lists of parties."""
    return [one.name for one in fields(Law) if one.name != "listed"]


def arrow_of(rows: list[Row], table: pa.Table | None = None) -> pa.Table:
    """Return rows as Arrow, `table` where that is known; laws made of another one share most of their rows with it."""
    held = _ARROW.pop(id(rows)) if id(rows) in _ARROW else (rows, as_arrow(rows) if table is None else table)
    _ARROW[id(rows)] = held  # rows that are held keep their id
    if len(_ARROW) > _MOST_ARROW:
        del _ARROW[next(iter(_ARROW))]
    return held[1]


_ARROW: dict[int, tuple[list[Row], pa.Table]] = {}
_MOST_ARROW = 24
