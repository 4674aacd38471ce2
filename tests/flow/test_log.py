"""Each job leaves its log and its figures in the home, without a name of a party, and no job fails for them."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from typer.testing import CliRunner

from flows.main import app
from flows.watch.log import LINES, MOST_BYTES, TEXT
from tests.support.command import AS_OF, Golden
from tests.support.desk import Desk
from tests.support.extracts import extract, row

EVENTS = ("job-begun", "phase-ended", "file-loaded", "screened", "job-ended")
SECRET = "Zanzibar Optics"


def typed(*words: str | Path) -> int:
    """Return the exit code of the command in this process; what `run` would tell of an error is 1."""
    return CliRunner().invoke(app, [str(word) for word in words]).exit_code


def lines_of(home: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (home / "logs" / LINES).read_text(encoding="utf-8").splitlines()]


def figures_of(home: Path) -> dict[tuple[str, ...], float]:
    """Return the figures of a home, by name and the values of their labels."""
    text = (home / "state" / "metrics.prom").read_text(encoding="utf-8")
    families = text_string_to_metric_families(text)
    samples = [one for each in families for one in each.samples]
    return {(one.name, *(value for _, value in sorted(one.labels.items()))): one.value for one in samples}


def test_a_night_is_logged_as_text_and_as_json_lines_with_its_run(golden: Golden) -> None:
    told = [one for one in lines_of(golden.home) if one["command"] == "earshot nightly"]
    assert set(EVENTS) == {one["event"] for one in told}
    assert len({one["job"] for one in told}) == 1
    assert told[-1]["run_id"] == golden.done.json["run_id"]
    loaded = [one for one in told if one["event"] == "file-loaded"]
    assert sum(one["rows_in"] for one in loaded) == sum(one["rows_in"] for one in golden.done.json["files"])
    text = (golden.home / "logs" / TEXT).read_text(encoding="utf-8").splitlines()
    assert len(text) == len(lines_of(golden.home))
    assert all(re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (INFO|WARNING) [a-z-]+ job=", line) for line in text)


def test_a_log_names_no_party_and_no_shipment_also_where_a_job_fails(desk: Desk, golden: Golden) -> None:
    shutil.copytree(golden.home / "state" / "made", desk.home.made)  # the lists, made ready once
    home, names = desk.home.root, ("consignee_name", "end_user_name", "intermediate_consignee_name")
    good = desk.put(extract(row(f"{SECRET} 1", **dict.fromkeys(names, SECRET))), f"{SECRET}.csv")
    bad = desk.put(f"shipment_id,{SECRET}\n1,2\n", f"{SECRET} bad.csv")
    assert typed("ingest", good, bad, "--home", home) == 2
    assert typed("ingest", bad, "--home", home) == 1  # of one file the error is raised
    assert typed("screen", "--as-of", AS_OF, "--home", home) == 0
    assert typed("lookup", "--party", SECRET, "--country", "PK", "--on", "2025-01-15", "--home", home) == 0
    told = lines_of(home)
    assert [one["error"] for one in told if one["event"] in ("file-refused", "job-failed")] == ["InputError"] * 3
    written = [path.read_text(encoding="utf-8") for path in (home / "logs").iterdir()]
    written += [path.read_text(encoding="utf-8") for path in (home / "state").glob("*.*") if path.is_file()]
    assert len(written) >= 4  # a job of more than two seconds keeps its phases, too
    assert [text for text in written if SECRET.lower() in text.lower() or "zanzibar" in text.lower()] == []


def test_figures_of_the_last_job_are_openmetrics_that_a_monitor_reads(golden: Golden) -> None:
    figures, told, told_by = figures_of(golden.home), golden.done.json, "earshot nightly"
    assert figures["earshot_job_success", "earshot nightly"] == 1
    whole, files = figures["earshot_job_seconds", told_by], figures["earshot_phase_seconds", told_by, "files"]
    assert whole > files > 0
    assert figures["earshot_lines",] == told["lines"]
    assert figures["earshot_situations",] == told["situations"]
    assert figures["earshot_quarantined_rows_open",] == told["quarantine"]["rows"]
    assert figures["earshot_files_loaded", "earshot nightly"] == len(told["files"])
    by_rule: dict[str, dict[str, int]] = {}
    for (name, *labels), value in figures.items():
        if name == "earshot_findings":
            outcome, rule, _, _ = labels
            counts = by_rule.setdefault(rule, {})
            counts[outcome] = counts.get(outcome, 0) + int(value)
    assert by_rule == told["findings"]


def test_a_job_that_fails_is_a_failure_in_the_figures_and_the_last_success_stays(desk: Desk) -> None:
    home = desk.home.root
    assert typed("ingest", desk.put(extract(row("A"))), "--home", home) == 0
    before = figures_of(home)
    assert typed("ingest", desk.put("nothing\n", "bad.csv"), "--home", home) == 1
    after = figures_of(home)
    when = ("earshot_job_success_timestamp_seconds", "earshot ingest")
    assert (before["earshot_job_success", "earshot ingest"], after["earshot_job_success", "earshot ingest"]) == (1, 0)
    assert before[when] == after[when] < after["earshot_job_end_timestamp_seconds", "earshot ingest"]
    assert after["earshot_files_refused", "earshot ingest", "InputError"] == 1


def test_a_log_that_has_grown_is_rotated_when_the_next_job_begins(desk: Desk) -> None:
    logs = desk.home.root / "logs"
    logs.mkdir(mode=0o700)
    for name in (TEXT, LINES):
        (logs / name).write_text("x" * MOST_BYTES)
    assert typed("ingest", desk.put(extract(row("A"))), "--home", desk.home.root) == 0
    assert {path.name: path.stat().st_size > MOST_BYTES / 2 for path in logs.iterdir()} == {
        TEXT: False, f"{TEXT}.1": True, LINES: False, f"{LINES}.1": True,
    }  # fmt: skip
    assert next(one["event"] for one in lines_of(desk.home.root)) == "job-begun"


@pytest.mark.parametrize("name", ["logs", "state/metrics.prom", "state/metrics.json", "state/phases.json"])
def test_what_stands_in_the_place_of_a_log_or_of_figures_keeps_no_job_from_being_done(desk: Desk, name: str) -> None:
    place = desk.home.root / name
    if name == "logs":
        place.write_text("a file")
    else:
        (place / "folder").mkdir(parents=True)
    assert typed("ingest", desk.put(extract(row("A"))), "--home", desk.home.root) == 0
