"""A part of the synthetic year, loaded and screened: what a screening costs, in statements and rows read, and that
peers find the same. `make bench` measures the time of it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path

import duckdb
import pytest

from data.sample.generate import write_csv
from data.sample.year import generate_year
from flows.jobs.screen import screen_home
from flows.settings import Home
from tests.bench.peers import in_duckdb, in_pandas, law
from tests.bench.peers.compare import ours
from tests.support.large import RUN, home_of
from tests.support.shipped import shipped_rulebook
from transforms.rulebook.compile import compile_law
from transforms.rulebook.law import Law
from transforms.rulebook.listed import NO_LISTS
from transforms.screening.screen import screen
from transforms.store import open_store

LINES = 10_000
STATEMENTS, PASSES = 160, 42
"""The most statements that a first screening may make on its home, and the most rows that they may read for each line:
half as much again as on 2026-12-01, so that neither turns on the version of DuckDB."""
STATEMENTS_KEPT, PASSES_KEPT = 90, 9
"""The same of a screening on what the last one kept."""


@pytest.fixture(scope="module")
def csv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("year") / "year.csv"
    write_csv(generate_year(LINES), path)
    return path


@pytest.fixture(scope="module")
def filled(csv: Path) -> Home:
    return home_of(csv.parent, csv)


@cache
def law_without_lists() -> Law:
    """Return the shipped law without the lists of parties, of which a first screening reads as much for one line."""
    return compile_law(replace(shipped_rulebook(), party_rules=(), listed=NO_LISTS))


def counted(home: Home) -> tuple[int, float]:
    """How many statements a screening makes on the home's database, and how many rows they read for each line."""
    with open_store(home.database) as connection:
        connection.execute("call enable_logging(['QueryLog', 'Metrics'])")
        connection.execute("set profiling_coverage = 'all'")
        connection.execute("set enable_profiling = 'no_output'")
        screen(connection, law_without_lists(), RUN, keep=True)
        connection.execute("call disable_logging()")
        query = """
            select
                count(*) filter (type = 'QueryLog'),
                sum(try_cast(regexp_extract(message, '^.{11}query.total_rows_scanned, .value.: ([0-9]+)', 1) as bigint))
            from duckdb_logs
        """
        ((statements, rows),) = connection.execute(query).fetchall()
        return statements, rows / LINES


def test_a_screening_takes_no_more_statements_and_reads_no_line_more_often_than_it_did(filled: Home) -> None:
    statements, passes = counted(filled)
    print(f"first: {statements} statements, {passes:.1f} rows read for each line")
    assert 0 < statements <= STATEMENTS
    assert 1 <= passes <= PASSES
    kept, again = counted(filled)
    print(f"kept: {kept} statements, {again:.1f} rows read for each line")
    assert 0 < kept <= STATEMENTS_KEPT
    assert again <= PASSES_KEPT
    assert again < passes


def test_one_line_in_a_hundred_is_worth_a_finding_and_peers_find_what_earshot_finds(csv: Path, filled: Home) -> None:
    screened = screen_home(filled, date(2025, 7, 1), datetime(2026, 11, 21))
    found = filled.reports / screened.run_id / "findings.parquet"
    theirs = {"pandas": in_pandas, "duckdb": in_duckdb}
    with duckdb.connect() as connection:
        ((lines,),) = connection.execute(
            f"select count(distinct (shipment_id, line_number)) from '{found}'"
        ).fetchall()
        assert 0.005 <= lines / LINES <= 0.02
        expected = sorted(connection.execute(ours(found)).fetchall())
        assert {rule for _, _, rule, _ in expected} >= {"cuba", "pakistan-rs", law.LOW_VALUE}
        for name, peer in theirs.items():
            peer.load(str(csv), str(csv.parent / f"{name}.store"))
            peer.screen(str(csv.parent / f"{name}.store"), str(csv.parent / f"{name}.parquet"))
            assert sorted(connection.execute(f"from '{csv.parent / name}.parquet'").fetchall()) == expected
