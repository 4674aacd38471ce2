"""An extract that is the whole of a period: what it does not have any more is told and ends, and nothing is lost."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from flows.jobs.screen import screen_home
from flows.settings import Home
from tests.support.desk import Desk, make_desk
from tests.support.office import TODAY, Office
from transforms.errors import DoorStopped
from transforms.ingest.load import Loaded

LAYOUT = """\
id: {id}
title: Every line of it
kind: {kind}
source: erp
{whole}
extract: {{date_in_name: "{id}-%Y-%m-%d"}}
columns: {columns}
"""
CELLS = {
    "shipment_id": "", "line_number": "1", "export_on": "2025-02-03", "activity": "export", "destination": "PK",
    "eccn": "3A999", "license_code": "C33", "license_number": "NLR", "value_usd": "900",
}  # fmt: skip
ITEMS = {"part_number": "", "eccn": "EAR99"}
FIRST = date(2025, 6, 1)


def add_layout(desk: Desk, name: str, whole: str, kind: str = "lines") -> None:
    columns = {"lines": CELLS, "items": ITEMS}[kind]
    mapping = "{" + ", ".join(f"{one}: {one}" for one in columns) + "}"
    desk.add_layout(name, LAYOUT.format(id=name, kind=kind, whole=f"whole: {whole}" if whole else "", columns=mapping))


def take(desk: Desk, shipments: str, night: int, layout: str = "full", **cells: dict[str, str]) -> Loaded:
    """Load an extract of these shipments, as it was taken on that night; `cells` says what is other of one of them."""
    rows = [CELLS | {"shipment_id": one} | cells.get(one, {}) for one in shipments.split()]
    text = "".join(",".join(row.values()) + "\n" for row in ({name: name for name in CELLS}, *rows))
    return desk.take(text, f"{layout}-{FIRST + timedelta(night)}.csv", layout)


def current(desk: Desk) -> str:
    return " ".join(one for (one,) in desk.rows("select shipment_id from lines where known_until is null order by 1"))


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a desk with the lines A to E of February and M of March, in an extract of night 1; to be copied."""
    desk = make_desk(tmp_path_factory.mktemp("quiet"))
    for whole in ("month", "days", "history"):
        add_layout(desk, whole, whole)
    add_layout(desk, "some", "")
    add_layout(desk, "full", "month")
    take(desk, "A B C D E M", 1, M={"export_on": "2025-03-05"}, E={"export_on": "2025-02-20"})
    return desk


@pytest.fixture
def erp(quiet: Desk, tmp_path: Path) -> Desk:
    shutil.copytree(quiet.home.root, tmp_path / "home")
    return Desk(Home(tmp_path / "home"))


@pytest.mark.parametrize(
    ("layout", "left", "ended", "not_again"),
    [
        ("month", "A B C M", 2, 0), ("days", "A B C E M", 1, 0), ("history", "A B C", 3, 0),
        ("some", "A B C D E M", 0, 1),
    ],
)
def test_what_is_missing_of_the_period_ends_and_else_is_counted(erp: Desk, layout, left, ended, not_again) -> None:
    loaded = take(erp, "A B C", 2, layout)
    assert (current(erp), loaded.ended, loaded.not_again) == (left, ended, not_again)
    assert (loaded.duplicates, loaded.adds_up, loaded.named[0]) == (3, True, "D line 1")
    listed = erp.rows("select identity[1], export_on, missing_in from endings order by 1")
    assert len(listed) == ended == erp.rows("select ended from batches order by batch_id desc limit 1")[0][0]
    assert erp.rows("select count(*) from lines") == [(6,)]


def test_the_findings_of_a_line_that_ended_end_with_it_and_come_back_with_it(erp: Desk) -> None:
    office = Office(erp)
    office.screen()
    before = screen_home(erp.home, TODAY, erp.rows("select max(known_from) from batches")[0][0])
    office.decide("authorized", office.finding("D"))
    take(erp, "A B C E", 2)
    office.screen()
    ended = ("line ended", "an extract that is the whole of its period does not have the line any more")
    assert office.last_event("D") == ("gone", *ended)
    assert erp.rows("select count(*) from dispositions") == [(1,)]
    assert office.state_in(before, "D") == ["new"]
    moment = erp.rows("select min(known_from) from batches")[0][0]
    assert office.state_in(screen_home(erp.home, TODAY, moment), "D") != []
    take(erp, "A B C D E", 3)
    office.screen()
    assert office.last_event("D") == ("reopened", "line recorded", "an extract has the line again")
    assert office.standing("D") == ("open", None, False)
    take(erp, "A B C E", 4)
    office.screen()
    assert office.last_event("D") == ("closed", *ended)


@pytest.mark.parametrize(
    ("row", "left"),
    [
        ("D,1,soon,export,PK,3A999,C33,NLR,900", "A B C D M"),
        ("D,one,2025-02-03,export,PK,3A999,C33,NLR,900", "A B C D M"),
        ("D,1,2025-02-03,export,PK,3A999,C33,NLR,900,and more", "A B C D M"),
        (",1,2025-02-03,export,PK,3A999,C33,NLR,900", "A B C D E M"),
        ("F,one,2025-02-03,export,PK,3A999,C33,NLR,900", "A B C D E M"),
        ("A,one,2025-02-03,export,PK,3A999,C33,NLR,900", "A B C D E M"),
        ('"D,1', "A B C D M"),
    ],
    ids=["its date", "its line number", "too many cells", "no name", "not known", "another line of it", "torn"],
)
def test_a_row_in_quarantine_ends_nothing_that_it_may_be(erp: Desk, row: str, left: str) -> None:
    rows = [CELLS | {"shipment_id": one} for one in "ABC"]
    text = "".join(",".join(one.values()) + "\n" for one in ({name: name for name in CELLS}, *rows))
    loaded = erp.take(text + row + "\n", "full-2025-06-03.csv", "full")
    assert loaded.quarantined == 1
    assert current(erp) == left
    assert (loaded.untold, loaded.not_again) == ((1, 2) if left == "A B C D E M" else (0, 0))


def test_two_rows_that_contradict_each_other_do_not_end_their_line(erp: Desk) -> None:
    take(erp, "A B C D D E", 2)
    assert current(erp) == "A B C D E M"
    text = "".join(",".join(one.values()) + "\n" for one in (
        {name: name for name in CELLS}, *(CELLS | {"shipment_id": one} for one in "ABCE"),
        *(CELLS | {"shipment_id": "D", "value_usd": value} for value in ("1", "2")),
    ))  # fmt: skip
    assert erp.take(text, "full-2025-06-09.csv", "full").quarantined == 2
    assert current(erp) == "A B C D E M"


def test_an_extract_that_was_taken_earlier_and_comes_later_ends_nothing_that_a_later_one_has(erp: Desk) -> None:
    take(erp, "A B C D E F", 5)
    loaded = take(erp, "A B C E", 3)
    assert (loaded.ended, current(erp)) == (0, "A B C D E F M")


def test_what_a_late_extract_brings_that_a_later_whole_one_lacks_ends_at_once(erp: Desk) -> None:
    take(erp, "A B C E", 5)
    assert current(erp) == "A B C E M"
    loaded = take(erp, "A B C D E G", 3, "some")
    assert (loaded.ended, current(erp)) == (2, "A B C E M")
    assert erp.rows("select identity[1] from endings where missing_in <> batch_id order by 1") == [("D",), ("G",)]


def test_what_a_late_extract_brings_stays_where_the_later_one_has_a_row_that_may_be_it(erp: Desk) -> None:
    rows = [CELLS | {"shipment_id": one} for one in "ABC"] + [CELLS | {"shipment_id": "D", "line_number": "two"}]
    text = "".join(",".join(one.values()) + "\n" for one in ({name: name for name in CELLS}, *rows))
    assert erp.take(text, "full-2025-06-06.csv", "full").quarantined == 1
    assert take(erp, "D", 3, "some", D={"line_number": "2"}).ended == 0
    assert erp.rows("select count(*) from lines where shipment_id = 'D' and known_until is null") == [(2,)]


def test_the_same_bytes_read_again_end_nothing_that_came_after_them(erp: Desk) -> None:
    for name in ("one.csv", "two.csv", "one.csv"):  # no date in the name: they follow each other as they came
        rows = "ABCDE" if name == "one.csv" else "ABCDEF"
        text = "".join(",".join(one.values()) + "\n" for one in (
            {name: name for name in CELLS}, *(CELLS | {"shipment_id": one} for one in rows)
        ))  # fmt: skip
        erp.take(text, name, "full", again=True)
    assert current(erp) == "A B C D E F M"


def test_another_source_is_left_alone(erp: Desk) -> None:
    columns = "{" + ", ".join(f"{one}: {one}" for one in CELLS) + "}"
    text = LAYOUT.format(id="other", kind="lines", whole="whole: history", columns=columns)
    erp.add_layout("other", text.replace("source: erp", "source: other"))
    assert take(erp, "X", 9, "other").ended == 0
    assert current(erp) == "A B C D E M X"


def test_a_file_that_lacks_too_much_is_stopped_until_it_is_accepted(erp: Desk) -> None:
    (erp.home.root / "door.yml").unlink()
    take(erp, " ".join(f"N{number}" for number in range(20)) + " A B C D E", 2)
    with pytest.raises(DoorStopped, match=r"Known of its period and not in the file: 22 \(A line 1, .*17 more") as stop:
        take(erp, "N1 N2 N3", 3)
    assert stop.value.codes == ("rows-against-history", "ended", "ended-month")[-2:]
    assert len(current(erp).split()) == 26
    assert take(erp, " ".join(f"N{number}" for number in range(20)) + " A B C D", 3).ended == 1


def test_item_records_end_too_where_the_extract_is_all_of_them(erp: Desk) -> None:
    add_layout(erp, "parts", "history", "items")
    for night, parts in ((1, "P Q R"), (2, "P R")):
        text = "part_number,eccn\n" + "".join(f"{one},EAR99\n" for one in parts.split())
        loaded = erp.take(text, f"parts-{FIRST + timedelta(night)}.csv", "parts")
    assert (loaded.ended, loaded.named) == (1, ["Q"])
    assert erp.rows("select part_number from items where known_until is null order by 1") == [("P",), ("R",)]
