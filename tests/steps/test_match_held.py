"""What the loaded filings cover, which came twice, and which recorded ITNs AES does not hold or holds as canceled."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from tests.support.steps import told
from transforms.match.match import MATCH

ITN = "X20250301000001"
MOMENT = datetime(2026, 6, 1)


def covered(memory, *filings: dict[str, Any]) -> list[tuple]:
    columns = "month_on usppi_number first_on last_on"
    return told(memory, MATCH, "covered_months", columns, {"current_filings": filings})


def test_a_month_is_covered_as_of_the_last_report_by_its_own_date_or_by_when_it_was_loaded(memory) -> None:
    filings = [
        {"export_on": "2025-03-05", "extracted_at": "2025-03-08 09:00:00", "known_from": "2025-06-01"},
        {"export_on": "2025-03-06", "extracted_at": None, "known_from": "2025-03-20 10:00:00"},
    ]
    found = told(memory, MATCH, "covered_months", "extracted_on", {"current_filings": filings})
    assert found == [(date(2025, 3, 20),)]


def test_a_month_is_covered_for_the_nine_digits_of_a_usppi_number_however_it_is_written(memory) -> None:
    filings = [
        {"export_on": "2025-03-05", "usppi_id": "12-3456789 00"},
        {"export_on": "2025-03-31", "usppi_id": "12345678901"},
    ]
    assert covered(memory, *filings) == [(date(2025, 3, 1), "123456789", date(2025, 3, 5), date(2025, 3, 31))]


def test_the_first_and_the_last_day_are_those_of_all_filings(memory) -> None:
    filings = [{"export_on": "2025-03-05", "usppi_id": "123456789"}, {"export_on": "2025-05-02", "usppi_id": None}]
    days = date(2025, 3, 5), date(2025, 5, 2)
    assert covered(memory, *filings) == [(date(2025, 3, 1), "123456789", *days), (date(2025, 5, 1), "", *days)]


def aside(memory, *filings: dict[str, Any]) -> list[int]:
    """The copies that are left aside, of one filing line that came by two reports."""
    usual = {"itn": ITN, "line_number": 1, "known_from": "2026-03-01"}
    rows = [usual | {"filing_id": at, "source": f"aes-{at}", "batch_id": at} | one for at, one in enumerate(filings)]
    batches = [{"batch_id": at} for at in range(len(filings))]
    found = told(
        memory, MATCH, "repeated_filings", "filing_id", {"current_filings": rows, "batches": batches}, moment=MOMENT
    )
    return [filing_id for (filing_id,) in found]


def test_of_two_copies_the_one_that_was_learned_later_stands(memory) -> None:
    assert aside(memory, {"known_from": "2026-03-02"}, {"known_from": "2026-03-01"}) == [1]


def test_where_both_reports_bear_a_date_of_their_own_it_outweighs_when_they_were_learned_of(memory) -> None:
    older = {"extracted_at": "2026-01-01", "known_from": "2026-03-02"}
    newer = {"extracted_at": "2026-02-01", "known_from": "2026-03-01"}
    assert aside(memory, older, newer) == [0]


def test_where_one_report_alone_bears_a_date_the_copy_that_was_learned_later_stands(memory) -> None:
    assert aside(memory, {"extracted_at": "2026-01-01", "known_from": "2026-03-02"}, {"known_from": "2026-03-01"}) == [
        1
    ]


def test_a_report_that_was_not_taken_yet_at_the_moment_has_not_said_so_yet(memory) -> None:
    later = {"extracted_at": "2026-06-02", "known_from": "2026-03-01"}
    assert aside(memory, later, {"known_from": "2026-03-02"}) == [0]


def test_a_report_taken_at_the_very_moment_has_said_so(memory) -> None:
    assert aside(memory, {"extracted_at": MOMENT}, {"extracted_at": "2026-05-31"}) == [1]


@pytest.mark.parametrize(
    "second", [{"line_number": 2}, {"itn": "X20250301000002"}, {"source": "aes-0"}], ids=["line", "ITN", "one report"]
)
def test_what_is_another_filing_line_or_stands_in_one_report_is_no_copy(memory, second) -> None:
    assert aside(memory, {}, second) == []


@pytest.mark.parametrize("itn", ["", None])
def test_filing_lines_without_an_itn_are_no_copies_of_each_other(memory, itn) -> None:
    assert aside(memory, {"itn": itn}, {"itn": itn}) == []


MARCH = {"month_on": "2025-03-01", "usppi_number": "123456789", "first_on": "2025-03-05", "last_on": "2025-05-20",
         "extracted_on": "2025-06-01"}  # fmt: skip
MAY = MARCH | {"month_on": "2025-05-01"}
LINE = {"line_id": 1, "usppi_id": "12-3456789 00", "export_on": "2025-03-05", "itn": ITN, "activity": "export",
        "form": "tangible", "destination": "DE"}  # fmt: skip
FILING = {"filing_id": 11, "itn": ITN, "standing": "held", "usppi_id": "123456789", "destination": "DE",
          "export_on": "2025-03-05"}  # fmt: skip
BY_ITN = {"line_id": 1, "filing_id": 11, "matched_by": "ITN"}
BY_REFERENCE = BY_ITN | {"matched_by": "shipment reference"}
DAYS = {"name": "post-departure-days", "from_on": "0001-01-01", "until_on": "9999-12-31", "number": 5}
POST, DOWN = "AESPOST 123456789 03/05/2025", "AESDOWN 987654321 03/05/2025"


def states(
    memory, line: dict[str, Any], *filings: dict[str, Any], months=(MARCH, MAY), matches=(), aside=(), forms=()
) -> list[str]:
    given = {
        "current_lines": [LINE | line], "current_filings": [FILING | one for one in filings],
        "covered_months": months, "filing_matches": matches, "parameters": [DAYS],
        "filings_aside": [{"itn": itn} for itn in aside],
        "situations": [{"situation_key": key, "itn_form": form} for key, form in enumerate(forms)],
    }  # fmt: skip
    return [state for _, state in told(memory, MATCH, "aes_states", "line_id aes_state", given, agreeing_days=30)]


@pytest.mark.parametrize("form", ["well formed", "distant", "impossible"])
def test_of_an_itn_whose_date_raises_a_question_it_is_told_that_aes_holds_it(memory, form: str) -> None:
    asked = {"line_situation_key": 0}
    told_of = ["held as recorded"] if form != "well formed" else []
    assert states(memory, asked, {}, matches=[BY_ITN], forms=[form]) == told_of
    assert states(memory, asked, {"standing": "cancelled"}, matches=[BY_ITN], forms=[form]) == ["cancelled"]


@pytest.mark.parametrize("day", ["2025-03-05", "2025-03-31", "2025-05-01", "2025-05-20"])
def test_an_itn_is_not_held_from_the_first_covered_day_to_the_last(memory, day: str) -> None:
    assert states(memory, {"export_on": day}) == ["not held"]


@pytest.mark.parametrize("day", ["2025-03-04", "2025-04-15", "2025-05-21"])
def test_of_a_day_before_after_or_in_a_month_between_without_filings_nothing_is_said(memory, day: str) -> None:
    assert states(memory, {"export_on": day}) == []


def test_filings_of_another_usppi_number_say_nothing_of_a_line(memory) -> None:
    assert states(memory, {"usppi_id": "987654321"}) == []


@pytest.mark.parametrize("number", ["", None])
def test_a_line_without_a_usppi_number_is_covered_by_the_filings_of_any(memory, number) -> None:
    assert states(memory, {"usppi_id": number}) == ["not held"]


def test_filings_without_a_usppi_number_cover_the_lines_of_any(memory) -> None:
    assert states(memory, {"usppi_id": "987654321"}, months=[MARCH | {"usppi_number": ""}]) == ["not held"]


@pytest.mark.parametrize(
    ("standing", "state"),
    [("cancelled", "cancelled"), ("not held", "rejected"), ("unknown", "status not known")],
)  # fmt: skip
def test_an_itn_stands_as_every_line_of_its_filing_does_even_on_a_day_that_is_not_covered(
    memory, standing: str, state: str
) -> None:
    assert states(memory, {"export_on": "2025-04-15"}, {"standing": standing}) == [state]


@pytest.mark.parametrize("standing", ["cancelled", "not held", "unknown"])
def test_an_itn_of_which_one_line_is_live_is_held(memory, standing: str) -> None:
    assert states(memory, {}, {"standing": standing}, {"filing_id": 12}) == []


@pytest.mark.parametrize("standing", ["cancelled", "not held"])
def test_a_line_whose_own_line_was_taken_out_of_a_filing_that_stands_is_in_question(memory, standing: str) -> None:
    filings = {"standing": standing}, {"filing_id": 12}
    assert states(memory, {}, *filings, matches=[BY_ITN]) == ["status not known"]
    assert states(memory, {}, *filings, matches=[BY_ITN, BY_ITN | {"filing_id": 12}]) == []


@pytest.mark.parametrize(("one", "other"), [("not held", "cancelled"), ("unknown", "not held")])
def test_of_several_standings_the_one_that_leaves_most_open_is_told(memory, one: str, other: str) -> None:
    told_of = {"not held": "rejected", "unknown": "status not known"}
    assert states(memory, {}, {"standing": other}, {"filing_id": 12, "standing": one}) == [told_of[one]]


def test_an_itn_among_the_quarantined_rows_is_not_said_to_be_missing(memory) -> None:
    assert states(memory, {}, aside=[ITN]) == ["set aside"]
    assert states(memory, {}, aside=["X20250301000002"]) == ["not held"]


def test_a_line_that_a_live_filing_matches_by_its_itn_has_no_state(memory) -> None:
    assert states(memory, {}, {}, matches=[BY_ITN]) == []


@pytest.mark.parametrize("itn", ["X123", "AESDOWN 03/05/2025", "X2025030100000A", ""])
def test_what_is_no_itn_and_no_citation_cannot_be_missing_in_aes(memory, itn: str) -> None:
    assert states(memory, {"itn": itn}) == []


@pytest.mark.parametrize("line", [{"itn": POST}, {"itn": DOWN}, {"itn": "", "eei_exemption": POST}])
@pytest.mark.parametrize(("extracted_on", "found"), [("2025-03-10", []), ("2025-03-11", ["not held"])])
def test_a_citation_is_not_held_where_a_report_was_taken_more_than_five_days_later(
    memory, line: dict[str, Any], extracted_on: str, found: list[str]
) -> None:
    assert states(memory, line, months=[MARCH | {"extracted_on": extracted_on}]) == found


@pytest.mark.parametrize("itn", ["", None, POST, "X123"])
def test_a_line_without_an_itn_is_held_by_a_live_filing_that_another_key_finds(memory, itn) -> None:
    assert states(memory, {"itn": itn}, {}, matches=[BY_REFERENCE]) == ["held"]


def test_a_line_with_another_itn_needs_no_state_where_a_live_filing_is_found(memory) -> None:
    assert states(memory, {"itn": "X20250301000009"}, {}, matches=[BY_REFERENCE]) == []


OTHERWISE = [{"usppi_id": "987654321"}, {"destination": "FR"}, {"export_on": "2025-04-05"}, {"export_on": "2025-02-02"}]
ALIKE = [{"usppi_id": ""}, {"usppi_id": None}, {"destination": ""}, {"destination": None}, {"export_on": None},
         {"export_on": "2025-04-04"}, {"export_on": "2025-02-03"}]  # fmt: skip


@pytest.mark.parametrize("itn", ["", "X20250301000009"])
@pytest.mark.parametrize("filing", OTHERWISE)
def test_a_filing_that_disagrees_may_be_that_of_another_shipment(memory, itn: str, filing: dict[str, Any]) -> None:
    assert states(memory, {"itn": itn}, filing, matches=[BY_REFERENCE]) == ["may be held"]


@pytest.mark.parametrize("filing", ALIKE)
def test_what_a_filing_does_not_say_does_not_disagree(memory, filing: dict[str, Any]) -> None:
    assert states(memory, {"itn": ""}, filing, matches=[BY_REFERENCE]) == ["held"]


@pytest.mark.parametrize(("standing", "state"), [("cancelled", "cancelled"), ("not held", "rejected")])
def test_a_filing_that_stands_no_more_takes_only_what_was_claimed(memory, standing: str, state: str) -> None:
    assert states(memory, {"itn": POST}, {"standing": standing}, matches=[BY_REFERENCE]) == [state]
    assert states(memory, {"itn": ""}, {"standing": standing}, matches=[BY_REFERENCE]) == []


@pytest.mark.parametrize("line", [{"activity": "reexport"}, {"form": "intangible"}])
def test_what_needs_no_filing_has_no_state(memory, line: dict[str, Any]) -> None:
    assert states(memory, line) == []
