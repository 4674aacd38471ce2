"""In a sheet the findings of a line stand together, and one row can decide all of them, but only if it says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.jobs.dispose import export_findings, import_decisions
from tests.support.desk import Desk, make_desk
from tests.support.office import Office
from tests.support.sheets import Sheet, fill, save
from transforms.cells.workbook import sheet_texts
from transforms.columns import heading
from transforms.errors import InputError
from transforms.ledger.choose import Choice
from transforms.ledger.sheet import FILLED, HEADINGS, SHEET, row_mark

BEFORE = (
    "status", "reason", "evidence", "expires_on",
    "finding_id", "rule_id", "outcome", "state", "severity", "source", "shipment_id", "line_number", "export_on",
    "destination", "consignee_name", "end_user_name", "part_number", "eccn", "description", "quantity", "uom",
    "value_usd", "license_code", "license_number", "itn", "eei_exemption", "because", "authority", "missing", "remedy",
    "situation_id", "first_seen_on", "days_open", "decided", "token",
)  # fmt: skip
"""The columns of a sheet that was exported before a whole line could be decided."""


def opened(desk: Desk) -> Office:
    """Return an office with shipments A, worth less, and B: each a line with findings under several rules."""
    office = Office(desk)
    office.take(*({"shipment_id": one, "itn": "X2025", "value_usd": usd} for one, usd in (("A", "90"), ("B", "5000"))))
    office.screen()
    return office


@pytest.fixture
def office(desk: Desk) -> Office:
    return opened(desk)


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Return such an office for tests that change nothing."""
    return opened(make_desk(tmp_path_factory.mktemp("quiet")))


def exported(office: Office, rule_id: str | None = None, *, decided_too: bool = False) -> tuple[Path, Sheet]:
    """Export findings; return the file and its cells."""
    path = office.desk.home.root.parent / "decide.xlsx"
    export_findings(office.desk.home, Choice(rule_id=rule_id), path, decided_too=decided_too)
    return path, list(sheet_texts(path, SHEET, "."))


def taken(office: Office, path: Path, cells: Sheet) -> dict[str, Any]:
    return import_decisions(office.desk.home, save(path, cells), "Ada")


def column(cells: Sheet, name: str) -> list[str]:
    return [row[HEADINGS.index(name)] for row in cells[1:]]


def states(office: Office, shipment: str) -> dict[str, str]:
    """Return the state of each finding of a shipment's line by its rule."""
    return dict(office.desk.rows(f"select rule_id, state from ledger where shipment_id = '{shipment}'"))


def first_of(cells: Sheet, shipment: str) -> int:
    """Return the number of the first row of a shipment."""
    return column(cells, "shipment_id").index(shipment) + 2


def test_the_findings_of_a_line_are_adjacent_and_the_strictest_comes_first(quiet: Office) -> None:
    _, cells = exported(quiet)
    shipments, per_line = column(cells, "shipment_id"), len(cells[1:]) // 2
    assert per_line >= 2 and shipments == ["B"] * per_line + ["A"] * per_line  # the line of more value first
    assert set(column(cells, "line_findings")) == {str(per_line)}
    order = {"high": 0, "medium": 1, "low": 2}
    ranks = [(order[one], two) for one, two in zip(column(cells, "severity"), column(cells, "outcome"), strict=True)]
    assert ranks[:per_line] == sorted(ranks[:per_line])
    assert column(cells, "rule_id")[0] == "pakistan-rs"


def test_one_row_that_says_whole_line_decides_all_open_findings_of_its_line_and_no_other(office: Office) -> None:
    path, cells = exported(office)
    fill(cells, first_of(cells, "B"), applies_to="Whole Line", evidence="D1234567")
    done = taken(office, path, cells)
    count = len(states(office, "B"))
    assert (done["findings"], done["lines"], done["whole_lines"], done["rows_left_empty"]) == (count, 1, 1, count)
    assert set(states(office, "B").values()) == {"closed"} and set(states(office, "A").values()) == {"open"}
    told = "select distinct status, reason, evidence, decided_by from dispositions"
    assert office.desk.rows(told) == [("authorized", "as counsel said", "D1234567", "Ada")]


def test_such_a_sheet_that_comes_a_second_time_changes_nothing(office: Office) -> None:
    path, cells = exported(office)
    fill(cells, first_of(cells, "B"), applies_to="whole line")
    first = taken(office, path, cells)
    before = office.desk.tables()
    done = taken(office, path, cells)
    assert (done["entry"], done["recorded_already"]) == (None, first["findings"])
    assert office.desk.tables() == before


@pytest.mark.parametrize("said", ["", "this finding", "This-Finding"])
def test_a_decision_that_does_not_say_whole_line_is_of_its_finding_alone(office: Office, said: str) -> None:
    path, cells = exported(office)
    fill(cells, first_of(cells, "B"), applies_to=said)
    assert taken(office, path, cells)["findings"] == 1
    assert sorted(states(office, "B").values())[:2] == ["closed", "open"]


def test_a_row_with_a_decision_of_its_own_keeps_it(office: Office) -> None:
    path, cells = exported(office)
    at = first_of(cells, "B")
    fill(cells, at, applies_to="whole line")
    fill(cells, at + 1, "escalated", "ask the forwarder")
    assert taken(office, path, cells)["statuses"] == {"authorized": len(states(office, "B")) - 1, "escalated": 1}
    assert states(office, "B")[column(cells, "rule_id")[at - 1]] == "open"


def test_a_finding_that_the_sheet_does_not_show_is_never_closed(office: Office) -> None:
    path, cells = exported(office, "pakistan-rs")
    fill(cells, 2, applies_to="whole line")
    before = office.desk.tables()
    with pytest.raises(InputError, match=r"row 2: whole line: this sheet does not show every open .*itn-malformed"):
        taken(office, path, cells)
    assert office.desk.tables() == before


def test_a_finding_of_the_line_that_came_after_the_export_is_never_closed(office: Office) -> None:
    office.take({"shipment_id": "C"})
    office.screen()
    path, cells = exported(office)
    fill(cells, first_of(cells, "C"), applies_to="whole line")
    office.take({"shipment_id": "C", "license_number": "D12"})
    office.screen()
    before = office.desk.tables()
    with pytest.raises(InputError, match=r"No decision was recorded"):
        taken(office, path, cells)
    assert office.desk.tables() == before


def test_a_finding_of_the_line_that_was_decided_otherwise_since_is_stale(office: Office) -> None:
    path, cells = exported(office)
    at = first_of(cells, "B")
    fill(cells, at, applies_to="whole line")
    office.decide("corrected", office.finding("B", column(cells, "rule_id")[at - 1]))
    with pytest.raises(InputError, match=rf"row {at + 1} \(decided by row {at}, whole line\): stale: .* and closed"):
        taken(office, path, cells)


def test_decisions_about_a_line_are_taken_back_together(office: Office) -> None:
    path, cells = exported(office)
    fill(cells, first_of(cells, "B"), applies_to="whole line")
    taken(office, path, cells)
    path, cells = exported(office, decided_too=True)
    fill(cells, first_of(cells, "B"), "reopen", "another consignee", applies_to="whole line")
    assert taken(office, path, cells)["statuses"] == {"reopen": len(states(office, "B"))}
    assert set(states(office, "B").values()) == {"open"}


def put(cells: Sheet, name: str, value: str, number: int) -> None:
    cells[number - 1][HEADINGS.index(name)] = value


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda cells: put(cells, "applies_to", "all", 2), r"row 2: Applies to all: not known. Allowed: this finding"),
        (lambda cells: put(cells, "status", "", 2), r"row 2: status \(blank\): not known"),
        (lambda cells: put(cells, "reason", "", 2), r"row 3 \(decided by row 2, whole line\): the reason is missing"),
        (lambda cells: fill(cells, 3, applies_to="whole line"), r"row 3: the line is decided as a whole in row 2"),
        (lambda cells: put(cells, "destination", "DE", 3), r"row 3 .*: altered: Destination says 'DE', not 'PK'"),
        (lambda cells: put(cells, "shipment_id", "A", 3), r"row 2: whole line: this sheet does not show every open"),
        (lambda cells: cells.pop(2), r"row 2: whole line: this sheet does not show every open finding of the line"),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_decided_as_it_says_stops_the_whole_sheet(
    quiet: Office, change: Callable[[Sheet], object], problem: str
) -> None:
    path, cells = exported(quiet)
    fill(cells, 2, applies_to="whole line")
    change(cells)
    before = quiet.desk.tables()
    with pytest.raises(InputError, match=problem):
        taken(quiet, path, cells)
    assert quiet.desk.tables() == before


def test_a_sheet_of_before_still_loads_with_a_decision_in_each_row(office: Office) -> None:
    path, cells = exported(office)
    older: Sheet = [[heading(name) for name in BEFORE]]
    for row in cells[1:]:
        held = dict(zip(HEADINGS, row, strict=True))
        state = held["token"].split("-")[0]
        held["token"] = f"{state}-{row_mark([held[name] for name in BEFORE[4:-1]], state)}"
        older.append([held[name] for name in BEFORE])
    older[1][:2] = older[2][:2] = ["corrected", "entered anew"]
    done = taken(office, path, older)
    assert (done["findings"], done["statuses"], done["whole_lines"]) == (2, {"corrected": 2}, 0)
    older[3][BEFORE.index("destination")] = "DE"
    older[3][:2] = ["corrected", "entered anew"]
    with pytest.raises(InputError, match=r"row 4: altered: Destination says 'DE', not 'PK'. Only Decision, Reason"):
        taken(office, path, older)
    assert len(FILLED) == 5
