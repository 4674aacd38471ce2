"""One screening: of what it is made, and how it is written; of the present and of the past alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from flows.parts import screen_lines
from flows.settings import VERSION, Home, sample_hashes
from transforms.phases import phase

if TYPE_CHECKING:
    from flows.jobs.law import Rules
    from transforms.reports.run import Run
    from transforms.reports.summary.model import Summary
    from transforms.rulebook.model import Rulebook
    from transforms.screening.keep import Anew

Inputs = list[dict[str, Any]]


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
    states: dict[str, int]
    """Findings by how they stand: `new`, `open`, `reopened`, `decided` (closed by a decision that stands), and
    `closed`, those that this screening does not make any more."""
    lines_archived: int = 0
    """Lines that were moved to an archive and are not screened."""
    lists_as_of: date | None = None
    """The day of the oldest copy of a list of parties that is held."""
    lines_after_lists: int = 0
    """Lines that left after that day: who was listed since is not found."""
    lines_for_review: dict[str, int] = field(default_factory=dict)
    """Lines that need review by outcome of the line, as the summary page says it; told to people alone."""
    anew: Anew | None = None
    """How much was not kept from the screening before; None where nothing was. It is no part of what is found."""

    def as_json(self) -> dict[str, Any]:
        """Return the result in the keys of the command's contract."""
        told = {name: value for name, value in self.__dict__.items() if name not in ("lines_for_review", "anew")}
        return {**told, "as_of": str(self.as_of), "report": str(self.report)}


@dataclass(frozen=True)
class Finished:
    """A screening whose temporary tables can still be asked: what whoever adds to its folder needs to know."""

    connection: duckdb.DuckDBPyConnection
    run: Run
    rules: Rules
    summary: Summary

    @property
    def rulebook(self) -> Rulebook:
        """The rules that it was screened by."""
        return self.rules.rulebook


Also = Callable[[Finished, Path], None]
"""Called with a finished screening and the folder that is being filled, to add files to it: the folder appears with
them, or not at all."""


def start_run(
    connection: duckdb.DuckDBPyConnection,
    rules: Rules,
    as_of: date,
    known_at: datetime | None,
    moment: datetime,
    before: int | None = None,
) -> tuple[Run, Inputs]:
    """Return the run of a screening, nothing counted yet, and the extracts that it rests on.

    `before` is the entry of the journal of a run that is made again.
    """
    from transforms.ingest.rates import rates_known
    from transforms.reports.run import Run, name_run, read_decisions, read_inputs

    inputs, digest, rates = read_inputs(connection, moment), rules.hash, rates_known(connection, moment)
    run_id = name_run(inputs, digest, VERSION, as_of, known_at, read_decisions(connection, moment, before), rates)
    first_rule_on = rules.law.first_day or as_of
    return Run(run_id, as_of, known_at, moment, digest, VERSION, first_rule_on, rates_sha256=rates), inputs


def screen_past(
    home: Home,
    connection: duckdb.DuckDBPyConnection,
    rules: Rules,
    run: Run,
    inputs: Inputs,
    reports: Path,
    also: Also | None = None,
) -> Screened:
    """Screen with the records known at `run.moment`, and write the run's folder below `reports`.

    Each finding has the state that it had then. Nothing that lasts is changed in the database.
    """
    from transforms.ledger.follow import recall

    screen_lines(home, connection, rules.law, run, rules.reconciling)
    with phase("follow"):
        recall(connection, run)
    with phase("write"):
        return write_screening(connection, rules, run, inputs, reports, also)


def write_screening(
    connection: duckdb.DuckDBPyConnection,
    rules: Rules,
    run: Run,
    inputs: Inputs,
    reports: Path,
    also: Also | None = None,
    made: Path | None = None,
) -> Screened:
    """Count and write what `screen` left, each finding with its state, into the run's folder below `reports`.

    `made` is that of `write_run`.
    """
    from transforms.ledger.follow import count_states, screened_before
    from transforms.reports.door import read_door, read_door_verdicts, render_door
    from transforms.reports.run import count_findings, count_matches, write_run
    from transforms.reports.summary.news import Past
    from transforms.reports.summary.page import render_summary
    from transforms.reports.summary.summarize import summarize

    run = _count(connection, run)
    findings = count_findings(connection)
    states = count_states(connection, run.run_id)
    past = Past(screened_before(connection, run), states["closed"])
    summary = summarize(connection, rules.says, run, past, synthetic=sample_hashes())
    result = Screened(
        run_id=run.run_id,
        as_of=run.as_of,
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
        matches=count_matches(connection),
        report=reports / run.run_id,
        states=states,
        lines_archived=sum(int(one["lines"]) for one in inputs if "archive" in one),
        lists_as_of=summary.lists_as_of,
        lines_after_lists=summary.lines_after_lists,
        lines_for_review={"flagged": summary.lines_flagged, "undetermined": summary.lines_undetermined},
    )
    door = read_door(connection, run.moment)
    pages = {
        "summary.html": render_summary(summary),
        "door.html": render_door(door, run, synthetic=summary.synthetic),
    }
    manifest = _manifest(result, run, inputs, read_door_verdicts(connection, run.moment))
    finished = Finished(connection, run, rules, summary)
    write_run(connection, reports, run, manifest, pages, lambda folder: also(finished, folder) if also else None, made)
    return result


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


def versions() -> dict[str, str]:
    """Return by what a run is made, as its manifest tells it: only what the same made can be made again."""
    from transforms.store import SCHEMA_VERSION

    return {"earshot": VERSION, "schema": str(SCHEMA_VERSION), "duckdb": duckdb.__version__}


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
        "versions": versions(),
        "inputs": list(inputs),
        **({"rates_sha256": run.rates_sha256} if run.rates_sha256 else {}),
        "door": list(door),
        "counts": counts,
        "quarantine": result.quarantine,
        "notice": "Facts and authorities, no legal advice. Clear means clear of the rules in this rulebook.",
    }
