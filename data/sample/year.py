"""Write a synthetic extract as long as a year of a large filer: few destinations, ECCNs and consignees in many lines,
most in few, and one line in a hundred worth a finding.

    python data/sample/year.py --lines 1000000 --out year.csv [--dirt 0.02] [--items items.csv]

A US year of AES filings is 17,025,219 lines (`LINES`) by the Census Bureau's own count. Lines are drawn as arrays, a
table of some CHUNK lines at a time; the same seed gives the same lines. The lines are synthetic.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import accumulate
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # run as a script: make `data` and `transforms` importable

from data.sample import dirt, draws
from data.sample.catalog import COLUMNS, USPPI_ID, USPPI_NAME
from data.sample.generate import CHUNK, SCHEMA, write_csv
from data.sample.market import EMBARGOED, SEED, Market, market
from data.sample.slips import Slips, put_in
from transforms.kinds import ITEMS

LINES = 17_025_219
START, UNTIL = date(2024, 7, 1), date(2025, 6, 30)
SPLIT = np.datetime64("2025-01-16")
PER_SHIPMENT = [0.42, 0.25, 0.14, 0.09, 0.06, 0.04]  # shipments of 1, 2, ... 6 lines
LICENSED = ("1B999", "2A992", "2B999", "3A992", "3A999", "6A996", "3A069", "3E069")
# authorities of lines that need no license, by how often they are used: code, number, paragraph
AUTHORITIES = [
    ("C33", "NLR", ""), ("C30", "D", ""), ("C41", "RPL", "740.10(a)"), ("C41", "RPL", "740.10(b)"),
    *(("C40", "TMP", f"740.9(a)({at})") for at in range(1, 15)),
    *(("C40", "TMP", f"740.9(b)({at})") for at in range(1, 6)),
    *(("C42", "GOV", f"740.11({letter})") for letter in "abcd"),
    ("C44", "TSU", "740.13(a)"), ("C44", "TSU", "740.13(c)"), ("C45", "BAG", "740.14"),
    ("C46", "AVS", "740.15(a)"), ("C46", "AVS", "740.15(b)"), ("C53", "APP", "740.7"),
    ("C36", "GBS", ""), ("C38", "TSR", ""),
]  # fmt: skip
AUTHORITY_SHARE = np.concatenate([[0.86, 0.04], np.full(len(AUTHORITIES) - 4, 0.10 / (len(AUTHORITIES) - 4)), [0, 0]])
EXCEPTED = 0.1
"""Of the lines that need a license, those that claim an exception instead, whether it is open to them or not."""
CARRIERS = (("40", "AX"), ("40", "BQ"), ("40", "CR"), ("11", "MV Tern "), ("11", "MV Plover "), ("30", "Ridge Truck "))


def generate_year(
    lines: int, dirt_share: float = 0.0, seed: int = SEED, start: date = START, until: date = UNTIL,
    first_shipment: int = 1, counted: Counter[str] | None = None,
) -> Iterator[pa.Table]:  # fmt: skip
    """Yield exactly `lines` rows as tables of whole shipments, in order of export, all columns text.

    `dirt_share` is the share of rows with a fault, spread evenly over `dirt.KINDS`.
    """
    rng = np.random.default_rng([seed, lines])
    sizes = [lines // -(-lines // CHUNK)] * -(-lines // CHUNK)
    sizes[-1] += lines - sum(sizes)
    edges = [0.0, *(edge / lines for edge in accumulate(sizes))]
    for at, size in enumerate(sizes):
        counts = dict.fromkeys(dirt.KINDS, int(size * dirt_share / len(dirt.KINDS) + 0.5))
        table, first_shipment = _draw(
            rng, market(), size - dirt.rows_added(counts), start, until, (edges[at], edges[at + 1]), first_shipment
        )
        soiled, done = dirt.soil(table.select(COLUMNS), rng, counts)
        if counted is not None:
            counted.update(done)
        yield soiled.cast(SCHEMA)


def item_master(changed: int = 0) -> pa.Table:
    """One record for each part, under the ECCN of its lines; of the first `changed` parts under another."""
    known = market()
    of = np.repeat(np.arange(len(known.eccns)), known.part_count)
    other = known.eccns.index("3A992")
    made = {
        "part_number": known.part_numbers,
        "eccn": pa.array(known.eccns).take(pa.array(np.where(np.arange(len(of)) < changed, other, of))),
        "description": known.descriptions,
        "schedule_b": known.schedules.take(pa.array(known.part_schedule)),
    }
    blank = pa.array([""] * len(of))
    return pa.table({name: made.get(name, blank) for name in ITEMS.names})


def _draw(
    rng: np.random.Generator, known: Market, lines: int, start: date, until: date, between: tuple[float, float],
    first: int,
) -> tuple[pa.Table, int]:  # fmt: skip
    count = rng.choice(len(PER_SHIPMENT), size=lines, p=PER_SHIPMENT) + 1
    count = count[: np.searchsorted(np.cumsum(count), lines) + 1]
    n = len(count)
    count[-1] -= count.sum() - lines
    of = np.repeat(np.arange(n), count)
    day = draws.days(rng, n, start, until, between)
    dest = rng.choice(len(known.iso), n, p=known.place_share)
    buyer = known.consignee_first[dest] + (rng.random(n) ** 3 * known.consignee_count[dest]).astype(np.int64)

    eccn = rng.choice(len(known.eccns), lines, p=known.eccn_share)
    part = known.part_first[eccn] + (rng.random(lines) ** 2 * known.part_count[eccn]).astype(np.int64)
    eccn = np.where(day[of] >= SPLIT, eccn, known.eccn_before[eccn])
    quantity = 1 + (rng.random(lines) ** 2 * 20).astype(np.int64)
    cents = np.rint(known.part_median[part] * rng.lognormal(0.0, 0.3, lines) * quantity * 100).astype(np.int64) + 1
    origin = (rng.random(lines) < 0.15).astype(np.int64)
    ruled = np.array([code[:5] in LICENSED for code in known.eccns])[eccn]
    asked = np.isin(dest, [known.iso.index(iso) for iso in (*EMBARGOED, "PK", "IQ", "MO")])[of]
    spectral = np.array([code[:5] in ("3A069", "3E069") for code in known.eccns])[eccn]
    needs = (ruled & asked) | spectral
    plain = eccn == known.eccns.index("EAR99")
    authority = np.where(plain, 0, rng.choice(len(AUTHORITIES), lines, p=AUTHORITY_SHARE))
    claimed = np.where(rng.random(lines) < EXCEPTED, rng.integers(2, len(AUTHORITIES), size=lines), 1)
    authority = np.where(needs, claimed, authority)

    # filing: by value of a Schedule B number and origin, by ECCN and authority; to Canada by authority alone
    keys = (of * len(known.schedules) + known.part_schedule[part]) * 2 + origin
    places, where = np.unique(keys, return_inverse=True)
    over = np.bincount(where, weights=cents, minlength=len(places))[where] > 250_000
    canada = dest == known.iso.index("CA")
    due = np.bincount(of, weights=np.where(canada[of], authority > 0, over | ~plain)) > 0
    chance = rng.random(n)
    abroad = (chance < 0.01) & ~np.isin(dest, [known.iso.index(iso) for iso in EMBARGOED])
    activity = np.where(abroad, np.where(chance < 0.007, 1, 2), 0)
    number = first + np.arange(n)
    slips = Slips(
        rng, of, number, day, due & ~abroad, canada, abroad, needs,
        pa.array(known.iso).take(pa.array(dest)), pa.array(known.eccns).take(pa.array(eccn)),
        known.schedules.take(pa.array(known.part_schedule[part])), authority, cents,
    )  # fmt: skip
    carrier = np.where(canada, 5, rng.integers(5, size=n))
    via = pa.array(["GB", "AU", "NL", ""]).take(pa.array(np.minimum(rng.integers(200, size=n), 3)))
    via = pc.if_else(pc.or_(pa.array(abroad), pc.equal(via, slips.destination)), "", via)
    digits, export = pa.array(number).cast(pa.string()), pa.array(~abroad)
    shipment = {
        "shipment_id": pc.binary_join_element_wise("SH", pc.utf8_lpad(digits, 9, "0"), ""),
        "export_on": pa.array(np.datetime_as_string(day)),
        "tendered_on": pa.array(np.datetime_as_string(day - rng.choice(3, n, p=[0.35, 0.45, 0.2]))),
        "activity": pa.array(["export", "reexport", "in_country_transfer"]).take(pa.array(activity)),
        "form": pa.array(["tangible"] * n), "usppi_id": pc.if_else(export, USPPI_ID, ""),
        "usppi_name": pc.if_else(export, USPPI_NAME, ""),
        "consignee_name": known.consignees.take(pa.array(buyer)),
        "consignee_type": pa.array(["D", "R", "O"]).take(pa.array(buyer % 3)),
        "intermediate_consignee_name": pc.if_else(pc.equal(via, ""), "", "Gannet Transit"), "intermediate_country": via,
        "destination": slips.destination,
        "shipped_from": pc.if_else(export, "US", pc.if_else(pa.array(activity == 1), "NL", slips.destination)),
        "transport_mode": pa.array([mode for mode, _ in CARRIERS]).take(pa.array(carrier)),
        "conveyance": pc.binary_join_element_wise(
            pa.array([name for _, name in CARRIERS]).take(pa.array(carrier)),
            pa.array(rng.integers(100, 1000, size=n)).cast(pa.string()), ""),
        "port_of_export": pc.if_else(export, pa.array(["4701", "3901", "2720", "1001"]).take(pa.array(number % 4)), ""),
        "routed": pc.if_else(export, pa.array(["N"] * 24 + ["Y"]).take(pa.array(number % 25)), ""),
        "invoice_number": pc.binary_join_element_wise("INV-", digits, ""),
        **slips.filing(),
    }  # fmt: skip
    columns = {name: column.take(pa.array(of)) for name, column in shipment.items()}
    columns |= {
        "line_number": pa.array(np.arange(lines) - np.repeat(np.cumsum(count) - count, count) + 1).cast(pa.string()),
        "part_number": known.part_numbers.take(pa.array(part)),
        "description": known.descriptions.take(pa.array(part)),
        "origin_df": pa.array(["D", "F"]).take(pa.array(origin)), "uom": pa.array(["NO"] * lines),
        "quantity": pa.array(quantity).cast(pa.string()),
    }  # fmt: skip
    columns |= put_in(slips, AUTHORITIES)
    blank = pa.array([""] * lines)
    return pa.table({name: columns.get(name, blank) for name in COLUMNS}), first + n


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a synthetic extract as long as a year of a large filer.")
    parser.add_argument("--lines", type=int, default=LINES)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--dirt", type=float, default=0.0, help="share of rows with a fault, at most 0.2")
    parser.add_argument("--items", type=Path, help="write the item master of the same parts here")
    given = parser.parse_args()
    if given.lines < 1 or not 0 <= given.dirt <= 0.2:
        parser.error("--lines is at least 1, --dirt between 0 and 0.2")
    counted: Counter[str] = Counter()
    written = write_csv(generate_year(given.lines, given.dirt, counted=counted), given.out)
    print(f"{given.out}: {written:,} synthetic lines, faults {dict(counted)}")
    if given.items:
        print(f"{given.items}: {write_csv(iter([item_master()]), given.items, ITEMS.names):,} item records")


if __name__ == "__main__":
    main()
