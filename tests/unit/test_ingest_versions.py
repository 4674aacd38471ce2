"""A line keeps its versions: new, repeated, restated and contradictory rows are told apart, in a file and between."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from tests.support.desk import Desk, make_desk
from tests.support.extracts import extract, row
from transforms.ingest.load import Loaded

MONDAY, TUESDAY, WEDNESDAY = (datetime(2026, 3, day) for day in (2, 3, 4))
HISTORY = "select shipment_id, value_usd::integer, known_from, known_until from lines order by all"
CURRENT = "select shipment_id, value_usd::integer from lines where known_until is null order by all"


def counts(done: Loaded) -> tuple[int, int, int, int, int]:
    return done.rows_in, done.loaded, done.duplicates, done.restated, done.quarantined


def worth(shipment: str, dollars: int, **other: Any) -> str:
    return row(shipment, value_usd=str(dollars), **other)


def test_a_restated_line_keeps_its_earlier_version_until_the_moment_it_was_restated(desk: Desk) -> None:
    desk.take(extract(worth("A", 1), worth("B", 5)), known_from=MONDAY)
    done = desk.take(extract(worth("A", 2)), known_from=TUESDAY)
    assert counts(done) == (1, 0, 0, 1, 0)
    assert desk.rows(HISTORY) == [("A", 1, MONDAY, TUESDAY), ("A", 2, TUESDAY, None), ("B", 5, MONDAY, None)]


def test_a_line_restated_back_to_what_it_was_has_three_versions_and_the_last_holds(desk: Desk) -> None:
    desk.take(extract(worth("A", 1)), known_from=MONDAY)
    desk.take(extract(worth("A", 2)), known_from=TUESDAY)
    done = desk.take(extract(worth("A", 1), worth("B", 5)), known_from=WEDNESDAY)
    assert counts(done) == (2, 1, 0, 1, 0)
    assert desk.rows(HISTORY) == [
        ("A", 1, MONDAY, TUESDAY), ("A", 1, WEDNESDAY, None), ("A", 2, TUESDAY, WEDNESDAY), ("B", 5, WEDNESDAY, None)
    ]  # fmt: skip


def test_a_restatement_sent_again_is_a_duplicate(desk: Desk) -> None:
    desk.take(extract(worth("A", 1)))
    desk.take(extract(worth("A", 2)))
    assert counts(desk.take(extract(worth("A", 2), worth("B", 5)))) == (2, 1, 1, 0, 0)


def test_one_file_may_bring_new_repeated_and_restated_lines_and_their_copies(desk: Desk) -> None:
    desk.take(extract(worth("A", 1), worth("B", 1)))
    done = desk.take(extract(worth("A", 2), worth("B", 1), worth("C", 1), worth("A", 2), worth("B", 1), worth("C", 1)))
    assert counts(done) == (6, 1, 4, 1, 0)
    assert desk.rows(CURRENT) == [("A", 2), ("B", 1), ("C", 1)]


def test_two_files_learned_of_at_one_moment_leave_one_current_version(desk: Desk) -> None:
    desk.take(extract(worth("A", 1)), known_from=MONDAY)
    desk.take(extract(worth("A", 2)), known_from=MONDAY)
    assert desk.rows(CURRENT) == [("A", 2)]
    at = f"known_from <= timestamp '{MONDAY}' and (known_until is null or known_until > timestamp '{MONDAY}')"
    assert desk.rows(f"select value_usd::integer from lines where {at}") == [(2,)]


def test_rows_that_tell_two_things_of_one_line_are_all_set_aside_with_their_numbers(desk: Desk) -> None:
    done = desk.take(extract(worth("A", 1), worth("B", 1), worth("A", 2), worth("A", 1), worth("C", 1)))
    assert counts(done) == (5, 2, 0, 0, 3)
    assert desk.rows("select row_number from quarantine order by all") == [(1,), (3,), (4,)]
    assert desk.rows(CURRENT) == [("B", 1), ("C", 1)]


def test_rows_at_odds_leave_the_version_that_was_known(desk: Desk) -> None:
    desk.take(extract(worth("A", 1)))
    assert counts(desk.take(extract(worth("A", 2), worth("A", 3), worth("B", 1)))) == (3, 1, 0, 0, 2)
    assert desk.rows(CURRENT) == [("A", 1), ("B", 1)]


@pytest.mark.parametrize("number", ["1", "01", "1.0", " 1 "])
def test_a_line_number_is_the_same_however_it_is_written(desk: Desk, number: str) -> None:
    desk.take(extract(worth("A", 1)))
    assert desk.take(extract(worth("A", 1, line_number=number), worth("B", 1))).duplicates == 1


def test_case_and_inner_spaces_of_a_shipment_reference_count(desk: Desk) -> None:
    assert desk.take(extract(worth("A 1", 1), worth("a 1", 1), worth("A1", 1), worth(" A1 ", 1))).loaded == 3


def test_the_same_file_is_known_again_whatever_it_is_called(desk: Desk) -> None:
    content = extract(worth("A", 1), worth("B", 2), "no row")
    first = desk.take(content, "monday.csv")
    before = desk.tables()
    for name in ("monday.csv", "renamed.csv"):
        again = desk.take(content, name)
        assert (again.is_known, again.outdated, *counts(again)) == (True, 0, 3, 0, 3, 0, 0)
    assert counts(first) == (3, 2, 0, 0, 1)
    assert desk.tables() == before


def test_the_same_file_cut_in_two_brings_nothing_new(desk: Desk) -> None:
    rows = [worth(f"S{number}", number) for number in range(10)]
    desk.take(extract(*rows))
    assert counts(desk.take(extract(*rows[:4]), "one.csv")) == (4, 0, 4, 0, 0)
    assert counts(desk.take(extract(*rows[4:]), "two.csv")) == (6, 0, 6, 0, 0)


def test_another_file_of_the_same_size_is_another_file(desk: Desk) -> None:
    desk.take(extract(worth("A", 1)))
    assert counts(desk.take(extract(worth("B", 1)))) == (1, 1, 0, 0, 0)


def test_an_old_file_sent_again_takes_nothing_back_and_says_how_much_of_it_is_outdated(desk: Desk) -> None:
    old = extract(worth("A", 1), worth("B", 1))
    desk.take(old)
    desk.take(extract(worth("A", 2)))
    again = desk.take(old)
    assert (again.is_known, again.outdated, again.duplicates) == (True, 1, 2)
    assert desk.rows(CURRENT) == [("A", 2), ("B", 1)]


def test_an_old_file_read_again_on_purpose_restates_its_lines(desk: Desk) -> None:
    old = extract(worth("A", 1), worth("B", 1))
    desk.take(old)
    desk.take(extract(worth("A", 2)))
    assert counts(desk.take(old, again=True)) == (2, 0, 1, 1, 0)
    assert desk.rows(CURRENT) == [("A", 1), ("B", 1)]


def test_two_sources_may_use_the_same_shipment_references(desk: Desk) -> None:
    desk.add_layout(
        "acme",
        "id: acme\ntitle: Acme\n"
        "columns: {shipment_id: Shipment, line_number: Item, export_on: Day, value_usd: Worth}\n",
    )
    desk.take(extract(worth("A", 1)))
    assert counts(desk.take("Shipment,Item,Day,Worth\nA,1,2025-02-03,9\n")) == (1, 1, 0, 0, 0)
    assert desk.rows("select source, value_usd::integer from lines order by all") == [("acme", 9), ("line", 1)]


def test_a_row_set_aside_is_loaded_once_it_is_mended(desk: Desk) -> None:
    desk.take(extract(worth("A", 1), worth("B", 1, destination="Freedonia")))
    assert counts(desk.take(extract(worth("A", 1), worth("B", 1)))) == (2, 1, 1, 0, 0)
    assert desk.rows(CURRENT) == [("A", 1), ("B", 1)]


def test_a_file_that_brings_a_column_more_restates_its_lines(desk: Desk) -> None:
    desk.take("shipment_id,line_number,export_on\nA,1,2025-02-03\n")
    assert counts(desk.take("shipment_id,line_number,export_on,eccn\nA,1,2025-02-03,\n")) == (1, 0, 0, 1, 0)


def test_the_order_of_rows_changes_nothing_that_is_kept(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> None:
    rows = [worth("A", 1), worth("B", 1), worth("B", 2), worth("C", 1), worth("C", 1), worth("D", 1, export_on="?")]
    other = make_desk(tmp_path_factory.mktemp("other"))
    done, turned = desk.take(extract(*rows)), other.take(extract(*reversed(rows)))
    assert counts(done) == counts(turned) == (6, 2, 1, 0, 3)
    assert desk.rows(CURRENT) == other.rows(CURRENT)
