"""Explain one line: every rule considered, what put it in or out of scope, each exception, savings, the verdict."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from transforms.contexts.add import add_contexts
from transforms.contexts.steps import make_step
from transforms.errors import InputError
from transforms.reconcile.match import match_filings
from transforms.rulebook.compile import Law
from transforms.screening.decide import deciding
from transforms.screening.explain_others import told_others
from transforms.sql import read_sql
from transforms.store import SCHEMA

SQL = Path(__file__).parent / "sql"
_IDENTITY = ("source", "shipment_id", "line_number")
_NOW = datetime(9999, 12, 31)
_KEY = (
    "select l.line_row, l.situation_key from placed_lines as l where l.source = $line[1] and l.shipment_id = $line[2]"
    " and l.line_number = $line[3]::integer"
)
_CUTS = (
    "select from_on from determinations union"
    " select until_on + 1 from determinations where until_on < date '9999-12-31'"
)


def find_line(
    connection: duckdb.DuckDBPyConnection, shipment_id: str, line_number: int, source: str | None
) -> dict[str, Any]:
    """Return one line of the home as it is recorded now: canonical columns, source and situation_key.

    Raises InputError when there is no such line, or several sources have it and none is named.
    """
    sources = [row[0] for row in connection.execute("select distinct source from batches order by source").fetchall()]
    wanted = [source] if source else sources
    found = connection.execute(
        "select * from lines where known_until is null and identity_hash in"
        " (select hash(s, $shipment_id, $line_number::integer) from (select unnest($sources) as s))"
        " and shipment_id = $shipment_id and line_number = $line_number order by source",
        {"shipment_id": shipment_id, "line_number": line_number, "sources": wanted or [""]},
    )
    names = [column[0] for column in found.description or []]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    if not rows:
        raise InputError(
            f"shipment {shipment_id} line {line_number}: no such line"
            + (f" in source {source}" if source else "")
            + f" (sources: {', '.join(sources) or 'none, ingest an extract first'}); it may be in quarantine"
        )
    if len(rows) > 1:
        names_of = ", ".join(row["source"] for row in rows)
        raise InputError(f"shipment {shipment_id} line {line_number}: in several sources; say --source ({names_of})")
    return rows[0]


def explain(
    connection: duckdb.DuckDBPyConnection, law: Law, line: dict[str, Any], rule_id: str | None = None
) -> dict[str, Any]:
    """Return `line`, `facts`, `era` and `determinations` (one per rule version, with its steps) of one line.

    The line goes alone through the decision and the joins of the screening. Raises InputError for an unknown rule.
    """
    known = law.rule_ids
    if rule_id and rule_id not in known:
        raise InputError(f"--rule {rule_id}: no such rule (allowed: {', '.join(known)})")
    match_filings(connection, _NOW)
    add_contexts(connection, law, _NOW)
    row, key = connection.execute(_KEY, {"line": [str(line[name]) for name in _IDENTITY]}).fetchall()[0]
    line = line | {"situation_key": key}
    connection.execute("create or replace temp table told_lines as select $row as line_row", {"row": row})
    make_step(connection, "told_sums")
    groups = connection.execute("select known_usd, line_count from told_sums").fetchall()
    situation = connection.sql("from subjects").filter(f"situation_key = {int(line['situation_key'])}").to_arrow_table()
    with deciding(situation, law) as alone:
        rows = _considered(alone, line, groups[0] if groups else None)
        others = told_others(alone)
        cuts = [row[0] for row in alone.execute(_CUTS).fetchall()]
    facts = {name: values[0] for name, values in situation.to_pydict().items() if not name.startswith("situation_")}
    determinations = [one for one in [_told(row, line) for row in rows] + others if rule_id in (None, one["rule_id"])]
    determinations.sort(key=lambda one: _ORDER.index(one["outcome"]))
    return {
        "line": {name: value for name, value in line.items() if not name.endswith(("_hash", "_key", "_group"))},
        "facts": facts,
        "era": _era(cuts, line["export_on"]),
        "determinations": determinations,
    }


def _considered(
    alone: duckdb.DuckDBPyConnection, line: dict[str, Any], group: tuple[Any, ...] | None
) -> list[dict[str, Any]]:
    """Put the line beside its determinations, join as the screening does, and read every step.

    `group` is what the lines that go with it come to: US dollars, and how many they are.
    """
    alone.execute(read_sql(SCHEMA))
    alone.execute("insert into lines by name select unnest($line)", {"line": line})
    moment = datetime.max
    alone.execute("create view asked_about as select rowid as line_row, * from lines")
    alone.execute("create table told_sums (line_row bigint, known_usd decimal(38, 4), line_count bigint)")
    if group:
        alone.execute("insert into told_sums values (0, ?, ?)", list(group))
    alone.execute("create table open_verdicts as " + read_sql(SQL / "open_verdicts.sql"))
    alone.execute("create table hits as " + read_sql(SQL / "hits.sql"))
    run = {"run_id": "", "as_of": moment.date(), "rulebook_hash": "", "known_at": None}
    alone.execute("create table found as " + read_sql(SQL / "found.sql"))
    alone.execute("create table findings as " + read_sql(SQL / "findings.sql"), run)
    found = alone.execute(read_sql(SQL / "considered.sql"))
    names = [column[0] for column in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


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
    elif row["is_rolled_up"] and row["is_not_judged"]:
        outcome, because = "undetermined", row["statement"]
    elif row["finding_outcome"] is None and row["determined_outcome"] != "clear":
        outcome, because = "clear", f"{row['statement']} Saved: handed over by {row['en_route_on']}, exported in time."
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
    start = row["rule_from"] or "before the first text read"
    in_time = row["is_in_force"] or row["doubt"]
    in_force = f"in force on {line['export_on']} (from {start})"
    time = in_force if row["is_in_force"] else f"not in force on {line['export_on']} (from {start})"
    time += f"; in doubt: {row['doubt']}" if row["doubt"] else ""
    items = "any item" if row["item_words"] == "*" else row["item_words"]
    items += f", except {row['item_excepts']}" if row["item_excepts"] else ""
    eccn = row["eccn_judged"] or "no ECCN"
    eccn += f" (item record; the line records {line['eccn'] or 'none'})" if row["eccn_judged"] != line["eccn"] else ""
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
    named = sorted(row["exceptions"] or [], key=lambda one: (one["symbol"] == "*", one["symbol"]))
    steps += [{"step": "exception", "found": _exception(one, row), "out": False} for one in named]
    if row["has_savings"]:
        steps.append({"step": "savings", "found": _savings(row, line), "out": False})
    return steps


def _places(words: str) -> str:
    """Put scope words of places as the CFR says them: `NS Column 2`, `Country Group D:5`."""
    told = words.replace("country:", "").replace("group:", "Country Group ")
    return "any destination" if told == "all" else re.sub(r"chart:([A-Z]{2})(\d)", r"\1 Column \2", told)


_ORDER = ("flagged", "undetermined", "clear", "out of scope")
_IN = {"in": "within", "unknown": "may be within", "out": "not within"}
_STANCE = {
    "closed": "closed here",
    "own_terms": "open on terms that the record cannot prove",
    "doubtful": "in doubt whether open",
    "open": "open here",
}


def _exception(one: dict[str, Any], row: dict[str, Any]) -> str:
    name = "every other exception" if one["symbol"] == "*" else one["symbol"]
    text = f"{name}: {_STANCE[one['stance']]}"
    text += f", under {', '.join(one['paragraphs'])}" if one["paragraphs"] else ""
    if one["place_state"]:
        text += {"in": ", for this destination too", "out": ", but not for this destination"}.get(
            one["place_state"], ", in doubt for this destination"
        )
    text += f" ({one['doubt']})" if one["doubt"] else ""
    claimed = row["answer_note"] and row["answer_note"].startswith(f"{one['symbol']} ")
    return f"{text}; claimed: {row['answer_note']}" if claimed else text


def _savings(row: dict[str, Any], line: dict[str, Any]) -> str:
    deadline = row["exported_before"]
    ends = f"exported before {deadline}" if deadline else "exported before a deadline that is not known"
    handed = line["tendered_on"] or "not recorded"
    return f"saved if en route by {row['en_route_on']} and {ends}; handed over: {handed}"
