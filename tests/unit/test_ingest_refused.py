"""A file that cannot be taken is refused in words that help, and the home is as it was before."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from flows.jobs.ingest import ingest_file
from tests.support.desk import Desk, make_desk
from tests.support.extracts import HEADINGS, extract, row
from transforms.errors import DoorStopped, HomeBusy, InputError
from transforms.store import open_store

ROWS = [row(f"S{number}") for number in range(40)]
OPEN = row("B", description='"open')

REFUSED = {
    "an empty file": ("", ["the file is empty", "headings"]),
    "a byte order mark alone": ("\ufeff", ["the file is empty"]),
    "blank lines alone": ("\n\n", ["its first rows are blank"]),
    "headings alone": (HEADINGS, ["The file has rows", "allowed: at least 1"]),
    "an open quotation mark": (
        extract(*ROWS[:20], OPEN, *ROWS[20:]),
        ["quotation mark is not closed", "row 21", "begins 'B,1,2025-02-03", "Nothing was loaded"],
    ),
    "an open quotation mark that a later one closes": (
        extract(*ROWS[:20], OPEN, *ROWS[20:30], row("Q", description='"a, b"'), *ROWS[30:]),
        ["quotation mark is not closed", "row 21"],
    ),
    "stray quotation marks in two rows, which make one text of what stands between": (
        extract(*ROWS[:20], row("A", description='"a flange'), row("P"), row("Z", description='a pipe 2"'), *ROWS[20:]),
        ["in the row that begins 'A,1,2025-02-03", "the next 2 lines", "separate rows", "Nothing was loaded"],
    ),
    "an open quotation mark, then megabytes": (
        extract(OPEN, *(row(f"M{number}") for number in range(60_000))),
        ["quotation mark is not closed", "row 1,"],
    ),
    "an open quotation mark among line ends in quoted text": (
        extract(row("Q", description='"a\n\nb"'), "", *ROWS[:20], OPEN, "", "", *ROWS[20:]),
        ["quotation mark is not closed"],
    ),
    "an open quotation mark in the headings": (
        extract(*ROWS).replace("export_on", '"export_on', 1),
        ["the headings in the first line cannot be read"],
    ),
    "a heading misspelled": (
        extract(*ROWS).replace("destination", "destinatoin"),
        ["unknown heading 'destinatoin'", "did you mean 'destination'?", "data/layouts/line.yml"],
    ),
    "a heading twice": (
        extract(*ROWS).replace("description", "destination"),
        ["'destination' (column 5) and 'destination' (column 6)", "keep one of them"],
    ),
    "a column without a heading": (extract(*ROWS).replace("description", ""), ["a column without a heading"]),
    "no column for the line number": ("shipment_id,export_on\nA,2025-02-03\n", ["no column for line_number"]),
    "a workbook": (b"PK\x03\x04" + bytes(range(256)) * 9, ["save it as CSV"]),
    "an accented heading in Windows-1252": (
        b"shipment_id,line_number,export_on,destinaci\xf3n\n",
        ["unknown heading 'destinación'", "did you mean 'destination'?"],
    ),
    "a heading misspelled among semicolons": (
        extract(*ROWS).replace("destination", "destinatoin").replace(",", ";"),
        ["The closest is 'line'", "unknown heading 'destinatoin'; did you mean 'destination'?"],
    ),
    "UTF-8 that is damaged all through": (
        extract(*(row(f"S{n}", description="Öl, caf\udce9") for n in range(9))).encode(errors="surrogateescape"),
        ["Most rows can be read", "9 rows: bytes that are not UTF-8"],
    ),
}


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a desk with the shipped door and one line; it is shared, as nothing that is refused may change it."""
    desk = make_desk(tmp_path_factory.mktemp("used"))
    desk.take(extract(row("before")), "before.csv")
    (desk.home.root / "door.yml").unlink()
    return desk


@pytest.mark.parametrize(("content", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_a_file_is_refused_by_name_and_reason_and_the_home_is_as_before(
    used: Desk, content: str | bytes, said: list[str]
) -> None:
    before = used.tables()
    assert len(before["lines"]) == 1
    with pytest.raises(InputError) as error:
        used.take(content, "refused.csv")
    assert "refused.csv" in str(error.value)
    assert [part for part in said if part not in str(error.value)] == []
    assert used.tables() == before


def test_an_error_is_short_enough_to_read_however_long_the_file(guarded: Desk) -> None:
    content = extract(*(row(f"S{number}") for number in range(2_000))).replace("export_on", '"export_on', 1)
    with pytest.raises(InputError) as error:
        guarded.take(content + '"\n')
    assert len(str(error.value)) < 1_000


def test_a_layout_that_does_not_exist_is_told_with_those_that_do(desk: Desk) -> None:
    allowed = "aesdirect, confirmed_parts, filings, items, line, scms, weblink"
    with pytest.raises(InputError, match=rf"--layout lines: no such layout. Allowed: {allowed}"):
        desk.take(extract(*ROWS), layout="lines")


COMMAS = "id: commas\ntitle: C\nformat: {delimiter: comma}\ncolumns: {shipment_id: A, line_number: B, export_on: C}\n"


@pytest.mark.parametrize("layout", [None, "commas"])
def test_a_delimiter_that_a_layout_states_is_not_passed_over(desk: Desk, layout: str | None) -> None:
    desk.add_layout("commas", COMMAS)
    with pytest.raises(
        InputError, match=r"the delimiter is a semicolon, but the layout 'commas'.*--delimiter semicolon"
    ):
        desk.take("A;B;C\nx;1;2025-02-03\n", layout=layout)


def test_a_file_that_is_not_there_is_named(desk: Desk) -> None:
    with pytest.raises(InputError, match="the file does not exist"):
        ingest_file(desk.home, Path("/nowhere/extract.csv"))


def test_a_folder_without_a_home_says_how_to_make_one(tmp_path: Path, desk: Desk) -> None:
    other = type(desk.home)(tmp_path / "other")
    with pytest.raises(InputError, match="earshot init --home"):
        ingest_file(other, desk.put(extract(*ROWS)))


def test_a_door_that_stops_keeps_the_file_and_loads_nothing(guarded: Desk) -> None:
    content = extract(*ROWS[:10], *(row(f"B{number}", export_on="soon") for number in range(10)))
    with pytest.raises(DoorStopped, match="10 rows: export_on: not a date"):
        guarded.take(content)
    assert [path.read_text() for path in guarded.home.landed.iterdir()] == [content]
    assert guarded.rows("select count(*) from lines") == [(0,)]


def test_an_extract_cannot_be_known_before_one_that_came_earlier(desk: Desk) -> None:
    desk.take(extract(row("A")), known_from=datetime(2026, 3, 1))
    with pytest.raises(InputError, match="Give that --known-at or a later one"):
        desk.take(extract(row("A", value_usd="7")), known_from=datetime(2026, 2, 1))
    assert desk.rows("select value_usd from lines") == [(100,)]


def test_a_clock_set_back_does_not_make_a_later_extract_an_earlier_one(desk: Desk) -> None:
    desk.take(extract(row("A")), known_from=datetime(2099, 1, 1))
    assert desk.take(extract(row("A", value_usd="7"))).restated == 1
    assert desk.rows("select known_from <= known_until from lines where known_until is not null") == [(True,)]


def test_a_file_that_is_no_database_is_named(desk: Desk) -> None:
    desk.home.database.write_bytes(b"notes" * 2_000)
    with pytest.raises(Exception, match=r"the database is damaged.*not a valid DuckDB database"):
        desk.take(extract(*ROWS))


def test_a_home_in_a_folder_named_lock_is_not_taken_for_a_busy_one(tmp_path: Path) -> None:
    folder = tmp_path / "lock" / "earshot.duckdb"
    folder.mkdir(parents=True)
    with pytest.raises(Exception, match="cannot be opened") as error, open_store(folder):
        pass
    assert not isinstance(error.value, HomeBusy)
