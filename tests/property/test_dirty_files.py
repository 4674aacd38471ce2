"""Of any file, however dirty, each row is accounted for, or the file is refused by name and the home is as before."""

from __future__ import annotations

import os

import pytest

from tests.support.desk import Desk
from tests.support.mangling import dirty_file
from transforms.errors import EarshotError

FILES = 25
BATCHES = int(os.environ.get("EARSHOT_DIRTY_FILES", "25")) // FILES
"""`make long` feeds five hundred files, which takes minutes."""
HELD = (
    "select (select (count(*), max(batch_id)) from batches), (select (count(*), count(known_until)) from lines),"
    " (select count(*) from items), (select count(*) from filings), (select count(*) from quarantine)"
)
LAST = (
    "select rows_in, loaded, duplicates, restated, quarantined, left_out,"
    " (select count(*) from lines where lines.batch_id = b.batch_id),"
    " (select count(*) from quarantine as q where q.batch_id = b.batch_id),"
    " (select count(distinct row_number) from quarantine as q where q.batch_id = b.batch_id),"
    " (select count(distinct row_number) from left_out as o where o.batch_id = b.batch_id)"
    " from batches as b order by batch_id desc limit 1"
)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_each_row_of_a_dirty_file_is_accounted_for_or_the_file_is_refused(desk: Desk, batch: int) -> None:
    outcomes, before = {"loaded": 0, "refused": 0}, desk.rows(HELD)
    for seed in range(batch * FILES, (batch + 1) * FILES):
        name, content = dirty_file(seed)
        try:
            done = desk.take(content, name)
        except EarshotError as error:
            assert name in str(error), seed
            assert len(str(error)) < 3_000, seed
            assert desk.rows(HELD) == before, seed
            outcomes["refused"] += 1
        else:
            outcomes["loaded"] += 1
            before = desk.rows(HELD)
            if not done.is_known:
                (rows_in, loaded, duplicates, restated, quarantined, out, *counted) = desk.rows(LAST)[0]
                assert rows_in == loaded + duplicates + restated + quarantined + out == done.rows_in, seed
                assert counted == [loaded + restated, quarantined, quarantined, out], seed
        assert not [path for path in desk.home.landed.iterdir() if path.name.startswith(".")], seed
    assert min(outcomes.values()) > 0
