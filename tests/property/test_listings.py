"""The days of listings: every stretch that the decision makes of an entry, beside a second reading, day by day."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pytest

from flows.settings import RULES
from tests.support.listed_oracle import is_within_savings, standing
from transforms.decide.decide import deciding
from transforms.rulebook.compile import compile_law
from transforms.rulebook.read import read_rulebook

ENTRIES = 400
SAVINGS = {"EL", "UVL", "MEU"}
SINCE = {"UVL": date(2014, 1, 21), "MEU": date(2020, 12, 23)}
DAYS = 30


def near(entry: dict[str, Any], draw: random.Random) -> list[date]:
    """Days around each day that the entry states, and some drawn ones."""
    named = ("possible_from", "listed_from", "amended_on", "listed_until", "possible_until", "as_of")
    stated = [entry[name] for name in named if entry[name]]
    found = {day + timedelta(step) for day in stated for step in (-1, 0, 1, DAYS, DAYS + 1)}
    return sorted(found | {date(2014, 1, 1) + timedelta(draw.randrange(4_600)) for _ in range(4)})


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.long)])
def test_the_stretches_of_each_listing_are_those_of_a_second_reading(seed: int) -> None:
    draw = random.Random(seed)
    law = compile_law(read_rulebook(RULES, with_cases=False))
    entries = law.listed.entries.to_pylist()
    for row in entries:  # a home's own list may know that a party came and went, and not when it went
        if row["listed_until"] and row["possible_until"] and draw.random() < 0.3:
            row["listed_until"] = None
    law.listed.__dict__["entries"] = pa.Table.from_pylist(entries, schema=law.listed.entries.schema)
    rows = [row for row in entries if row["list"] in ("EL", "UVL", "MEU", "DPL", "ISN", "SDN")]
    chosen = draw.sample([row for row in rows if row["list"] != "SDN"], ENTRIES) + draw.sample(rows, 50)
    distinct = {row["entry_id"]: row for row in chosen}.values()
    asked = [(row, draw.choice([row["name"], *row["aliases"]])) for row in distinct]
    pairs = [
        json.dumps([{
            "role": "end user", "party": name, "party_country": "", "party_address": "", "entry_id": row["entry_id"],
            "band": "match", "listed_name": name, "part": "", "met": [], "unmet": [], "extra": [],
            "country_state": "agrees", "address_state": "says nothing", "reason": "same-words", "ruled": None,
        }])
        for row, name in asked
    ]  # fmt: skip
    subjects = pa.table({"situation_key": pa.array(range(len(pairs)), pa.uint64()), "listed_parties": pairs})
    with deciding(subjects, law) as connection:
        found = connection.execute(
            "select situation_key, from_on, until_on, open_by, has_savings from party_listings"
        ).fetchall()
    stretches: dict[int, list[tuple[Any, ...]]] = {}
    for key, *stretch in found:
        stretches.setdefault(key, []).append(tuple(stretch))
    differing = []
    for key, (entry, name) in enumerate(asked):
        for day in near(entry, draw):
            here = [one for one in stretches.get(key, []) if one[0] <= day <= one[1]]
            told = "off" if not here else "listed" if here[0][2] is None else "open"
            expected = standing(entry, day, name)
            if entry["list"] in SINCE and day < SINCE[entry["list"]]:
                continue  # before the rule there is no listing in law
            if told != expected or len(here) > 1:
                differing.append((entry["entry_id"], name, day, told, expected, here))
            is_saved = bool(here) and here[0][3]
            may_be_saved = expected == "listed" and entry["list"] in SAVINGS and is_within_savings(entry, day, DAYS)
            if is_saved and not may_be_saved:
                differing.append((entry["entry_id"], name, day, "saved", "not saved", here))
    assert not differing, differing[:5]
