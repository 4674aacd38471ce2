"""The figures of the last job of a home for a monitor, as OpenMetrics: `state/metrics.prom`, written whole.

Each job that writes replaces the figures of its own command and leaves those of others: they are kept beside.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.config import read_config
from flows.settings import VERSION, Home, now
from transforms.errors import InputError

if TYPE_CHECKING:
    from flows.watch.job import Job

Labels = dict[str, str]
_EPOCH = datetime(1970, 1, 1)  # of `now`, which is UTC without a zone mark
ROWS = ("rows_in", "loaded", "duplicates", "restated", "quarantined", "left_out")
HELP = {
    "earshot_job_success": "Whether the last job of this command ended well (1) or failed (0).",
    "earshot_job_end_timestamp_seconds": "When the last job of this command ended.",
    "earshot_job_success_timestamp_seconds": "When a job of this command last ended well.",
    "earshot_job_seconds": "How long the last job of this command took.",
    "earshot_phase_seconds": "How long each phase of the last job of this command took.",
    "earshot_files_loaded": "Files that the last job of this command loaded.",
    "earshot_files_refused": "Files that it refused, by the class of the error.",
    "earshot_file_rows": "Rows of the files that it loaded, by what became of them.",
    "earshot_lines": "Lines that the last screening looked at.",
    "earshot_lines_undetermined": "Lines of which some rule is undetermined.",
    "earshot_situations": "Groups of lines with the same facts.",
    "earshot_findings": "Findings of the last screening by rule, outcome, severity and state.",
    "earshot_quarantined_rows_open": "Rows in quarantine, not yet corrected or dismissed.",
}
"""Each figure, and what it says."""


@dataclass(frozen=True)
class Sample:
    """One figure, by name and labels."""

    name: str
    labels: Labels
    value: float


def metrics_file(home: Home) -> Path:
    """Return where the figures of a home are written: where its configuration says, else within it."""
    said: Path | None = None
    with suppress(InputError):
        said = read_config(home.root).value("metrics.file")
    return said or home.state / "metrics.prom"


def write_metrics(job: Job) -> None:
    """Write the figures of a job that ended, beside those of the last jobs of other commands. Raises OSError."""
    kept = _kept(job.home)
    told = read_kept(job.home)
    screening = told.get("screening", [])
    before = told.get(job.command, [])
    samples = list(_of_job(job))
    if job.error is not None:  # when it last ended well stays known
        samples += [one for one in before if one.name == "earshot_job_success_timestamp_seconds"]
    told[job.command] = samples
    told["screening"] = list(_of_screening(job)) or screening
    _replace(kept, json.dumps({name: [vars(one) for one in group] for name, group in told.items()}, indent=1) + "\n")
    _replace(metrics_file(job.home), exposed([one for group in told.values() for one in group]))


def exposed(samples: list[Sample]) -> str:
    """Return figures as OpenMetrics."""
    from prometheus_client import CollectorRegistry, Gauge, Info
    from prometheus_client.openmetrics.exposition import generate_latest

    registry = CollectorRegistry()
    Info("earshot_version", "The version of Earshot that wrote this.", registry=registry).info({"version": VERSION})
    for name, said in HELP.items():
        same = [one for one in samples if one.name == name]
        if same:
            gauge = Gauge(name, said, sorted(same[0].labels), registry=registry)
            for one in same:
                (gauge.labels(**one.labels) if one.labels else gauge).set(one.value)
    return str(generate_latest(registry).decode())  # type: ignore[no-untyped-call]


def _of_job(job: Job) -> Iterator[Sample]:
    by: Labels = {"command": job.command}
    ended = (now() - _EPOCH).total_seconds()
    yield Sample("earshot_job_success", by, float(job.error is None))
    yield Sample("earshot_job_end_timestamp_seconds", by, ended)
    if job.error is None:
        yield Sample("earshot_job_success_timestamp_seconds", by, ended)
    yield Sample("earshot_job_seconds", by, job.course.root.seconds())
    seconds: dict[str, float] = {}
    for node, above in job.course.root.walk():
        if above:
            path = "/".join(one.phase.name for one in (*above[1:], node))
            seconds[path] = seconds.get(path, 0.0) + node.seconds()
    for path, spent in seconds.items():
        yield Sample("earshot_phase_seconds", {**by, "phase": path}, spent)
    yield Sample("earshot_files_loaded", by, len(job.loaded))
    for error, files in job.refused.items():
        yield Sample("earshot_files_refused", {**by, "error": error}, files)
    for key in ROWS if job.loaded else ():
        yield Sample("earshot_file_rows", {**by, "became": key}, sum(getattr(one, key) for one in job.loaded))


def _of_screening(job: Job) -> Iterator[Sample]:
    screened = job.screened
    if screened is None or not job.is_of_present:
        return
    yield Sample("earshot_lines", {}, screened.lines)
    yield Sample("earshot_lines_undetermined", {}, screened.lines_undetermined)
    yield Sample("earshot_situations", {}, screened.situations)
    yield Sample("earshot_quarantined_rows_open", {}, screened.quarantine["rows"] or 0)
    for rule, outcome, severity, state, findings in job.by_severity:
        by = {"rule": rule, "outcome": outcome, "severity": severity, "state": state}
        yield Sample("earshot_findings", by, findings)


def _kept(home: Home) -> Path:
    return home.state / "metrics.json"


def read_kept(home: Home) -> dict[str, list[Sample]]:
    """Return the figures of the last job of each command, by command; nothing where there are none to be read."""
    with suppress(OSError, ValueError, TypeError, AttributeError):
        read: dict[str, Any] = json.loads(_kept(home).read_text(encoding="utf-8"))
        return {str(name): [Sample(**one) for one in group] for name, group in read.items()}
    return {}


def _replace(path: Path, text: str) -> None:
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)
