"""Screen a home, and write what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from flows.holder import hold
from flows.settings import VERSION, Home, now, sample_hashes, user
from transforms.ledger.follow import follow, recall
from transforms.ledger.journal import Deed, write_seals
from transforms.reports.drawing import drawing_beside
from transforms.store import open_store


@dataclass(frozen=True)
class Screened:
    """A finished screening: its run, counts of findings by rule and outcome, their value, and where it was written."""

    run_id: str
    as_of: date
    lines: int
    lines_undetermined: int
    lines_before_any_rule: int
    lines_without_eccn: int
    situations: int
    eras: int
    findings: dict[str, dict[str, int]]
    value_usd: dict[str, float]
    """Value of the lines that need a person, US dollars, by outcome of the line."""
    conservation: dict[str, int]
    quarantine: dict[str, int | None]
    """Rows that stand in quarantine, and the age of the oldest in days (None without any)."""
    matches: dict[str, int]
    """Exports that could be in AES, filing lines, and lines matched by each key."""
    report: Path
    lines_archived: int = 0
    """Lines that were moved to an archive and are not screened."""

    def as_json(self) -> dict[str, Any]:
        """Return the result in the keys of the command's contract."""
        return {**self.__dict__, "as_of": str(self.as_of), "report": str(self.report)}


@drawing_beside()
def screen_home(home: Home, as_of: date, known_at: datetime | None = None) -> Screened:
    """Screen every line of the home and write the run's folder; a screening of the present is noted in the ledger."""
    from transforms.reconcile.read import read_rules
    from transforms.reports.door import read_door, read_door_verdicts, render_door
    from transforms.reports.run import (
        Run,
        count_findings,
        count_matches,
        name_run,
        read_decisions,
        read_inputs,
        write_run,
    )
    from transforms.reports.summary.page import render_summary
    from transforms.reports.summary.summarize import summarize
    from transforms.rulebook.compile import compile_law
    from transforms.screening.screen import screen

    home.require()
    rulebook, reconciling = read_rules(home.rules)
    law = compile_law(rulebook)
    known_until = known_at or now()
    with (
        hold(home, "earshot screen"),
        open_store(home.database) as connection,
    ):
        inputs = read_inputs(connection, known_until)
        run = Run(
            run_id=name_run(inputs, rulebook.hash, VERSION, as_of, known_at, read_decisions(connection, known_until)),
            as_of=as_of,
            known_at=known_at,
            known_until=known_until,
            rulebook_hash=rulebook.hash,
            version=VERSION,
            first_rule_on=law.first_day or as_of,
        )
        screen(connection, law, run, reconciling, keep=known_at is None)
        if known_at is None:
            connection.execute("begin")  # what is noted holds only once the run's folder is there
            follow(connection, run, Deed("run", run.run_id, as_of, user(), now(), version=VERSION))
        else:
            recall(connection, run)
        run = _count(connection, run)
        findings = count_findings(connection)
        summary = summarize(connection, rulebook, run, reconciling=reconciling, synthetic=sample_hashes())
        result = Screened(
            run_id=run.run_id,
            as_of=as_of,
            lines=run.lines,
            lines_undetermined=run.lines_undetermined,
            lines_before_any_rule=summary.lines_before_any_rule,
            lines_without_eccn=run.lines_without_eccn,
            situations=run.situations,
            eras=run.eras,
            findings=findings,
            value_usd={
                "flagged": float(summary.value_flagged_usd),
                "undetermined": float(summary.value_undetermined_usd),
            },
            conservation=summary.conservation._asdict(),
            quarantine={"rows": summary.rows_aside, "oldest_days": summary.aside_for_days},
            matches=count_matches(connection, known_until),
            report=home.reports / run.run_id,
            lines_archived=sum(int(one["lines"]) for one in inputs if "archive" in one),
        )
        door = read_door(connection, known_until)
        pages = {
            "summary.html": render_summary(summary),
            "door.html": render_door(door, run, synthetic=summary.synthetic),
        }
        write_run(
            connection,
            home.reports,
            run,
            _manifest(result, run, inputs, read_door_verdicts(connection, known_until)),
            pages,
        )
        if known_at is None:
            connection.execute("commit")
            write_seals(connection, home.seals)
    return result


def write_spreadsheet(result: Screened) -> Path:
    """Write counsel's spreadsheet of the situations into the folder of a finished screening."""
    from transforms.reports.spreadsheet import write_situations

    return write_situations(result.report)


def _count(connection: duckdb.DuckDBPyConnection, run: Any) -> Any:
    row = connection.execute(
        "select coalesce(sum(line_count), 0)::bigint, count(distinct situation_key),"
        " (select count(distinct (source, shipment_id, line_number)) from findings where outcome = 'undetermined'),"
        " (select count(*) + 1 from (select from_on as on_day from determinations where from_on > date '0001-01-01'"
        " and situation_key in (select situation_key from tallies)"
        " union select until_on + 1 from determinations where until_on < date '9999-12-31'"
        " and situation_key in (select situation_key from tallies))),"
        " (select coalesce(sum(line_count), 0)::bigint from tallies join subjects using (situation_key)"
        " where coalesce(eccn, '') = '')"
        " from tallies"
    ).fetchone()
    assert row is not None  # an aggregate without groups has one row
    names = ("lines", "situations", "lines_undetermined", "eras", "lines_without_eccn")
    return replace(run, **dict(zip(names, row, strict=True)))


def _manifest(
    result: Screened, run: Any, inputs: Sequence[dict[str, Any]], door: Sequence[dict[str, Any]]
) -> dict[str, Any]:
    counts = {
        key: value for key, value in result.as_json().items() if key not in ("report", "run_id", "as_of", "quarantine")
    }
    return {
        "run_id": run.run_id,
        "as_of": run.as_of,
        "known_at": run.known_at,
        "rulebook_hash": run.rulebook_hash,
        "versions": {"earshot": VERSION, "duckdb": duckdb.__version__},
        "inputs": list(inputs),
        "door": list(door),
        "counts": counts,
        "quarantine": result.quarantine,
        "notice": "Facts and authorities, no legal advice. Clear means clear of the rules in this rulebook.",
    }
