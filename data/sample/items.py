"""The item master of the invented company: one record per part, or one per period where its ECCN was revised."""

from __future__ import annotations

import pyarrow as pa

from data.sample.catalog import PRODUCTS, rows
from transforms.kinds import ITEMS

REVISED, LAST_BEFORE = "2025-01-16", "2025-01-15"

# part | detectors | spectral | top-down proteomics | FDA device; every other part has none of it recorded
INSTRUMENTS = """
CYT-S5|64|Y|N|N
CYT-S3|38|Y|N|N
CYT-30|30|N|N|N
CYT-S5R|64|Y|N|N
CYT-SX|40|Y|N|N
CYT-12|14|N|N|N
CYT-DX|10|N|N|Y
SRT-S6|48|Y|N|N
SRT-4W|28|N|N|N
SRT-2W|10|N|N|N
MS-TD||N|Y|N
MS-TDX||N|Y|N
MS-TDL||N|Y|
MS-Q1||N|N|N
MS-TOF||N|N|N
MS-ICP||N|N|N
LC-20||N|N|N
LC-30||N|N|N
"""

# parts that the item master lacks, whose record is coarser than the lines, or that stand in two records at once
ABSENT = ("CAS-T", "MAN-P", "OIL-1", "TEC-OP")
COARSE = {"MAG-OP": "6A996", "LC-30": "3A999", "VLV-316": "2B999"}
TWICE = {"LAS-W": ("EAR99", "2025-10-01"), "EXC-H": ("2B999", "2025-06-02")}


TOLD_OF_INSTRUMENTS = ("detectors", "spectral", "top_down_proteomics", "fda_device")


def item_master() -> pa.Table:
    """Every record, all columns text, in the order of the catalog."""
    facts = {part: dict(zip(TOLD_OF_INSTRUMENTS, told, strict=True)) for part, *told in rows(INSTRUMENTS)}
    made: list[dict[str, str]] = []
    seen: set[str] = set()
    for part, description, before, after, schedule_b, *_ in rows(PRODUCTS):
        if part in seen or part in ABSENT:
            continue
        seen.add(part)
        told = {"part_number": part, "description": description, "schedule_b": schedule_b, **facts.get(part, {})}
        eccn = COARSE.get(part, after)
        if before != after:
            made += [told | {"eccn": before, "valid_until": LAST_BEFORE}, told | {"eccn": eccn, "valid_from": REVISED}]
        else:
            made.append(told | {"eccn": eccn})
        if part in TWICE:
            other, since = TWICE[part]
            made.append(told | {"eccn": other, "valid_from": since})
    whole = [{name: record.get(name, "") for name in ITEMS.names} for record in made]
    return pa.Table.from_pylist(whole, pa.schema([(name, pa.string()) for name in ITEMS.names]))
