"""The cases of the Commerce Control List and of part 746 end the committed history, and no draw turns on them."""

from __future__ import annotations

import sys
from pathlib import Path

import pyarrow as pa

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from data.sample.generate import HISTORY_DIRT, HISTORY_FROM, HISTORY_LINES, HISTORY_UNTIL, SEED, generate, history

HAND = {"CL", "EM", "LP"}
"""How the numbers of the shipments begin that were written by hand: the CCL, part 746, listed parties."""


def test_they_stand_at_the_end_and_leave_all_other_lines_as_they_were() -> None:
    made = history()
    prefixes = [name[:2] for name in made["shipment_id"].to_pylist()]
    assert set(prefixes[HISTORY_LINES:]) == HAND and not HAND & set(prefixes[:HISTORY_LINES])
    drawn = pa.concat_tables(generate(HISTORY_LINES, SEED, HISTORY_FROM, HISTORY_UNTIL, HISTORY_DIRT))
    assert made.slice(0, HISTORY_LINES).equals(drawn)


def test_they_share_no_day_of_a_case_and_no_itn_with_another_line() -> None:
    rows = history().to_pylist()
    own = [row for row in rows if row["shipment_id"].startswith(tuple(HAND))]
    others = [row for row in rows if not row["shipment_id"].startswith(tuple(HAND))]
    assert len({row["export_on"] for row in own}) == len(own)
    assert not {row["export_on"] for row in own} & {
        row["export_on"] for row in others if row["shipment_id"].startswith("SC")
    }
    assert not {row["itn"] for row in own if row["itn"]} & {row["itn"] for row in others}
