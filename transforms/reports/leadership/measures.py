"""Measure what the report says, from a finished screening that can still be asked and from the ledger.

Two clocks: exports of the period, by their day of export; and the desk's work in the period, by the as-of day of the
screening that noted it.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from transforms.pipeline import Stage, give
from transforms.reports.leadership.model import (
    Candidates,
    Cause,
    Cell,
    DeskRule,
    Filing,
    FoundRule,
    Missing,
    Month,
    Name,
    Newest,
    Period,
    Report,
    States,
)
from transforms.reports.leadership.words import cause_words
from transforms.reports.run import Run
from transforms.reports.summary.model import Summary
from transforms.reports.summary.settle import SETTLES
from transforms.rulebook.model import Rulebook
from transforms.rulebook.places import read_table

LEADERSHIP = Stage(
    name="reports",
    folder=Path(__file__).parent.parent / "sql" / "leadership",
    reads=(
        "findings", "monthly", "daily", "determinations", "placed_lines", "filing_matches", "current_filings",
        "journal", "ledger", "ledger_events", "dispositions", "batches",
    ),
)  # fmt: skip
NEWEST = 6


def measure(
    connection: duckdb.DuckDBPyConnection, rulebook: Rulebook, run: Run, summary: Summary, period: Period
) -> Report:
    """Return everything that the report says; expects the temporary tables that a screening and its summary leave."""
    values = {"first": period.first, "last": period.last, "entry": prepare(connection, rulebook, run, period)}
    titles = {rule.rule_id: rule.title for rule in summary.rules}
    found = [FoundRule(*row) for row in _rows(connection, "rules", values)]
    return Report(
        summary=summary,
        period=period,
        months=[Month(*row) for row in _rows(connection, "months", values)],
        rules=found,
        desk=[DeskRule(*row) for row in _rows(connection, "desk_by_rule", values)],
        desk_causes=_rows(connection, "desk_causes", values),
        states=States(*_rows(connection, "desk_states", values)[0]),
        ageing=_rows(connection, "ageing", values),
        cells=[Cell(*row) for row in _rows(connection, "heat", values)],
        **{
            kind: [Name(*row) for row in _rows(connection, "names", values | {"kind": kind.removesuffix("s")})]
            for kind in ("consignees", "intermediates", "filers")
        },
        has_filings=bool(connection.execute("select count(*) from filing_matches").fetchall()[0][0]),
        causes=[
            Cause(cause_words(family, what, SETTLES, titles), *rest)
            for family, what, *rest in _rows(connection, "causes", values)
        ],
        undetermined=[
            Missing(field, rules, lines, value, SETTLES.get(field, "The field as it was"))
            for field, rules, lines, value in _rows(connection, "period_undetermined", values)
        ],
        filings=_filings(_rows(connection, "filing_told", values)),
        candidates=[Candidates(*row) for row in _rows(connection, "candidates", values)],
        newest=_newest(rulebook, {rule.rule_id: rule for rule in found}),
        rows=connection.sql(LEADERSHIP.text("rows")).to_arrow_table(),
    )


def prepare(connection: duckdb.DuckDBPyConnection, rulebook: Rulebook, run: Run, period: Period) -> int | None:
    """Leave the temporary tables that the measures share; return the entry of the journal up to which is looked.

    They are `desk_events`, `period_findings`, `found_lines` and `license_kinds`.
    """
    entry = last_entry(connection, run)
    values = {"first": period.first, "last": period.last, "entry": entry}
    codes = [
        {"code": row["code"], "kind": row["kind"]} for row in read_table(rulebook.tables_dir / "license_codes.csv")
    ]
    give(connection, "license_kinds", codes, columns={"code": "varchar", "kind": "varchar"})
    for step in ("desk_events", "period_findings", "found_lines"):
        LEADERSHIP.make(connection, step, values)
    return entry


def last_entry(connection: duckdb.DuckDBPyConnection, run: Run) -> int | None:
    """Return up to which entry of the journal a screening looks; None where none had been noted."""
    asked = {"run_id": run.run_id, "as_of": run.as_of, "moment": run.moment}
    ((entry,),) = connection.execute(LEADERSHIP.text("last_entry"), asked).fetchall()
    return None if entry is None else int(entry)


def _rows(connection: duckdb.DuckDBPyConnection, step: str, values: Mapping[str, object]) -> list[Any]:
    return [tuple(row.values()) for row in LEADERSHIP.read(connection, step, values)]


def _filings(rows: list[tuple[str, str, int]]) -> list[Filing]:
    answers = ("filed as required", "flagged", "undetermined", "filed", "not required")
    held: dict[str, dict[str, int]] = {}
    for month, answer, lines in rows:
        held.setdefault(month, {})[answer] = lines
    return [Filing(month, *(counts.get(answer, 0) for answer in answers)) for month, counts in sorted(held.items())]


def _newest(rulebook: Rulebook, found: Mapping[str, FoundRule]) -> list[Newest]:
    """The controls whose newest versions began last, with what they found in the period."""
    dated = [(max((v.from_on for v in one.versions if v.from_on), default=None), one) for one in rulebook.controls]
    known = sorted(((day, one) for day, one in dated if day), key=lambda pair: (-pair[0].toordinal(), pair[1].id))
    rows = []
    for day, control in known[:NEWEST]:
        one = found.get(control.id)
        value = (one.flagged_value_usd or Decimal(0)) + (one.undetermined_value_usd or Decimal(0)) if one else None
        rows.append(Newest(control.id, control.title, day, one.flagged if one else 0, one.undetermined if one else 0,
                           value))  # fmt: skip
    return rows
