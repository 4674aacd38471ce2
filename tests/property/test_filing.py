"""The engine and a second reading of the filing rule say the same of every line of every home that is drawn."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from functools import cache

import pytest

from tests.support.engine import RULEBOOK, Screened, law_of_filing, screen_lines
from tests.support.filing_drawing import draw_homes
from tests.support.filing_oracle import judge_filing
from tests.support.tables_oracle import tables_of
from tests.support.truth import Line
from tests.support.values_oracle import low_values

TABLES = tables_of(RULEBOOK.tables_dir)

seeds = pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.long)])


@cache
def screened(seed: int) -> tuple[list[Line], list[str], Screened]:
    """Lines of many homes, the worth of their shipments by the oracle, and what the engine found of them."""
    homes = draw_homes(random.Random(seed), 300)
    lines: list[Line] = [{**line, "source": f"home {at}"} for at, home in enumerate(homes) for line in home]
    values = [value for home in homes for value in low_values(home, TABLES)]
    return lines, values, screen_lines(lines, law_of_filing(), is_one_realm=False)


@seeds
def test_the_engine_knows_the_value_of_a_shipment_as_the_oracle_does(seed: int) -> None:
    lines, values, found = screened(seed)
    wrong = [
        f"expected {value}, found {found.low_values[at]}: {lines[at]}"
        for at, value in enumerate(values)
        if found.low_values[at] not in ("", value)
    ]
    assert not wrong[:3], f"{len(wrong)} lines"


@seeds
def test_the_engine_asks_for_a_filing_where_the_oracle_does(seed: int) -> None:
    lines, values, found = screened(seed)
    said, wrong = found.filing(), []
    for at, (line, value) in enumerate(zip(lines, values, strict=True)):
        # where the two know the value alike or not is another test
        known = found.low_values[at] or value
        expected = judge_filing(line, known, RULEBOOK.provisions, RULEBOOK.controls, TABLES)
        if said.get(at, "clear") != expected:
            wrong.append(f"expected {expected}, found {said.get(at, 'clear')}: {line}")
    assert not wrong[:3], f"{len(wrong)} lines"


DATES = (-1, 0, 5, 11, -119, -120, -121, -365, -366, -367, 120, 121, 364, 365, 366, 3650)
NO_DATES = (
    "20250230", "20251301", "20250012", "20250100", "20250132", "19000301", "00010301", "19941231", "20991231",
    "20261122", "20240229", "20230229",
)  # fmt: skip


@seeds
def test_an_itn_proves_a_filing_by_its_date_as_the_oracle_has_it(seed: int) -> None:
    rng = random.Random(seed)
    lines: list[Line] = [
        {**line, "source": f"home {at}"} for at, home in enumerate(draw_homes(rng, 150)) for line in home
    ]
    for line in lines:
        day = date.fromisoformat(str(line["export_on"]))
        dated = [f"{day + timedelta(days):%Y%m%d}" for days in DATES]
        itn = f"X{rng.choice(dated if rng.random() < 0.7 else NO_DATES)}{rng.randrange(10**6):06}"
        line |= {"itn": itn} if rng.random() < 0.8 else {"itn": "PENDING", "eei_exemption": f"AES {itn}"}
    found = screen_lines(lines, law_of_filing(), is_one_realm=False)
    said, outcomes = found.filing(), Counter[str]()
    for at, (line, value) in enumerate(zip(lines, low_values(lines, TABLES), strict=True)):
        known = found.low_values[at] or value
        expected = judge_filing(line, known, RULEBOOK.provisions, RULEBOOK.controls, TABLES)
        assert said.get(at, "clear") == expected, line
        outcomes[expected] += 1
    assert min(outcomes[one] for one in ("flagged", "undetermined", "clear")) > 100


LESS_READABLE = ("", "kr", "£", "EUR", "yen", "N/A", "USN")
"""Currencies that are not dollars, of which no rate is known."""


@seeds
def test_a_less_readable_currency_never_makes_a_line_clear(seed: int) -> None:
    rng = random.Random(seed)
    lines: list[Line] = [
        {**line, "source": f"home {at}", "currency": rng.choice((None, "USD", "$"))}
        for at, home in enumerate(draw_homes(rng, 200))
        for line in home
    ]
    worse = [line | {"currency": rng.choice(LESS_READABLE)} if rng.random() < 0.3 else line for line in lines]
    before, after = (screen_lines(one, law_of_filing(), is_one_realm=False).filing() for one in (lines, worse))
    cleared = [worse[at] for at in before if at not in after]
    assert not cleared[:3], f"{len(cleared)} lines"
    assert any(after.get(at) != outcome for at, outcome in before.items())
