"""A second reading of 15 CFR part 746: one line under the embargoes and sanctions, slow and obvious.

Written from the facts alone, and shared with nothing of the engine: see `judge`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.support.oracle_746_claim import Answer, Claim, Item, read_claim
from tests.support.oracle_746_embargo import (
    judge_cuba,
    judge_iran,
    judge_north_korea,
    judge_occupied,
    judge_syria,
)
from tests.support.oracle_746_russia import judge_russia
from tests.support.truth import Line

ECCN = re.compile(r"[0-9][A-E][0-9]{3}(\.([a-z]+|[0-9]+))*")
RULES: dict[str, tuple[tuple[str, ...], Callable[[Line, Item, Claim], Answer]]] = {
    "russia-belarus": (("RU", "BY"), judge_russia),
    "occupied-ukraine": (("UA", "RU"), judge_occupied),
    "cuba": (("CU",), judge_cuba),
    "iran": (("IR",), judge_iran),
    "north-korea": (("KP",), judge_north_korea),
    "syria": (("SY",), judge_syria),
}
WORLDS = [
    Item(is_listed=False, is_told=False),
    *(Item(is_listed=True, category=one, is_told=False) for one in "0123456789"),
]
"""What a line may be whose ECCN cannot be read."""


def judge(line: Line, *, is_bound: bool = True) -> dict[str, Answer | None]:
    """The answer of each rule: clear, flag or undetermined, with the code of why; None beyond its destinations.

    `line` has the canonical columns as text, None where the source has no such column: export_on, tendered_on,
    destination, destination_region, destination_city, activity, form, eccn, schedule_b, description, quantity, uom,
    value_usd, license_code, license_number, exception_paragraph, and item_facts, what the item master says.
    `is_bound`: whether 740.2(a)(3), (4), (5), (8) and (12) may shut an exception that part 746 leaves open.
    """
    items, claim = items_of(line), read_claim(line)._replace(is_bound=is_bound)
    return {
        rule: merge([judge_one(line, item, claim) for item in items]) if line.get("destination") in places else None
        for rule, (places, judge_one) in RULES.items()
    }


def items_of(line: Line) -> list[Item]:
    eccn = line.get("eccn") or ""
    if eccn == "EAR99":
        return [Item(is_listed=False)]
    return [Item(is_listed=True, category=eccn[0], eccn=eccn)] if ECCN.fullmatch(eccn) else WORLDS


def merge(answers: list[Answer]) -> Answer:
    """The one answer of all that a line may be; if they differ, it is not known."""
    outcomes = {answer.outcome for answer in answers}
    return answers[0] if len(outcomes) == 1 else Answer("undetermined", "eccn-unreadable")
