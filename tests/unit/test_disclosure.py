"""The work-file for a disclosure: what a filter reaches, told as facts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from flows.jobs.report import disclose
from flows.settings import Home
from tests.support.lines import MONDAY, ingest
from tests.support.report_sample import LAST, line
from tests.support.summary_sample import HOSTILE
from transforms.errors import InputError
from transforms.reports.leadership.disclosure import quantity
from transforms.reports.leadership.matters import Filter, read_filter

RULES = {"pakistan-rs", "eei-filing"}


def sheets(folder: Path) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_path(folder / "disclosure.xlsx")
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_a_filter_is_read_in_either_spelling_and_a_value_may_hold_spaces() -> None:
    spoken = "rule=pakistan-rs, destination=pk consignee=National Reference Lab from=2025-01-01"
    read = read_filter(spoken, RULES)
    assert read == Filter(False, "pakistan-rs", "PK", None, "National Reference Lab", None, date(2025, 1, 1), None)
    assert read_filter(read.words, RULES) == read and read.name == read_filter(spoken, RULES).name
    assert read_filter("candidates", RULES) == Filter(candidates=True)
    assert read_filter("candidates eccn=3a992", RULES) == Filter(candidates=True, eccn="3A992")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not a filter. Write candidates, or key=value with the keys rule, destination, eccn"),
        ("color=red", "color=red: not a filter"), ("rule=", "rule=: not a filter"), ("rule=nothing", "not a rule"),
        ("destination=Pakistan", "not an ISO country code"), ("from=2025-02-30", "not a date"),
        ("outcome=bad", "Allowed: flagged, undetermined"),
        ("rule=eei-filing rule=pakistan-rs", "twice"), ("from=2025-02-03 to=2025-02-01", "after to="),
    ],
)  # fmt: skip
def test_what_is_no_filter_is_refused_with_what_is_allowed(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read_filter(text, RULES)


def test_the_facts_of_a_shipment_are_told_and_nothing_is_concluded(lived_home: Home) -> None:
    done = disclose(lived_home, "rule=pakistan-rs destination=PK", LAST)
    assert (done.told["shipments"], done.told["findings"]) == (5, 5)
    page = (done.report / "disclosure.html").read_text(encoding="utf-8")
    for words in (
        "It draws no conclusion and is not legal advice", "15 CFR 764.5(d)(3)", "89 FR 93164", "Harbor Forwarding",
        "3A992", "$5,000", "2 <bdi>NO</bdi>", "Not in this file", "2021-11", "No decision.",
    ):  # fmt: skip
        assert words in page, words
    assert "violat" not in page.lower() and "<script" not in page
    held = sheets(done.report)
    assert len(held["Lines"]) == 6 and len(held["Findings"]) == 6
    at = {name: number for number, name in enumerate(held["Lines"][0])}
    row = next(one for one in held["Lines"] if one[at["Shipment"]] == "S1")
    assert row[at["Value (USD)"]] == 5000.25 and row[at["Exported on"]] == date(2026, 3, 4) and row[at["Quantity"]] == 2


def test_recorded_text_stays_text_in_page_and_workbook(lived_home: Home) -> None:
    done = disclose(lived_home, "rule=pakistan-rs consignee=HYPERLINK", LAST)
    page = (done.report / "disclosure.html").read_text(encoding="utf-8")
    assert done.told["shipments"] == 1 and HOSTILE not in page and "&lt;script&gt;" in page
    assert HOSTILE in [cell for row in sheets(done.report)["Lines"] for cell in row]


def test_candidates_are_told_with_who_decided_what_and_when(lived_home: Home) -> None:
    done = disclose(lived_home, "candidates", LAST)
    assert done.told["shipments"] == 1 and done.told["quarters"] == {"2026 Q4": done.told["findings"]}
    decisions = sheets(done.report)["Decisions"]
    assert {(row[4], row[8]) for row in decisions[1:]} == {("disclosure-candidate", "ann")}
    assert {row[6] for row in decisions[1:]} == {"=1+1"}  # text, as a formula would have no value yet


def test_a_finding_that_was_put_right_since_is_told_all_the_same(home: Home) -> None:
    ingest(home, "first", MONDAY, line("S1"))
    disclose(home, "rule=pakistan-rs", date(2026, 6, 1))
    later = MONDAY.replace(hour=1)
    ingest(home, "right", later, line("S1", license_code="C30", license_number="D123456"))
    done = disclose(home, "rule=pakistan-rs", LAST)
    page = (done.report / "disclosure.html").read_text(encoding="utf-8")
    assert done.told["findings"] == 1 and "no longer applies to the current records" in page
    assert disclose(home, "rule=pakistan-rs", LAST, MONDAY).told["findings"] == 1


def test_the_five_years_tell_which_months_have_no_line(lived_home: Home) -> None:
    told = disclose(lived_home, "rule=eei-filing outcome=flagged", LAST).told["five_years"]
    assert told["from"] == "2021-11-20" and len(told["empty_months"]) == 61 - 6
    assert "2026-03" not in told["empty_months"] and "2026-04" in told["empty_months"]


def test_a_quantity_is_written_out() -> None:
    written = [quantity(one) for one in (Decimal("100.0000"), Decimal("0.5000"), Decimal(1200), None)]
    assert written == ["100", "0.5", "1,200", "not known"]
