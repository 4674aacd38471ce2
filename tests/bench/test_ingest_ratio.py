"""Loading an extract with everything that ingest does costs little more than DuckDB's bare load of the same file."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import duckdb
import pytest

from flows.jobs.ingest import ingest_file
from flows.settings import Home
from tests.support.large import KNOWN_FROM
from tests.support.measure import report, take_turns, timed

RATIO = 2.5


@pytest.fixture(scope="module", autouse=True)
def _heavy_imports():
    start = time.perf_counter()
    import great_expectations.expectations  # noqa: F401
    import pandas  # noqa: F401

    print(f"\nimport of Great Expectations and pandas: {time.perf_counter() - start:.2f} s (in no ratio)")


def test_ingest_ratio(large_csv, folder):
    """Every row can be read: the file is read once."""
    ratios, spent = _measure(large_csv, folder)
    assert report("ingest / bare load", ratios, RATIO, spent) <= RATIO


def test_ingest_of_a_dirty_extract(dirty_csv, folder):
    """Two rows in a thousand have a fault. Shown, not held: rows in quarantine cost a second reading of the file."""
    ratios, spent = _measure(dirty_csv, folder, times=3)
    report("ingest of a dirty extract / bare load", ratios, None, spent)


def _measure(csv: Path, folder: Path, times: int = 5):
    def ours() -> float:
        home = Home(folder / "fresh")
        home.create()
        seconds = timed(lambda: ingest_file(home, csv, known_from=KNOWN_FROM))
        shutil.rmtree(home.root)
        return seconds

    def bare() -> float:
        path = folder / "bare.duckdb"
        seconds = timed(lambda: _load_bare(path, csv))
        path.unlink()
        return seconds

    spent = take_turns({"ingest": ours, "bare load": bare}, times)
    return [one / other for one, other in zip(*spent.values(), strict=True)], spent


def _load_bare(path: Path, csv: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table lines as select * from read_csv(?)", [str(csv)])
