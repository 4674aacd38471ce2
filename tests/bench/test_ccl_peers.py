"""The Commerce Control List in Earshot beside polars, written for the same tables: the same lines, equal findings."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import duckdb
import pytest

from data.sample.generate import write_csv
from tests.bench.measure.child import run
from tests.bench.peers.ccl_law import list_alone, listed_lines, write_tables
from tests.support.large import home_of
from tests.support.measure import report, take_turns, told

LINES = int(os.environ.get("EARSHOT_BENCH_LINES", "4000000"))
AT_MOST, RATIO = 600, 1.0


def test_the_list_takes_no_longer_than_in_polars(folder: Path) -> None:
    pytest.importorskip("polars", reason="polars is not installed: `make bench` installs requirements-bench.lock")
    csv, store, law = folder / "listed.csv", folder / "listed.store", folder / "rules"
    write_csv(listed_lines(LINES), csv)
    database = home_of(folder / "listed", csv).database
    run(["-m", "tests.bench.peers.in_polars", "load", str(csv), str(store)], AT_MOST, sys.executable)
    write_tables(folder / "tables")
    list_alone(law)
    ours, theirs = folder / "earshot.parquet", folder / "polars.parquet"
    words = {
        "polars": ["in_polars", "screen", store, folder / "tables", theirs],
        "Earshot": ["in_earshot", "screen", database, law, ours],
    }

    walls: dict[str, list[float]] = {name: [] for name in words}

    def seconds(name: str) -> float:
        module, *rest = words[name]
        took = run(["-m", f"tests.bench.peers.ccl_{module}", *map(str, rest)], AT_MOST, sys.executable)
        walls[name].append(took.seconds)
        return took.cpu

    spent = take_turns({name: lambda name=name: seconds(name) for name in words}, times=3)
    assert _differing(csv, ours, theirs) == []
    print("".join(f"\n    {told(f'{name}, wall', values[1:])}" for name, values in walls.items()))
    ratios = [mine / other for mine, other in zip(spent["Earshot"], spent["polars"], strict=True)]
    title = f"screen {LINES:,} lines by the list / in polars, processor time of whole processes"
    assert report(title, ratios, RATIO, spent) <= RATIO


def _differing(csv: Path, ours: Path, theirs: Path) -> list[tuple[object, ...]]:
    """What one finds and the other does not, of lines that claim no license exception."""
    with duckdb.connect() as connection:
        connection.execute(
            "create view asked as select shipment_id, line_number::int as line_number"
            f" from read_csv('{csv}', all_varchar = true) where license_code in ('C30', 'C33') or license_code is null"
        )
        mine = f"from '{ours}' semi join asked using (shipment_id, line_number)"
        assert connection.sql(f"select count(*) from ({mine})").fetchall() > [(LINES / 200,)]
        return connection.execute(
            f"(({mine}) except (from '{theirs}')) union all ((from '{theirs}') except ({mine})) limit 5"
        ).fetchall()
