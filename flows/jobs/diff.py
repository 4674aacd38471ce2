"""Compare two runs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.jobs.runs import find_run, noted_runs
from flows.opening import opened
from flows.settings import Home
from transforms.errors import InputError
from transforms.ledger.diff import CHANGES, Side, compare_runs, count_causes, write_diff
from transforms.ledger.journal import Entry


@dataclass(frozen=True)
class Diff:
    """What two runs say otherwise: one mapping per finding, and counts by rule and cause."""

    before: str
    after: str
    is_noted: bool
    """Whether both are noted in the journal, so that its events tell the causes."""
    is_reversed: bool
    """Whether the second run was noted before the first."""
    by_rule: list[dict[str, Any]]
    findings: list[dict[str, Any]]

    def counts(self) -> dict[str, int]:
        """Return how many findings are gained, lost and changed."""
        return {change: sum(one[change] for one in self.by_rule) for change in CHANGES}

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        head = {"before": self.before, "after": self.after, "is_noted": self.is_noted, "is_reversed": self.is_reversed}
        return {**head, **self.counts(), "by_rule": self.by_rule, "findings": self.findings}


def diff_runs(home: Home, before: str, after: str, csv: Path | None = None) -> Diff:
    """Return what the run `after` says otherwise than the run `before`, and write all of it to a CSV file if wanted."""
    home.require()
    if not home.database.is_file():
        raise InputError(f"{home.root}: no data is loaded. Load an extract first: earshot ingest FILE")
    if csv is not None and not csv.resolve().parent.is_dir():
        raise InputError(f"{csv}: the folder {csv.resolve().parent} does not exist. Create it or name another file.")
    with opened(home, "earshot diff", read_only=True) as connection:
        noted = noted_runs(connection)
        sides = [_side(find_run(home, noted, word), noted) for word in (before, after)]
        rows = compare_runs(connection, *sides)
    if csv is not None:
        write_diff(rows, csv)
    entries = [side.entry for side in sides]
    is_noted = None not in entries
    return Diff(
        before=sides[0].folder.name,
        after=sides[1].folder.name,
        is_noted=is_noted,
        is_reversed=is_noted and (entries[0] or 0) > (entries[1] or 0),
        by_rule=count_causes(rows),
        findings=rows,
    )


def _side(folder: Path, noted: dict[str, Entry]) -> Side:
    from transforms.reports.proof import read_manifest

    manifest = read_manifest(folder)
    entry = noted.get(manifest["run_id"])
    return Side(folder, (manifest["rulebook_hash"], manifest["versions"]["earshot"]), entry.entry if entry else None)
