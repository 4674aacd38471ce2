"""Rows of one file that tell of one record are settled among themselves, before any of them is stored."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest

from tests.support.desk import Desk
from tests.support.extracts import extract, row
from transforms.quarantine import sheet

DIRTY = extract(
    row("S1"), row("S2"), row("S2"), row("S3"), row("S3", value_usd="2"), row("S4"), row("S4", export_on="?"),
    row("S5", export_on="?"), row("S6"), row("S6"), row("S6", value_usd="x"), row(""), row(""),
)  # fmt: skip


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every statement that is run."""
    run: list[str] = []
    execute = duckdb.DuckDBPyConnection.execute

    def noted(connection: duckdb.DuckDBPyConnection, query: Any, *values: Any, **named: Any) -> Any:
        run.append(str(query).strip().lower())
        return execute(connection, query, *values, **named)

    monkeypatch.setattr(duckdb.DuckDBPyConnection, "execute", noted)
    return run


def test_of_rows_of_one_line_the_first_is_loaded_where_they_agree_and_none_where_they_do_not(desk: Desk) -> None:
    done = desk.take(DIRTY)
    assert desk.rows("select shipment_id from lines order by 1") == [("S1",), ("S2",), ("S4",), ("S6",)]
    assert (done.rows_in, done.loaded, done.duplicates, done.quarantined) == (13, 4, 2, 7)
    aside = desk.rows("select row_number, problems[1].code from quarantine order by 1")
    assert [number for number, _ in aside] == [4, 5, 7, 8, 11, 12, 13]
    assert [number for number, code in aside if code == "two-rows"] == [4, 5]


def test_what_a_file_brings_is_not_taken_out_of_the_lines_again(desk: Desk, statements: list[str]) -> None:
    """One row taken out in the transaction that brought it has all rows of the file written anew."""
    desk.take(DIRTY)
    assert any(one.startswith("insert into lines") for one in statements)
    # known from before: of this file, the only ones that may go
    assert [one for one in statements if one.startswith("delete from lines") and "known_pairs" not in one] == []


def test_of_a_file_with_faulty_rows_only_the_suspects_are_read_again(desk: Desk, statements: list[str]) -> None:
    desk.take(DIRTY)
    assert [one for one in statements if one.startswith("delete from quarantine where batch_id")] == []
    assert len([one for one in statements if "held_rows as" in one and "suspects" in one]) == 1


def test_the_headings_of_a_file_are_fitted_once_for_all_its_rows_in_quarantine(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    fitted: list[Any] = []
    match = sheet.match
    monkeypatch.setattr(sheet, "match", lambda *words: fitted.append(words) or match(*words))
    desk.take(DIRTY)
    assert len(fitted) == 1
