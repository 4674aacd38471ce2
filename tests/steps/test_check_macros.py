"""What the SQL of a check may ask by a name: each macro by itself, on scopes and tables given as rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from tests.support.parameters import parameter_rows
from transforms.decide.checks import CHECKS
from transforms.decide.decide import LAW
from transforms.pipeline import fill
from transforms.sql import read_sql
from transforms.store import load_common, open_memory

ALWAYS, FOREVER = date(1, 1, 1), date(9999, 12, 31)
SUBJECT = """with subject as (
    select * from (values (1, '3A999', 'HK'), (2, '3A992', 'DE'), (3, null, '')) as s(situation_key, eccn, destination)
)"""


@pytest.fixture(scope="module")
def law() -> Iterator[duckdb.DuckDBPyConnection]:
    """The tables of the law, two scopes, and the macros over them."""
    with open_memory() as connection:
        load_common(connection)
        connection.execute(read_sql(LAW))
        connection.execute("create table scope_items (name varchar, eccn varchar, state varchar, note varchar)")
        connection.execute(
            "create table scope_places (name varchar, destination varchar, from_on date, until_on date, state varchar,"
            " note varchar)"
        )
        connection.execute(CHECKS.text("macros"))
        fill(connection, "scope_items", [
            {"name": "series", "eccn": "3A999", "state": "in"}, {"name": "series", "eccn": None, "state": "unknown"},
            {"name": "other", "eccn": "3A992", "state": "in"},
        ])  # fmt: skip
        fill(connection, "scope_places", [
            {"name": "here", "destination": "HK", "from_on": ALWAYS, "until_on": date(2020, 12, 22), "state": "out"},
            {"name": "here", "destination": "HK", "from_on": date(2020, 12, 23), "until_on": FOREVER, "state": "in"},
            {"name": "here", "destination": "", "from_on": ALWAYS, "until_on": FOREVER, "state": "unknown"},
            {"name": "there", "destination": "DE", "from_on": ALWAYS, "until_on": FOREVER, "state": "in"},
        ])  # fmt: skip
        fill(connection, "parameters", parameter_rows({"days": "5"}, {"days": "7"}, date(2026, 1, 1)))
        fill(connection, "eccn_periods", [
            {"eccn": "3A069", "reasons": ["NS"], "from_on": date(2025, 1, 16), "until_on": FOREVER, "doubt": None},
            {"eccn": "3A001", "reasons": ["NS"], "from_on": ALWAYS, "until_on": date(2021, 3, 28), "doubt": None},
            {"eccn": "3A001", "reasons": ["AT"], "from_on": date(2021, 4, 1), "until_on": FOREVER, "doubt": "why"},
        ])  # fmt: skip
        yield connection


def asked(law: duckdb.DuckDBPyConnection, query: str) -> list[tuple]:
    return law.execute(query).fetchall()


def test_the_state_of_an_item_and_of_a_place_is_that_of_the_scope_and_else_out(law) -> None:
    query = f"{SUBJECT} select item_state('series', eccn), place_state('here', destination) from subject order by all"
    assert asked(law, query) == [("in", "in"), ("out", "out"), ("unknown", "unknown")]


@pytest.mark.parametrize("column", ["destination", "subject.destination"])
def test_a_column_that_the_scope_has_too_is_that_of_the_check(law, column: str) -> None:
    """In a WHERE a bare column was once taken for the column of the scope, and every line was within it."""
    query = f"{SUBJECT} select situation_key from subject where not (place_state('here', {column}) = 'in') order by 1"
    assert asked(law, query) == [(2,), (3,)]
    query = f"{SUBJECT} select situation_key from subject where item_state('series', eccn) = 'in'"
    assert asked(law, query) == [(1,)]


def test_places_and_numbers_have_their_days(law) -> None:
    assert asked(law, "select destination, from_on, state from places('here') where state <> 'unknown'") == [
        ("HK", ALWAYS, "out"), ("HK", date(2020, 12, 23), "in"),
    ]  # fmt: skip
    assert asked(law, "select from_on, until_on, number::integer from number_of('days')") == [
        (ALWAYS, date(2025, 12, 31), 5), (date(2026, 1, 1), FOREVER, 7),
    ]  # fmt: skip


def test_what_is_filed_and_what_entry_an_eccn_is_of(law) -> None:
    forms = [("well formed", None), ("AESPOST", ""), (None, "ITN"), ("malformed", ""), ("", "30.37(a)"), (None, None)]
    found = [law.execute("select is_filed(?, ?)", form).fetchone()[0] for form in forms]
    assert found == [True, True, True, False, False, False]
    entries = asked(law, "select entry_of(unnest(['2B999.h.2', '3A999', 'EAR99', '', null]))")
    assert entries == [("2B999",), ("3A999",), ("",), ("",), (None,)]


def test_what_is_named_leaves_out_what_is_not_known(law) -> None:
    assert asked(law, "select named(['a', null]), named([])") == [(["a"], [])]


def test_before_the_first_text_no_reasons_are_known(law) -> None:
    query = "select reasons, from_on, until_on from entry_reasons() where eccn = '3A069' order by from_on"
    assert asked(law, query) == [
        ([], ALWAYS, date(2025, 1, 15)), (["NS"], date(2025, 1, 16), FOREVER),
    ]  # fmt: skip


def test_stretches_leave_out_no_day_and_cut_where_anything_changes(law) -> None:
    query = """with spans as (
        select * from (values (1, date '2025-01-01', date '2025-01-31'), (1, date '2025-01-15', forever()),
            (2, always(), forever())) as s(situation_key, from_on, until_on)
    ) from stretches(spans) order by all"""
    assert asked(law, query) == [
        (1, ALWAYS, date(2024, 12, 31)), (1, date(2025, 1, 1), date(2025, 1, 14)),
        (1, date(2025, 1, 15), date(2025, 1, 31)), (1, date(2025, 2, 1), FOREVER), (2, ALWAYS, FOREVER),
    ]  # fmt: skip


def test_not_in_force_is_what_lies_before_between_and_after_and_what_is_in_doubt(law) -> None:
    periods = "with periods as (select eccn as code, from_on, until_on, doubt from eccn_periods where eccn = '{}')"
    query = " select from_on, until_on, outcome, begins_on, ended_on, doubt from not_in_force(periods) order by from_on"
    assert asked(law, periods.format("3A069") + query) == [
        (ALWAYS, date(2025, 1, 15), "flagged", date(2025, 1, 16), None, None),
    ]  # fmt: skip
    assert asked(law, periods.format("3A001") + query) == [
        (date(2021, 3, 29), date(2021, 3, 31), "flagged", date(2021, 4, 1), None, None),
        (date(2021, 4, 1), FOREVER, "undetermined", None, None, "why"),
    ]  # fmt: skip
    ended = "with periods as (select 'C32' as code, always() as from_on, date '2016-09-30' as until_on, null as doubt)"
    assert asked(law, ended + query) == [(date(2016, 10, 1), FOREVER, "flagged", None, date(2016, 9, 30), None)]
