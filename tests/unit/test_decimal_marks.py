"""`9.000` is nine or nine thousand: the layout says it, other numbers of the file show it, or the row is set aside."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from flows.jobs.ingest import ingest_file
from flows.jobs.quarantine import export_quarantine, replay_quarantine
from tests.support.desk import Desk
from transforms.cells.forms import source_of
from transforms.cells.source import Text
from transforms.cells.stage import stage
from transforms.ingest.arrival import Arrival
from transforms.ingest.decimals import is_mark_in_doubt
from transforms.ingest.extract import open_extract
from transforms.ingest.fit import fit_layout
from transforms.ingest.forms import load_words
from transforms.layouts.read import read_layouts

ASIDE = "aside"
TOLD = {
    # what stands in the column, and what is read of each
    "three decimals alone": (["9.000"], [ASIDE]),
    "three decimals and whole numbers": (["9.000", "1200", "7"], [ASIDE, "1200", "7"]),
    "a negative one": (["-9.000", "3"], [ASIDE, "3"]),
    "under a dollar sign": (["$1.234", "12.500"], [ASIDE, ASIDE]),
    "beside a point that parts cents": (["9.000", "10.00"], ["9", "10"]),
    "beside half a dollar": (["9.000", "9.5"], ["9", "9.5"]),
    "beside thousands with a point": (["9.000", "1234.500"], ["9", "1234.5"]),
    "beside commas for thousands and a point": (["9.000", '"1,234.50"'], ["9", "1234.5"]),
    "beside less than one": (["9.000", "0.750"], ["9", "0.75"]),
    "beside a comma for cents": (["9.000", '"9,50"'], [ASIDE, ASIDE]),
    "beside points for thousands": (["9.000", "1.234.567", "5"], [ASIDE, ASIDE, "5"]),
    "beside both": (["9.000", '"1.234,50"', "8.25"], [ASIDE, ASIDE, "8.25"]),
    "beside a comma that may part thousands": (["9.000", '"1,234"'], [ASIDE, ASIDE]),
    "one comma among many points": (["9.000", '"1,50"', *["8.25"] * 9], ["9", ASIDE, *["8.25"] * 9]),
    "a comma that parts thousands, as ever": (['"1,234"', '"12,500"', "7"], ["1234", "12500", "7"]),
    "commas that part millions": (['"1,234,567"', "9.000"], ["1234567", "9"]),
    "less than one": (["0.750", "0.125"], ["0.75", "0.125"]),
    "no fractions": (["9000", "1200"], ["9000", "1200"]),
    "one that is none": (["a.bcd", "9000"], [ASIDE, "9000"]),
}


def text(values: list[str], delimiter: str = ",", quantities: list[str] | None = None) -> str:
    quantities = quantities or [""] * len(values)
    rows = [[f"S{at:02}", "1", "2025-02-03", value, quantities[at]] for at, value in enumerate(values)]
    return "".join(delimiter.join(row) + "\n" for row in [["shipment_id", "line_number", "export_on", "value_usd",
                                                           "quantity"], *rows])  # fmt: skip


LAYOUT = """id: acme
title: A
format: {%s}
columns:
  {shipment_id: shipment_id, line_number: line_number, export_on: export_on, value_usd: value_usd, quantity: quantity}
"""


def read(path: Path, column: int, form: str = "") -> list[str | Decimal]:
    """What the reader makes of a column of a file, under a layout with this `format`."""
    (path.parent / "acme.yml").write_text(LAYOUT % form, encoding="utf-8")
    layouts = read_layouts([path.parent])
    found = fit_layout(source_of(path), layouts, "acme")
    with duckdb.connect() as connection:
        text = Text(path, tuple(path.read_text(encoding="utf-8").splitlines()[0].split(found.layout.format.delimiter)),
                    found.layout.format.delimiter)
        stage(connection, text, path.name)
        arrival = Arrival(connection, path, text, found, 1, datetime(2025, 3, 3))
        load_words(connection)
        open_extract(connection, found)
        arrival = replace(arrival, is_mark_in_doubt=is_mark_in_doubt(arrival))
        name = ("value_usd", "quantity")[column]
        rows = connection.execute(
            f"select coalesce(read_amount({name}, $decimal)::varchar, $aside) from incoming order by shipment_id",
            {"decimal": arrival.reading["decimal"], "aside": ASIDE},
        ).fetchall()
    return [one if one == ASIDE else Decimal(one) for (one,) in rows]


def wanted(expected: list[str]) -> list[str | Decimal]:
    return [one if one == ASIDE else Decimal(one) for one in expected]


@pytest.mark.parametrize("what", TOLD)
def test_a_value_that_can_be_read_in_two_ways_is_told_by_the_others_or_set_aside(tmp_path: Path, what: str) -> None:
    values, expected = TOLD[what]
    path = tmp_path / "x.csv"
    path.write_text(text(values), encoding="utf-8")
    assert read(path, 0) == wanted(expected)


@pytest.mark.parametrize(
    ("values", "quantities", "expected"),
    [
        (["1200", "300"], ["9.000", "12.500"], ["9", "12.5"]),  # as systems write kilograms
        (["1200.50", "300"], ["9.000", "1"], ["9", "1"]),
        (["1200", "300"], ["9.000", '"1,5"'], [ASIDE, ASIDE]),
        (["1200", '"300,50"'], ["9.000", "1"], [ASIDE, "1"]),
        (["9.000", "300"], ["1.5", "1"], ["1.5", "1"]),  # which does not tell the mark of money
    ],
)
def test_a_quantity_with_three_decimals_loads_unless_the_file_shows_commas(
    tmp_path: Path, values: list[str], quantities: list[str], expected: list[str]
) -> None:
    path = tmp_path / "x.csv"
    path.write_text(text(values, quantities=quantities), encoding="utf-8")
    assert read(path, 1) == wanted(expected)
    assert (ASIDE in read(path, 0)) == (values[0] == "9.000" or "," in values[1])


@pytest.mark.parametrize(
    ("form", "values", "expected"),
    [
        ("delimiter: semicolon", ["9,000", "9.000"], [ASIDE, ASIDE]),
        ("delimiter: semicolon", ["9,000", "1,234.50"], ["9000", "1234.5"]),
        ("delimiter: semicolon", ["9,50", "7"], [ASIDE, "7"]),
        ('delimiter: semicolon, decimal: ","', ["9,000", "9.000", "1.234.567"], ["9", "9000", "1234567"]),
        ('delimiter: semicolon, decimal: "."', ["9,000", "9.000"], ["9000", "9"]),
    ],
)
def test_a_layout_that_states_the_delimiter_alone_does_not_state_the_mark(
    tmp_path: Path, form: str, values: list[str], expected: list[str]
) -> None:
    path = tmp_path / "x.csv"
    path.write_text(text(values, ";"), encoding="utf-8")
    assert read(path, 0, form) == wanted(expected)


def test_the_row_is_set_aside_until_the_command_or_layout_says_it(desk: Desk, tmp_path: Path) -> None:
    path = desk.put(text(["9.000", "1.234", "700"]))
    done = ingest_file(desk.home, path)
    assert (done.loaded, done.quarantined, done.codes) == (1, 2, {"number-in-two-ways": 2})
    assert "give --decimal" in str(done.problems)
    sheet = tmp_path / "rows.csv"
    export_quarantine(desk.home, sheet)
    again = sheet.read_text(encoding="utf-8-sig").replace("1.234", "1234")
    sheet.write_text(again, encoding="utf-8")
    replay_quarantine(desk.home, sheet)  # a row that was corrected is read, one that was not stays
    assert desk.rows("select value_usd from lines order by 1") == [(700,), (1234,)]
    assert ingest_file(desk.home, path, said={"decimal": ","}, again=True).quarantined == 0
    assert desk.rows("select value_usd from lines where known_until is null order by 1") == [(700,), (1234,), (9000,)]
