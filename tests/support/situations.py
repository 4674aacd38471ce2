"""Synthetic situations: distinct combinations of facts, a few ECCNs and destinations far more frequent than others."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from flows.settings import RULES
from transforms.rulebook.places import read_table

_LAB = ["1B999", "2A992", "2B999", "2B999.h.2", "2B999.j", "3A992", "3A999", "6A996", "3A069", "3A069.a"]
_OTHER = [f"{category}{group}{number}" for category in range(10) for group in "ABDE" for number in (101, 225, 611, 991)]
_NUMBERS = ["", "NLR", "well formed", "malformed", "GBS", "TMP", "RPL", "GOV", "TSR", "APR", "LVS", "DY6"]
_PARAGRAPHS = ["", "740.9", "740.9(a)(1)", "740.9(b)(2)", "740.10", "740.11(b)", "740.4"]
_ACTIVITIES = ["export", "reexport", "in_country_transfer", ""]


def draw_situations(number: int, seed: int = 1) -> pa.Table:
    """Return `number` situations; Pakistan has one in ten, the laboratory ECCNs three in ten."""
    rng = np.random.default_rng(seed)
    countries = sorted({row["iso2"] for row in read_table(RULES / "tables" / "country_chart.csv")} - {"PK"})
    rng.shuffle(countries)
    codes = sorted({row["code"] for row in read_table(RULES / "tables" / "license_codes.csv")} | {"", "X99"})
    facts = {
        "eccn": (["EAR99", "", *_LAB, *_OTHER], [[0.25], [0.003], _even(_LAB, 0.3), _skewed(_OTHER, 0.447)]),
        "destination": (["PK", "", *countries], [[0.1], [0.003], _skewed(countries, 0.897)]),
        "activity": (_ACTIVITIES, [[0.7, 0.2, 0.095, 0.005]]),
        "license_code": (codes, [_skewed(codes, 1.0)]),
        "license_number_form": (_NUMBERS, [_even(_NUMBERS, 1.0)]),
        "exception_paragraph": (_PARAGRAPHS, [[0.4], _even(_PARAGRAPHS[1:], 0.6)]),
    }
    drawn = [rng.choice(len(values), 3 * number, p=np.concatenate(shares)) for values, shares in facts.values()]
    combined = np.ravel_multi_index(drawn, [len(values) for values, _ in facts.values()])
    firsts = np.sort(np.unique(combined, return_index=True)[1])[:number]
    assert len(firsts) == number
    columns = [
        pa.array(values).take(pa.array(at[firsts])) for (values, _), at in zip(facts.values(), drawn, strict=True)
    ]
    keys = pa.array(np.arange(number), pa.uint64())
    return pa.table([keys, keys.cast(pa.string()), *columns], names=["situation_key", "situation_id", *facts])


def _skewed(values: list[str], share: float) -> np.ndarray:
    weights = 1 / np.arange(1, len(values) + 1)
    return weights / weights.sum() * share


def _even(values: list[str], share: float) -> np.ndarray:
    return np.full(len(values), share / len(values))
