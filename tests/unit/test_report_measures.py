"""What the report says of a period: small homes, numbers that can be counted by hand."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from flows.jobs.screen import screen_home
from flows.settings import Home
from tests.support.homes import make_home
from tests.support.lines import MONDAY, ingest
from tests.support.report_sample import FIRST, LAST, PERIOD, line, note, told
from transforms.reports.leadership.model import Period, Report
from transforms.reports.leadership.words import trend


@pytest.fixture(scope="module")
def report(lived_home: Home) -> Report:
    return told(lived_home).report


def fresh(folder: Path, *rows: dict[str, str]) -> Home:
    made = make_home(folder)
    ingest(made, "lines", MONDAY, *rows)
    return made


def test_only_exports_of_the_period_are_counted_and_each_line_once(report: Report) -> None:
    assert {one.month: (one.lines, one.flagged, one.undetermined) for one in report.months} == {
        "2026-03": (1, 1, 0), "2026-05": (2, 1, 1), "2026-06": (1, 1, 0), "2026-09": (2, 1, 0), "2026-10": (1, 0, 0),
    }  # fmt: skip


def test_findings_by_rule_add_up_to_the_rows_of_the_table(report: Report) -> None:
    assert sum(one.flagged + one.undetermined for one in report.rules) == report.rows.num_rows
    for one in report.rules:
        assert one.flagged + one.undetermined == one.new + one.open + one.reopened + one.closed, one.rule_id


def test_the_states_add_up_to_every_finding_ever_made(report: Report, lived_home: Home) -> None:
    states = report.states
    assert states.total == states.open + states.by_record + states.by_decision
    outside = told(lived_home, Period(date(2026, 11, 1), LAST)).report
    assert outside.states == states and outside.rows.num_rows < report.rows.num_rows


def test_the_lines_to_review_are_counted_once_beside_their_findings(tmp_path: Path) -> None:
    report = told(fresh(tmp_path, line("S1", itn="X2025"), line("S2"))).report
    assert (report.states.open_records, report.count_records()) == (2, 2)
    assert report.states.open == report.rows.num_rows >= 3
    assert report.rows["shipment_id"].to_pylist() == ["S2", "S1", "S1", "S1"]


def test_what_stood_open_is_what_was_closed_and_what_is_open(report: Report) -> None:
    for one in report.desk:
        assert one.open_before + one.new + one.reopened == one.closed + one.open, one.rule_id
    assert sum(one.open for one in report.desk) == report.states.open


def test_a_finding_that_was_put_right_and_came_again_is_closed_once_and_reopened_once(report: Report) -> None:
    pakistan = next(one for one in report.desk if one.rule_id == "pakistan-rs")
    # S1 and S6 were found before the period; S2 to S4 came in it
    assert (pakistan.open_before, pakistan.new, pakistan.reopened, pakistan.closed, pakistan.open) == (2, 3, 1, 1, 5)
    causes = {(change, cause): number for change, cause, number in report.desk_causes}
    assert causes["closed", "record corrected"] >= 1 and causes["reopened", "record corrected"] >= 1


def test_the_desk_is_seen_as_it_stood_on_the_last_day_of_the_period(lived_home: Home) -> None:
    then = told(lived_home, Period(date(2026, 5, 1), date(2026, 7, 1))).report
    pakistan = next(one for one in then.desk if one.rule_id == "pakistan-rs")
    assert (pakistan.open_before, pakistan.new, pakistan.closed, pakistan.open) == (2, 0, 1, 1)
    assert then.states.by_record >= 1


def test_age_is_counted_from_the_day_a_finding_was_first_seen(report: Report) -> None:
    ages: dict[int, int] = {}
    for band, _, findings in report.ageing:
        ages[band] = ages.get(band, 0) + findings
    assert set(ages) == {0, 4} and ages[4] >= 2  # S1 and S6 since FIRST, the others since LAST
    assert sum(ages.values()) == report.states.open
    assert (LAST - FIRST).days > 365


def test_a_finding_about_an_older_export_is_work_of_the_desk_only(report: Report) -> None:
    assert "S6" not in report.rows["shipment_id"].to_pylist()
    assert sum(one.open for one in report.desk if one.rule_id == "pakistan-rs") == 5


def test_names_that_differ_in_case_or_space_are_one_consignee(report: Report) -> None:
    names = {one.name: one for one in report.consignees}
    indus = names["Indus Labs"]
    assert "INDUS  LABS" not in names
    assert (indus.lines, indus.shipments, indus.months) == (4, 4, 4)
    assert [one.name for one in report.intermediates] == ["Harbor Forwarding"]
    assert [one.name for one in report.filers] == [""] and not report.has_filings


def test_destination_by_eccn_counts_lines_not_findings(report: Report) -> None:
    cells = {(one.destination, one.eccn): (one.flagged, one.undetermined) for one in report.cells}
    assert cells == {("PK", "3A992"): (3, 0), ("PK", "2B999"): (0, 1), ("DE", "EAR99"): (1, 0)}


def test_each_finding_stands_under_one_cause_made_of_what_is_recorded(report: Report) -> None:
    words = {one.words: one.findings for one in report.causes}
    assert sum(words.values()) == report.rows.num_rows
    assert words["License: NLR is recorded where a license authority was required"] == 2
    assert words["License: exception LVS is recorded but not available"] == 1
    assert words["Filing: neither an ITN nor an exemption is recorded"] == 1
    assert any(one.startswith("Not on record: eccn") for one in words)


def test_filing_tells_what_had_to_be_filed_from_what_is_not_told(report: Report) -> None:
    months = {one.month: one for one in report.filings}
    september, march = months["2026-09"], months["2026-03"]
    assert (september.filed_unasked, september.flagged, september.low, september.high) == (1, 1, 0.0, 50.0)
    assert months["2026-10"].not_required == 1 and months["2026-10"].low is None and months["2026-10"].high is None
    assert (march.filed_unasked, march.low, march.high) == (1, None, 100.0)
    assert sum(sum(one[1:]) for one in report.filings) == sum(one.lines for one in report.months)


def test_a_month_in_which_the_law_changed_is_counted_by_the_day_of_each_line(tmp_path: Path) -> None:
    # 758.1(b)(11) on ECCN 3A069 began on 2025-01-16 (90 FR 4615)
    both = {"eccn": "3A069", "destination": "AE", "consignee_country": "AE", "license_code": "C30",
            "license_number": "D123456", "value_usd": "100"}  # fmt: skip
    home = fresh(
        tmp_path,
        line("S1", **both, export_on="2025-01-10", tendered_on="2025-01-09"),
        line("S2", **both | {"shipment_id": "S2b"}, export_on="2025-01-20", tendered_on="2025-01-19"),
    )
    months = told(home, Period(date(2025, 1, 1), date(2025, 1, 31))).report.filings
    assert [(one.month, one.filed, one.filed_unasked) for one in months] == [("2025-01", 1, 1)]
    cut = told(home, Period(date(2025, 1, 15), date(2025, 1, 31))).report.filings
    assert [(one.filed, one.filed_unasked) for one in cut] == [(1, 0)]


def test_candidates_are_those_of_the_last_decision_by_its_quarter(
    lived_home: Home, report: Report, tmp_path: Path
) -> None:
    assert {one.quarter for one in report.candidates} == {"2026 Q4"}
    assert {one.rule_id for one in report.candidates} >= {"pakistan-rs"}
    own = fresh(tmp_path, line("S4"))
    screen_home(own, LAST)
    note(own, "S4", "disclosure-candidate", datetime(2026, 8, 1))
    assert {one.quarter for one in told(own).report.candidates} == {"2026 Q3"}
    note(own, "S4", "escalated", datetime(2026, 11, 20))
    assert told(own).report.candidates == []


def test_the_newest_rules_are_told_with_what_they_found(report: Report) -> None:
    starts = [one.from_on for one in report.newest]
    assert starts == sorted(starts, reverse=True)
    assert report.newest[0].rule_id == "syria"  # of a rule of several paragraphs the newest version counts
    pakistan = next(one for one in report.newest if one.rule_id == "pakistan-rs")
    assert (pakistan.flagged, pakistan.undetermined) == (3, 1)


def test_before_the_first_screening_nothing_is_told_of_the_desk(lived_home: Home) -> None:
    then = told(lived_home, as_of=LAST, known_at=datetime(2026, 11, 16, 0, 30)).report
    assert then.states.total == 0 and then.desk == [] and then.rows.num_rows > 0


def test_a_home_without_lines_has_a_report(home: Home) -> None:
    nothing = told(home)
    assert nothing.report.months == [] and "No line was exported in this period" in nothing.page


def test_a_trend_is_told_of_six_whole_months_only(report: Report) -> None:
    assert "too few for a trend" in trend(report.months, PERIOD)
    six = [report.months[0]._replace(month=f"2026-0{at}", lines=100, flagged=at, undetermined=0) for at in range(1, 7)]
    assert "flagged 500 per 10,000 lines, before 200" in trend(six, PERIOD)
    assert not PERIOD.is_whole("2026-11") and PERIOD.is_whole("2026-10") and PERIOD.is_whole("2025-12")
