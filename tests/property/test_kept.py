"""What is kept from one screening to the next never changes what a screening says."""

from __future__ import annotations

import os
import random
from datetime import datetime
from typing import Any

import pytest

from tests.support.desk import Desk, make_desk
from tests.support.nights import RECONCILING, nights, take
from tests.support.runs import Run
from tests.support.shipped import shipped_law
from transforms.screening.screen import screen
from transforms.store import open_store

_SAID = (
    "select shipment_id, line_number, s.situation_id from placed_lines join subjects as s using (situation_key)",
    "select * exclude (finding_id) from findings",
    "select s.situation_id, d.* exclude (situation_key, verdict_key, version_key) from determinations as d"
    " join subjects as s using (situation_key) where situation_key in (select situation_key from placed_lines)",
    "select s.situation_id, t.* exclude (situation_key) from tallies as t join subjects as s using (situation_key)",
    "from daily",
)


def _said(desk: Desk, *, keep: bool) -> list[list[tuple[Any, ...]]]:
    with open_store(desk.home.database) as connection:
        if not keep:
            connection.execute("delete from context_state")
        run = Run(moment=datetime(2026, 6, 1))
        screen(connection, shipped_law(), run, RECONCILING, keep=keep)
        as_text = [f"select to_json(t)::varchar from ({query}) as t order by 1" for query in _SAID]
        return [connection.execute(query).fetchall() for query in as_text]


@pytest.mark.parametrize("seed", range(int(os.environ.get("EARSHOT_SEEDS", "1"))))
def test_a_home_that_is_screened_every_night_says_what_one_that_is_screened_once_says(tmp_path, seed):
    nightly, once = make_desk(tmp_path / "nightly"), make_desk(tmp_path / "once")
    for night, (kind, rows) in enumerate(nights(random.Random(seed))):
        for desk in (nightly, once):
            take(desk, kind, rows, night)
        kept = _said(nightly, keep=True)
        if night % 3 == 2:
            assert kept == _said(once, keep=False), f"night {night}, {kind}"
    assert kept == _said(once, keep=False)
