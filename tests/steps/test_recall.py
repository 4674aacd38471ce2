"""Records as known at a moment: which version holds, by what id it goes, and what is fetched by it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import duckdb
import pytest

from tests.support.steps import hand, made, told
from transforms.ingest.recall import RATE_DAYS, RECALL, fetch_lines
from transforms.store import open_memory

LEARNED, RESTATED = datetime(2026, 3, 2, 8), datetime(2026, 3, 3, 8)
INSTANT = timedelta(microseconds=1)
FIRST = {"source": "erp", "shipment_id": "A", "value_usd": "1", "identity_hash": 11, "batch_id": 1,
         "known_from": LEARNED, "known_until": RESTATED, "value_group": 5, "situation_key": 70}  # fmt: skip
SECOND = FIRST | {"value_usd": "2", "batch_id": 2, "known_from": RESTATED, "known_until": None, "situation_key": 71}
OTHER = FIRST | {"source": "forwarder", "shipment_id": "B", "identity_hash": 12, "known_until": None}


def recalled(connection: duckdb.DuckDBPyConnection, columns: str, *lines: dict, at: datetime = RESTATED, **values):
    values = {"is_realm_per_source": False} | values
    return told(connection, RECALL, "recorded_lines", columns, {"lines": lines, "conversions": []}, moment=at, **values)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        pytest.param(LEARNED - INSTANT, [], id="before it was learned of"),
        pytest.param(LEARNED, [(1,)], id="the very moment it was learned of"),
        pytest.param(RESTATED - INSTANT, [(1,)], id="just before it was restated"),
        pytest.param(RESTATED, [(2,)], id="the very moment it was restated"),
        pytest.param(RESTATED + INSTANT, [(2,)], id="after it was restated"),
    ],
)
def test_of_a_line_one_version_holds_at_each_moment_since_it_was_learned_of(memory, moment, expected) -> None:
    assert recalled(memory, "value_usd::integer", FIRST, SECOND, at=moment) == expected


def test_a_line_that_ended_without_a_later_version_is_known_no_more(memory) -> None:
    assert recalled(memory, "value_usd::integer", FIRST) == []


def test_two_versions_of_one_line_go_by_two_ids(memory) -> None:
    before = recalled(memory, "line_id", FIRST, SECOND, at=LEARNED)
    assert before != recalled(memory, "line_id", FIRST, SECOND)


def test_two_lines_of_one_extract_go_by_two_ids(memory) -> None:
    assert len(set(recalled(memory, "line_id", FIRST, OTHER, at=LEARNED))) == 2


def test_a_version_goes_by_the_same_id_in_another_database_wherever_it_lies_there(memory) -> None:
    with open_memory() as elsewhere:
        rows = recalled(elsewhere, "shipment_id line_id", OTHER, FIRST, SECOND)
        assert set(recalled(memory, "shipment_id line_id", SECOND)) < set(rows)


def test_all_lines_of_a_home_are_of_one_realm_in_which_value_groups_stand_as_they_are(memory) -> None:
    assert recalled(memory, "realm value_key", FIRST, OTHER, at=LEARNED) == [(0, 5), (0, 5)]


def test_where_each_source_is_a_realm_equal_groups_of_two_sources_are_kept_apart(memory) -> None:
    rows = recalled(memory, "realm value_key", FIRST, OTHER, at=LEARNED, is_realm_per_source=True)
    assert len({realm for realm, _ in rows}) == len({group for _, group in rows}) == 2


@pytest.mark.parametrize(("moment", "expected"), [(RESTATED - INSTANT, "3A999"), (RESTATED, "3A069")])
def test_an_item_record_is_taken_as_known_then(memory, moment, expected) -> None:
    items = [
        {"eccn": "3A999", "known_from": LEARNED, "known_until": RESTATED},
        {"eccn": "3A069", "known_from": RESTATED},
    ]
    assert told(memory, RECALL, "current_items", "eccn", {"items": items}, moment=moment) == [(expected,)]


@pytest.mark.parametrize("is_realm_per_source", [False, True])
def test_a_line_is_fetched_whole_as_it_is_recalled(memory, is_realm_per_source: bool) -> None:
    values = {"moment": LEARNED, "is_realm_per_source": is_realm_per_source}
    rows = made(memory, RECALL, "recorded_lines", {"lines": [OTHER, FIRST], "conversions": []}, **values)
    wanted = f"select {rows[1]['line_id']}::ubigint as line_id"
    fetch_lines(memory, wanted, is_realm_per_source=is_realm_per_source)
    fetched = memory.sql("from fetched_lines")
    assert [dict(zip(fetched.columns, row, strict=True)) for row in fetched.fetchall()] == [rows[1]]


def test_a_version_that_holds_no_more_is_fetched_by_its_id_all_the_same(memory) -> None:
    hand(memory, RECALL, {"lines": [FIRST, SECOND], "conversions": []})
    fetch_lines(memory, "select hash(11::ubigint, 1::integer) as line_id")
    assert memory.sql("select value_usd::integer from fetched_lines").fetchall() == [(1,)]


def test_an_id_that_is_wanted_twice_is_fetched_once_and_an_unknown_one_not_at_all(memory) -> None:
    ((line_id,),) = recalled(memory, "line_id", SECOND)
    fetch_lines(memory, f"select unnest([{line_id}, {line_id}, 7])::ubigint as line_id")
    assert memory.sql("select line_id from fetched_lines").fetchall() == [(line_id,)]


@pytest.mark.parametrize(("moment", "later"), [(LEARNED, [(2,)]), (RESTATED - INSTANT, [(2,)]), (RESTATED, [])])
def test_an_extract_is_later_than_every_moment_before_it_was_learned_of(memory, moment, later) -> None:
    batches = [{"batch_id": 1, "known_from": LEARNED}, {"batch_id": 2, "known_from": RESTATED}]
    assert told(memory, RECALL, "later_batches", "batch_id", {"batches": batches}, moment=moment) == later


DAY = date(2026, 3, 6)
EUROS = FIRST | {"currency": "EUR", "value_recorded": "2400", "value_usd": None, "export_on": DAY}


def rate(value: str, day: date, currency: str = "EUR", **known: object) -> dict[str, object]:
    return {"currency": currency, "rate": value, "rate_on": day, "known_from": LEARNED, "known_until": None} | known


def days_before(days: int) -> date:
    return DAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("rates", "expected"),
    [
        pytest.param([rate("1.25", DAY)], ["1.25"], id="of the day"),
        pytest.param([rate("1.25", DAY), rate("1.5", days_before(1))], ["1.25"], id="of the day before an earlier one"),
        pytest.param([rate("1.25", days_before(2)), rate("1.5", days_before(7))], ["1.25"], id="the last one before"),
        pytest.param([rate("1.25", days_before(7))], ["1.25"], id="of the seventh day before"),
        pytest.param([rate("1.25", days_before(8))], [], id="none of the eighth day before"),
        pytest.param([rate("1.25", days_before(-1))], [], id="none of a later day"),
        pytest.param([rate("1.25", DAY, "GBP")], [], id="none of another currency"),
        pytest.param([rate("1.25", DAY, known_from=RESTATED + INSTANT)], [], id="none that was learned of later"),
        pytest.param([rate("1.25", DAY, known_until=RESTATED)], [], id="none that was replaced"),
        pytest.param([rate("1.25", DAY, known_until=RESTATED + INSTANT)], ["1.25"], id="one that was replaced later"),
    ],
)
def test_a_day_is_converted_at_its_own_rate_or_the_last_one_of_seven_days_before(memory, rates, expected) -> None:
    given = {"lines": [EUROS, FIRST], "rates": rates}
    rows = told(memory, RECALL, "conversions", "rate", given, moment=RESTATED, rate_days=RATE_DAYS)
    assert rows == [(Decimal(one),) for one in expected]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param(EUROS, "3000", id="converted"),
        pytest.param(EUROS | {"value_recorded": "0.333"}, "0.42", id="in cents"),
        pytest.param(EUROS | {"value_usd": "2"}, "2", id="dollars stay, whatever the currency"),
        pytest.param(EUROS | {"currency": ""}, None, id="a blank currency is not known"),
        pytest.param(EUROS | {"currency": "GBP"}, None, id="a currency without a rate is not known"),
        pytest.param(EUROS | {"export_on": days_before(1)}, None, id="a day without a rate is not known"),
        pytest.param(EUROS | {"value_recorded": "99999999999999"}, None, id="what no column holds is not known"),
        pytest.param(FIRST, "1", id="dollars"),
    ],
)
def test_a_value_in_another_currency_is_converted_and_its_original_stays(memory, line, expected) -> None:
    conversions = [{"currency": "EUR", "export_on": DAY, "rate": "1.25"}]
    recalled_line = {name: value for name, value in line.items() if name != "situation_key"}
    given = {"recorded_lines": [recalled_line], "conversions": conversions}
    columns = "value_usd value_recorded currency"
    recorded = line.get("value_recorded")
    usd, amount, currency = told(memory, RECALL, "current_lines", columns, given)[0]
    assert (usd, currency) == (None if expected is None else Decimal(expected), line.get("currency"))
    assert amount == (None if recorded is None else Decimal(recorded))
