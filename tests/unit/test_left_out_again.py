"""A row in quarantine whose record comes again as one that is left out is settled by that file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.desk import Desk, make_desk

LAYOUT = """
id: acme
title: Acme
extract: {date_in_name: "acme-%Y-%m-%d"}
columns: {shipment_id: No, line_number: Item, export_on: Day, destination: Country}
constants: {activity: export, form: tangible}
not_exports:
  - {heading: Type, values: [RE, X], reason: return}
  - {heading: Note, values: ["0"], reason: not-shipped}
"""

OPEN = "select row_number from quarantine where settled_at is null order by 1"
SETTLED = "select row_number, settled_how from quarantine where settled_at is not null order by 1"


def file_of(*rows: str) -> str:
    return "\n".join(["No,Item,Day,Country,Type,Note", *rows]) + "\n"


@pytest.fixture
def acme(tmp_path: Path) -> Desk:
    made = make_desk(tmp_path / "home")
    made.add_layout("acme", LAYOUT)
    made.take(
        file_of("A1,1,2026-11-03,Freedonia,SO,", "A2,1,2026-11-03,Freedonia,SO,", "A3,x,2026-11-03,DE,X,?"),
        "acme-2026-11-10.csv",
    )
    return made


def test_it_is_settled_where_its_record_is_left_out_and_no_other_is(acme: Desk) -> None:
    assert acme.rows(OPEN) == [(1,), (2,)]
    done = acme.take(file_of("A1,1,2026-11-03,DE,RE,", "B1,1,2026-11-03,DE,RE,"), "acme-2026-11-11.csv")
    assert (done.left_out, done.quarantined) == (2, 0)
    assert acme.rows(SETTLED) == [(1, "came again, left out, in acme-2026-11-11.csv")]
    assert acme.rows(OPEN) == [(2,)]


def test_an_extract_that_was_taken_earlier_settles_nothing(acme: Desk) -> None:
    acme.take(file_of("A1,1,2026-11-03,DE,RE,"), "acme-2026-11-09.csv")
    assert acme.rows(OPEN) == [(1,), (2,)]


def test_a_row_that_names_no_record_is_settled_by_the_same_cells(tmp_path: Path) -> None:
    acme = make_desk(tmp_path / "home")
    row = "A9,x,2026-11-03,DE,SO,0"
    acme.add_layout("acme", LAYOUT.replace('values: ["0"]', 'values: ["none"]'))
    acme.take(file_of(row, "A8,1,2026-11-03,DE,SO,"), "acme-2026-11-10.csv")
    assert acme.rows(OPEN) == [(1,)]
    acme.add_layout("acme", LAYOUT)
    acme.take(file_of(row), "acme-2026-11-11.csv")
    assert acme.rows(SETTLED) == [(1, "came again, left out, in acme-2026-11-11.csv")]


def test_a_record_that_is_set_aside_again_beside_a_row_that_is_left_out_stays_open(acme: Desk) -> None:
    acme.take(file_of("A1,1,2026-11-03,DE,RE,", "A1,1,2026-11-03,Freedonia,SO,"), "acme-2026-11-11.csv")
    assert acme.rows(SETTLED) == [(1, "came again, set aside again, in acme-2026-11-11.csv")]
    assert acme.rows("select file_name, row_number from quarantine where settled_at is null order by 1") == [
        ("acme-2026-11-10.csv", 2), ("acme-2026-11-11.csv", 2),
    ]  # fmt: skip
