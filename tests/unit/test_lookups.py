"""A table beside a layout: recorded with each batch, read as it was by a rebuild, and as it is today by a replay."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from flows.jobs.quarantine import export_quarantine, replay_quarantine
from flows.jobs.rebuild import rebuild
from tests.support.desk import Desk, make_desk

LAYOUT = """
id: acme
title: Acme
columns:
  shipment_id: No
  line_number: Item
  export_on: Day
  destination: {headings: Plant, lookup: {file: plants.csv, by: Plant, column: country}}
"""
TEXT = "No,Item,Day,Plant\nA,1,2026-11-03,0100\nB,1,2026-11-03,0200\n"
CURRENT = "select shipment_id, destination from lines where known_until is null order by all"


@pytest.fixture
def acme(tmp_path: Path) -> Desk:
    made = make_desk(tmp_path / "home")
    made.add_layout("acme", LAYOUT)
    return made


def say(acme: Desk, *rows: str) -> None:
    """Write the table anew."""
    (acme.home.root / "layouts" / "plants.csv").write_text("\n".join(["Plant,country", *rows]) + "\n")


def test_a_table_is_part_of_what_a_batch_is_and_comes_back_with_it(acme: Desk, tmp_path: Path) -> None:
    say(acme, "0100,DE")
    assert (acme.take(TEXT).loaded, acme.take(TEXT).is_known) == (1, True)
    # the value that was lacking is added: today's table counts
    say(acme, "0100,FR", "0200,CA")
    export_quarantine(acme.home, tmp_path / "out.csv")
    sheet = tmp_path / "out.csv"
    with sheet.open(encoding="utf-8-sig", newline="") as stream:
        headings, row = csv.reader(stream)
    row[headings.index("earshot load")] = "yes"
    with sheet.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([headings, row])
    assert replay_quarantine(acme.home, sheet)["loaded"] == 1
    assert acme.rows(CURRENT) == [("A", "DE"), ("B", "CA")]
    # the same bytes are another file under another table
    again = acme.take(TEXT)
    assert (again.is_known, again.restated, again.duplicates) == (False, 1, 1)
    assert acme.rows(CURRENT) == [("A", "FR"), ("B", "CA")]
    told = acme.rows("select lookups from batches order by batch_id")
    assert [len(one) for (one,) in told] == [1, 1, 1]
    assert told[0] != told[1] == told[2]
    # a rebuild reads each file with the table of then, whatever stands there today
    held = "select shipment_id, destination, batch_id, known_until is null from lines order by all"
    before = acme.rows(held)
    say(acme, "0100,US", "0200,US")
    acme.home.database.rename(tmp_path / "lost.duckdb")
    done = rebuild(acme.home)
    assert (done.differing, done.not_loaded) == ([], [])
    assert acme.rows(held) == before


def test_a_rebuild_tells_where_a_table_is_not_kept(acme: Desk, tmp_path: Path) -> None:
    say(acme, "0100,DE", "0200,CA")
    acme.take(TEXT)
    (kept,) = (acme.home.mirror / "tables").iterdir()
    kept.unlink()
    say(acme, "0100,DE", "0200,US")
    acme.home.database.rename(tmp_path / "lost.duckdb")
    done = rebuild(acme.home)
    assert done.differing == ["extract.csv: the tables in which its cells were looked up are not kept"]
