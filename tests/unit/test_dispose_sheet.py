"""Findings are decided in a sheet: all filled rows are recorded in one entry or none, and each fault names its row."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.jobs.dispose import export_findings, import_decisions
from tests.support.desk import Desk, make_desk
from tests.support.office import Office
from tests.support.sheets import Sheet, fill, save
from transforms.cells.workbook import sheet_texts
from transforms.errors import InputError
from transforms.ledger.choose import Choice
from transforms.ledger.sheet import FILLED, HEADINGS, SHEET

HOSTILE = ["=1+1", "@SUM(A1)", "+x", "-x", "_x0041_ y", "tab\there", " 'quoted", "é\u00a0x", "http://x.example"]


def opened(desk: Desk) -> Office:
    """Return an office in which shipments A, B and C to Pakistan were screened."""
    office = Office(desk)
    office.take(*({"shipment_id": one} for one in "ABC"))
    office.screen()
    return office


@pytest.fixture
def office(desk: Desk) -> Office:
    return opened(desk)


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Return such an office for tests that change nothing."""
    return opened(make_desk(tmp_path_factory.mktemp("quiet")))


def exported(office: Office) -> tuple[Path, Sheet]:
    """Export the findings under the Pakistan rule; return the file and its cells."""
    path = office.desk.home.root.parent / "decide.xlsx"
    export_findings(office.desk.home, Choice(rule_id="pakistan-rs"), path)
    return path, list(sheet_texts(path, SHEET, "."))


def returned(office: Office, *fills: Callable[[Sheet], object]) -> dict[str, object]:
    """Export, fill in, import."""
    path, cells = exported(office)
    for one in fills:
        one(cells)
    return import_decisions(office.desk.home, save(path, cells), "Ada")


def test_the_filled_rows_are_recorded_in_one_entry_and_the_others_left(office: Office) -> None:
    done = returned(
        office,
        lambda cells: fill(cells, 2, expires_on="2099-01-31", evidence="D1234567"),
        lambda cells: fill(cells, 3, "False Alarm"),
    )
    assert (done["entry"], done["findings"], done["rows_left_empty"]) == (2, 2, 1)
    told = "select status, reason, evidence, expires_on::varchar, decided_by from dispositions order by status"
    assert office.desk.rows(told) == [
        ("authorized", "as counsel said", "D1234567", "2099-01-31", "Ada"),
        ("false-alarm", "as counsel said", "", None, "Ada"),
    ]
    assert [office.standing(one)[0] for one in "ABC"] == ["closed", "closed", "open"]


def test_a_sheet_that_comes_a_second_time_is_recorded_already_and_changes_nothing(office: Office) -> None:
    returned(office, lambda cells: fill(cells, 2))
    before = office.desk.tables()
    done = import_decisions(office.desk.home, office.desk.home.root.parent / "decide.xlsx", "Ada")
    assert (done["entry"], done["recorded_already"]) == (None, 1)
    assert office.desk.tables() == before


def test_rows_that_are_added_to_a_sheet_that_came_before_are_recorded(office: Office) -> None:
    path, cells = exported(office)
    fill(cells, 2)
    import_decisions(office.desk.home, save(path, cells), "Ada")
    fill(cells, 4)
    done = import_decisions(office.desk.home, save(path, cells), "Ada")
    assert (done["findings"], done["recorded_already"]) == (1, 1)


def test_a_row_is_stale_where_the_finding_changed_since_the_export(office: Office) -> None:
    path, cells = exported(office)
    office.take({"shipment_id": "A", "license_code": ""})
    office.screen()
    fill(cells, 2)
    with pytest.raises(InputError, match=r"decide.xlsx, row 2: stale: the finding changed after the export"):
        import_decisions(office.desk.home, save(path, cells), "Ada")


@pytest.mark.long
def test_a_row_is_stale_where_the_finding_is_not_made_any_more(office: Office) -> None:
    path, cells = exported(office)
    office.take({"shipment_id": "A", "eccn": "EAR99"})
    office.screen()
    fill(cells, 2)
    with pytest.raises(InputError, match=r"row 2: stale: the last screening does not make this finding any more"):
        import_decisions(office.desk.home, save(path, cells), "Ada")


def test_a_row_that_was_decided_otherwise_since_is_stale(office: Office) -> None:
    path, cells = exported(office)
    office.decide("corrected", office.finding("A"))
    fill(cells, 2)
    with pytest.raises(InputError, match=r"row 2: stale: .* now flagged and closed"):
        import_decisions(office.desk.home, save(path, cells), "Ada")


def put(cells: Sheet, heading: str, value: str, number: int = 3) -> None:
    cells[number - 1][HEADINGS.index(heading)] = value


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda cells: put(cells, "destination", "DE"), r"row 3: altered: Destination says 'DE', not 'PK'"),
        (lambda cells: put(cells, "token", "0"), r"row 3: altered: its cells or its token"),
        (lambda cells: put(cells, "finding_id", "f" * 32), r"row 3: unknown: there is no finding f{32}"),
        (lambda cells: put(cells, "status", "fine"), r"row 3: status fine: not known. Allowed: false-alarm"),
        (lambda cells: put(cells, "status", ""), r"row 3: status \(blank\)"),
        (lambda cells: put(cells, "reason", " "), r"row 3: the reason is missing"),
        (lambda cells: put(cells, "expires_on", "12/31/2099"), r"row 3: expires_on 12/31/2099: not a day"),
        (lambda cells: put(cells, "expires_on", "2020-01-01"), r"row 3: the expiry date 2020-01-01"),
        (lambda cells: cells.append(list(cells[2])), r"row 5: the finding is also in row 3"),
        (lambda cells: put(cells, "destination", "to", 1), r"the columns differ from the export"),
        (lambda cells: cells[2].append("stray"), r"row 3: cells beyond the last heading"),
    ],
)  # fmt: skip
def test_one_row_that_cannot_be_taken_stops_the_whole_sheet(
    quiet: Office, change: Callable[[Sheet], object], problem: str
) -> None:
    before = quiet.desk.tables()
    with pytest.raises(InputError, match=problem):
        returned(quiet, lambda cells: fill(cells, 2), lambda cells: fill(cells, 3), change)
    assert quiet.desk.tables() == before


def test_every_row_at_fault_is_told_at_once(quiet: Office) -> None:
    with pytest.raises(InputError) as told:
        returned(quiet, lambda cells: fill(cells, 2, "fine"), lambda cells: fill(cells, 4, reason=""))
    assert [line.partition(":")[0] for line in str(told.value).splitlines()[1:]] == [
        "decide.xlsx, row 2", "decide.xlsx, row 4"
    ]  # fmt: skip


def test_a_sheet_in_which_nothing_is_filled_in_records_nothing(quiet: Office) -> None:
    assert returned(quiet)["rows_left_empty"] == 3
    assert quiet.desk.rows("select count(*) from journal") == [(1,)]


def test_a_file_that_is_no_such_sheet_is_refused(quiet: Office) -> None:
    with pytest.raises(InputError, match="the sheet 'Findings' is missing"):
        import_decisions(quiet.desk.home, quiet.desk.put("a,b\n"), "Ada")


def test_hostile_text_is_no_formula_and_comes_back_as_it_was_exported(desk: Desk) -> None:
    office = Office(desk)
    office.take(
        *({"shipment_id": f"S{at}", "description": text, "consignee_name": text} for at, text in enumerate(HOSTILE))
    )
    office.screen()
    path = desk.home.root.parent / "decide.xlsx"
    export_findings(desk.home, Choice(), path)
    with zipfile.ZipFile(path) as book:
        assert [name for name in book.namelist() if b"<f>" in book.read(name) or b"hyperlink" in book.read(name)] == []
    done = import_decisions(desk.home, filled_in_place(path), "Ada")
    assert done["findings"] == len(office.desk.rows("from ledger where outcome is not null"))


def filled_in_place(path: Path) -> Path:
    """Fill in every row, all else as it was read."""
    cells = list(sheet_texts(path, SHEET, "."))
    for row in cells[1:]:
        row[: len(FILLED)] = ["escalated", "=cmd|' /C calc'!A0", "", "", ""]
    return save(path, cells)
