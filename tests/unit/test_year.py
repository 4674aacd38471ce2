"""The synthetic year: the same from the same seed, as long as was asked for, and with the skew of trade."""

from __future__ import annotations

from collections import Counter

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from data.sample.catalog import COLUMNS
from data.sample.market import market
from data.sample.year import generate_year, item_master

LINES = 30_000


@pytest.fixture(scope="module")
def year() -> pa.Table:
    return pa.concat_tables(generate_year(LINES))


def test_it_is_the_same_each_time_and_as_long_as_asked_for(year: pa.Table) -> None:
    assert year.column_names == list(COLUMNS)
    assert year.num_rows == LINES
    assert pa.concat_tables(generate_year(LINES)).equals(year)


def test_no_line_comes_twice_and_days_follow_each_other(year: pa.Table) -> None:
    keys = pc.binary_join_element_wise(year["shipment_id"], year["line_number"], "/")
    assert len(pc.unique(keys)) == LINES
    days = year["export_on"].to_pylist()
    assert days == sorted(days)


def test_few_of_many_make_up_most(year: pa.Table) -> None:
    known = market()
    assert (len(known.iso), len(known.eccns)) == (200, 300)
    assert 19_000 <= len(known.part_numbers) <= 21_000
    assert 199_000 <= len(known.consignees) <= 201_000
    assert len(pc.unique(known.consignees)) == len(known.consignees)
    for column, least, share_of_ten in (("destination", 150, 0.45), ("eccn", 200, 0.7)):
        counts = Counter(year[column].to_pylist())
        assert len(counts) >= least
        assert sum(count for _, count in counts.most_common(10)) >= share_of_ten * LINES


@pytest.mark.parametrize("share", [0.002, 0.02])
def test_so_many_rows_have_a_fault(share: float) -> None:
    counted: Counter[str] = Counter()
    assert sum(table.num_rows for table in generate_year(LINES, share, counted=counted)) == LINES
    assert 0.8 * share <= sum(counted.values()) / LINES <= 1.1 * share


def test_every_part_is_in_the_item_master_under_its_eccn(year: pa.Table) -> None:
    items = item_master()
    eccn = dict(zip(items["part_number"].to_pylist(), items["eccn"].to_pylist(), strict=True))
    late = year.filter(pc.and_(pc.greater(year["export_on"], "2025-01-16"), pc.not_equal(year["eccn"], "")))
    late = late.filter(pc.not_equal(late["eccn"], "3.00E+101"))
    assert all(eccn[row["part_number"]] == row["eccn"] for row in late.select(["part_number", "eccn"]).to_pylist())
    changed = item_master(changed=20)
    assert sum(a != b for a, b in zip(items["eccn"].to_pylist(), changed["eccn"].to_pylist(), strict=True)) == 20
