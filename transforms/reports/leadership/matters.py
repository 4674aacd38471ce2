"""What a filter reaches, gathered as matters for counsel: facts on record, and nothing concluded."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

import duckdb

from transforms.errors import InputError
from transforms.reports.leadership.measures import LEADERSHIP, last_entry
from transforms.reports.leadership.model import Usd
from transforms.reports.run import Run
from transforms.rulebook.parameter import Parameters

CANDIDATES = "candidates"


@dataclass(frozen=True)
class Filter:
    """Which findings are gathered; what is None is not asked."""

    candidates: bool = False
    rule: str | None = None
    destination: str | None = None
    eccn: str | None = None
    consignee: str | None = None
    outcome: str | None = None
    first: date | None = None
    last: date | None = None

    @property
    def name(self) -> str:
        """A name that is the same for the same filter."""
        said = json.dumps([getattr(self, one.name) for one in fields(self)], default=str)
        return f"disclosure-{hashlib.sha256(said.encode()).hexdigest()[:10]}"

    @property
    def words(self) -> str:
        """The filter as it is written."""
        named = {"rule": self.rule, "destination": self.destination, "eccn": self.eccn, "consignee": self.consignee,
                 "outcome": self.outcome, "from": self.first, "to": self.last}  # fmt: skip
        said = [f"{key}={value}" for key, value in named.items() if value is not None]
        return " ".join([CANDIDATES, *said] if self.candidates else said)


KEYS = ("rule", "destination", "eccn", "consignee", "outcome", "from", "to")


def read_filter(text: str, rules: Collection[str]) -> Filter:
    """Return the filter that `text` writes: `candidates`, or words like `rule=pakistan-rs destination=PK`, or both.

    A value runs to the next key, so that it may hold spaces. Raises InputError for a key or value that is none; `rules`
    are the ids that there are.
    """
    allowed = f"Write {CANDIDATES}, or key=value with the keys {', '.join(KEYS)}."
    held: dict[str, Any] = {}
    for word in re.split(r"[,\s]+(?=\w+=|candidates\b)", text.strip().strip(",")):
        key, sign, value = (part.strip() for part in word.partition("="))
        if word == CANDIDATES:
            key, value = CANDIDATES, "yes"
        elif key not in KEYS or not sign or not value:
            raise InputError(f"--disclosure {word or 'blank'}: not a filter. {allowed}")
        if key in held:
            raise InputError(f"--disclosure {key}: given twice. Give it once.")
        held[key] = value
    for key in ("from", "to"):
        if key in held:
            held[key] = _day(key, held[key])
    if "from" in held and "to" in held and held["to"] < held["from"]:
        raise InputError(
            f"--disclosure from={held['from']}: after to={held['to']}. Give a first date on or before the last date."
        )
    if "rule" in held and held["rule"] not in rules:
        raise InputError(
            f"--disclosure rule={held['rule']}: not a rule of the rulebook. To list the ids: earshot rules list"
        )
    if not re.fullmatch(r"[A-Za-z]{2}", held.get("destination", "XX")):
        raise InputError(f"--disclosure destination={held['destination']}: not an ISO country code. Write it as in PK.")
    if held.get("outcome", "flagged") not in ("flagged", "undetermined"):
        raise InputError(f"--disclosure outcome={held['outcome']}: not known. Allowed: flagged, undetermined.")
    return Filter(
        CANDIDATES in held, held.get("rule"), _upper(held.get("destination")), _upper(held.get("eccn"), 5),
        held.get("consignee"), held.get("outcome"), held.get("from"), held.get("to"),
    )  # fmt: skip


class Matter(NamedTuple):
    """One shipment with its findings (`disclosed.sql`), lines in order; its value counts each line once."""

    source: str
    shipment_id: str
    export_on: date
    quarter: str
    """The quarter of the last decision about it, else that in which it was first seen."""
    value_usd: Usd
    lines: list[list[dict[str, Any]]]
    """For each line its findings; what is recorded of the line stands in each of them."""


class Bundle(NamedTuple):
    """What came up in one quarter, as minor matters may be told together: 15 CFR 764.5(c)."""

    quarter: str
    shipments: int
    findings: int
    value_usd: Usd


@dataclass(frozen=True)
class Disclosure:
    """Everything that the work-file says."""

    run: Run
    asked: Filter
    synthetic: bool
    rows: Sequence[dict[str, Any]]
    matters: Sequence[Matter]
    bundles: Sequence[Bundle]
    start: date
    """The first day of the years that a review is to cover, before the as-of day."""
    months: Sequence[tuple[str, int, Usd]]
    """Each month of them: lines in the history, and their value."""
    archives: Sequence[tuple[str, int, date | None]]
    """What was moved out of the history: name, lines, until which day of export."""
    years: int
    """The years before the initial notification that a review is to cover, `disclosure-review-years`."""
    narrative_days: int
    """The days until the full narrative, `disclosure-narrative-days`."""
    rows_aside: int
    not_screened: Sequence[str]

    @property
    def empty_months(self) -> list[str]:
        """The months of these years without any line."""
        return [month for month, lines, _ in self.months if not lines]

    @property
    def older(self) -> list[Matter]:
        """Matters from before these years."""
        return [one for one in self.matters if one.export_on < self.start]


def gather(
    connection: duckdb.DuckDBPyConnection, run: Run, asked: Filter, parameters: Parameters, *, synthetic: bool,
    rows_aside: int, not_screened: Sequence[str],
) -> Disclosure:  # fmt: skip
    """Return what the filter reaches; expects the temporary tables that a screening leaves.

    Of the `parameters` of the law it takes those of the as-of day.
    """
    values = {
        "entry": last_entry(connection, run),
        "candidates": asked.candidates, "rule": asked.rule, "outcome": asked.outcome,
        "destination": asked.destination, "eccn": asked.eccn, "consignee": asked.consignee, "from": asked.first,
        "to": asked.last,
    }  # fmt: skip
    rows = connection.sql(LEADERSHIP.text("disclosed"), params=values).to_arrow_table().to_pylist()
    years, narrative_days = (
        int(parameters.number(name, run.as_of)) for name in ("disclosure-review-years", "disclosure-narrative-days")
    )
    start = _years_before(run.as_of, years)
    months = connection.execute(LEADERSHIP.text("review_months"), {"start": start, "as_of": run.as_of}).fetchall()
    archives = connection.execute("select name, lines, until_on from archives order by name").fetchall()
    matters = _matters(rows)
    return Disclosure(run, asked, synthetic, rows, matters, _bundles(matters), start, months, archives, years,
                      narrative_days, rows_aside, not_screened)  # fmt: skip


def sum_of_lines(lines: Sequence[Sequence[dict[str, Any]]]) -> Usd:
    """Return the value of lines, each counted once; None where that of any is not known."""
    values = [line[0]["value_usd"] for line in lines]
    return None if None in values else sum(values)


def quarter_of(day: date) -> str:
    """`2026 Q4`."""
    return f"{day.year} Q{(day.month - 1) // 3 + 1}"


def _matters(rows: Sequence[dict[str, Any]]) -> list[Matter]:
    found = []
    for (source, shipment_id), of_shipment in groupby(rows, lambda row: (row["source"], row["shipment_id"])):
        lines = [list(one) for _, one in groupby(of_shipment, lambda row: row["line_number"])]
        findings = [row for line in lines for row in line]
        days = [row["decided_at"].date() for row in findings if row["decided_at"]]
        seen = max(days) if days else max(row["first_seen_on"] for row in findings)
        exported = min(row["export_on"] for row in findings)
        found.append(Matter(source, shipment_id, exported, quarter_of(seen), sum_of_lines(lines), lines))
    return found


def _bundles(matters: Sequence[Matter]) -> list[Bundle]:
    found = []
    for quarter in sorted({one.quarter for one in matters}):
        held = [one for one in matters if one.quarter == quarter]
        lines = [line for one in held for line in one.lines]
        found.append(Bundle(quarter, len(held), sum(len(line) for line in lines), sum_of_lines(lines)))
    return found


def _years_before(day: date, years: int) -> date:
    year = day.year - years
    return date(year, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)


def _day(key: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"--disclosure {key}={text}: not a date. Write it as YYYY-MM-DD.") from error


def _upper(text: str | None, letters: int = 2) -> str | None:
    """An ISO code, or the five characters of an ECCN, in capitals; a paragraph of an ECCN is left as it is."""
    return None if text is None else text[:letters].upper() + text[letters:]
