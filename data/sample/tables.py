"""The catalog as arrays: positions stand for countries, consignees, parts and carriers, so that draws are cheap."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from data.sample.catalog import CARRIERS, DESTINATIONS, FORWARDERS, PORTS, PRODUCTS, consignees, rows

COUNTRIES = [(iso, float(weight), role) for iso, weight, role in
             (cell.split() for row in rows(DESTINATIONS) for cell in row)]  # fmt: skip
ISO = [iso for iso, _, _ in COUNTRIES]
AT = {iso: at for at, iso in enumerate(ISO)}
WEIGHT = np.array([weight for _, weight, _ in COUNTRIES]) / sum(weight for _, weight, _ in COUNTRIES)
ROLE = np.array([{"CA": "C", "PK": "P", "IQ": "Q"}.get(iso, role) for iso, _, role in COUNTRIES])
IN_GROUP_D = np.isin(ROLE, ["D", "X", "P", "Q"]) & (np.array(ISO) != "UA")
LARGE = np.array([weight >= 20 for _, weight, _ in COUNTRIES])
HUBS = ["NL", "SG", "DE", "GB"]
FORWARDER = np.array([next((at for at, (_, _, to) in enumerate(FORWARDERS) if iso in to.split()), -1) for iso in ISO])

BUYERS = [consignees(iso, weight) for iso, weight, _ in COUNTRIES]
BUYER_NAMES = [name for buyers in BUYERS for name, _ in buyers]
BUYER_TYPES = np.array([kind for buyers in BUYERS for _, kind in buyers])
BUYER_COUNT = np.array([len(buyers) for buyers in BUYERS])
BUYER_FIRST = np.concatenate([[0], np.cumsum(BUYER_COUNT)[:-1]])

PARTS = rows(PRODUCTS)
ECCNS = sorted({cell for part in PARTS for cell in part[2:4]})
ECCN_BEFORE = np.array([ECCNS.index(part[2]) for part in PARTS])
ECCN_AFTER = np.array([ECCNS.index(part[3]) for part in PARTS])
PART_WEIGHT = np.array([float(part[8]) for part in PARTS])
MEDIAN = np.array([float(part[6]) for part in PARTS])
MOST = np.array([int(part[7]) for part in PARTS])
SCHEDULE_B = sorted({part[4] for part in PARTS})
SCHEDULE_B_AT = np.array([SCHEDULE_B.index(part[4]) for part in PARTS])
INTANGIBLE = np.array([part[4] == "" for part in PARTS])
CARRIER_LIST = [(mode, name) for mode, names in CARRIERS.items() for name in names]
PORT_LIST = [(mode, port) for mode, ports in PORTS.items() for port in ports]


def take(values: list[str] | np.ndarray, at: np.ndarray) -> pa.Array:
    """The texts at these positions."""
    return pa.array(list(values), pa.string()).take(pa.array(at))
