"""The runner: how relations are made, handed over and looked at, and that a transaction is kept whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from transforms.pipeline import Stage, give, make_view, read_rows, transaction
from transforms.sql_text import literal, reads_of
from transforms.store import open_memory


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with open_memory() as one:
        yield one


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    steps = {
        "doubled": "select number * $factor as number from numbers",
        "large": "select number from doubled where number > $least",
        "seen": "from large",
    }
    for name, text in steps.items():
        (tmp_path / f"{name}.sql").write_text(f"-- What is {name}?\n{text}\n", encoding="utf-8")
    return Stage("toy", tmp_path, ("numbers",), ("large",), ("doubled", "large", "seen"), frozenset({"seen"}))


VALUES = {"factor": 2, "least": 3, "never_asked_for": "x"}


def numbers(connection: duckdb.DuckDBPyConnection, *given: int) -> None:
    give(connection, "numbers", [{"number": one} for one in given], columns={"number": "integer"})


def test_steps_run_in_order_on_what_they_were_handed(connection, stage) -> None:
    numbers(connection, 1, 2, 3)
    stage.run(connection, VALUES)
    assert connection.execute("from seen order by all").fetchall() == [(4,), (6,)]


def test_a_step_that_was_given_is_not_made(connection, stage) -> None:
    give(connection, "doubled", [{"number": 9}], columns={"number": "integer"})
    stage.run(connection, VALUES, without=("doubled",))
    assert connection.execute("from seen").fetchall() == [(9,)]


def test_a_step_tells_how_many_rows_it_made_or_added(connection, stage) -> None:
    numbers(connection, 1, 2, 3)
    assert stage.make(connection, "doubled", VALUES) == 3
    assert stage.make(connection, "doubled", VALUES, name="others") == 3
    assert stage.add(connection, "doubled", "others", VALUES) == 3
    assert len(stage.read(connection, "doubled", VALUES)) == 3


def test_a_value_that_a_step_asks_for_and_nobody_gives_is_told_by_its_name(connection, stage) -> None:
    numbers(connection, 1)
    with pytest.raises(KeyError, match="factor"):
        stage.make(connection, "doubled")


def test_a_step_can_be_looked_at_with_what_it_reads(connection, stage) -> None:
    numbers(connection, 1, 2)
    seen = stage.look(connection, "doubled", VALUES)
    assert {name: table.to_pydict() for name, table in seen.items()} == {
        "numbers": {"number": [1, 2]}, "doubled": {"number": [2, 4]},
    }  # fmt: skip


def test_a_declared_relation_has_its_columns_whatever_is_given_of_it(connection) -> None:
    give(connection, "aes_states")
    assert connection.execute("describe aes_states").fetchall()[0][:2] == ("line_id", "UBIGINT")
    give(connection, "aes_states", [{"line_id": 1}])
    assert connection.execute("from aes_states").fetchall() == [(1, None)]
    give(connection, "aes_states", pa.table({"line_id": pa.array([2], pa.uint64()), "aes_state": ["not held"]}))
    assert connection.execute("from aes_states").fetchall() == [(2, "not held")]


def test_what_is_not_declared_and_has_no_columns_of_its_own_is_refused(connection) -> None:
    with pytest.raises(KeyError, match="no_such_relation"):
        give(connection, "no_such_relation")


@pytest.mark.parametrize(
    "value",
    [
        None, True, 7, Decimal("2500.0100"), "it's; drop table x --", "$1", date(2026, 1, 31),
        datetime(2026, 1, 31, 23, 59, 59, 999999), ["a'b", "c"], [],
    ],
)  # fmt: skip
def test_a_view_holds_the_very_value_that_it_was_given(connection, value) -> None:
    make_view(connection, "held", "select $value as value", {"value": value})
    told = connection.execute("from held").fetchall()[0][0]
    assert told == value or (value == [] and told == [])


def test_a_value_in_a_view_is_not_taken_for_the_name_of_another(connection) -> None:
    make_view(connection, "held", "select $first as first, $second as second", {"first": "$second", "second": 2})
    assert connection.execute("from held").fetchall() == [("$second", 2)]


def test_what_no_view_can_hold_is_refused() -> None:
    with pytest.raises(TypeError):
        literal(object())


def test_a_transaction_is_kept_whole_or_not_at_all(connection) -> None:
    connection.execute("create table kept (number integer)")
    with transaction(connection):
        connection.execute("insert into kept values (1)")
    with pytest.raises(ZeroDivisionError), transaction(connection):
        connection.execute("insert into kept values (2)")
        raise ZeroDivisionError
    with transaction(connection, is_trial=True):
        connection.execute("insert into kept values (3)")
    with pytest.raises(duckdb.Error), transaction(connection):
        connection.execute("insert into kept values (4)")
        connection.execute("select no_such_column from kept")
    assert connection.execute("from kept").fetchall() == [(1,)]


def test_what_a_select_reads_is_told_without_its_own_steps() -> None:
    text = "with lines as (select * from items), few as (from lines join batches using (batch_id)) from few, few as f"
    assert reads_of(text) == ("batches", "items")
    assert reads_of("with a as (select * from a) from a") == ("a",)
    with pytest.raises(ValueError, match="not one SELECT"):
        reads_of("drop table lines")


def test_a_stage_has_another_fingerprint_where_its_sql_or_the_law_is_another(stage) -> None:
    before = stage.fingerprint(["law"])
    assert stage.fingerprint(["law"]) == before != stage.fingerprint(["other law"])
    (stage.folder / "more.sql").write_text("select 1", encoding="utf-8")
    assert stage.fingerprint(["law"]) != before


def test_rows_are_read_by_column(connection) -> None:
    assert read_rows(connection, "select $one as one, 2 as two", {"one": 1}) == [{"one": 1, "two": 2}]


@pytest.mark.parametrize("number", [3, 2_000])
def test_rows_are_handed_over_whole_however_many_and_what_one_does_not_name_is_null(connection, number: int) -> None:
    rows = [{"place": at, "word": "a", "days": [date(2025, 3, 3)]} for at in range(number - 1)]
    rows.append({"place": number, "word": "b", "days": [], "doubt": "who knows"})
    columns = {"place": "integer", "word": "varchar", "days": "date[]", "doubt": "varchar", "never": "varchar"}
    give(connection, "given", rows, columns=columns)
    query = "select count(*), count(doubt), count(never), sum(len(days)), max(doubt) from given"
    assert connection.execute(query).fetchall() == [(number, 1, 0, number - 1, "who knows")]
