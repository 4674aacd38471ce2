"""Of two extracts that say when they were taken the later one holds, whichever came first."""

from __future__ import annotations

from datetime import datetime
from itertools import permutations
from pathlib import Path

import pytest

from tests.support.desk import Desk, make_desk
from tests.support.extracts import HEADINGS, extract, row
from transforms.errors import InputError
from transforms.ingest.dated import moment_in_name

IN_NAME = "extract: {date_in_name: 'day-%Y-%m-%d'}\n"
IN_COLUMN = "extract: {date_column: Taken, dates: '%d.%m.%Y'}\n"
CURRENT = "select shipment_id, value_usd::integer from lines where known_until is null order by all"


def dated(desk: Desk, how: str = IN_NAME) -> Desk:
    """Give the home a layout `line` whose extracts say when they were taken."""
    columns = ", ".join(f"{name}: {name}" for name in HEADINGS.split(","))
    desk.add_layout("line", f"id: line\ntitle: Lines\n{how}columns: {{{columns}}}\n")
    return desk


def worth(shipment: str, dollars: int, **other: str) -> str:
    return row(shipment, value_usd=str(dollars), **other)


def test_an_older_extract_that_comes_late_is_kept_as_an_earlier_version(desk: Desk) -> None:
    dated(desk).take(extract(worth("A", 2)), "day-2026-03-05.csv")
    late = desk.take(extract(worth("A", 1), worth("B", 1)), "day-2026-03-04.csv")
    assert (late.rows_in, late.loaded, late.restated, late.late) == (2, 1, 1, 1)
    assert desk.rows(CURRENT) == [("A", 2), ("B", 1)]
    assert desk.rows(
        "select value_usd::integer, known_from = known_until from lines where known_until is not null"
    ) == [(1, True)]


def test_what_an_older_extract_says_was_never_known_at_any_time(desk: Desk) -> None:
    monday, tuesday = datetime(2026, 3, 9), datetime(2026, 3, 10)
    dated(desk).take(extract(worth("A", 2)), "day-2026-03-05.csv", known_from=monday)
    desk.take(extract(worth("A", 1)), "day-2026-03-04.csv", known_from=tuesday)
    for moment in (monday, tuesday):
        at = f"known_from <= timestamp '{moment}' and (known_until is null or known_until > timestamp '{moment}')"
        assert desk.rows(f"select value_usd::integer from lines where {at}") == [(2,)]


SNAPSHOTS = {
    "day-2026-03-01.csv": [worth("A", 1), worth("B", 1)],
    "day-2026-03-02.csv": [worth("A", 2), worth("B", 1)],
    "day-2026-03-03.csv": [worth("A", 1), worth("C", 7)],
    "day-2026-03-04.csv": [worth("B", 3)],
}


ORDERS = list(permutations(SNAPSHOTS))[::-8]


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: "".join(name[13] for name in order))
def test_extracts_with_dates_give_the_same_lines_in_any_order(desk: Desk, order: tuple[str, ...]) -> None:
    dated(desk)
    for name in order:
        desk.take(extract(*SNAPSHOTS[name]), name)
    assert desk.rows(CURRENT) == [("A", 1), ("B", 3), ("C", 7)]


@pytest.mark.parametrize("order", [(1, 2, 3), (1, 3, 2), (3, 1, 2)])
def test_the_bytes_of_an_earlier_extract_hold_again_on_a_later_day(desk: Desk, order: tuple[int, ...]) -> None:
    dollars = {1: 100, 2: 200, 3: 100}
    dated(desk)
    for day in order:
        desk.take(extract(worth("A", dollars[day])), f"day-2026-03-0{day}.csv")
    assert desk.rows(CURRENT) == [("A", 100)]


def test_the_same_file_of_the_same_day_is_known(desk: Desk) -> None:
    dated(desk).take(extract(worth("A", 1)), "day-2026-03-05.csv")
    assert desk.take(extract(worth("A", 1)), "day-2026-03-05.csv").is_known


def test_without_a_date_of_its_own_the_extract_that_comes_last_holds(desk: Desk) -> None:
    dated(desk).take(extract(worth("A", 2)), "day-2026-03-05.csv")
    assert desk.take(extract(worth("A", 1)), "correction.csv").late == 0
    assert desk.rows(CURRENT) == [("A", 1)]


def test_a_column_may_say_when_the_extract_was_taken(desk: Desk) -> None:
    dated(desk, IN_COLUMN)
    for day, dollars in (("05.03.2026", 2), ("04.03.2026", 1)):
        desk.take(f"{HEADINGS},Taken\n{worth('A', dollars)},{day}\n", f"{dollars}.csv")
    assert desk.rows(CURRENT) == [("A", 2)]
    assert desk.rows("select extracted_at from batches order by batch_id") == [
        (datetime(2026, 3, 5),), (datetime(2026, 3, 4),)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("days", "problem"),
    [(("05.03.2026", "06.03.2026"), "must be the same in every row"), (("soon", "soon"), "not a date")],
)
def test_rows_that_disagree_on_when_they_were_taken_stop_the_file(
    desk: Desk, days: tuple[str, str], problem: str
) -> None:
    dated(desk, IN_COLUMN)
    rows = "".join(f"{worth(name, 1)},{day}\n" for name, day in zip("AB", days, strict=True))
    with pytest.raises(InputError, match=problem):
        desk.take(f"{HEADINGS},Taken\n{rows}")
    assert desk.rows("select * from batches") == []


@pytest.mark.parametrize(
    ("name", "form", "expected"),
    [
        ("daily-2026-11-20.csv", "daily-%Y-%m-%d", datetime(2026, 11, 20)),
        ("EXP20261120_0915.csv", "EXP%Y%m%d_%H%M", datetime(2026, 11, 20, 9, 15)),
        ("2026-11-20 (2).csv", "%Y-%m-%d", datetime(2026, 11, 20)),
        ("history.csv", "%Y-%m-%d", None),
        ("no-12026-11-20.csv", "%Y-%m-%d", None),
    ],
)
def test_a_date_is_found_in_a_name(name: str, form: str, expected: datetime | None) -> None:
    assert moment_in_name(name, form) == expected


@pytest.mark.parametrize("name", ["2026-01-01_2026-01-31.csv", "2026-13-45.csv"])
def test_a_name_with_two_dates_or_none_that_is_a_day_is_refused(name: str) -> None:
    with pytest.raises(InputError, match=name):
        moment_in_name(name, "%Y-%m-%d")


@pytest.mark.parametrize(
    ("how", "problem"),
    [
        ("extract: {date_in_name: '%Y-%m'}", "has no day"),
        ("extract: {date_in_name: '%Y-%b-%d'}", "cannot be told in a name"),
        ("extract: {date_in_name: '%Y-%m-%d', date_column: Taken}", "one of the two"),
        ("extract: {dates: '%Y-%m-%d'}", "without date_column"),
        ("extract: {date_in_nam: '%Y-%m-%d'}", "did you mean 'date_in_name'"),
    ],
)
def test_a_layout_that_says_it_wrongly_is_refused(tmp_path: Path, how: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        dated(make_desk(tmp_path), how + "\n").take(extract(worth("A", 1)))
