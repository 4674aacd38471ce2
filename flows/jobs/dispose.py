"""Decide about findings: by id, by what is recorded, a whole situation, or in a sheet."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from flows.holder import hold
from flows.jobs.rulings import refuse_other_findings, rule_on_pairs
from flows.opening import opened
from flows.settings import VERSION, Home, now, user
from transforms.errors import InputError
from transforms.ledger.choose import Choice, Row, choose, count_lines, find_rows, read_decidable
from transforms.ledger.choose import Standing as Which
from transforms.ledger.decide import REOPEN, Decision, Situation, decide, standing_decision
from transforms.ledger.journal import Deed, Entry, last_run, write_seals
from transforms.ledger.read_back import read_decisions_sheet
from transforms.ledger.sheet import write_findings


def dispose(
    home: Home,
    choice: Choice,
    decision: Decision,
    by: str,
    *,
    standing: bool = False,
    is_sure: bool = False,
    decided_too: bool = False,
) -> dict[str, Any]:
    """Record one decision about every finding that is chosen, and return what was recorded.

    A filter chooses the open findings (to take a decision back: those with one), with `decided_too` all. What is not
    chosen by ids alone is told first, and recorded only if `is_sure`; else InputError. `standing` is for lines that
    come later into the situation, too.
    """
    if choice.is_empty:
        raise InputError(
            "no finding is selected. Give finding ids, --situation, or a filter such as --rule or --destination."
        )
    if standing and not (choice.situation_id and choice.rule_id):
        raise InputError("--standing: needs --situation and --rule, which say what the standing decision covers.")
    if standing and choice != Choice(situation_id=choice.situation_id, rule_id=choice.rule_id):
        raise InputError("--standing: give --situation and --rule only. It covers the whole situation under that rule.")
    problems = decision.faults(now().date())
    if problems:
        raise InputError("No decision was recorded: " + "; ".join(problems))
    with _opened(home) as connection:
        which: Which = "any" if decided_too else "decided" if decision.status == REOPEN else "open"
        rows, where = _chosen(connection, choice, which, standing=standing)
        if not is_sure and choice != Choice(finding_ids=choice.finding_ids):
            raise InputError(
                f"This would decide {_counted(rows)}{' and later ones' * standing} ({choice}):"
                f" {_by_rule(rows) or 'none now'}. No decision was recorded. To record it, add --yes."
            )
        deed = _deed(f"{decision.status}, {_counted(rows)}", by, str(choice))
        decisions = {row["finding_id"]: decision for row in rows}
        refuse_other_findings(rows, decisions)
        entry = decide(connection, decisions, deed, (where, decision) if where else None)
        write_seals(connection, home.seals)
        rule_on_pairs(home, _last_report(home, connection), rows, decisions, by)
    return {**_recorded(entry, rows, {decision.status: len(rows)}), "standing": standing}


def export_findings(home: Home, choice: Choice, target: Path, *, decided_too: bool = False) -> dict[str, Any]:
    """Write the chosen findings (all of them, where nothing is chosen; open ones unless `decided_too`) to a sheet."""
    if not target.resolve().parent.is_dir():
        raise InputError(
            f"{target}: the folder {target.resolve().parent} does not exist. Create it or name another file."
        )
    with _opened(home) as connection:
        rows = choose(connection, choice, "any" if decided_too else "open")
        if not rows:
            raise InputError(
                f"No {'' if decided_too else 'open '}finding matches ({choice or 'all'}). No file was written."
            )
        write_findings(rows, target)
    return {"findings": len(rows), "lines": count_lines(rows), "file": str(target)}


def import_decisions(home: Home, path: Path, by: str) -> dict[str, Any]:
    """Record what the filled rows of a sheet decide, all in one entry or none of it, and return what was recorded."""
    with _opened(home) as connection:
        returned = read_decisions_sheet(connection, path, now().date())
        left = {"recorded_already": returned.recorded, "rows_left_empty": returned.empty}
        left["whole_lines"] = returned.whole_lines
        if not returned.decisions:
            return {"entry": None, "findings": 0, "lines": 0, "statuses": {}, **left}
        rows = list(find_rows(connection, list(returned.decisions)).values())
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        deed = _deed(f"a sheet, {_counted(rows)}", by, f"{path.name}, sha256 {digest}")
        refuse_other_findings(rows, returned.decisions)
        entry = decide(connection, returned.decisions, deed)
        write_seals(connection, home.seals)
        rule_on_pairs(home, _last_report(home, connection), rows, returned.decisions, by)
    statuses = Counter(one.status for one in returned.decisions.values())
    return {**_recorded(entry, rows, statuses), **left}


@contextmanager
def _opened(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield the home's database with `decidable` of its last screening, while the home is held."""
    home.require()
    nothing = InputError(f"{home.root}: no screening has run. Run: earshot screen")
    if not home.database.is_file():
        raise nothing
    with hold(home, "earshot dispose"), opened(home, "earshot dispose") as connection:
        last = last_run(connection)
        if last is None:
            raise nothing
        findings = home.reports / last.deed.name / "findings.parquet"
        if not findings.is_file():
            raise InputError(f"{findings}: the report of the last screening is missing. Run: earshot screen")
        read_decidable(connection, findings)
        yield connection


def _last_report(home: Home, connection: duckdb.DuckDBPyConnection) -> Path:
    """The folder of the last screening, which is there where findings can be decided."""
    last = last_run(connection)
    assert last is not None  # `_opened` refused else
    return home.reports / last.deed.name


def _chosen(
    connection: duckdb.DuckDBPyConnection, choice: Choice, which: Which, *, standing: bool
) -> tuple[Sequence[Row], Situation | None]:
    """Return the findings, and the situation and rule for which the decision is to stand."""
    if not standing:
        rows = choose(connection, choice, which)
        if not rows:
            had = {"decided": "with a decision", "open": "that is open", "any": ""}[which]
            raise InputError(f"No finding {had} matches ({choice}). No decision was recorded.")
        return rows, None
    given = Situation(str(choice.situation_id), str(choice.rule_id))
    if which == "decided" and standing_decision(connection, given, now().date()) is not None:
        ((is_made,),) = connection.execute(
            "select count(*) > 0 from decidable where situation_id = ? and rule_id = ?",
            [given.situation_id, given.rule_id],
        ).fetchall()
        if not is_made:  # lines left the situation, and the decision still stands for those that may come
            return [], given
    rows = choose(connection, choice, "any")
    if not rows:
        raise InputError(f"The last screening has no finding there ({choice}). No decision was recorded.")
    kept = [
        row
        for row in rows
        if which == "any" or (row["decided_in"] is not None if which == "decided" else row["state"] == "open")
    ]
    return kept, Situation(rows[0]["situation_id"], given.rule_id)


def _deed(name: str, by: str, note: str) -> Deed:
    moment = now()
    account = user()
    said = note if by == account else f"{note}; entered by {account}"
    return Deed("decision", name, moment.date(), by, moment, version=VERSION, note=said)


def _recorded(entry: Entry, rows: Sequence[Row], statuses: Mapping[str, int]) -> dict[str, Any]:
    return {
        "entry": entry.entry, "by": entry.deed.done_by, "at": f"{entry.deed.done_at:%Y-%m-%dT%H:%M:%S}Z",
        "sha256": entry.sha256, "findings": len(rows), "lines": count_lines(rows), "statuses": dict(statuses),
        "by_rule": dict(Counter(row["rule_id"] for row in rows)),
    }  # fmt: skip


def _counted(rows: Sequence[Row]) -> str:
    lines = count_lines(rows)
    return f"{len(rows):,} finding{'s' * (len(rows) != 1)} of {lines:,} line{'s' * (lines != 1)}"


def _by_rule(rows: Sequence[Row]) -> str:
    return ", ".join(f"{rule} {number:,}" for rule, number in Counter(row["rule_id"] for row in rows).items())
