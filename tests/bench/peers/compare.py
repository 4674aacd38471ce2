"""Earshot beside peers on the same lines: whole processes, start-up included, taking turns; equal findings or none."""

from __future__ import annotations

import argparse
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import duckdb

from data.sample.generate import write_csv
from data.sample.year import generate_year
from flows.settings import RULES
from tests.bench.measure.child import Failed, Spent, earshot, run
from tests.bench.measure.homes import FIRST_DAY, NEVER, NEXT_DAY
from tests.bench.measure.results import Results, spread
from tests.bench.measure.size import Clock
from tests.bench.peers import law

PEERS = {
    "DuckDB, one query per rule": ("in_duckdb", "duckdb"), "polars": ("in_polars", "polars"),
    "pandas": ("in_pandas", "pandas"), "Great Expectations": ("in_great_expectations", "great_expectations"),
}  # fmt: skip
ROW_ENGINES = {
    "rule-engine": ("in_rule_engine", "rule_engine"), "business-rules": ("in_business_rules", "business_rules"),
}  # fmt: skip
LOADED_BY = {"in_great_expectations": "in_pandas"}
INSTALLED = """
from importlib.metadata import version
for name in ("duckdb", "polars", "pandas", "great-expectations", "rule-engine", "business-rules"):
    try:
        print(name, version(name))
    except ModuleNotFoundError:
        pass
"""
ROWS_AT_MOST = 10_000
EARSHOT, ALONE, AGAIN = "Earshot", "Earshot, these rules alone", "Earshot, the next night"
Turn = Callable[[], tuple[Spent | None, Spent]]


@dataclass
class Tried:
    """The turns of one peer at one size."""

    load: list[float] = field(default_factory=list)
    screen: list[float] = field(default_factory=list)
    peak_mib: float = 0.0
    estimated: bool = False

    def add(self, load: Spent | None, screen: Spent) -> None:
        self.load += [load.seconds] if load else []
        self.screen.append(screen.seconds)
        self.peak_mib = max(self.peak_mib, screen.peak_mib, load.peak_mib if load else 0)


def compare_peers(folder: Path, sizes: list[int], given: argparse.Namespace, results: Results) -> None:
    """Measure all that are installed at each size, and put tables, notes and bars into the results."""
    python = str(given.peer_python)
    told = subprocess.run([python, "-c", INSTALLED], capture_output=True, text=True, check=True).stdout
    results.versions = dict(line.split() for line in told.splitlines())
    by_size: dict[int, dict[str, Tried]] = {}
    clock = Clock(given.peer_minutes)
    for lines in sizes:
        print(f"peers, {lines:,} lines", flush=True)
        root = folder / f"peers-{lines}"
        by_size[lines] = _one_size(root, lines, python, given.turns, clock, results)
        shutil.rmtree(root)
    names = list(dict.fromkeys(name for tried in by_size.values() for name in tried))
    heads = ["whole process, s"]
    for lines in sizes:
        heads += [f"{lines:,} lines: load", "screen", "peak MiB"]
    rows = [[name, *(cell for lines in sizes for cell in _cells(by_size[lines].get(name)))] for name in names]
    results.peers = [heads, *rows]
    largest = by_size[max(sizes)]
    results.bars = [(name, median(one.screen), one.estimated) for name, one in largest.items()
                    if one.screen and name != AGAIN]  # fmt: skip
    results.bars_lines = max(sizes)


def _cells(tried: Tried | None) -> list[str]:
    if tried is None or not tried.screen:
        return ["", "not measured", ""]
    screened = ("extrapolated: " if tried.estimated else "") + spread(tried.screen)
    return [spread(tried.load) if tried.load else "", screened, "" if tried.estimated else f"{tried.peak_mib:.0f}"]


def _one_size(root: Path, lines: int, python: str, turns: int, clock: Clock, results: Results) -> dict[str, Tried]:
    root.mkdir(parents=True)
    csv = root / "year.csv"
    write_csv(generate_year(lines), csv)
    works: dict[str, Turn] = {}
    for name, (module, library) in PEERS.items():
        if _is_there(python, library, name, results):
            works[name] = lambda module=module: _peer_turn(root, csv, python, module, clock)
    works[ALONE] = lambda: _earshot_turn(root / "alone", csv, clock, alone=True)
    works[EARSHOT] = lambda: _earshot_turn(root / "home", csv, clock, alone=False)
    tried = {name: Tried() for name in works}
    for turn in range(turns):
        for name, work in works.items():
            if clock.left <= 0:
                _note(results, f"{lines:,} lines, turn {turn + 1}: {name} left out, {clock.minutes:g} minutes spent")
                continue
            try:
                tried[name].add(*work())
            except Failed as error:
                _note(results, f"{lines:,} lines: {error}")
                continue
            loaded = f"load {tried[name].load[-1]:.2f} s, " if tried[name].load else ""
            print(f"  {name}: {loaded}screen {tried[name].screen[-1]:.2f} s", flush=True)
    again = Tried()
    if tried[EARSHOT].screen and clock.left > 0:
        again.add(None, earshot(["screen", "--as-of", str(NEXT_DAY)], root / "home", clock.at_most))
    for name, (module, library) in ROW_ENGINES.items():
        if _is_there(python, library, name, results):
            try:
                tried[name] = _row_engine(root, lines, csv, python, module, clock)
            except Failed as error:
                _note(results, f"{lines:,} lines: {error}")
                continue
            print(f"  {name}: {spread(tried[name].screen)} s{', extrapolated' * tried[name].estimated}", flush=True)
    _check_equal(root, lines, results)
    return {**tried, AGAIN: again}


def _peer_turn(root: Path, csv: Path, python: str, module: str, clock: Clock) -> tuple[Spent, Spent]:
    store, words = root / f"{module}.store", ["-m", f"tests.bench.peers.{module}"]
    store.unlink(missing_ok=True)
    loader = f"tests.bench.peers.{LOADED_BY.get(module, module)}"
    load = run(["-m", loader, "load", str(csv), str(store)], clock.at_most, python)
    screen = run([*words, "screen", str(store), str(root / f"{module}.parquet")], clock.at_most, python)
    return load, screen


def _earshot_turn(home: Path, csv: Path, clock: Clock, *, alone: bool) -> tuple[Spent, Spent]:
    shutil.rmtree(home, ignore_errors=True)
    earshot(["init"], home, NEVER)
    if alone:
        _these_rules(home / "rules")
    load = earshot(["ingest", str(csv)], home, clock.at_most)
    return load, earshot(["screen", "--as-of", str(FIRST_DAY)], home, clock.at_most)


def _these_rules(rules: Path) -> None:
    """The rulebook without checks and comparisons: license rules and the filing of EEI, whose tables are all there."""
    shutil.copytree(RULES, rules)
    for name in ("checks", "reconcile"):
        for folder in (rules / name).iterdir():
            shutil.rmtree(folder)


def _row_engine(root: Path, lines: int, csv: Path, python: str, module: str, clock: Clock) -> Tried:
    """As measured, or from two small sizes on: seconds a line, and what the process costs beside."""
    sizes = [lines] if lines <= ROWS_AT_MOST else [ROWS_AT_MOST // 10, ROWS_AT_MOST]
    spent = []
    for size in sizes:
        path = csv if size == lines else root / f"rows-{size}.csv"
        if not path.exists():
            with csv.open(encoding="utf-8") as source, path.open("w", encoding="utf-8") as target:
                target.writelines(line for _, line in zip(range(size + 1), source, strict=False))
        words = ["-m", f"tests.bench.peers.{module}", "screen", str(path), str(root / f"{module}-{size}.parquet")]
        spent.append(run(words, clock.at_most, python))
    if len(sizes) == 1:
        shutil.copy(root / f"{module}-{lines}.parquet", root / f"{module}.parquet")
        return Tried([], [spent[0].seconds], spent[0].peak_mib)
    each = (spent[1].seconds - spent[0].seconds) / (sizes[1] - sizes[0])
    return Tried([], [spent[1].seconds + each * (lines - sizes[1])], spent[1].peak_mib, estimated=True)


def _check_equal(root: Path, lines: int, results: Results) -> None:
    """Each peer finds what Earshot finds under these rules, line by line, and so does Earshot with these rules alone.

    Of filing these are the lines without an exemption legend but that of low value, whose shipment is over the limit.
    """
    theirs = {name: root / f"{module}.parquet" for name, (module, _) in (PEERS | ROW_ENGINES).items()}
    with duckdb.connect() as connection:
        homes = ((EARSHOT, _findings(root / "home")), (ALONE, _findings(root / "alone")))
        mine = {name: ours(path) for name, path in homes if path}
        if EARSHOT not in mine:
            _note(results, f"{lines:,} lines: Earshot was not measured, so nothing is compared")
            return
        paths = {name: f"from '{path}'" for name, path in theirs.items() if path.exists()}
        queries = {**mine, **paths}
        expected = queries.pop(EARSHOT)
        (count,) = connection.execute(f"select count(*) from ({expected})").fetchone() or (0,)
        for name, query in queries.items():
            differ = connection.execute(
                f"(({expected}) except ({query})) union all (({query}) except ({expected}))"
            ).fetchall()
            if differ:
                raise Failed(f"{name} finds something else on {lines:,} lines, for example {differ[0]}")
    _note(results, f"{lines:,} lines: {count:,} findings, the same by Earshot and by {', '.join(queries)}")


def ours(findings: Path) -> str:
    """The query of Earshot's findings that peers can express."""
    ids = ", ".join(f"'{control.id}'" for control in law.CONTROLS)
    return (
        f"select shipment_id, line_number, if(rule_id = 'eei-filing', '{law.LOW_VALUE}', rule_id), outcome "
        f"from '{findings}' where rule_id in ({ids}) "
        "or (rule_id = 'eei-filing' and destination <> 'CA' and coalesce(eei_exemption, '') in ('', '30.37(a)') "
        "and contains(split_part(because, 'possible', 1), '758.1(b)(5)'))"
    )


def _findings(home: Path) -> Path | None:
    return next(home.glob(f"reports/{FIRST_DAY}-*/findings.parquet"), None)


def _is_there(python: str, library: str, name: str, results: Results) -> bool:
    found = subprocess.run([python, "-c", f"import {library}"], capture_output=True, check=False).returncode == 0
    if not found:
        _note(results, f"{name} is not installed: `make bench` installs requirements-bench.lock")
    return found


def _note(results: Results, text: str) -> None:
    if text not in results.peer_notes:
        results.peer_notes.append(text)
        print(f"  {text}", flush=True)
