"""Cells that are read otherwise than they stand are counted at the door, by column, from the first one on."""

from __future__ import annotations

from tests.support.desk import Desk
from transforms.ingest.load import Loaded

LINES = "shipment_id,line_number,export_on,itn,eei_exemption,eccn,license_code,license_number"
FILINGS = "itn,line_number,eccn,license_code,license_number"
ITEMS = "part_number,eccn"


def reread(done: Loaded) -> dict[str, float]:
    """How many cells of each column were read otherwise than they stand."""
    return {
        one["name"].removeprefix("reread_"): one["observed"]
        for one in done.door
        if one["name"].startswith("reread_") and not one["success"]
    }


def test_cells_of_lines_are_counted_by_column(guarded: Desk) -> None:
    rows = [
        "A,1,2026-11-02,AES X20261102000003,,EAR99,C33,NLR", "B,1,2026-11-02,X20261102000003 SS,,EAR99,C33 NLR,",
        "C,1,2026-11-02,X20261102000004,,EAR99 NLR,C33,", "D,1,2026-11-02,,AES X20261102000005,3A999f,C33,NLR",
        "E,1,2026-11-02,,NOEEI 30.37(a),3a999.f,c33,nlr", "F,1,2026-11-02,,30.36,EAR 99,,",
    ]  # fmt: skip
    done = guarded.take("\n".join([LINES, *rows]) + "\n")
    assert reread(done) == {"itn": 2, "eei_exemption": 1, "eccn": 2, "license_code": 1}


def test_what_stands_as_it_should_is_not_counted(guarded: Desk) -> None:
    row = "A,1,2026-11-02,x20261102000003,30.37(a),3a999.F,c33,nlr"
    assert reread(guarded.take(f"{LINES}\n{row}\n")) == {}


def test_cells_of_filings_and_items_are_counted(guarded: Desk) -> None:
    rows = ["AES X20261102000003,1,3A999f,C33 - NLR,NLR", "X20261102000004,1,EAR99,C33,NLR"]
    assert reread(guarded.take("\n".join([FILINGS, *rows]) + "\n")) == {"itn": 1, "eccn": 1}
    assert reread(guarded.take(f"{ITEMS}\nP-1,3A999(f)\nP-2,EAR99\n", layout="items")) == {"eccn": 1}
