"""Draw shipments and their lines, vectorized: what belongs to a shipment is drawn once and repeated on its lines."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.sample import draws, paperwork
from data.sample.catalog import FORWARDERS, USPPI_ID, USPPI_NAME, USPPI_OTHER_SPELLING
from data.sample.paperwork import KIND, LEGENDS
from data.sample.tables import (
    AT,
    BUYER_COUNT,
    BUYER_FIRST,
    BUYER_NAMES,
    BUYER_TYPES,
    CARRIER_LIST,
    ECCN_AFTER,
    ECCN_BEFORE,
    ECCNS,
    FORWARDER,
    HUBS,
    ISO,
    LARGE,
    MEDIAN,
    MOST,
    PARTS,
    PORT_LIST,
    ROLE,
    WEIGHT,
    take,
)

FIRST_SHIPMENT = 10_000_001
PER_SHIPMENT = [0.42, 0.25, 0.14, 0.09, 0.06, 0.04]  # shipments of 1, 2, ... 6 lines


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
    day = draws.days(rng, n, start, until, between)
    dest = rng.choice(len(ISO), n, p=WEIGHT)
    closed = np.isin(dest, [AT["RU"], AT["BY"]]) & (day >= np.datetime64("2022-02-24"))
    dest[closed] = AT["DE"]
    intangible = (rng.random(n) < 0.004) & (count == 1)
    of = np.repeat(np.arange(n), count)

    # lines
    part = draws.parts(rng, intangible[of])
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
    reexport = (draw_activity < 0.015) & ~intangible & LARGE[dest]
    transfer = (draw_activity > 0.994) & ~intangible & LARGE[dest]
    hub = np.array([AT[iso] for iso in HUBS])[rng.integers(len(HUBS), size=n)]
    hub = np.where(hub == dest, AT["CH"], hub)
    export = ~reexport & ~transfer
    activity = np.where(reexport, 1, np.where(transfer, 2, 0))
    is_filed = export & ~intangible
    due = draws.due(of, part, origin, cents, menu, authority, eccn, dest) & is_filed
    routed = (rng.random(n) < 0.04) & is_filed
    may_file_after = (np.bincount(of, weights=menu != "none") == 0) & ~routed & ~intangible
    kind = np.where(is_filed, paperwork.filing_kinds(rng, due, may_file_after), KIND["none"])
    legend = np.where(dest == AT["CA"], 1, 0)
    legend = np.where(due & (rng.random(n) < 0.5), rng.integers(2, 4, size=n), legend)
    number = first + np.arange(n)
    filed = day - rng.choice(4, n, p=[0.3, 0.4, 0.2, 0.1])
    filed = np.where(np.isin(kind, [KIND["late"], KIND["after"]]), day + rng.integers(1, 5, size=n), filed)
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
    via = np.where((rng.random(n) < 0.10) & ~intangible, FORWARDER[dest], -1)
    end_user = BUYER_FIRST[dest] + rng.integers(BUYER_COUNT[dest])
    end_user = np.where((BUYER_TYPES[buyer] == "R") & (rng.random(n) < 0.6) & ~intangible, end_user, -1)
    carrier, port = draws.transport(rng, dest, intangible, np.bincount(of, weights=cents))
    usppi = np.where(rng.random(n) < 0.008, 1, 0)
    conveyance = pc.binary_join_element_wise(
        take([name for _, name in CARRIER_LIST], carrier),
        pc.if_else(pa.array(intangible), "", pa.array(rng.integers(100, 1000, size=n)).cast(pa.string())), "",
    )  # fmt: skip
    mode = take([mode for mode, _ in CARRIER_LIST], carrier)
    on_export = pa.array(is_filed)
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
        "usppi_name": pc.if_else(pa.array(export), take([USPPI_NAME, USPPI_OTHER_SPELLING], usppi), ""),
        "consignee_name": take(BUYER_NAMES, buyer),
        "consignee_country": take(ISO, dest),
        "consignee_type": take(BUYER_TYPES, buyer),
        "intermediate_consignee_name": take([*(name for name, _, _ in FORWARDERS), ""], via % (len(FORWARDERS) + 1)),
        "intermediate_country": take([*(iso for _, iso, _ in FORWARDERS), ""], via % (len(FORWARDERS) + 1)),
        "end_user_name": take([*BUYER_NAMES, ""], end_user % (len(BUYER_NAMES) + 1)),
        "end_user_country": pc.if_else(pa.array(end_user < 0), "", take(ISO, dest)),
        "destination": take(ISO, dest),
        "shipped_from": take([*ISO, "US"], np.where(export, len(ISO), np.where(reexport, hub, dest))),
        **filing,
        "transport_mode": mode,
        "conveyance": conveyance,
        "port_of_export": pc.if_else(on_export, take([code for _, code in PORT_LIST], port), ""),
        "routed": pc.if_else(on_export, take(["N", "Y"], routed.astype(np.int64)), ""),
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
