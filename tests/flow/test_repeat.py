"""The same extracts, rulebook and day give the same bytes, whoever screens them and however often."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.settings import SAMPLE
from tests.support.command import AS_OF, Golden, earshot

PARQUET = ("findings.parquet", "situations.parquet", "determinations.parquet")


def test_a_second_screening_of_the_same_home_writes_the_same_bytes(golden: Golden, tmp_path: Path) -> None:
    home = golden.copy(tmp_path / "home")
    names = (*PARQUET, "manifest.json", "summary.html")
    before = {name: (golden.report / name).read_bytes() for name in names}
    done = earshot("screen", "--home", home, "--as-of", AS_OF, "--json")
    assert (done.code, done.err, done.json["run_id"]) == (0, "", golden.done.json["run_id"])
    after = {name: (Path(done.json["report"]) / name).read_bytes() for name in names}
    assert [name for name in names if after[name] != before[name]] == []


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the report of another home, into which plain commands put the same extracts."""
    home = tmp_path_factory.mktemp("other") / "home"
    earshot("init", "--home", home)
    history = SAMPLE / "history.csv"
    files = [history, *sorted(path for path in SAMPLE.glob("*.csv") if path != history)]
    assert earshot("ingest", *files, "--home", home).code == 0
    return Path(earshot("screen", "--home", home, "--as-of", AS_OF, "--json").json["report"])


@pytest.mark.parametrize("name", PARQUET)
def test_another_home_with_the_same_extracts_gets_the_same_bytes(golden: Golden, other: Path, name: str) -> None:
    assert (other / name).read_bytes() == (golden.report / name).read_bytes()


def test_extracts_that_were_taken_before_change_nothing(golden: Golden, tmp_path: Path) -> None:
    home = golden.copy(tmp_path / "home")
    again = earshot("ingest", *sorted(SAMPLE.glob("*.csv")), "--home", home, "--json").json
    assert again["rows_in"] == again["duplicates"] == golden.done.json["conservation"]["rows_in"]
    done = earshot("screen", "--home", home, "--as-of", AS_OF, "--json").json
    assert done["run_id"] == golden.done.json["run_id"]
    assert (Path(done["report"]) / PARQUET[0]).read_bytes() == (golden.report / PARQUET[0]).read_bytes()
