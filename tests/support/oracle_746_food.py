"""A second reading of food and medicine: what a record says of them, by the item master and the chapter of the HS.

No fact names chapters, nor defines the two. So no chapter clears, and those in which neither stands are sure.
"""

from __future__ import annotations

import re

from tests.support.oracle_746_hts import read_number
from tests.support.truth import Line, Truth

MAY_HOLD = {*(f"{chapter:02}" for chapter in range(1, 24)), "28", "29", "30", "33", "35", "38"}
"""Tobacco (24) is neither, a choice of the house."""
SALT = "2501"
SURELY_FOOD_OR_MEDICINE: frozenset[str] = frozenset()
"""Chapters or headings that clear by themselves: none."""


def is_food_or_medicine(line: Line, *kinds: str) -> Truth:
    """What the item master says of either, or of one of `kinds` alone; None, where it says nothing."""
    said = {one.strip().lower() for one in re.split("[;|]", line.get("item_facts") or "")}
    wanted = set(kinds or ("food", "medicine", "food or medicine"))
    if said & wanted:
        return True
    return False if "not food or medicine" in said or {"not food", "not medicine"} <= said else None


def may_be_carved_out(line: Line, *, is_ear99: bool) -> Truth:
    """Whether the line is of food or medicine.

    That the item master says neither counts of what is recorded as EAR99; else the ECCN is to be completed first.
    """
    told = is_food_or_medicine(line)
    if told or (told is False and is_ear99):
        return told
    number = read_number(line)
    if number.kind == "missing" and line.get("form") == "intangible":
        return False
    if number.kind != "code":
        return None
    if any(number.hs6.startswith(one) for one in SURELY_FOOD_OR_MEDICINE):
        return True
    return None if number.chapter in MAY_HOLD or number.hs6.startswith(SALT) else False
