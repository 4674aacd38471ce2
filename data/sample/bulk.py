"""Draw shipments and their lines, vectorized: what belongs to a shipment is drawn once and repeated on its lines."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.sample import paperwork
from data.sample.catalog import (
    CARRIERS,
    DESTINATIONS,
    FORWARDERS,
    PORTS,
    PRODUCTS,
    USPPI_ID,
    USPPI_NAME,
    consignees,
    rows,
)
from data.sample.paperwork import KIND, LEGENDS

FIRST_SHIPMENT = 10_000_001
PER_SHIPMENT = [0.42, 0.25, 0.14, 0.09, 0.06, 0.04]  # shipments of 1, 2, ... 6 lines
COUNTRIES = [(iso, float(weight), role) for iso, weight, role in
             (cell.split() for row in rows(DESTINATIONS) for cell in row)]  # fmt: skip
ISO = [iso for iso, _, _ in COUNTRIES]
AT = {iso: at for at, iso in enumerate(ISO)}
WEIGHT = np.array([weight for _, weight, _ in COUNTRIES]) / sum(weight for _, weight, _ in COUNTRIES)
ROLE = np.array([{"PK": "P", "IQ": "Q"}.get(iso, role) for iso, _, role in COUNTRIES])
IN_GROUP_D = np.isin(ROLE, ["D", "X", "P", "Q"]) & (np.array(ISO) != "UA")
LARGE = np.array([weight >= 20 for _, weight, _ in COUNTRIES])
HUBS = ["NL", "SG", "DE", "GB"]

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


def draw(
    rng: np.random.Generator, lines: int, start: date, until: date, between: tuple[float, float], first: int
) -> tuple[pa.Table, int]:
    """A table of exactly `lines` clean lines in order of export, and the next free shipment number.

    `between` is the stretch of the window, as shares of its shipments, that this table covers.
    """
    count = rng.choice(len(PER_SHIPMENT), size=lines, p=PER_SHIPMENT) + 1
    count = count[: np.searchsorted(np.cumsum(count), lines) + 1]
    n = len(count)
    count[-1] -= count.sum() - lines
    day = _days(rng, n, start, until, between)
    dest = rng.choice(len(ISO), n, p=WEIGHT)
    closed = np.isin(dest, [AT["RU"], AT["BY"]]) & (day >= np.datetime64("2022-02-24"))
    dest[closed] = AT["DE"]
    intangible = (rng.random(n) < 0.004) & (count == 1)
    of = np.repeat(np.arange(n), count)

    # lines
    part = _parts(rng, intangible[of])
    late_law = day[of] >= np.datetime64(paperwork.SPECTRAL_FROM)
    eccn = np.where(late_law, ECCN_AFTER[part], ECCN_BEFORE[part])
    origin = (rng.random(lines) < 0.15).astype(np.int64)
    quantity = 1 + (rng.random(lines) ** 2 * MOST[part]).astype(np.int64)
    price = MEDIAN[part] * rng.lognormal(0.0, 0.35, lines)
    cents = np.rint(price * quantity * 100).astype(np.int64)
    edge = rng.random(lines)
    cents = np.where(edge < 0.0015, 250_000, np.where(edge < 0.003, 250_001, cents))
    menu = paperwork.menus(eccn, ROLE[dest[of]], day[of], ECCNS)
    authority = paperwork.authorities(rng, menu)

    # activity and filing
    draw_activity = rng.random(n)
    reexport = (draw_activity < 0.022) & ~intangible
    transfer = (draw_activity > 0.992) & ~intangible & LARGE[dest]
    hub = np.array([AT[iso] for iso in HUBS])[rng.integers(len(HUBS), size=n)]
    hub = np.where(hub == dest, AT["CH"], hub)
    export = ~reexport & ~transfer
    activity = np.where(reexport, 1, np.where(transfer, 2, 0))
    due = _due(of, part, origin, cents, eccn, authority, dest, late_law) & export & ~intangible
    kind = np.where(export & ~intangible, paperwork.filing_kinds(rng, due), KIND["none"])
    legend = np.where(dest == AT["CA"], 1, 0)
    legend = np.where(due & (rng.random(n) < 0.5), rng.integers(2, 4, size=n), legend)
    number = first + np.arange(n)
    filed = day - rng.choice(4, n, p=[0.3, 0.4, 0.2, 0.1])
    filed = np.where(kind == KIND["late"], day + rng.integers(1, 6, size=n), filed)
    serial = number * 7919 % 900_000
    with_itn = np.flatnonzero(kind == KIND["itn"])
    if len(with_itn):  # a reused ITN is that of the shipment filed just before
        reuse = np.flatnonzero((kind == KIND["reuse"]) & (np.arange(n) > with_itn[0]))
        source = with_itn[np.searchsorted(with_itn, reuse) - 1]
        filed[reuse], serial[reuse] = filed[source], serial[source]
    iso_day = pa.array(np.datetime_as_string(day))
    filing = paperwork.itn_columns(kind, take(LEGENDS, legend), pa.array(np.datetime_as_string(filed)), serial, iso_day)

    lag = rng.choice(3, n, p=[0.35, 0.45, 0.20])
    tendered = pa.array(np.datetime_as_string(day - lag))
    tendered = pc.if_else(pa.array((rng.random(n) < 0.06) | intangible), "", tendered)
    buyer = BUYER_FIRST[dest] + (rng.random(n) ** 1.5 * BUYER_COUNT[dest]).astype(np.int64)
    via = np.where(rng.random(n) < 0.12, rng.integers(len(FORWARDERS), size=n), -1)
    via = np.where(intangible, -1, via)
    end_user = BUYER_FIRST[dest] + rng.integers(BUYER_COUNT[dest])
    end_user = np.where((BUYER_TYPES[buyer] == "R") & (rng.random(n) < 0.6) & ~intangible, end_user, -1)
    carrier, port = _transport(rng, dest, intangible)
    conveyance = pc.binary_join_element_wise(
        take([name for _, name in CARRIER_LIST], carrier),
        pc.if_else(pa.array(intangible), "", pa.array(rng.integers(100, 1000, size=n)).cast(pa.string())), "",
    )  # fmt: skip
    mode = take([mode for mode, _ in CARRIER_LIST], carrier)
    on_export = pa.array(export & ~intangible)
    digits = pa.array(number).cast(pa.string())
    whole, rest = pa.array(cents // 100).cast(pa.string()), pa.array(cents % 100).cast(pa.string())
    line_number = np.arange(lines) - np.repeat(np.cumsum(count) - count, count) + 1

    shipment = {
        "shipment_id": pc.binary_join_element_wise("SH", digits, ""),
        "export_on": iso_day,
        "tendered_on": tendered,
        "activity": take(["export", "reexport", "in_country_transfer"], activity),
        "form": take(["tangible", "intangible"], intangible.astype(np.int64)),
        "usppi_id": pc.if_else(pa.array(export), USPPI_ID, ""),
        "usppi_name": pc.if_else(pa.array(export), USPPI_NAME, ""),
        "consignee_name": take(BUYER_NAMES, buyer),
        "consignee_country": take(ISO, dest),
        "consignee_type": take(BUYER_TYPES, buyer),
        "intermediate_consignee_name": take([*(name for name, _ in FORWARDERS), ""], via % (len(FORWARDERS) + 1)),
        "intermediate_country": take([*(iso for _, iso in FORWARDERS), ""], via % (len(FORWARDERS) + 1)),
        "end_user_name": take([*BUYER_NAMES, ""], end_user % (len(BUYER_NAMES) + 1)),
        "end_user_country": pc.if_else(pa.array(end_user < 0), "", take(ISO, dest)),
        "destination": take(ISO, dest),
        "shipped_from": take([*ISO, "US"], np.where(export, len(ISO), np.where(reexport, hub, dest))),
        **filing,
        "transport_mode": mode,
        "conveyance": conveyance,
        "port_of_export": pc.if_else(on_export, take([code for _, code in PORT_LIST], port), ""),
        "routed": pc.if_else(on_export, take(["N", "Y"], (rng.random(n) < 0.04).astype(np.int64)), ""),
        "invoice_number": pc.binary_join_element_wise("INV-", digits, ""),
    }
    table = {name: column.take(pa.array(of)) for name, column in shipment.items()}
    table |= line_columns(part, eccn, authority, rng.integers(3, size=lines) + 10 * dest[of])
    table |= {
        "line_number": pa.array(line_number).cast(pa.string()),
        "origin_df": take(["D", "F"], origin),
        "quantity": pa.array(quantity).cast(pa.string()),
        "value_usd": pc.binary_join_element_wise(whole, pc.utf8_lpad(rest, 2, "0"), "."),
    }
    return pa.table(table), first + n


def line_columns(part: np.ndarray, eccn: np.ndarray, authority: np.ndarray, serial: np.ndarray) -> dict[str, pa.Array]:
    """The columns that follow from part, ECCN and authority; `serial` chooses among a destination's licenses."""
    code, form, paragraph = zip(*((*text.split(), "", "", "")[:3] for text in paperwork.AUTHORITIES), strict=True)
    top = int(serial.max()) + 1
    numbers = [paperwork.license_number(kind, at) for kind in form for at in range(top)]
    return {
        "part_number": take([row[0] for row in PARTS], part),
        "description": take([row[1] for row in PARTS], part),
        "eccn": take(ECCNS, eccn),
        "schedule_b": take([row[4] for row in PARTS], part),
        "uom": take([row[5] for row in PARTS], part),
        "license_code": take(code, authority),
        "license_number": take(numbers, authority * top + serial),
        "exception_paragraph": take(paragraph, authority),
    }


def _days(rng: np.random.Generator, n: int, start: date, until: date, between: tuple[float, float]) -> np.ndarray:
    """Sorted days of export: mostly weekdays, growing by a tenth a year."""
    days = np.arange(np.datetime64(start), np.datetime64(until + timedelta(days=1)))
    weekday = (days.astype(np.int64) + 3) % 7
    weight = np.array([1, 1, 1, 1, 1, 0.08, 0.03])[weekday] * (1 + np.arange(len(days)) / 3650)
    share = np.cumsum(weight) / weight.sum()
    at = np.searchsorted(share, between[0] + np.sort(rng.random(n)) * (between[1] - between[0]), side="right")
    return days[np.minimum(at, len(days) - 1)]


def _parts(rng: np.random.Generator, intangible: np.ndarray) -> np.ndarray:
    """The part of each line: technology on intangible lines, goods on the others."""
    part = np.zeros(len(intangible), dtype=np.int64)
    for here, of_kind in ((intangible, INTANGIBLE), (~intangible, ~INTANGIBLE)):
        weight = PART_WEIGHT * of_kind
        part[here] = rng.choice(len(PARTS), int(here.sum()), p=weight / weight.sum())
    return part


def _due(
    of: np.ndarray, part: np.ndarray, origin: np.ndarray, cents: np.ndarray, eccn: np.ndarray, authority: np.ndarray,
    dest: np.ndarray, spectral_law: np.ndarray,
) -> np.ndarray:  # fmt: skip
    """Whether each shipment needs EEI, roughly: value by Schedule B and origin, or 758.1(b) at any value."""
    keys = (of * len(SCHEDULE_B) + SCHEDULE_B_AT[part]) * 2 + origin
    place = np.unique(keys, return_inverse=True)[1]
    high = np.bincount(place, weights=cents)[place] > 250_000
    is_licensed = np.array([text.startswith("C30") for text in paperwork.AUTHORITIES])[authority]
    listed = np.array([code != "EAR99" for code in ECCNS])[eccn]
    spectral = np.array([code.startswith("3A069") for code in ECCNS])[eccn]
    where = dest[of]
    china_russia_venezuela = np.isin(where, [AT[iso] for iso in ("CN", "HK", "RU", "VE")])
    line_due = (high & (where != AT["CA"])) | is_licensed | (listed & china_russia_venezuela)
    line_due |= spectral & spectral_law & IN_GROUP_D[where]
    return np.bincount(of, weights=line_due) > 0


def _transport(rng: np.random.Generator, dest: np.ndarray, intangible: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Carrier and port of each shipment: trucks to Canada and Mexico, else mostly air."""
    by_land = np.isin(dest, [AT["CA"], AT["MX"]])
    chance = rng.random(len(dest))
    mode = np.where(by_land & (chance < 0.7), "30", np.where(chance < 0.84, "40", np.where(chance < 0.95, "11", "50")))
    mode = np.where(intangible, "", mode)
    carrier, port = np.zeros(len(dest), dtype=np.int64), np.zeros(len(dest), dtype=np.int64)
    for chosen, every in ((carrier, CARRIER_LIST), (port, PORT_LIST)):
        for name in CARRIERS:
            places = np.array([at for at, (of_mode, _) in enumerate(every) if of_mode == name])
            here = np.flatnonzero(mode == name)
            chosen[here] = places[rng.integers(len(places), size=len(here))]
    return carrier, port
