"""The least that a work can cost: bare loads, reads, copies and groupings, in a process of their own.

    python -m tests.bench.measure.floors load FILE.csv
    python -m tests.bench.measure.floors screening HOME.duckdb FINDINGS.parquet
    python -m tests.bench.measure.floors join HOME.duckdb

Each prints the seconds of its parts as JSON, the start of Python not among them. A *bare read* is `max` of each column
that the facts are made from, without statistics, which would answer it unread.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import duckdb

from tests.support.large import LOOKED_AT
from tests.support.measure import timed
from transforms.store import open_store

GROUP = "usppi_id, consignee_name, destination, conveyance, export_on, schedule_b, origin_df"
READ = "select " + ", ".join(f"max({name})" for name in LOOKED_AT) + " from lines"


def load(csv: Path) -> dict[str, float]:
    """DuckDB's own load of the file, into a database file: typed, or as text where a faulty cell has no such type."""
    for options in ("", ", all_varchar = true"):
        with tempfile.TemporaryDirectory(dir=csv.parent) as folder:

            def work(path: str = f"{folder}/bare.duckdb", query: str = f"from read_csv(?{options})") -> None:
                with duckdb.connect(path) as connection:
                    connection.execute(f"create table lines as {query}", [str(csv)])

            try:
                return {"load": timed(work)}
            except duckdb.Error:
                if options:
                    raise
    raise AssertionError("never reached")


def screening(database: Path, findings: Path) -> dict[str, float]:
    """What a first screening cannot do without: the columns read, sums and uses of ITNs grouped, findings written."""
    with open_store(database, read_only=True) as connection, tempfile.TemporaryDirectory() as folder:
        connection.execute(f"create temp table findings as from '{findings}'")
        sums = f"create or replace temp table made as select {GROUP}, sum(value_usd) from lines group by all"
        itns = "create or replace temp table made as select itn, min(export_on), max(export_on) from lines group by itn"
        copy = f"copy findings to '{folder}/bare.parquet' (format parquet)"
        connection.execute("set disabled_optimizers = 'statistics_propagation'")
        spent = {"read": timed(lambda: connection.execute(READ).fetchall())}
        connection.execute("set disabled_optimizers = ''")
        works = {"copy": copy, "sums": sums, "itns": itns}
        return spent | {name: timed(lambda query=query: connection.execute(query)) for name, query in works.items()}


def join(database: Path) -> dict[str, float]:
    """Lines and AES filings joined by their ITN, and kept."""
    with open_store(database, read_only=True) as connection:
        query = "create temp table joined as select l.*, f.* from lines as l join filings as f on l.itn = f.itn"
        return {"join": timed(lambda: connection.execute(query))}


if __name__ == "__main__":
    which, *paths = sys.argv[1:]
    json.dump({"load": load, "screening": screening, "join": join}[which](*map(Path, paths)), sys.stdout)
