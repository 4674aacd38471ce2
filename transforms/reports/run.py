"""One screening as a run: its name, what it rests on, and the files it leaves."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from transforms.pipeline import Stage
from transforms.reports.folder import begin_folder, put_in_place
from transforms.reports.unchanged import copy_unchanged, key_of_run, note_files

REPORTS = Stage(
    name="reports",
    folder=Path(__file__).parent / "sql",
    reads=(
        "findings", "tallies", "daily", "determinations", "subjects", "filing_matches", "current_lines",
        "current_filings", "batches", "left_out", "decision_state", "context_state",
    ),
    leaves=("written_determinations", "written_situations", "written_matches"),
)  # fmt: skip
_OF_LAW = (("determinations", "written_determinations"), ("situations", "written_situations"))
_WRITTEN = (*_OF_LAW, ("matches", "written_matches"))
"""The steps whose rows are files of a run, beside the findings, and the tables by way of which they are written; first
those that say nothing of a single line."""
FILES: dict[str, str] = {
    "summary.html": "This page",
    "door.html": "Intake checks of each file, and their results",
    "findings.parquet": "Every line and rule that is flagged or undetermined, with its reason and authority",
    "situations.parquet": "Every distinct situation shipped in, with lines, value, first and last date",
    "determinations.parquet": "What the rulebook says of each situation, and from when until when",
    "matches.parquet": "Which AES filing each line was matched to, and by what; empty where no filings are loaded",
    "manifest.json": "What this run rests on: inputs by hash, rulebook hash, versions, counts",
}
MANIFEST = "manifest.json"
ROW_GROUP = 50_000


@dataclass(frozen=True)
class Run:
    """What a screening rests on and what it counted. `known_at` None means: as known when it ran."""

    run_id: str
    as_of: date
    known_at: datetime | None
    moment: datetime
    """The moment, in UTC, up to which records count."""
    rulebook_hash: str
    version: str
    first_rule_on: date
    """The first day on which a rule whose start is known is in force, or may be."""
    lines: int = 0
    lines_undetermined: int = 0
    lines_without_eccn: int = 0
    situations: int = 0
    eras: int = 0
    rates_sha256: str | None = None
    """Of the exchange rates known then, where there were any."""


def name_run(
    inputs: list[dict[str, Any]],
    rulebook_hash: str,
    version: str,
    as_of: date,
    known_at: datetime | None,
    decisions: Sequence[object] = (),
    rates_sha256: str | None = None,
) -> str:
    """Return a run's name: its as-of date and a hash of all that its outcome depends on."""
    rests_on: dict[str, object] = {
        "inputs": inputs,
        "rulebook": rulebook_hash,
        "version": version,
        "as_of": as_of,
        "known_at": known_at,
    }
    if decisions:
        rests_on["decisions"] = decisions
    if rates_sha256:
        rests_on["rates"] = rates_sha256
    text = json.dumps(rests_on, sort_keys=True, default=str)
    return f"{as_of}-{hashlib.sha256(text.encode()).hexdigest()[:10]}"


def read_inputs(connection: duckdb.DuckDBPyConnection, moment: datetime) -> list[dict[str, Any]]:
    """Return the extracts loaded until then, whatever order they came in: source, layout, sha256 and counts.

    After them the archives, into which lines of these extracts were moved.
    """
    names = ("source", "layout", "sha256", "rows_in", "loaded", "duplicates", "restated", "quarantined", "left_out")
    rows = connection.execute(
        "select source, layout, sha256, rows_in, loaded, duplicates, restated, quarantined, nullif(left_out, 0)"
        " from batches where known_from <= ? order by all",
        [moment],
    ).fetchall()
    gone = connection.execute("select name, lines, filings, until_on from archives order by name").fetchall()
    archives = [dict(zip(("archive", "lines", "filings", "until_on"), row, strict=True)) for row in gone]
    # of a file that left nothing out nothing is said, so that a run of before has the name that it had
    told = [{name: value for name, value in zip(names, row, strict=True) if value is not None} for row in rows]
    return told + archives


def read_decisions(
    connection: duckdb.DuckDBPyConnection, moment: datetime, before: int | None = None
) -> list[tuple[object, ...]]:
    """Return what people had decided about findings until then, in a fixed order.

    Of a run that is noted `before` is its entry of the journal: what was decided by then is told by the order of
    entries, whatever the clock said.
    """
    rows: list[tuple[object, ...]] = connection.execute(
        "select finding_id, rule_id, situation_id, status, reason, evidence, expires_on, decided_by from dispositions"
        " semi join (select entry from journal where kind = 'decision'"
        " and if($before::integer is null, done_at <= $moment, entry < $before)) using (entry) order by all",
        {"moment": moment, "before": before},
    ).fetchall()
    return rows


def count_findings(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, int]]:
    """Return the number of findings by rule id, then by outcome."""
    found: dict[str, dict[str, int]] = {}
    for rule_id, outcome, rows in connection.execute(
        "select rule_id, outcome, count(*) from findings group by all order by all"
    ).fetchall():
        found.setdefault(rule_id, {})[outcome] = rows
    return found


def read_kinds(folder: Path) -> dict[str, str]:
    """Return the kind of each rule with findings in the folder of a finished run: control, party, eei, check,
    reconcile."""
    with duckdb.connect() as connection:
        rows = connection.execute(
            "select distinct rule_id, rule_kind from read_parquet(?)", [str(folder / "findings.parquet")]
        ).fetchall()
    return dict(rows)


def count_matches(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return how many exports and filing lines there are, and how many lines were matched by each key."""
    return REPORTS.read(connection, "match_counts")[0]


def write_run(
    connection: duckdb.DuckDBPyConnection,
    reports: Path,
    run: Run,
    manifest: dict[str, Any],
    pages: Mapping[str, str],
    also: Callable[[Path], None] = lambda _: None,
    made: Path | None = None,
) -> Path:
    """Write the files of a run, `pages` by name, and return their folder; the folder appears whole or not at all.

    `also` is given the folder while it is being filled, to add what it likes; the manifest does not tell of that.
    With `made`, the folder for what is kept, files that would be those of an earlier run are copied: it is for
    screenings of the present that are kept.
    Workbooks and folders that were added to a former run of the same name are kept.
    Expects the temporary tables that `screen` leaves. The same content gives the same bytes; the manifest tells the
    sha256 of each other file.
    """
    folder = reports / run.run_id
    partial = begin_folder(folder)
    _write_table(connection, "findings", partial / "findings.parquet")
    key = key_of_run(connection, REPORTS) if made else ""
    is_copied = made is not None and copy_unchanged(made, key, reports, partial)
    written = [one for one in _WRITTEN if not (is_copied and one in _OF_LAW)]
    for step, table in written:
        _make_and_write(connection, step, table, partial)
    for _, table in written:
        connection.execute(f"drop table {table}")
    for name, page in pages.items():
        (partial / name).write_text(page, encoding="utf-8")
    files = {path.name: hash_file(path) for path in sorted(partial.iterdir())}
    text = json.dumps({**manifest, "files": files}, indent=2, default=str, ensure_ascii=False)
    (partial / MANIFEST).write_text(text + "\n", encoding="utf-8")
    also(partial)
    put_in_place(partial, folder, _is_kept)
    if made is not None:
        note_files(made, key, folder, [f"{step}.parquet" for step, _ in _OF_LAW])
    return folder


def _is_kept(path: Path) -> bool:
    """Whether a file or folder was made of the same run later on: a spreadsheet, or a report."""
    return path.suffix == ".xlsx" or (path.is_dir() and not path.name.startswith("."))


def hash_file(path: Path) -> str:
    """Return the sha256 of a file, as hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _make_and_write(connection: duckdb.DuckDBPyConnection, step: str, table: str, folder: Path) -> None:
    """Write the rows of a step by way of a table: the bytes of a file else tell whether a join had NULLs elsewhere."""
    REPORTS.make(connection, step, name=table)
    _write_table(connection, table, folder / f"{step}.parquet")


def _write_table(connection: duckdb.DuckDBPyConnection, name: str, path: Path) -> None:
    connection.table(name).write_parquet(str(path), compression="zstd", row_group_size=ROW_GROUP)
