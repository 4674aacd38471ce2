"""Explain one line: every rule considered, what put it in or out of scope, each exception, savings, the verdict."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from transforms.contexts.contexts import add_contexts
from transforms.decide.decide import deciding
from transforms.errors import InputError
from transforms.find.find import FIND
from transforms.ingest.recall import fetch_lines, recall
from transforms.match.match import match_filings
from transforms.pipeline import Stage, give, read_rows
from transforms.rulebook.law import Law
from transforms.screening.explain_others import told_others

EXPLAIN = Stage(
    name="screening",
    folder=Path(__file__).parent / "sql",
    reads=(
        "asked_line", "subjects", "rule_versions", "rule_periods", "item_states", "place_states", "item_words",
        "place_words", "exception_terms", "claims", "answers", "version_verdicts", "control_keys", "determinations",
        "asked_item_facts", "item_fact_states", "found",
    ),
)  # fmt: skip
_IDENTITY = ("source", "shipment_id", "line_number")
_NOW = datetime(9999, 12, 31)
_ASKED = (
    "select line_id, situation_key, export_on, tendered_on from placed_lines where source = $source"
    " and shipment_id = $shipment_id and line_number = $line_number::integer"
)
_CUTS = (
    "select from_on from determinations union"
    " select until_on + 1 from determinations where until_on < date '9999-12-31'"
)


def find_line(
    connection: duckdb.DuckDBPyConnection, shipment_id: str, line_number: int, source: str | None
) -> dict[str, Any]:
    """Return one line of the home as it is recorded now: canonical columns and source.

    Raises InputError when there is no such line, or several sources have it and none is named.
    """
    sources = [row[0] for row in connection.execute("select distinct source from batches order by source").fetchall()]
    wanted = [source] if source else sources
    rows = read_rows(
        connection,
        "select * from lines where known_until is null and identity_hash in"
        " (select hash(s, $shipment_id, $line_number::integer) from (select unnest($sources) as s))"
        " and shipment_id = $shipment_id and line_number = $line_number order by source",
        {"shipment_id": shipment_id, "line_number": line_number, "sources": wanted or [""]},
    )
    if not rows:
        raise InputError(
            f"shipment {shipment_id} line {line_number}: not loaded"
            + (f" in source {source}" if source else "")
            + f". Sources loaded: {', '.join(sources) or 'none'}. It may be quarantined: earshot quarantine list"
        )
    if len(rows) > 1:
        names_of = ", ".join(row["source"] for row in rows)
        raise InputError(f"shipment {shipment_id} line {line_number}: in several sources. Give --source: {names_of}.")
    return rows[0]


def explain(
    connection: duckdb.DuckDBPyConnection, law: Law, line: dict[str, Any], rule_id: str | None = None
) -> dict[str, Any]:
    """Return `line`, `facts`, `era` and `determinations` (one per rule version, with its steps) of one line.

    The line goes alone through the decision and the joins of the screening. Raises InputError for an unknown rule.
    """
    known = law.rule_ids
    if rule_id and rule_id not in known:
        raise InputError(f"--rule {rule_id}: not a rule of the rulebook. Allowed: {', '.join(known)}.")
    recall(connection, _NOW, law.filing_statuses)
    match_filings(connection, _NOW, law.parameters)
    add_contexts(connection, law)
    asked = connection.sql(_ASKED, params={name: line[name] for name in _IDENTITY}).to_arrow_table()
    give(connection, "asked_line", asked)
    fetch_lines(connection, "from asked_line")
    give(connection, "filing_lines", asked.select(["line_id"]))
    FIND.make(connection, "group_sums")
    handed = {name: connection.sql(f"from {name}").to_arrow_table() for name in ("fetched_lines", "group_sums")}
    situation = connection.sql("from subjects semi join asked_line using (situation_key)").to_arrow_table()
    with deciding(situation, law) as alone:
        for name, rows in {**handed, "asked_line": asked, "screened_lines": asked}.items():
            give(alone, name, rows)
        FIND.run(alone, without=("filing_lines", "group_sums"))
        considered = EXPLAIN.read(alone, "considered")
        others = told_others(alone)
        cuts = [row[0] for row in alone.execute(_CUTS).fetchall()]
    facts = {name: values[0] for name, values in situation.to_pydict().items() if not name.startswith("situation_")}
    told = [_told(row, line) for row in considered] + others
    determinations = [one for one in told if rule_id in (None, one["rule_id"])]
    determinations.sort(key=lambda one: _ORDER.index(one["outcome"]))
    return {
        "line": {name: value for name, value in line.items() if not name.endswith(("_hash", "_key", "_group"))},
        "facts": facts,
        "era": _era(cuts, line["export_on"]),
        "determinations": determinations,
    }


def _era(cuts: list[date], day: date) -> dict[str, date | None]:
    """The stretch of days around `day` in which nothing that reaches the line changes; None: without end."""
    after = min((cut for cut in cuts if cut > day), default=None)
    return {
        "from": max((cut for cut in cuts if date.min < cut <= day), default=None),
        "until": after - timedelta(days=1) if after else None,
    }


def _told(row: dict[str, Any], line: dict[str, Any]) -> dict[str, Any]:
    """Put one row of `considered.sql` into words: the outcome and its steps."""
    reached = row["determined_outcome"] is not None
    if not reached:
        outcome, because = "out of scope", "; ".join(step["found"] for step in _steps(row, line) if step["out"])
    elif row["is_outranked"]:
        outcome, because = row["determined_outcome"], f"{row['statement']} Another row decides for {row['rule_id']}."
    elif row["is_rolled_up"] and row["is_not_judged"]:
        outcome, because = "undetermined", row["statement"]
    elif row["finding_outcome"] is None and row["determined_outcome"] != "clear":
        saved = f"Savings clause applies: tendered to the carrier by {row['en_route_on']}, exported in time."
        outcome, because = "clear", f"{row['statement']} {saved}"
    else:
        outcome, because = row["finding_outcome"] or "clear", row["because"] or row["statement"]
    return {
        "rule_id": row["rule_id"],
        "rule_kind": row["rule_kind"],
        "rule_from": row["rule_from"],
        "outcome": outcome,
        "because": because,
        "authority": row["authority"],
        "remedy": row["remedy"] if outcome in ("flagged", "undetermined") else None,
        "missing": row["missing"],
        "steps": [{"step": step["step"], "found": step["found"]} for step in _steps(row, line)],
    }


def _steps(row: dict[str, Any], line: dict[str, Any]) -> list[dict[str, Any]]:
    start = f"from {row['rule_from']}" if row["rule_from"] else "effective date not researched"
    in_time = row["is_in_force"] or row["doubt"]
    in_force = f"effective on {line['export_on']} ({start})"
    time = in_force if row["is_in_force"] else f"not effective on {line['export_on']} ({start})"
    time += f"; in doubt: {row['doubt']}" if row["doubt"] else ""
    items = "any item" if row["item_words"] == "*" else row["item_words"]
    items += f", except {row['item_excepts']}" if row["item_excepts"] else ""
    eccn = row["eccn_judged"] or "no ECCN"
    eccn += f" (item master; the line records {line['eccn'] or 'none'})" if row["eccn_judged"] != line["eccn"] else ""
    item = f"{eccn}: {_IN[row['item_state']]} {items}" + (f" ({row['item_note']})" if row["item_note"] else "")
    where = line["destination"] or "no destination"
    place = f"{where}: {_IN[row['place_state']]} {_places(row['place_words'])}"
    place += f" ({row['place_note']})" if row["place_note"] else ""
    place += f"; {row['via']}" if row["via"] else ""
    activity = line["activity"] or "activity not recorded"
    acts = f"{activity}: {'among' if row['is_activity_in'] else 'not among'} {', '.join(row['activities'])}"
    steps = [
        {"step": "date", "found": time, "out": not in_time},
        {"step": "activity", "found": acts, "out": not row["is_activity_in"]},
        {"step": "items", "found": item, "out": row["item_state"] == "out"},
        {"step": "destination", "found": place, "out": row["place_state"] == "out"},
        {"step": "claimed", "found": row["recorded_authority"], "out": False},
    ]
    if row["facts_asked"]:
        facts = {"step": "item facts", "found": _item_facts(row), "out": row["fact_state"] == "out"}
        steps.insert(3, facts)
    named = sorted(row["exceptions"] or [], key=lambda one: (one["symbol"] == "*", one["symbol"]))
    steps += [{"step": "exception", "found": _exception(one, row), "out": False} for one in named]
    if row["has_savings"]:
        steps.append({"step": "savings", "found": _savings(row, line), "out": False})
    return steps


def _places(words: str) -> str:
    """Put scope words of places as the CFR says them: `NS Column 2`, `Country Group D:5`."""
    told = words.replace("country:", "").replace("list:", "the list ").replace("group:", "Country Group ")
    return "any destination" if told == "all" else re.sub(r"chart:([A-Z]{2})(\d)", r"\1 Column \2", told)


_ORDER = ("flagged", "undetermined", "clear", "out of scope")
_IN = {"in": "within", "unknown": "may be within", "out": "not within"}
_STANCE = {
    "closed": "not available",
    "own_terms": "may be available (eligibility must be verified outside the shipment record)",
    "limited": "available as far as the entry offers it",
    "doubtful": "availability in doubt",
    "open": "available",
}


def _exception(one: dict[str, Any], row: dict[str, Any]) -> str:
    name = "every other license exception" if one["symbol"] == "*" else one["symbol"]
    text = f"{name}: {_STANCE[one['stance']]}"
    text += f", under {', '.join(one['paragraphs'])}" if one["paragraphs"] else ""
    if one["place_state"]:
        text += {"in": ", for this destination too", "out": ", but not for this destination"}.get(
            one["place_state"], ", in doubt for this destination"
        )
    text += f" ({one['doubt']})" if one["doubt"] else ""
    return f"{text}; claimed: {row['answer_note']}" if row["answer_symbol"] == one["symbol"] else text


def _item_facts(row: dict[str, Any]) -> str:
    """What the item master says of what the row asks for, and what to record where that does not settle it."""
    told = row["facts_told"] or "not recorded in the item master"
    if row["fact_state"] in ("in", "out"):
        return f"{told}; this row {'covers' if row['fact_state'] == 'in' else 'does not cover'} the item"
    return f"{told}; record in item_facts what is true, or its opposite: {row['facts_asked']}"


def _savings(row: dict[str, Any], line: dict[str, Any]) -> str:
    deadline = row["exported_before"]
    ends = f"exported before {deadline}" if deadline else "exported before a deadline that is not known"
    tendered = line["tendered_on"] or "not recorded"
    return f"covered if en route by {row['en_route_on']} and {ends}; tendered to the carrier: {tendered}"
