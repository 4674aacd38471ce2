"""Say where shipment lines and filings differ: every difference is a finding, with the columns of all findings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import duckdb

from transforms.reconcile.match import CANCELLED_WORDS, SQL, has_filings
from transforms.reconcile.rules import ReconcileRule
from transforms.runs import RunFacts
from transforms.sql import chain, read_sql


def find_differences(connection: duckdb.DuckDBPyConnection, run: RunFacts, rules: Sequence[ReconcileRule]) -> None:
    """Add the differences between lines and filings to the temporary table `findings`; sort it as before.

    One finding per line, or filing line without one, and rule, of kind `reconcile`. Needs what `match_filings` left at
    the same `run.known_until`, and the temporary tables `subjects` and the view `placed_lines`. A rule
    that is not among `rules` finds nothing. Where no filing is known, `findings` stays untouched.
    """
    if not rules or not has_filings(connection, run.known_until):
        return
    _hold_rules(connection, rules)
    known = {"known_until": run.known_until}
    terms = _terms(rules)
    threshold = {"threshold_usd": terms["threshold_usd"]}
    words: dict[str, object] = {"cancelled_words": CANCELLED_WORDS}
    connection.execute(
        "create or replace temp table differences as "
        + chain(*(SQL / f"{step}.sql" for step in ("sums", "compared", "pair_differences"))),
        words | terms,
    )
    insert = "insert into differences by name "
    connection.execute(
        insert + read_sql(SQL / "unmatched_lines.sql"), known | threshold | _days_covered(connection, run.known_until)
    )
    connection.execute(insert + read_sql(SQL / "unmatched_filings.sql"), known | words)
    connection.execute(
        "create or replace temp table findings as from findings union all by name ("
        + read_sql(SQL / "reconciled.sql")
        + ") order by rule_id, source, shipment_id, line_number, outcome, because",
        {"run_id": run.run_id, "as_of": run.as_of, "rulebook_hash": run.rulebook_hash, "known_at": run.known_at},
    )


def _hold_rules(connection: duckdb.DuckDBPyConnection, rules: Sequence[ReconcileRule]) -> None:
    """Leave the rules, and the places that count as one, in temporary tables."""
    connection.execute(
        "create or replace temp table reconcile_rules"
        " (rule_id varchar, rule_from date, severity varchar, authority varchar[], remedy varchar)"
    )
    connection.execute("create or replace temp table places_alike (one varchar, other varchar, from_on date)")
    for rule in rules:
        held = [rule.id, rule.from_on, rule.severity, list(rule.authority), rule.remedy]
        connection.execute("insert into reconcile_rules values (?, ?, ?, ?, ?)", held)
        for alike in rule.alike:
            one, other = alike.places
            both = [one, other, alike.from_on, other, one, alike.from_on]
            connection.execute("insert into places_alike values (?, ?, ?), (?, ?, ?)", both)


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


def _days_covered(connection: duckdb.DuckDBPyConnection, known_until: datetime) -> dict[str, date | None]:
    """The first and the last day of export among the filings known."""
    query = "from filings where known_from <= $known_until and (known_until is null or known_until > $known_until)"
    days = connection.execute("select min(export_on), max(export_on) " + query, {"known_until": known_until}).fetchone()
    first_on, last_on = days or (None, None)
    return {"first_on": first_on, "last_on": last_on}
