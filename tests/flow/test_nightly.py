"""The nightly job, as a user runs it: the shipped sample in a fresh home, with no server and no connection."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pyarrow.parquet as pq

from flows.settings import SAMPLE
from tests.support.command import AS_OF, Golden, earshot
from tests.support.extracts import data_rows
from tests.support.hostile import NO_FILES, name_of
from transforms.store import open_store

CONSERVATION = ("rows_in", "loaded", "duplicates", "restated", "quarantined", "left_out")


def test_it_ends_well_and_standard_error_is_silent(golden: Golden) -> None:
    assert (golden.done.code, golden.done.err) == (0, "")


def test_standard_output_is_json_alone_with_the_keys_of_the_contract(golden: Golden) -> None:
    result = golden.done.json
    assert {"run_id", "lines", "lines_undetermined", "situations", "eras", "findings", "report"} <= result.keys()
    assert result["refused"] == {}
    assert all(outcomes.keys() <= {"flagged", "undetermined"} for outcomes in result["findings"].values())


def test_every_row_of_the_sample_is_accounted_for(golden: Golden) -> None:
    files = {one["file_name"]: one for one in golden.done.json["files"]}
    assert files.keys() == {path.name for path in SAMPLE.glob("*.csv")}
    for name, one in files.items():
        assert one["rows_in"] == len(data_rows((SAMPLE / name).read_bytes()))
        assert one["rows_in"] == sum(one[key] for key in CONSERVATION[1:])
    assert golden.done.json["conservation"] == {key: sum(one[key] for one in files.values()) for key in CONSERVATION}


def test_the_lines_screened_are_the_lines_the_home_holds(golden: Golden, tmp_path: Path) -> None:
    home = golden.copy(tmp_path / "home")
    with open_store(home / "earshot.duckdb", read_only=True) as connection:
        (held,) = connection.execute("select count(*) from lines where known_until is null").fetchone() or (None,)
        (aside,) = connection.execute("select count(*) from quarantine").fetchone() or (None,)
    assert (held, aside) == (golden.done.json["lines"], golden.done.json["conservation"]["quarantined"])


def test_the_inbox_is_empty_and_each_file_is_landed_as_it_came(golden: Golden) -> None:
    assert list((golden.home / "inbox").iterdir()) == []
    landed = sorted(path.read_bytes() for path in (golden.home / "landed").iterdir())
    assert landed == sorted(path.read_bytes() for path in SAMPLE.glob("*.csv"))


def test_the_report_is_complete_and_says_the_same_everywhere(golden: Golden) -> None:
    result = golden.done.json
    names = {path.name for path in golden.report.iterdir()}
    assert names >= {
        "findings.parquet",
        "situations.parquet",
        "determinations.parquet",
        "manifest.json",
        "summary.html",
    }
    assert golden.report.parent == golden.home / "reports"
    findings = pq.read_table(golden.report / "findings.parquet").to_pylist()
    counted: dict[str, dict[str, int]] = {}
    for one in findings:
        outcomes = counted.setdefault(one["rule_id"], {})
        outcomes[one["outcome"]] = outcomes.get(one["outcome"], 0) + 1
    assert counted == {rule: {k: v for k, v in outcomes.items() if v} for rule, outcomes in result["findings"].items()}
    assert len({one["finding_id"] for one in findings}) == len(findings) > 0
    manifest = json.loads((golden.report / "manifest.json").read_text())
    assert (manifest["run_id"], manifest["as_of"]) == (result["run_id"], AS_OF)
    assert manifest["counts"]["findings"] == result["findings"]
    assert manifest["counts"]["conservation"] == result["conservation"]


def test_what_prefect_keeps_is_kept_in_the_home_and_holds_the_finished_flow(golden: Golden) -> None:
    with sqlite3.connect(golden.home / "state" / "prefect" / "prefect.db") as connection:
        assert connection.execute("select state_type from flow_run").fetchall() == [("COMPLETED",)]


def test_a_file_that_is_refused_stays_in_the_inbox_and_the_others_and_the_screening_go_on(
    golden: Golden, tmp_path: Path
) -> None:
    home = golden.copy(tmp_path / "home")
    inbox = home / "inbox"
    (inbox / "broken.csv").write_text('shipment_id,line_number,export_on\nA,1,"2025-02-03\nB,1,2025-02-03\n')
    (inbox / "good.csv").write_text("shipment_id,line_number,export_on\nNEW-1,1,2025-02-03\n")
    (inbox / ".hidden.csv.partial").write_text("half a file")
    (inbox / "a folder.csv").mkdir()
    hostile = inbox / name_of(b"hostile-\xff\x1b[31m" + b"n" * 200 + b"\n.csv")
    hostile.write_text("shipment_id,line_number,export_on\nNEW-2,1,2025-02-03\n")
    for name, (make, _) in NO_FILES.items():
        make(inbox / name)
    done = earshot("nightly", "--home", home, "--as-of", AS_OF)
    assert done.code == 2
    assert "broken.csv: a quotation mark is not closed" in done.err
    for name, (_, why) in NO_FILES.items():
        assert f"{name}: {why}" in done.err
    assert f"{1 + len(NO_FILES)} files rejected and left in the inbox" in done.err
    assert "good.csv" in done.out
    assert "hostile-{FF}{U+001B}[31mnnn" in done.out
    assert "\x1b" not in done.out + done.err
    assert f"{golden.done.json['lines'] + 2:,} lines" in done.out
    left = {path.name for path in inbox.iterdir()}
    assert left == {"broken.csv", ".hidden.csv.partial", "a folder.csv", *NO_FILES}
    with sqlite3.connect(home / "state" / "prefect" / "prefect.db") as connection:
        assert connection.execute("select distinct state_type from flow_run").fetchall() == [("COMPLETED",)]
