"""A second reading of the Commerce Control List: one line under every row of its entry, slow and obvious.

It reads the tables of `rules/ccl` as text and shares nothing with the engine. Truth has three values.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tests.support.ccl_places_oracle import charted, reaches
from tests.support.item_facts_oracle import settled
from tests.support.oracle import read_claim
from tests.support.orders_oracle import Orders
from tests.support.scope_oracle import covers, is_readable
from tests.support.tables_oracle import Tables
from tests.support.truth import Line, Truth, all_of, any_of, none_of

CcRow = Mapping[str, str]
LISTED = {"LVS", "GBS", "TSR", "APP", "ENC", "ACE", "NAC", "ACA", "IEC", "HBM", "AIA", "ACM", "LPP"}
"""Exceptions that serve only where an entry offers them, 15 CFR 740.3 to 740.8, 740.17, 740.22 to 740.29."""
FIRM = {"entire", "listed", "except"}
CIV_ENDED = "2020-06-29"
STRICTEST = ("flagged", "undetermined")


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


class Ccl:
    """The rows of the list, by entry, and the restrictions on all exceptions."""

    def __init__(self, controls: Iterable[CcRow], exceptions: Iterable[CcRow], restrictions: Iterable[CcRow]) -> None:
        self.controls: dict[str, list[CcRow]] = defaultdict(list)
        self.exceptions: dict[str, list[CcRow]] = defaultdict(list)
        for row in controls:
            self.controls[row["entry"]].append(row)
        for row in exceptions:
            self.exceptions[row["entry"]].append(row)
        self.restrictions = list(restrictions)

    orders = Orders(())
    """The lines that are judged, by their orders and shipments."""

    def judge(self, line: Line, tables: Tables) -> dict[str, str]:
        """The outcome of each rule that is not clear. The ECCN, destination and activity of `line` are readable.

        `item_facts` of it is what the item master says of its part.
        """
        outcomes: dict[str, set[str]] = defaultdict(set)
        eccn = str(line["eccn"])
        assert is_readable(eccn), eccn
        rows = self.controls.get(eccn[:5], [])
        for row in rows:
            if row["reason"] != "LRN":
                notes = [one for one in rows if row["reason"] in one["cancels"].split()]
                outcomes[f"ccl-{row['reason'].lower()}"].add(self._judge_row(row, notes, line, tables))
        return {
            rule: next(outcome for outcome in STRICTEST if outcome in found)
            for rule, found in outcomes.items()
            if found - {"clear"}
        }

    def _judge_row(self, row: CcRow, notes: Sequence[CcRow], line: Line, tables: Tables) -> str:
        day, eccn, iso2 = str(line["export_on"]), str(line["eccn"]), str(line["destination"])
        if not holds(row, day) or line["activity"] not in row["activities"].split():
            return "clear"
        if tables.is_home(iso2):
            return "clear"
        item = reaches_item(row, eccn)
        is_condition = row["paragraphs"] and row["scope"] not in FIRM and row["reason"] != "EI"
        if item is None and is_condition and "." not in eccn:
            return "clear"  # a doubt about a doubt
        scope = all_of([item, self._reaches_place(row, iso2, day, tables)])
        if scope is False:
            return "clear"
        is_one = settled(row, eccn, line.get("item_facts") or "")
        if is_one is False:
            return "clear"
        claimed = self._claim(row, line, tables)
        is_sure = not row["left_open"] if is_one else is_firm(row, eccn)
        if claimed == "flagged" and (scope is None or not is_sure):
            return "undetermined"
        cancelled = [
            all_of([
                reaches_item(one, eccn), reaches(one["destinations"], iso2, day, tables), holds(one, day),
                None if one["scope"] not in FIRM else True,
            ])
            for one in notes
        ]  # fmt: skip
        if True in cancelled:
            return "clear"
        return "undetermined" if claimed == "flagged" and None in cancelled else claimed

    def _reaches_place(self, row: CcRow, iso2: str, day: str, tables: Tables) -> Truth:
        if row["column"]:
            return charted(row["column"], iso2, day, tables)
        return reaches(row["destinations"], iso2, day, tables)

    def _claim(self, row: CcRow, line: Line, tables: Tables) -> str:
        kind, symbol = read_claim(line, tables)
        if kind == "license":
            return "clear"
        if kind in ("nlr", "nothing"):
            return "flagged"
        if kind != "exception":
            return "undetermined"
        truths = [self._unrestricted(symbol, row, line, tables), self._terms(symbol, row, line, tables)]
        return {True: "clear", False: "flagged", None: "undetermined"}[all_of(truths)]

    def _unrestricted(self, symbol: str, row: CcRow, line: Line, tables: Tables) -> Truth:
        """15 CFR 740.2(a): what closes exceptions, whatever their own terms."""
        day, iso2, eccn = str(line["export_on"]), str(line["destination"]), str(line["eccn"])
        closing: list[Truth] = []
        for one in self.restrictions:
            concerns = (
                _is_named(one, row["entry"])
                and (not one["reasons"] or row["reason"] in one["reasons"].split())
                and (not one["columns"] or row["column"] in one["columns"].split())
                and (not one["sections"] or row["section"] in one["sections"].split())
                and (symbol in one["closes"].split() if one["closes"] else symbol not in one["open"].split())
                and holds(one, day)
            )
            if concerns:
                own = [word for word in one["paragraphs"].split() if word.startswith(row["entry"])]
                place = reaches(one["destinations"], iso2, day, tables) if one["destinations"] else True
                item = any_of(covers(word, eccn) for word in own) if own else True
                closing.append(all_of([place, item, None if one["condition"] else True]))
        return none_of(closing)

    def _terms(self, symbol: str, row: CcRow, line: Line, tables: Tables) -> Truth:
        day, iso2, eccn = str(line["export_on"]), str(line["destination"]), str(line["eccn"])
        if symbol == "CIV":
            return None if day < CIV_ENDED else False
        if symbol == "STA":
            return self._sta(row, eccn, iso2, day, tables)
        if symbol not in LISTED:
            return None
        group = row["entry"][1]
        if (symbol in ("LVS", "GBS") and group in "DE") or (symbol == "TSR" and group in "ABC"):
            return False
        if symbol in ("GBS", "TSR") and row["reason"] != "NS":
            return False
        told = [one for one in self.exceptions.get(row["entry"], []) if one["exception"] == symbol and holds(one, day)]
        offered = [one for one in told if one["stance"] == "offered"]
        if not offered:
            lost = symbol in ("LVS", "GBS", "TSR") and not told
            if not lost and not any(one["confidence"] == "low" for one in told):
                return False
        terms = [any_of(self._offer(symbol, one, line, tables) for one in offered) if offered else None]
        if symbol in ("LVS", "GBS", "TSR"):
            terms.append(reaches("B", iso2, day, tables))
        if symbol in ("GBS", "TSR"):
            terms.append(iso2 not in ("SD", "UA"))
        if symbol in ("ENC", "ACE"):
            terms.append(none_of([reaches("E:1 E:2", iso2, day, tables)]))
        return all_of(terms)

    def _offer(self, symbol: str, one: CcRow, line: Line, tables: Tables) -> Truth:
        """Whether one offer of the entry opens the exception; up to its amount for one order, 15 CFR 740.3."""
        day, iso2, eccn = str(line["export_on"]), str(line["destination"]), str(line["eccn"])
        is_low = one["confidence"] == "low"
        sure = symbol in ("LVS", "GBS") and not one["condition"] and not is_low
        truths = [reaches_item(scoped(one), eccn), True if sure else None]
        if one["destinations"]:
            truths.append(reaches(one["destinations"], iso2, day, tables))
        if symbol == "LVS":
            within = self.orders.is_within(line, float(one["value_usd"])) if one["value_usd"] else None
            truths.append(None if is_low else within)
        return all_of(truths)

    def _sta(self, row: CcRow, eccn: str, iso2: str, day: str, tables: Tables) -> Truth:
        told = [one for one in self.exceptions.get(row["entry"], []) if one["exception"] == "STA" and holds(one, day)]
        barred = [
            all_of([
                reaches_item(scoped(one), eccn),
                reaches("A:6", iso2, day, tables) if one["stance"] == "not to A:6" else True,
                None if one["condition"] or one["confidence"] == "low" else True,
            ])
            for one in told
            if one["stance"] != "offered" or one["condition"]
        ]  # fmt: skip
        return all_of([none_of(barred), reaches("A:5 A:6", iso2, day, tables), None])


def scoped(row: CcRow) -> CcRow:
    """A row of an exception, read as one that reaches items."""
    return {**row, "scope": "listed" if row["paragraphs"] else "except" if row["except"] else "entire"}


def holds(row: CcRow, day: str) -> bool:
    return (not row["from"] or row["from"] <= day) and (not row["until"] or day <= row["until"])


def _is_named(one: CcRow, entry: str) -> bool:
    """Whether a restriction speaks of an entry: by itself, by its series, or by its paragraphs."""
    if not one["entries"] and not one["paragraphs"]:
        return True
    return in_class(entry, one["entries"]) or any(word.startswith(entry) for word in one["paragraphs"].split())


def in_class(entry: str, written: str) -> bool:
    words, _, but = written.partition(" except ")
    return any(_is_of(entry, word) for word in words.split()) and not any(_is_of(entry, word) for word in but.split())


def _is_of(entry: str, word: str) -> bool:
    if word == "600":
        return entry[2] == "6"
    return re.fullmatch(r"9[A-E]515", entry) is not None if word == "9x515" else entry == word


def reaches_item(row: CcRow, eccn: str) -> Truth:
    named = row["paragraphs"].split() or [row["entry"]]
    return all_of(
        [any_of(covers(word, eccn) for word in named), none_of(covers(word, eccn) for word in row["except"].split())]
    )


def is_firm(row: CcRow, eccn: str) -> bool:
    """Whether the row decides by itself, inside its bound."""
    if row["doubted"] and row["confidence"] != "low":
        return all(covers(word, eccn) is False for word in row["doubted"].split())
    return row["scope"] in FIRM and not row["fact"] and row["confidence"] != "low"


def read_ccl(rules: Path) -> Ccl:
    folder = rules / "ccl"
    return Ccl(*(read_rows(folder / f"{name}.csv") for name in ("controls", "exceptions", "restrictions")))
