"""The same extract again tomorrow, with its columns changed: it loads, or one message says what changed."""

from __future__ import annotations

import pytest

from tests.support.desk import Desk
from tests.support.odd_files import NAMES, PLAIN, ROWS, delimited
from transforms.errors import InputError

TABLE = [NAMES, *ROWS]


def test_columns_in_another_order_are_the_same_records(desk: Desk) -> None:
    assert desk.take(PLAIN).loaded == 3
    done = desk.take(delimited([cells[::-1] for cells in TABLE]))
    assert (done.duplicates, done.quarantined) == (3, 1)


def test_a_column_more_that_the_layout_knows_loads(desk: Desk) -> None:
    desk.take(PLAIN)
    done = desk.take(delimited([[*cells, more] for cells, more in zip(TABLE, ["uom", *"1234"], strict=True)]))
    assert (done.rows_in, done.restated, done.quarantined) == (4, 3, 1)


def test_a_column_more_that_it_does_not_know_is_named(desk: Desk) -> None:
    desk.take(PLAIN)
    with pytest.raises(InputError, match="unknown heading 'Clerk'"):
        desk.take(delimited([[*cells, "Clerk"] for cells in TABLE]))
    assert desk.rows("select count(*) from batches") == [(1,)]


def test_a_column_that_was_renamed_is_named_with_what_it_may_be(desk: Desk) -> None:
    desk.take(PLAIN)
    with pytest.raises(InputError, match=r"unknown heading 'value_in_usd'.*value_usd"):
        desk.take(PLAIN.replace("value_usd", "value_in_usd"))
    with pytest.raises(InputError, match="unknown heading 'Ship Date'"):
        desk.take(PLAIN.replace("export_on", "Ship Date"))


def test_a_title_that_came_above_the_headings_changes_nothing(desk: Desk) -> None:
    desk.take(PLAIN)
    assert desk.take(f"Shipments\n\n{PLAIN}").duplicates == 3
