"""The Commerce Control List as 2,000 dated rows, beside the controls that have a folder each, on the same lines."""

from __future__ import annotations

from dataclasses import replace

from data.sample.generate import write_csv
from data.sample.year import generate_year
from tests.support.large import PART_746, RUN, home_of
from tests.support.measure import report, take_turns, timed
from transforms.rulebook.ccl import NO_CCL
from transforms.rulebook.compile import compile_law
from transforms.rulebook.law import Law
from transforms.rulebook.listed import NO_LISTS
from transforms.screening.screen import screen
from transforms.store import open_store

LINES, RATIO = 1_000_000, 1.5


def test_the_list_costs_little_more_than_eight_controls(folder, rulebook):
    path = folder / "year.csv"
    write_csv(generate_year(LINES), path)
    home = home_of(folder / "year", path)
    others = tuple(rule for rule in rulebook.controls if rule.id not in PART_746)
    # without lists, as the names of parties would be held against them by either law
    whole = replace(
        rulebook, controls=others, checks=(), party_rules=(), check_sql={}, provisions=(), cases={}, filing=None,
        listed=NO_LISTS,
    )  # fmt: skip
    few, many = compile_law(replace(whole, ccl=NO_CCL)), compile_law(whole)
    assert len(many.rule_versions) > 200 * len(few.rule_versions)

    def screened(law: Law) -> float:
        with open_store(home.database) as connection:
            return timed(lambda: screen(connection, law, RUN))

    spent = take_turns({"controls": lambda: screened(few), "controls and the list": lambda: screened(many)}, times=5)
    ratios = [after / before for before, after in zip(*spent.values(), strict=True)]
    assert report("screen by controls and the list / by controls", ratios, RATIO, spent) <= RATIO
