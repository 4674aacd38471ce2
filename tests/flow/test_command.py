"""The command: its answers to a person and to a program, its exit codes, and how soon it answers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.command import EARSHOT, Golden, earshot
from tests.support.desk import Desk
from tests.support.extracts import extract, row
from tests.support.hostile import name_of
from transforms.store import open_store

COMMANDS = [
    ["init"], ["ingest"], ["screen"], ["nightly"], ["dispose"], ["verify"], ["diff"], ["rules", "list"],
    ["rules", "check"],
]  # fmt: skip


def test_help_loads_no_heavy_library() -> None:
    """How fast it answers is measured by `make bench`; here, that nothing slow is loaded for it."""
    heavy = ("duckdb", "pandas", "pyarrow", "prefect", "great_expectations", "vl_convert", "altair")
    code = f"import sys, flows.main; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_each_command_has_help_with_an_example(words: list[str]) -> None:
    done = earshot(*words, "--help")
    assert (done.code, done.err) == (0, "")
    assert f"Example: earshot {' '.join(words)}" in done.out
    assert "--json" in done.out


def test_ingest_prints_json_alone_with_totals_over_its_files(desk: Desk) -> None:
    one, two = desk.put(extract(row("A"), row("B")), "one.csv"), desk.put(extract(row("B"), row("C"), "?"), "two.csv")
    done = earshot("ingest", one, two, "--home", desk.home.root, "--json")
    assert (done.code, done.err) == (0, "")
    assert [file["file_name"] for file in done.json["files"]] == ["one.csv", "two.csv"]
    totals = {key: value for key, value in done.json.items() if key != "files"}
    assert totals == {"rows_in": 5, "loaded": 3, "duplicates": 1, "restated": 0, "quarantined": 1, "left_out": 0}


def test_ingest_tells_a_person_what_became_of_the_rows(desk: Desk) -> None:
    path = desk.put(extract(row("A"), row("B", destination="Freedonia")), "odd [name].csv")
    done = earshot("ingest", path, "--home", desk.home.root)
    assert "odd [name].csv (layout line, source line)" in done.out
    assert "Rows in 2 = 1 loaded + 0 duplicates + 0 restated + 1 quarantined" in done.out
    assert "Quarantined, 1 row: destination: not a known country" in done.out
    assert "Already loaded, byte for byte" in earshot("ingest", path, "--home", desk.home.root).out


BAD_USAGE = {
    "no such file": ["ingest", "nowhere.csv"],
    "no such layout": ["ingest", "{file}", "--layout", "lines"],
    "a day that is none": ["screen", "--as-of", "2026-02-30"],
    "a moment that is none": ["ingest", "{file}", "--known-at", "yesterday"],
    "no such option": ["screen", "--asof", "2026-11-20"],
    "no file at all": ["ingest"],
}


@pytest.mark.parametrize("words", BAD_USAGE.values(), ids=BAD_USAGE.keys())
def test_bad_input_is_exit_code_2_with_a_message_and_nothing_on_standard_output(desk: Desk, words: list[str]) -> None:
    path = desk.put(extract(row("A")))
    done = earshot(*(word.format(file=path) for word in words), "--home", desk.home.root)
    assert (done.code, done.out) == (2, "")
    assert done.err.strip()
    assert "Traceback" not in done.err


def test_a_bad_file_among_several_is_named_and_the_others_are_loaded(desk: Desk) -> None:
    bad, good = desk.put("", name_of(b"bad\xff\x1b[31m.csv")), desk.put(extract(row("A")), "good.csv")
    done = earshot("ingest", bad, good, "--home", desk.home.root, "--json")
    assert done.code == 2
    why = (
        "bad{FF}{U+001B}[31m.csv: the file is empty, or its first rows are blank. One of the first rows must hold the"
        " headings."
    )
    assert ([one["file_name"] for one in done.json["files"]], done.json["loaded"]) == (["good.csv"], 1)
    assert done.json["refused"] == {"bad{FF}{U+001B}[31m.csv": why}
    assert done.err.splitlines() == [why, "1 file not loaded."]


def test_a_home_that_another_process_holds_is_exit_code_1_and_says_who_holds_it(desk: Desk) -> None:
    path = desk.put(extract(row("A")))
    with open_store(desk.home.database):
        done = earshot("ingest", path, "--home", desk.home.root)
    assert done.code == 1
    assert f"process {os.getpid()} is writing to this home" in done.err
    assert earshot("ingest", path, "--home", desk.home.root).code == 0


def test_a_home_that_cannot_be_written_to_is_exit_code_1_without_a_traceback(desk: Desk) -> None:
    (desk.home.root / "landed").rmdir()
    (desk.home.root / "landed").write_text("in the way")
    done = earshot("ingest", desk.put(extract(row("A"))), "--home", desk.home.root)
    assert (done.code, "Traceback" in done.err) == (1, False)
    assert "landed" in done.err
    assert desk.rows("select count(*) from lines") == [(0,)]


def test_rule_ids_are_whole_in_a_narrow_window(golden: Golden) -> None:
    ids = [rule["id"] for rule in earshot("rules", "list", "--home", golden.home, "--json").json["rules"]]
    listed = subprocess.run(
        [EARSHOT, "rules", "list"], env=os.environ | {"COLUMNS": "60"}, capture_output=True, text=True, check=True
    )
    assert [one for one in ids if one not in listed.stdout] == []


SAMPLE_FILES = ("history.csv", "daily-2026-11-20.csv", "filings-2026.csv", "items.csv")


def test_init_twice_keeps_what_is_there(tmp_path: Path) -> None:
    for _ in range(2):
        done = earshot("init", "--home", tmp_path / "home", "--sample", "--json")
        assert (done.code, done.json["sample"]) == (0, list(SAMPLE_FILES))
    assert sorted(path.name for path in (tmp_path / "home" / "inbox").iterdir()) == sorted(done.json["sample"])
