"""Measure an Earshot home beside bare reads and loads, and beside peers, and write tests/bench/RESULTS.md.

    python -m tests.bench.measure                              1,000,000 lines, some 40 minutes
    python -m tests.bench.measure --sizes 1000000,6000000,17025219
    EARSHOT_BENCH_LINES=20000 python -m tests.bench.measure --turns 1 --no-results

Nothing else should run on the machine. Each size has a budget of minutes (`--minutes`), beside what it takes to write
its files and fill its homes; what it does not reach is said to be left out.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.measure.chart import write_chart
from tests.bench.measure.fixed import fixed_costs
from tests.bench.measure.homes import prepare, warm_prefect
from tests.bench.measure.results import Results, page
from tests.bench.measure.size import Clock, measure
from tests.bench.measure.works import SHORT, write_extracts
from tests.bench.peers.compare import compare_peers
from tests.bench.peers.readme import into_readme

HERE = Path(__file__).resolve().parents[1]
SMALL, NEEDED_BYTES = 1_000, 1_500


def main() -> None:
    given = _given()
    sizes = sorted({int(one) for one in given.sizes.split(",")})
    folder = Path(tempfile.mkdtemp(prefix="earshot-bench-", dir=given.folder))
    results = Results(datetime.now(UTC).date(), given.turns, os.getloadavg()[0])
    print(f"{folder}: sizes {', '.join(f'{size:,}' for size in sizes)}", flush=True)
    try:
        if not given.only_peers:
            _measure_sizes(folder, sizes, given, results)
        if not given.no_peers:
            compare_peers(folder, sorted({int(one) for one in given.peers.split(",")}), given, results)
    finally:
        if not given.keep:
            shutil.rmtree(folder, ignore_errors=True)
    text = page(results)
    print("\n" + text)
    if not given.no_results:
        (HERE / "RESULTS.md").write_text(text, encoding="utf-8")
        if results.bars:
            write_chart(results.bars, HERE / "peers.svg")
            into_readme(results, HERE.parents[1] / "README.md")


def _measure_sizes(folder: Path, sizes: list[int], given: argparse.Namespace, results: Results) -> None:
    warm_prefect(folder)
    shorts = {lines: prepare(folder / f"short-{lines}", lines) for lines in (SMALL, min(SHORT, max(sizes)))}
    shorts.setdefault(SHORT, shorts[max(shorts)])
    write_extracts(shorts[SMALL])
    results.fixed = fixed_costs(shorts[SMALL], given.turns)
    for lines in sizes:
        if shutil.disk_usage(folder).free < lines * NEEDED_BYTES:
            need = f"{lines:,} lines need {lines * NEEDED_BYTES / 1e9:.0f} GB"
            raise SystemExit(f"{folder}: {need}. Name another --folder.")
        began = time.monotonic()
        homes = prepare(folder / str(lines), lines)
        write_extracts(homes)
        print(f"{lines:,} lines: written, loaded and screened in {time.monotonic() - began:.0f} s", flush=True)
        minutes = given.minutes or (16 if lines <= 1_000_000 else 40 if lines <= 6_000_000 else 100)
        turns = given.turns if lines <= 1_000_000 else max(1, given.turns - 1)
        results.sizes.append(measure(homes, shorts, turns, Clock(minutes)))
        shutil.rmtree(homes.root)


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.measure", description=(__doc__ or "").split("\n")[0])
    default = os.environ.get("EARSHOT_BENCH_LINES", "1000000")
    parser.add_argument("--sizes", default=default, help="lines, with commas; default EARSHOT_BENCH_LINES or 1000000")
    parser.add_argument("--turns", type=int, default=3, help="turns of each work; one fewer above 1,000,000 lines")
    parser.add_argument("--minutes", type=float, help="budget of each size; default 16, 40 (to 6,000,000 lines) or 100")
    parser.add_argument("--peers", default="1000,10000,1000000", help="lines that peers screen, with commas")
    parser.add_argument("--peer-minutes", type=float, default=12, help="budget of the peers, all sizes together")
    parser.add_argument("--peer-python", type=Path, default=Path(sys.executable),
                        help="the Python that has the peers, if another")  # fmt: skip
    parser.add_argument("--no-peers", action="store_true", help="leave the peers out")
    parser.add_argument("--only-peers", action="store_true", help="measure nothing else")
    parser.add_argument("--no-results", action="store_true", help="print alone: leave RESULTS.md, README and chart")
    parser.add_argument("--folder", type=Path, help="where to write files; some 1.5 KB a line")
    parser.add_argument("--keep", action="store_true", help="keep the files that were written")
    return parser.parse_args()


if __name__ == "__main__":
    main()
