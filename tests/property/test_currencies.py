"""A currency that is less readable never makes a line clear: whatever is not dollars leaves the value open."""

from __future__ import annotations

import random

import pytest

from tests.property.test_filing import outcomes
from tests.support.engine import LAW_OF_FILING, screen_lines
from tests.support.filing_drawing import draw_homes
from tests.support.truth import Line

LESS_READABLE = ("", "kr", "£", "EUR", "yen", "N/A", "USN")


@pytest.mark.parametrize("seed", range(2))
def test_a_less_readable_currency_never_makes_a_line_clear(seed: int) -> None:
    rng = random.Random(seed)
    lines: list[Line] = [
        {**line, "source": f"home {at}", "currency": rng.choice((None, "USD", "$"))}
        for at, home in enumerate(draw_homes(rng, 200))
        for line in home
    ]
    worse = [line | {"currency": rng.choice(LESS_READABLE)} if rng.random() < 0.3 else line for line in lines]
    before, after = (outcomes(screen_lines(one, LAW_OF_FILING, is_one_realm=False)) for one in (lines, worse))
    cleared = [worse[at] for at in before if at not in after]
    assert not cleared[:3], f"{len(cleared)} lines"
    assert any(after.get(at) != outcome for at, outcome in before.items())
