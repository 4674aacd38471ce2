"""Say where shipment lines and filings differ: every difference is a finding, with the columns of all findings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from transforms.compare.rules import ReconcileRule
from transforms.match.match import has_filings
from transforms.pipeline import Row, Stage, give, make_table
from transforms.sql import chain

COMPARE = Stage(
    name="compare",
    folder=Path(__file__).parent / "sql",
    reads=(
        "current_lines", "current_filings", "placed_lines", "subjects", "filing_matches", "aes_states",
        "repeated_filings", "covered_months", "found",
    ),
    leaves=("compared",),
)  # fmt: skip


def find_differences(connection: duckdb.DuckDBPyConnection, rules: Sequence[ReconcileRule]) -> None:
    """Leave `compared`: the differences between lines and filings, in the columns of `found`.

    One row per line, or filing line without one, and rule, of kind `reconcile`. A rule that is not among `rules` finds
    nothing, and where no filing is known nothing is found.
    """
    give(connection, "compared")
    if not rules or not has_filings(connection):
        return
    give(connection, "compared_rules", [_held(rule) for rule in rules])
    give(connection, "places_alike", [row for rule in rules for row in _places(rule)])
    values = _terms(rules) | _days_covered(connection)
    steps = ("matched_sums", "differing_pairs", "pair_differences")
    make_table(connection, "differences", chain(*(COMPARE.folder / f"{step}.sql" for step in steps)), values)
    for step in ("unmatched_lines", "unmatched_filings"):
        COMPARE.add(connection, step, "differences", values)
    COMPARE.add(connection, "compared", "compared")


def _held(rule: ReconcileRule) -> Row:
    return {
        "rule_id": rule.id, "rule_from": rule.from_on, "severity": rule.severity, "authority": list(rule.authority),
        "remedy": rule.remedy,
    }  # fmt: skip


def _places(rule: ReconcileRule) -> list[Row]:
    """The places that count as one, either way round."""
    return [
        {"one": one, "other": other, "from_on": alike.from_on}
        for alike in rule.alike
        for one, other in (alike.places, reversed(alike.places))
    ]


def _terms(rules: Sequence[ReconcileRule]) -> dict[str, object]:
    """The figures that the comparisons use; None where the rule that states one is not among the rules."""
    by_id = {rule.id: rule for rule in rules}
    value, low, name = (by_id.get(rule_id) for rule_id in ("value-differs", "value-declared-low", "consignee-differs"))
    tolerance = value.tolerance if value else None
    return {
        "tolerance_usd": tolerance.usd if tolerance else None,
        "tolerance_percent": tolerance.percent if tolerance else None,
        "threshold_usd": low.threshold_usd if low else None,
        "similarity": name.similarity if name else None,
    }


def _days_covered(connection: duckdb.DuckDBPyConnection) -> dict[str, object]:
    """The first and the last day of export among the filings known."""
    days = connection.execute("select min(export_on), max(export_on) from current_filings").fetchall()[0]
    return {"first_on": days[0], "last_on": days[1]}
