"""A Parquet file is an extract like any other: its values as text, as they were typed."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.support.desk import Desk
from transforms.errors import InputError


def parquet(**columns: Any) -> bytes:
    held = io.BytesIO()
    pq.write_table(pa.table(columns), held)
    return held.getvalue()


VALUES: list[tuple[Any, str]] = [
    (pa.array(["3E001"]), "3E001"), (pa.array(["0101"]), "0101"), (pa.array(["NA"]), "NA"),
    (pa.array([None]), ""),
    (pa.array(["a, \"b\"\r\n\r\nc"]), 'a, "b"\n\nc'), (pa.array([b"by\xc3\xbctes"]), "byütes"),
    (pa.array([30]), "30"), (pa.array([2**62]), str(2**62)), (pa.array([30.0]), "30"),
    (pa.array([1e20]), "1" + "0" * 20),
    (pa.array([1e-7]), "0.0000001"), (pa.array([Decimal("1234.5000")]), "1234.5000"), (pa.array([True]), "TRUE"),
    (pa.array([float("nan")], from_pandas=False), "nan"), (pa.array([date(2025, 2, 3)]), "2025-02-03"),
    (pa.array([datetime(2025, 2, 3)]), "2025-02-03"), (pa.array([datetime(2025, 2, 3, 13, 45)]), "2025-02-03 13:45:00"),
    (pa.array([datetime(2025, 2, 3, tzinfo=UTC)]), "2025-02-03 00:00:00+00:00"), (pa.array([time(13, 45)]), "13:45:00"),
    (pa.array([1_738_590_300_000_000_001], pa.timestamp("ns")), "2025-02-03 13:45:00.000000001"),
    (pa.array(["red"]).dictionary_encode(), "red"),
]  # fmt: skip


@pytest.mark.parametrize(("column", "text"), VALUES, ids=[f"{column.type} {text!r}" for column, text in VALUES])
def test_a_value_is_the_text_that_it_was_typed_as(desk: Desk, column: Any, text: str) -> None:
    done = desk.take(parquet(part_number=["P"], description=column), "x.parquet")
    assert (done.kind, done.rows_in, done.loaded) == ("items", 1, 1)
    assert desk.rows("select description from items") == [(text,)]


def test_dates_and_numbers_of_a_line_are_read(desk: Desk) -> None:
    columns = {
        "shipment_id": [101, 102, None], "line_number": [1.0, 1.0, 1.0], "export_on": [date(2025, 2, 3)] * 3,
        "value_usd": [Decimal("1234.50"), None, Decimal("1.00")],
    }  # fmt: skip
    done = desk.take(parquet(**columns), "x.parquet")
    assert (done.rows_in, done.loaded, done.quarantined) == (3, 2, 1)
    assert desk.rows("select shipment_id, line_number, export_on, value_usd::double from lines order by 1") == [
        ("101", 1, date(2025, 2, 3), 1234.5), ("102", 1, date(2025, 2, 3), None),
    ]  # fmt: skip
    assert desk.rows("select row_number from quarantine") == [(3,)]


def test_the_decimal_mark_and_the_dates_of_a_layout_hold_for_what_was_typed_as_text(desk: Desk) -> None:
    desk.add_layout(
        "acme",
        'id: acme\ntitle: A\nformat: {delimiter: ";", decimal: ","}\ncolumns:\n  shipment_id: Ref\n'
        '  line_number: Item\n  export_on: {headings: Day, dates: "%d.%m.%Y"}\n  value_usd: Amount\n'
        "  quantity: Packs\n",
    )
    columns = {"Ref": ["A"], "Item": [1], "Day": ["03.02.2025"], "Amount": ["1.234,50"], "Packs": [2.5]}
    assert desk.take(parquet(**columns), "x.parquet").loaded == 1
    assert desk.rows("select export_on, value_usd::double, quantity::double from lines") == [
        (date(2025, 2, 3), 1234.5, 2.5)
    ]


@pytest.mark.parametrize(
    ("column", "told"),
    [
        (pa.array([[1]]), r"nested values: description \(list"), (pa.array([{"a": 1}]), r"description \(struct"),
        (pa.array([b"\xff"]), "the column 'description' holds bytes that are not text"),
    ],
)  # fmt: skip
def test_a_column_that_is_no_plain_value_is_refused(desk: Desk, column: Any, told: str) -> None:
    with pytest.raises(InputError, match=rf"^x\.parquet: .*{told}"):
        desk.take(parquet(part_number=["P"], description=column), "x.parquet")
    assert not list(desk.home.landed.iterdir())


def test_a_file_without_rows_is_told_by_the_door(guarded: Desk) -> None:
    with pytest.raises(InputError, match="The file has rows"):
        guarded.take(parquet(part_number=pa.array([], pa.string())), "x.parquet")
