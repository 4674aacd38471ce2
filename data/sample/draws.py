"""Single draws for the bulk of shipments: days, parts, transport, and whether EEI is due."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from data.sample.catalog import CARRIERS
from data.sample.paperwork import AUTHORITIES
from data.sample.tables import (
    AT,
    CARRIER_LIST,
    ECCNS,
    IN_GROUP_D,
    INTANGIBLE,
    PART_WEIGHT,
    PARTS,
    PORT_LIST,
    SCHEDULE_B,
    SCHEDULE_B_AT,
)

CONTROLLED = ("pakistan", "gbs", "license", "tsr", "chemical")  # menus of lines that a control may reach


def days(rng: np.random.Generator, n: int, start: date, until: date, between: tuple[float, float]) -> np.ndarray:
    """Sorted days of export: mostly weekdays, growing by a tenth a year."""
    every = np.arange(np.datetime64(start), np.datetime64(until + timedelta(days=1)))
    weekday = (every.astype(np.int64) + 3) % 7
    weight = np.array([1, 1, 1, 1, 1, 0.08, 0.03])[weekday] * (1 + np.arange(len(every)) / 3650)
    share = np.cumsum(weight) / weight.sum()
    at = np.searchsorted(share, between[0] + np.sort(rng.random(n)) * (between[1] - between[0]), side="right")
    return every[np.minimum(at, len(every) - 1)]


def parts(rng: np.random.Generator, intangible: np.ndarray) -> np.ndarray:
    """The part of each line: technology on intangible lines, goods on the others."""
    part = np.zeros(len(intangible), dtype=np.int64)
    for here, of_kind in ((intangible, INTANGIBLE), (~intangible, ~INTANGIBLE)):
        weight = PART_WEIGHT * of_kind
        part[here] = rng.choice(len(PARTS), int(here.sum()), p=weight / weight.sum())
    return part


def due(
    of: np.ndarray, part: np.ndarray, origin: np.ndarray, cents: np.ndarray, menu: np.ndarray, authority: np.ndarray,
    eccn: np.ndarray, dest: np.ndarray,
) -> np.ndarray:  # fmt: skip
    """Whether each shipment needs EEI, or a careful filer files it: value by Schedule B and origin, or 758.1(b).

    Macau counts as China, and a line that a control may reach as one that needs a license.
    """
    keys = (of * len(SCHEDULE_B) + SCHEDULE_B_AT[part]) * 2 + origin
    places, where_to = np.unique(keys, return_inverse=True)
    high = np.bincount(where_to, weights=cents, minlength=len(places))[where_to] > 250_000
    is_licensed = np.array([text.startswith("C30") for text in AUTHORITIES])[authority]
    listed = np.array([code != "EAR99" for code in ECCNS])[eccn]
    spectral = np.array([code.startswith("3A069") for code in ECCNS])[eccn]
    where = dest[of]
    china_russia_venezuela = np.isin(where, [AT[iso] for iso in ("CN", "HK", "MO", "RU", "VE")])
    line_due = (high & (where != AT["CA"])) | is_licensed | np.isin(menu, CONTROLLED)
    line_due |= (listed & china_russia_venezuela) | (spectral & IN_GROUP_D[where])
    return np.bincount(of, weights=line_due) > 0


def transport(
    rng: np.random.Generator, dest: np.ndarray, intangible: np.ndarray, cents: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Carrier and port of each shipment: trucks to Canada and Mexico, else mostly air; only small parcels by mail."""
    by_land = np.isin(dest, [AT["CA"], AT["MX"]])
    chance = rng.random(len(dest))
    mode = np.where(by_land & (chance < 0.7), "30", np.where(chance < 0.80, "40", np.where(chance < 0.90, "11", "50")))
    mode = np.where((mode == "50") & (cents > 200_000), "40", mode)
    mode = np.where(intangible, "", mode)
    carrier, port = np.zeros(len(dest), dtype=np.int64), np.zeros(len(dest), dtype=np.int64)
    for chosen, every in ((carrier, CARRIER_LIST), (port, PORT_LIST)):
        for name in CARRIERS:
            places = np.array([at for at, (of_mode, _) in enumerate(every) if of_mode == name])
            here = np.flatnonzero(mode == name)
            chosen[here] = places[rng.integers(len(places), size=len(here))]
    return carrier, port
