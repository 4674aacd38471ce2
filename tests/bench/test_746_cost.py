"""The rules of part 746, beside those of before, on lines of which 3 % go where they ask.

Before, lines to Cuba, Iran, North Korea and Syria were found by one rule, and those to Russia, Belarus and occupied
Ukraine by none: for that stand the rules of the four countries alone, which find the same lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.sample.generate import write_csv
from data.sample.year import generate_year
from tests.support.large import PART_746, RUN, home_of
from tests.support.measure import report, take_turns, timed
from transforms.rulebook.compile import compile_law
from transforms.rulebook.law import Law
from transforms.rulebook.listed import NO_LISTS
from transforms.screening.screen import screen
from transforms.store import open_store

LINES, RATIO, ONE_IN = 1_000_000, 1.2, 33
ADDED = PART_746 - {"cuba", "iran", "north-korea", "syria"}
DESTINATIONS = pa.array(["RU", "BY", "UA", "CU", "IR", "KP", "SY"])


def sent_there(tables: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """Yield the lines with one in 33 to these destinations, in turn."""
    for table in tables:
        at = np.arange(len(table))
        there = DESTINATIONS.take(pa.array(at // ONE_IN % len(DESTINATIONS)))
        for name in ("destination", "consignee_country"):
            column = pc.if_else(pa.array(at % ONE_IN == 0), there, table[name])
            table = table.set_column(table.schema.get_field_index(name), name, column)
        yield table


def test_embargoes_cost_little_more_than_the_rest(folder, rulebook):
    path = folder / "there.csv"
    write_csv(sent_there(generate_year(LINES)), path)
    home = home_of(folder / "there", path)
    whole = replace(rulebook, cases={}, listed=NO_LISTS)
    before = replace(whole, controls=tuple(rule for rule in whole.controls if rule.id not in ADDED))
    assert len(before.controls) == len(whole.controls) - len(ADDED)
    found: dict[str, int] = {}

    def screened(name: str, law: Law) -> float:
        with open_store(home.database) as connection:
            spent = timed(lambda: screen(connection, law, RUN))
            found[name] = connection.execute("select count(*) from findings").fetchall()[0][0]
            return spent

    laws = {"as before": compile_law(before), "all of part 746": compile_law(whole)}
    spent = take_turns({name: lambda name=name, law=law: screened(name, law) for name, law in laws.items()}, times=5)
    print(f"\n{found} findings")
    ratios = [after / first for first, after in zip(*spent.values(), strict=True)]
    assert report("screen with all of part 746 / as before", ratios, RATIO, spent) <= RATIO
