"""Seeds of a property: how many are tried, what is drawn from one, and what is open in the end."""

from __future__ import annotations

import random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.support.drawing import draw_controls, draw_lines
from tests.support.engine import RULEBOOK, Screened
from tests.support.truth import Line
from transforms.rulebook.model import Control

seeds = given(seed=st.integers(0, 2**32 - 1))
few = settings(max_examples=2, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])


def drawn(seed: int, count: int = 500) -> tuple[random.Random, list[Line], list[Control]]:
    """Lines, and the shipped rules with a few drawn ones beside them."""
    rng = random.Random(seed)
    controls = [*RULEBOOK.controls, *draw_controls(rng, 6)]
    return rng, draw_lines(rng, count, controls), controls


def open_rules(screened: Screened) -> dict[tuple[int, str], str]:
    """The outcome of each line and rule that is not clear; a rule that `not-judged` lists is undetermined."""
    found = {(row["line_number"], row["rule_id"]): row["outcome"] for row in screened.findings}
    silent = {line for line, rule in found if rule == "not-judged"}
    for row in screened.reached:
        if row["is_rolled_up"] and row["line_number"] in silent:
            found[row["line_number"], row["rule_id"]] = "undetermined"
    return found
