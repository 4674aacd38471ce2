"""Write the synthetic sample: a seeded shipment history of an invented instrument maker.

    python data/sample/generate.py                                        the four committed files, byte for byte
    python data/sample/generate.py --lines 1000000 --out big.csv          one large extract (also 17 million lines)

`generate` yields the same lines as Arrow tables. All randomness comes from one numpy Generator; what belongs to a
shipment (dates, conveyance, consignee, ITN ...) is drawn per shipment and repeated on its lines.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # run as a script: make `data` and `transforms` importable

from data.sample import dirt
from data.sample.bulk import FIRST_SHIPMENT, draw
from data.sample.cases import cases, read
from data.sample.cases_746 import part_746_lines
from data.sample.cases_ccl import ccl_lines
from data.sample.cases_parties import party_lines
from data.sample.catalog import COLUMNS, FILED
from data.sample.filings import held_in_aes
from data.sample.items import item_master
from data.sample.written import as_table
from transforms.kinds import ITEMS

HERE = Path(__file__).resolve().parent
SEED, HISTORY_FROM, HISTORY_UNTIL, DAILY = 20241226, date(2022, 1, 1), date(2026, 11, 19), date(2026, 11, 20)
HISTORY_LINES, HISTORY_DIRT = 5_000, 0.0114  # three rows of each of the 19 faults
DAILY_LINES, LATE_LINES = 180, 8
DAILY_DIRT = dict.fromkeys(
    ("unreadable_date", "unreadable_number", "unknown_country", "eccn_spreadsheet", "eccn_ear99_spaced", "eccn_empty",
     "description_quotes", "date_with_time", "value_thousands"), 1
)  # fmt: skip
CHUNK = 250_000
SCHEMA = pa.schema([(name, pa.string()) for name in COLUMNS])


def generate(
    lines: int, seed: int = SEED, start: date = HISTORY_FROM, until: date = HISTORY_UNTIL, dirt_share: float = 0.0,
    first_shipment: int = FIRST_SHIPMENT, counted: Counter[str] | None = None,
) -> Iterator[pa.Table]:  # fmt: skip
    """Yield exactly `lines` rows as tables of whole shipments, in order of export, all columns text.

    From 1,000 lines on, the hand-written cases (shipments SC...) of the window are among them. `dirt_share` is the
    share of rows with a fault, spread evenly over `dirt.KINDS`; added rows come at the end of a table. `counted`, if
    given, gains the number of faults by kind. Memory holds one table of about CHUNK rows at a time.
    """
    rng = np.random.default_rng(seed)
    for table, counts in _drawn(rng, lines, start, until, dirt_share, first_shipment):
        soiled, done = dirt.soil(table, rng, counts)
        if counted is not None:
            counted.update(done)
        yield soiled.select(COLUMNS).cast(SCHEMA)


def _drawn(
    rng: np.random.Generator, lines: int, start: date, until: date, dirt_share: float, first_shipment: int
) -> Iterator[tuple[pa.Table, dict[str, int]]]:
    """Yield tables of clean lines, each with the number of faults by kind that are to be put in."""
    parts = -(-lines // CHUNK)
    sizes = [lines // parts + (at < lines % parts) for at in range(parts)]
    edges = [0.0, *(edge / lines for edge in accumulate(sizes))]
    written = [case for case in cases() if start <= case.export_on <= until] if lines >= 1_000 else []
    days = (until - start).days + 1
    for at, size in enumerate(sizes):
        here = [c for c in written if edges[at] <= (c.export_on - start).days / days < edges[at + 1]]
        share = size * dirt_share / len(dirt.KINDS)
        counts = dict.fromkeys(dirt.KINDS, int(share + 0.5))
        drawn = size - len(here) - dirt.rows_added(counts)
        table, first_shipment = draw(rng, drawn, start, until, (edges[at], edges[at + 1]), first_shipment)
        if here:
            table = pa.concat_tables([table.select(COLUMNS), as_table(here).select(COLUMNS)])
            table = table.take(pa.array(np.argsort(table["export_on"].to_numpy(), kind="stable")))
        yield table.select(COLUMNS), counts


def write_csv(tables: Iterator[pa.Table], path: Path, names: Sequence[str] = COLUMNS) -> int:
    """Write tables as one CSV file (UTF-8, RFC 4180 quotes where needed, LF), replaced at once; returns its rows.

    Cells are joined to rows in Arrow: pyarrow.csv quotes every text, and a streamed COPY in DuckDB was seen to hold
    5 GB at 17 million lines where this holds 0.7.
    """
    half, written = path.with_name(path.name + ".part"), 0
    with half.open("wb") as out:
        out.write((",".join(names) + "\n").encode())
        for table in tables:
            for batch in table.combine_chunks().to_batches(max_chunksize=50_000):
                cells = pc.binary_join_element_wise(*(_quoted(column) for column in batch.columns), ",")
                text = pc.binary_join(pa.ListArray.from_arrays([0, len(cells)], cells), "\n")
                out.write(text[0].as_buffer())
                out.write(b"\n")
                written += batch.num_rows
    half.replace(path)
    return written


def _quoted(column: pa.Array) -> pa.Array:
    """The cells, those that need it in quotes."""
    data = memoryview(column.buffers()[2] or b"").tobytes()
    if not any(mark in data for mark in (b'"', b",", b"\n", b"\r")):
        return column
    in_quotes = pc.binary_join_element_wise('"', pc.replace_substring(column, '"', '""'), '"', "")
    return pc.if_else(pc.match_substring_regex(column, '[",\r\n]'), in_quotes, column)


def history(counted: Counter[str] | None = None) -> pa.Table:
    """The committed history: what is drawn, then the cases of the Commerce Control List, part 746 and the lists."""
    drawn = generate(HISTORY_LINES, SEED, HISTORY_FROM, HISTORY_UNTIL, HISTORY_DIRT, counted=counted)
    written = {"CL": ccl_lines(), "EM": part_746_lines(), "LP": party_lines()}
    tables = [as_table([read(line) for line in lines], prefix) for prefix, lines in written.items()]
    return pa.concat_tables([*drawn, *(table.select(COLUMNS).cast(SCHEMA) for table in tables)]).combine_chunks()


def daily(past: pa.Table, counted: Counter[str] | None = None) -> pa.Table:
    """The committed extract of one day: new lines, late ones, and lines of `past` sent again or restated."""
    rng = np.random.default_rng(SEED + 1)
    new, late = _new_lines()
    new, done = dirt.soil(new, rng, DAILY_DIRT)
    clean = clean_rows(past)
    again = clean.take(np.sort(rng.choice(clean.num_rows, 5, replace=False)))
    stale = clean.filter(
        pc.and_(
            pc.greater_equal(clean["export_on"], "2025-01-16"),
            pc.and_(
                pc.is_in(clean["part_number"], pa.array(["CYT-S5R", "CYT-SX", "MS-TDL", "SRT-4W"])),
                pc.is_in(clean["eccn"], pa.array(["3A999", "EAR99"])),
            ),
        )
    )
    reclassified = stale.take(np.sort(rng.choice(stale.num_rows, 3, replace=False)))
    low = clean.filter(pc.equal(clean["eei_exemption"], "NOEEI 30.37(a)"))
    revalued = low.take(np.sort(rng.choice(low.num_rows, 3, replace=False)))
    reclassified = _replace(reclassified, "eccn", ["3A069"] * 3)
    revalued = _replace(revalued, "value_usd", ["2612.40", "2500.00", "4180.75"])
    if counted is not None:
        counted.update(done, late=late.num_rows, duplicate_of_history=5, restated_eccn=3, restated_value=3)
    return pa.concat_tables([new, late, again, reclassified, revalued]).combine_chunks()


def _new_lines() -> tuple[pa.Table, pa.Table]:
    """The clean lines of the day, and late ones."""
    before = DAILY - timedelta(days=4)
    new = generate(DAILY_LINES, SEED + 2, DAILY, DAILY, first_shipment=60_000_000)
    late = generate(LATE_LINES, SEED + 3, before, DAILY - timedelta(days=1), first_shipment=60_500_000)
    return pa.concat_tables(new), pa.concat_tables(late)


def filings() -> pa.Table:
    """What AES holds of the lines of both files, as they were before any fault."""
    rng = np.random.default_rng(SEED)
    past = [table for table, _ in _drawn(rng, HISTORY_LINES, HISTORY_FROM, HISTORY_UNTIL, HISTORY_DIRT, FIRST_SHIPMENT)]
    return held_in_aes([row for table in [*past, *_new_lines()] for row in table.to_pylist()], SEED + 5)


def clean_rows(table: pa.Table) -> pa.Table:
    """The drawn rows (not hand-written) that read well: one row per line, dates and values as they should be."""
    keys = pc.binary_join_element_wise(table["shipment_id"], table["line_number"], "/")
    seen = Counter(keys.to_pylist())
    once = pa.array([seen[key] == 1 and key.startswith("SH") for key in keys.to_pylist()])
    for column, pattern in {
        "export_on": r"^\d{4}-(0\d|1[0-2])-\d\d$", "value_usd": r"^\d+\.\d\d$", "destination": "^[A-Z]{2}$",
        "eccn": r"^([0-9][A-E][0-9]{3}.*|EAR99)$", "license_code": "^[A-Z]", "description": r"^[^=\n]*$",
        "consignee_name": "^[^<]*$",
    }.items():  # fmt: skip
        once = pc.and_(once, pc.match_substring_regex(table[column], pattern))
    return table.filter(once)


def _replace(table: pa.Table, column: str, values: list[str]) -> pa.Table:
    return table.set_column(table.column_names.index(column), column, pa.array(values, pa.string()))


def main() -> None:
    """Read the command line and write."""
    parser = argparse.ArgumentParser(description="Write the synthetic sample, or one large synthetic extract.")
    parser.add_argument("--lines", type=int, help="write one extract of this many lines instead of the sample")
    parser.add_argument("--out", type=Path, help="where to, with --lines")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--from", dest="start", type=date.fromisoformat, default=HISTORY_FROM)
    parser.add_argument("--until", type=date.fromisoformat, default=HISTORY_UNTIL)
    parser.add_argument("--dirt", type=float, default=0.002, help="share of rows with a fault; 0 = clean")
    given = parser.parse_args()
    if (given.lines is None) != (given.out is None):
        parser.error("--lines and --out go together")
    if given.lines is not None and (given.lines < 1 or given.until < given.start or not 0 <= given.dirt <= 0.2):
        parser.error("--lines is at least 1, --until not before --from, --dirt between 0 and 0.2")
    counted: Counter[str] = Counter()
    if given.out is not None:
        tables = generate(given.lines, given.seed, given.start, given.until, given.dirt, counted=counted)
        print(f"{given.out}: {write_csv(tables, given.out):,} lines, faults {dict(counted)}")
        return
    past = history(counted)
    print(f"history.csv: {write_csv(iter([past]), HERE / 'history.csv'):,} lines, faults {dict(counted)}")
    counted = Counter()
    name = f"daily-{DAILY}.csv"
    print(f"{name}: {write_csv(iter([daily(past, counted)]), HERE / name):,} lines, faults {dict(counted)}")
    print(f"items.csv: {write_csv(iter([item_master()]), HERE / 'items.csv', ITEMS.names):,} item records")
    name = f"filings-{DAILY.year}.csv"
    print(f"{name}: {write_csv(iter([filings()]), HERE / name, FILED):,} lines of filings")


if __name__ == "__main__":
    main()
