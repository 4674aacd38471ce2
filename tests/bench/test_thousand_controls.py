"""A thousand controls cost about what ten do: rules are tables, decided set-wise."""

from __future__ import annotations

from tests.support.large import RUN
from tests.support.measure import copies, report, take_turns, timed
from transforms.rulebook.compile import compile_law
from transforms.screening.screen import screen
from transforms.store import open_store

RATIO = 3.0


def test_thousand_controls(sample_home, rulebook):
    def screened(number: int) -> float:
        law = compile_law(copies(rulebook, number))
        with open_store(sample_home.database) as connection:
            return timed(lambda: screen(connection, law, RUN))

    spent = take_turns({"10 controls": lambda: screened(10), "1,000 controls": lambda: screened(1_000)}, times=7)
    ratios = [many / few for few, many in zip(*spent.values(), strict=True)]
    assert report("screen with 1,000 controls / with 10", ratios, RATIO, spent) <= RATIO
