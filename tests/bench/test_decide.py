"""The decision costs by the situations in scope, not by the lines; here it is asked for far more than a company has."""

from __future__ import annotations

from tests.support.measure import copies, report, take_turns, timed
from tests.support.situations import draw_situations
from transforms.decide.decide import decide, deciding
from transforms.rulebook.compile import compile_law

SITUATIONS, CONTROLS, SECONDS = 500_000, 100, 3.0


def test_decide(rulebook):
    law = compile_law(copies(rulebook, CONTROLS, ("pakistan-rs",)))
    situations = draw_situations(SITUATIONS)
    with deciding(situations, law) as decided:
        reached, rows = decided.execute("select count(distinct situation_key), count(*) from determinations").fetchone()
    print(f"\n{reached:,} situations in scope ({reached / SITUATIONS:.1%}), {rows:,} determinations")
    spent = take_turns({"decide": lambda: timed(lambda: decide(situations, law))}, times=5)
    middle = report("100 controls over 500,000 situations, seconds", spent["decide"], SECONDS, spent)
    assert middle <= SECONDS
