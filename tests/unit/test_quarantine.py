"""What stands in quarantine is counted with its age, given out as it came, and taken back once it is corrected."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from flows.jobs.quarantine import export_quarantine, list_quarantine, replay_quarantine
from tests.support.desk import Desk
from tests.support.extracts import HEADINGS, extract, row
from transforms.cells.workbook import sheet_names, sheet_texts
from transforms.errors import InputError
from transforms.quarantine.rows import count_open
from transforms.store import open_store

MONDAY = datetime(2026, 3, 2, 6)
CURRENT = "select shipment_id, value_usd::integer from lines where known_until is null order by all"
OPEN = "select file_name, row_number, problems[1].reason from quarantine where settled_at is null order by all"
FAULTY = [row("A"), row("B", destination="Freedonia"), row("C", value_usd="dear", export_on="soon"), row("D")]
Sheet = list[list[str]]


def exported(desk: Desk, name: str = "out.csv") -> Path:
    """Export the rows in quarantine and return the file."""
    target = desk.home.root.parent / name
    export_quarantine(desk.home, target)
    return target


def read(path: Path) -> Sheet:
    """Return the cells of an export, its headings first."""
    if path.suffix == ".xlsx":
        return list(sheet_texts(path, sheet_names(path)[0], "."))
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def write(path: Path, rows: Sheet) -> Path:
    """Write cells as text, as a spreadsheet would save them."""
    if path.suffix == ".xlsx":
        with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
            sheet = book.add_worksheet("line")
            for number, cells in enumerate(rows):
                for at, cell in enumerate(cells):
                    sheet.write_string(number, at, cell)
    else:
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows(rows)
    return path


def replayed(desk: Desk, change: Callable[[Sheet], object], name: str = "out.csv", **options: Any) -> dict[str, Any]:
    """Export, let `change` correct the cells, and replay."""
    path = exported(desk, name)
    cells = read(path)
    change(cells)
    return replay_quarantine(desk.home, write(path, cells), **options)


def put(cells: Sheet, heading: str, value: str, at: int = 1) -> None:
    cells[at][cells[0].index(heading)] = value


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_a_corrected_row_is_loaded_and_the_row_in_quarantine_is_settled_but_kept(desk: Desk, name: str) -> None:
    desk.take(extract(*FAULTY), known_from=MONDAY)
    done = replayed(desk, lambda cells: put(cells, "destination", "PK"), name)
    assert {key: done[key] for key in ("rows_in", "loaded", "quarantined", "unchanged", "left")} == {
        "rows_in": 1, "loaded": 1, "quarantined": 0, "unchanged": 1, "left": 1
    }  # fmt: skip
    assert desk.rows(CURRENT) == [("A", 100), ("B", 100), ("D", 100)]
    settled = "select row_number, settled_how, settled_by from quarantine where settled_at is not null"
    assert desk.rows(settled) == [(2, f"replayed in {name}", 2)]


def test_a_row_that_still_cannot_be_read_stays_with_its_new_reason_and_its_age(desk: Desk) -> None:
    desk.take(extract(*FAULTY), known_from=MONDAY)
    done = replayed(desk, lambda cells: put(cells, "export_on", "2025-02-03", at=2))
    assert (done["loaded"], done["quarantined"], done["left"]) == (0, 1, 2)
    assert ("extract.csv", 3, "not a number") in desk.rows(OPEN)
    assert desk.rows("select distinct first_at from quarantine") == [(MONDAY,)]
    again = replayed(desk, lambda cells: put(cells, "value_usd", "100", at=2))
    assert (again["loaded"], again["left"]) == (1, 1)


def test_a_replayed_row_may_be_a_duplicate_or_a_restatement(desk: Desk) -> None:
    desk.take(extract(row("A"), row("B"), row("A", line_number="?"), row("B", line_number="?", value_usd="7")))

    def correct(cells: Sheet) -> None:
        put(cells, "line_number", "1", at=1)
        put(cells, "line_number", "1", at=2)

    done = replayed(desk, correct)
    assert (done["loaded"], done["duplicates"], done["restated"], done["left"]) == (0, 1, 1, 0)
    assert desk.rows(CURRENT) == [("A", 100), ("B", 7)]


def test_of_two_rows_at_odds_the_one_that_is_said_to_hold_is_loaded_and_both_are_settled(desk: Desk) -> None:
    desk.take(extract(row("A", value_usd="1"), row("A", value_usd="2")))
    done = replayed(desk, lambda cells: put(cells, "earshot load", "yes", at=2))
    assert (done["loaded"], done["left"]) == (1, 0)
    assert desk.rows(CURRENT) == [("A", 2)]


def test_an_export_that_nobody_touched_changes_nothing(desk: Desk) -> None:
    desk.take(extract(*FAULTY))
    before = desk.tables()
    done = replayed(desk, lambda cells: None)
    assert (done["rows_in"], done["unchanged"], done["left"]) == (0, 2, 2)
    assert desk.tables() == before


ODD = [
    "=1+1",
    "+1 2",
    "-cmd",
    "@x",
    "'quoted",
    " spaced ",
    'say ""hi""',
    "a; b",
    "007",
    "3E001",
    "1/2/2026",
    "é\u00a0x",
]


@pytest.mark.parametrize("name", ["out.csv", "out.xlsx"])
def test_cells_come_back_as_they_came_and_none_is_a_formula(desk: Desk, name: str) -> None:
    desk.take(extract(*(row(f"S{at}", export_on="?", description=f'"{text}"') for at, text in enumerate(ODD))))
    path = exported(desk, name)
    if name.endswith(".csv"):
        assert [cell for cells in read(path) for cell in cells if cell[:1] in ("=", "+", "@")] == []
    assert replay_quarantine(desk.home, path)["unchanged"] == len(ODD)


def test_a_file_in_quarantine_is_an_export_of_its_own(desk: Desk) -> None:
    desk.take(extract(*FAULTY))
    (written,) = desk.home.quarantine.iterdir()
    assert read(written) == read(exported(desk))


def test_a_row_that_is_no_row_stands_in_the_export_as_text_and_is_typed_into_its_columns(desk: Desk) -> None:
    desk.take(extract(row("A"), "B,1,2025-02-03"))
    cells = read(exported(desk))
    assert cells[1][cells[0].index("earshot as it came")] == "B,1,2025-02-03"
    assert cells[1][8:] == [*[""] * len(HEADINGS.split(",")), "too-few-columns"]

    def retype(cells: Sheet) -> None:
        cells[1][8:] = row("B").split(",")

    assert replayed(desk, retype)["loaded"] == 1


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda cells: put(cells, "earshot id", "Q0"), r"out.csv, row 2: there is no row 'Q0'"),
        (lambda cells: put(cells, "earshot file", "other.csv"), r"Q\w+ is row 2 of extract.csv, not row 2 of other"),
        (lambda cells: put(cells, "earshot row", "9", at=2), r"row 3: Q\w+ is row 3 of extract.csv, not row 9"),
        (lambda cells: put(cells, "destination", "to", at=0), "the headings must be those of extract.csv"),
        (lambda cells: cells.append(cells[1]), "appears there twice, first in out.csv, row 2"),
        (lambda cells: cells.pop(0), "the first columns must be those of"),
        (lambda cells: cells[1].append("stray"), "row 2: cells beyond the last heading"),
    ],
)  # fmt: skip
def test_a_row_that_is_not_told_to_be_one_in_quarantine_stops_the_whole_replay(
    desk: Desk, change: Callable[[Sheet], object], problem: str
) -> None:
    desk.take(extract(*FAULTY))
    before = desk.tables()

    def correct(cells: Sheet) -> None:
        put(cells, "export_on", "2025-02-03", at=2)
        change(cells)

    with pytest.raises(InputError, match=problem):
        replayed(desk, correct)
    assert desk.tables() == before


def test_a_row_that_is_settled_is_not_replayed_again(desk: Desk) -> None:
    desk.take(extract(*FAULTY))
    replayed(desk, lambda cells: put(cells, "destination", "PK"))
    with pytest.raises(InputError, match=r"row 2: Q\w+ is settled since .* \(replayed in out.csv\)"):
        replay_quarantine(desk.home, desk.home.root.parent / "out.csv")


def test_a_row_whose_line_comes_again_readable_is_settled_by_that_file(desk: Desk) -> None:
    desk.take(extract(*FAULTY))
    desk.take(extract(row("B"), row("X")), "later.csv")
    assert desk.rows("select row_number, settled_how from quarantine where settled_at is not null") == [
        (2, "came again, readable, in later.csv")
    ]


def test_a_row_that_comes_again_as_faulty_as_before_is_one_row_and_keeps_its_age(desk: Desk) -> None:
    desk.take(extract(*FAULTY), known_from=MONDAY)
    desk.take(extract(*FAULTY, row("E")), "tuesday.csv", known_from=MONDAY + timedelta(days=1))
    assert [name for name, *_ in desk.rows(OPEN)] == ["tuesday.csv", "tuesday.csv"]
    with open_store(desk.home.database) as connection:
        counted = [count_open(connection, MONDAY + timedelta(days=days), date(2026, 3, 12)) for days in (-1, 0, 1)]
    assert counted == [{"rows": 0, "oldest_days": None}, *[{"rows": 2, "oldest_days": 10}] * 2]


def test_the_list_tells_by_file_and_problem_what_is_open_and_for_how_long(desk: Desk) -> None:
    desk.take(extract(*FAULTY), known_from=MONDAY)
    told = list_quarantine(desk.home, date(2026, 4, 5))
    assert told["quarantine"] == {"rows": 2, "oldest_days": 34}
    assert [(one["file_name"], one["problem"][:11], one["rows"], one["age_days"]) for one in told["problems"]] == [
        ("extract.csv", "destination", 1, 34), ("extract.csv", "export_on: ", 1, 34),
        ("extract.csv", "value_usd: ", 1, 34),
    ]  # fmt: skip


def test_rows_of_several_layouts_go_to_a_sheet_each_and_come_back(desk: Desk) -> None:
    desk.take(extract(row("A", export_on="?")))
    desk.take("part_number,eccn,valid_from\nP,EAR99,?\n", "items.csv")
    assert sheet_names(exported(desk, "out.xlsx")) == ["items", "line"]
    assert replay_quarantine(desk.home, desk.home.root.parent / "out.xlsx")["unchanged"] == 2
    exported(desk)
    assert sorted(path.name for path in desk.home.root.parent.glob("out-*.csv")) == ["out-items.csv", "out-line.csv"]


def test_an_unknown_source_or_another_kind_of_file_is_refused(desk: Desk) -> None:
    desk.take(extract(*FAULTY))
    with pytest.raises(InputError, match=r"no data of this source is loaded. Loaded sources: line"):
        list_quarantine(desk.home, date(2026, 4, 5), "acme")
    with pytest.raises(InputError, match=r"end in .xlsx or .csv"):
        exported(desk, "out.txt")
