"""What other uses of its ITN add to a line: what one filing cannot be, and the parts of a split shipment."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.support.parameters import parameter_rows
from tests.support.steps import told
from transforms.contexts.contexts import ITN_USE

AIR, VESSEL, TRUCK, RAIL = "40", "11", "30", "20"
LAW = {
    "split-shipment-hours": "24", "split-shipment-days": "7", "split-shipment-hours-modes": ["10", "11", "12"],
    "split-shipment-days-modes": ["20", "21", "30", "31", "40", "41"],
}  # fmt: skip
CHANGED = {
    "split-shipment-hours": "48", "split-shipment-days": "9", "split-shipment-hours-modes": ["10", "11"],
    "split-shipment-days-modes": ["12", "20", "40"],
}  # fmt: skip
PARAMETERS = parameter_rows(LAW, CHANGED, date(2026, 1, 1))
USE = {
    "realm": 0, "itn": "X20250301000001", "itn_hash": 5, "activity": "export", "export_on": "2025-03-01",
    "consignee_name": "Beta GmbH", "destination": "DE", "usppi_id": "12345678900", "port_of_export": "2720",
    "transport_mode": AIR,
}  # fmt: skip


def uses(memory, *cases: tuple[dict[str, Any], ...]) -> list[str]:
    """What is said of the lines of each case, which share an ITN and which no one filing can be; each is a realm."""
    rows = [
        USE | {"line_id": 10 * realm + at, "realm": realm, "filing_hash": at} | line
        for realm, lines in enumerate(cases)
        for at, line in enumerate(lines)
    ]
    given = {"itn_lines": rows, "parameters": PARAMETERS}
    said = dict(told(memory, ITN_USE, "itn_use_facts", "line_id//10 value", given))
    return [said.get(realm, "") for realm in range(len(cases))]


def test_the_parts_of_a_split_shipment_leave_within_a_day_by_vessel_and_seven_days_else(memory) -> None:
    expected = {
        (VESSEL, "2025-03-02"): "may be split",  # 24 hours may end on the next day
        (VESSEL, "2025-03-03"): "too far apart",
        (AIR, "2025-03-08"): "", (TRUCK, "2025-03-08"): "", (RAIL, "2025-03-08"): "",  # the seventh day
        (AIR, "2025-03-09"): "too far apart",
        (None, "2025-03-02"): "may be split",  # it may be a vessel
        (None, "2025-03-08"): "may be split",  # it may be an airplane
        (None, "2025-03-09"): "too far apart",
    }  # fmt: skip
    cases = [({"transport_mode": mode}, {"transport_mode": mode, "export_on": day}) for mode, day in expected]
    assert dict(zip(expected, uses(memory, *cases), strict=True)) == expected


def test_a_split_shipment_is_measured_by_the_law_on_the_day_of_its_first_part(memory) -> None:
    expected = {
        ("2025-12-31", VESSEL, "2026-01-02"): "too far apart",  # the last day under 24 hours
        ("2026-01-01", VESSEL, "2026-01-03"): "may be split",  # 48 hours may end on the second day
        ("2026-01-01", VESSEL, "2026-01-04"): "too far apart",
        ("2025-12-31", AIR, "2026-01-08"): "too far apart",  # the eighth day
        ("2026-01-01", AIR, "2026-01-10"): "",  # the ninth day
        ("2026-01-01", AIR, "2026-01-11"): "too far apart",
        ("2026-01-01", TRUCK, "2026-01-02"): "may be split",  # a mode of neither list
        ("2026-01-01", "12", "2026-01-05"): "",
    }  # fmt: skip
    cases = [
        ({"transport_mode": mode, "export_on": first}, {"transport_mode": mode, "export_on": day})
        for first, mode, day in expected
    ]
    assert dict(zip(expected, uses(memory, *cases), strict=True)) == expected


def test_a_mode_that_one_of_the_parts_does_not_record_may_be_any(memory) -> None:
    other = {"export_on": "2025-03-05"}
    cases = [({"transport_mode": AIR}, other | {"transport_mode": nothing}) for nothing in ("", None)]
    assert uses(memory, *cases) == ["may be split"] * 2


def test_lines_of_one_day_are_one_filing_however_their_parties_are_written(memory) -> None:
    other = {"consignee_name": "BETA, gmbh", "usppi_id": "12-3456789 01"}
    assert uses(memory, ({}, other)) == [""]


def test_a_filing_is_of_one_usppi_to_one_consignee_in_one_country_from_one_port(memory) -> None:
    others = {"consignee_name": "Gamma"}, {"destination": "FR"}, {"usppi_id": "98765432100"}, {"port_of_export": "3001"}
    assert uses(memory, *(({}, other) for other in others)) == ["several parties"] * 4


def test_a_party_that_is_not_recorded_is_no_other_party(memory) -> None:
    columns = "consignee_name", "destination", "usppi_id", "port_of_export"
    cases = [({}, {column: nothing}) for column in columns for nothing in ("", None)]
    assert uses(memory, *cases) == [""] * 8


def test_a_reexport_under_the_itn_does_not_count(memory) -> None:
    assert uses(memory, ({}, {}, {"activity": "reexport", "destination": "FR"})) == [""]


def test_a_line_of_another_realm_under_the_itn_does_not_count(memory) -> None:
    assert uses(memory, ({}, {}), ({"destination": "FR"},)) == ["", ""]
