"""What is traded in a synthetic year of a large filer, and with whom, as arrays: 200 countries, some 300 ECCNs, 20,000
parts and 200,000 consignees, few of them in many lines and most in few. All of it is invented but the countries.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.sample.catalog import KINDS, STEMS
from data.sample.tables import COUNTRIES

SEED, PARTS, CONSIGNEES, PLACES, ECCNS = 17_025_219, 20_000, 200_000, 200, 300
RULES = Path(__file__).resolve().parents[2] / "rules"
UNITED_STATES = ("US", "PR", "GU", "VI", "AS", "MP", "UM")
EMBARGOED, EMBARGOED_SHARE = ("CU", "IR", "KP", "SY"), 0.0003
ASKED_OF = {"CN": 0.06, "MO": 0.004, "PK": 0.01, "IQ": 0.003}
"""The shares of countries that license rules name, so that there is something to find at every size."""
RULED = {
    "1B999": 0.002, "2A992": 0.010, "2A992.b": 0.004, "2B999.j": 0.020, "2B999.g": 0.010, "2B999.h.2": 0.001,
    "3A992": 0.030, "3A992.g": 0.006, "3A999": 0.020, "3A999.f": 0.005, "6A996": 0.005, "6A996.a": 0.002,
    "3A069": 0.002, "3A069.a": 0.002, "3E069": 0.0005,
}  # fmt: skip
"""The shares of the ECCNs that license rules name; from EAR99 there are six lines in ten."""
BEFORE = {"3A069": "3A999", "3A069.a": "3A999.f", "3E069": "EAR99"}
"""What the parts of an ECCN had before 2025-01-16 (90 FR 4612)."""
PARAGRAPHS = ("", ".a", ".b", ".b.1", ".c")
WORDS = ("Bearing", "Housing", "Controller", "Converter", "Coupling", "Fan", "Gasket", "Heater", "Lamp", "Motor",
         "Panel", "Power supply", "Relay", "Sensor", "Shaft", "Switch", "Terminal", "Valve")  # fmt: skip


@dataclass(frozen=True)
class Market:
    """Arrays by position: the texts, and how often each is drawn."""

    iso: list[str]
    place_share: np.ndarray
    eccns: list[str]
    eccn_share: np.ndarray
    eccn_before: np.ndarray
    part_first: np.ndarray
    part_count: np.ndarray
    part_schedule: np.ndarray
    part_median: np.ndarray
    part_numbers: pa.Array
    descriptions: pa.Array
    schedules: pa.Array
    consignee_first: np.ndarray
    consignee_count: np.ndarray
    consignees: pa.Array


def falling(count: int, power: float) -> np.ndarray:
    """Shares that fall with the rank, as those of trade do."""
    share = (np.arange(count) + 3.0) ** -power
    return share / share.sum()


@cache
def market() -> Market:
    rng = np.random.default_rng(SEED)
    iso, place_share = _places()
    eccns, eccn_share = _eccns(rng)
    each = np.maximum(1, np.rint(eccn_share**0.7 / (eccn_share**0.7).sum() * (PARTS - ECCNS))).astype(np.int64)
    first, total = np.cumsum(each) - each, int(each.sum())
    of = np.repeat(np.arange(len(eccns)), each)
    instruments = np.isin(of, [at for at, eccn in enumerate(eccns) if eccn.startswith(("3A999", "3A069"))])
    codes = pa.array(8_400_000_000 + rng.choice(199_999, 3_000, replace=False) * 1_000).cast(pa.string())
    schedules = pa.concat_arrays([codes, pa.array(["9027509000", "9027810000"])])
    schedule = np.where(instruments & (rng.random(total) < 0.5), 3_000 + rng.integers(2, size=total),
                        (rng.random(total) ** 2 * 3_000).astype(np.int64))  # fmt: skip
    serial = pa.array(np.arange(total)).cast(pa.string())
    words = pa.array(WORDS).take(pa.array(rng.integers(len(WORDS), size=total)))
    people = np.maximum(2, np.rint(place_share * CONSIGNEES)).astype(np.int64)
    country = np.repeat(np.arange(len(iso)), people)
    rank = np.arange(people.sum()) - np.repeat(np.cumsum(people) - people, people)
    stems, kinds = STEMS.split(), [kind for kind, _ in KINDS]
    names = [pa.array(stems).take(pa.array(rank * 7 % len(stems))), pa.array(kinds).take(pa.array(rank % len(kinds)))]
    shown = [pa.array(rank).cast(pa.string()), pa.array(iso).take(pa.array(country))]
    return Market(
        iso, place_share, eccns, eccn_share,
        np.array([eccns.index(BEFORE.get(eccn, eccn)) for eccn in eccns]),
        first, each, schedule, np.exp(rng.normal(6.6, 1.6, total)),
        pc.binary_join_element_wise("P", pc.utf8_lpad(serial, 5, "0"), "-"),
        pc.binary_join_element_wise(words, pa.scalar("series"), serial, " "), schedules,
        np.cumsum(people) - people, people, pc.binary_join_element_wise(*names, *shown, " "),
    )  # fmt: skip


def _places() -> tuple[list[str], np.ndarray]:
    """The countries by their share of the lines: those of the sample first, others after them."""
    with (RULES / "tables" / "country_names.csv").open(encoding="utf-8", newline="") as stream:
        every = sorted({row["iso2"] for row in csv.DictReader(stream)})
    known = [iso for iso, _, _ in sorted(COUNTRIES, key=lambda row: (-row[1], row[0]))]
    free = [iso for iso in dict.fromkeys([*known, *every]) if iso not in (*UNITED_STATES, *EMBARGOED)]
    iso = free[: PLACES - len(EMBARGOED)] + list(EMBARGOED)
    share = falling(len(iso), 1.2)
    for code, fixed in (ASKED_OF | dict.fromkeys(EMBARGOED, EMBARGOED_SHARE)).items():
        share[iso.index(code)] = fixed
    return iso, share / share.sum()


def _controlled_for_at_alone() -> list[str]:
    """Entries of the Commerce Control List whose only reason for control is AT: few destinations need a license."""
    rows = list(csv.DictReader((RULES / "ccl" / "controls.csv").open(encoding="utf-8")))
    others = {row["entry"] for row in rows if row["reason"] != "AT"} | {code[:5] for code in RULED}
    listed = csv.DictReader((RULES / "ccl" / "entries.csv").open(encoding="utf-8"))
    sure = {row["entry"] for row in listed if not (row["kind"] or row["from"] or row["until"])}
    return sorted({row["entry"] for row in rows} & sure - others)


def _eccns(rng: np.random.Generator) -> tuple[list[str], np.ndarray]:
    """EAR99, the ECCNs that rules name, and others that are controlled for AT alone, with their shares of the lines."""
    others = [entry + paragraph for paragraph in PARAGRAPHS for entry in _controlled_for_at_alone()]
    count = ECCNS - 1 - len(RULED)
    picked = [others[at] for at in rng.choice(len(others), count, replace=False)]
    rest = 0.4 - sum(RULED.values())
    share = np.concatenate([[0.6], list(RULED.values()), falling(count, 0.9) * rest])
    return ["EAR99", *RULED, *picked], share
