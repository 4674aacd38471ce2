"""A screening after a change says what changed, does what it must, and finds what any screening would find."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from flows.jobs.rescreen import rescreen_home
from flows.jobs.screen import screen_home
from flows.settings import RULES, Home
from tests.support.desk import Desk
from tests.support.extracts import extract, row

DAY = date(2026, 11, 20)


@pytest.fixture
def screened(desk: Desk) -> Desk:
    """A home with a rulebook of its own, screened once."""
    shutil.copytree(RULES, desk.home.root / "rules")
    desk.take(extract(*(row(f"S{number}", export_on=f"2025-02-{number + 1:02}") for number in range(9))))
    screen_home(desk.home, DAY)
    return desk


def change(home: Home, name: str, old: str, new: str) -> None:
    """Change a file of the home's rulebook."""
    path = home.root / "rules" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def files(report: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in report.iterdir()}


def copied(desk: Desk) -> Home:
    """The same home once more."""
    other = desk.home.root.with_name("other")
    shutil.copytree(desk.home.root, other)
    return Home(other)


def test_where_nothing_changed_nothing_is_done_on_a_later_day_too(screened: Desk) -> None:
    before = sorted(screened.home.reports.iterdir())
    done = rescreen_home(screened.home, date(2026, 11, 21))
    assert (done.screened, done.changes.what, done.situations, done.lines) == (None, {}, 0, 0)
    assert done.changes.since == before[0].name
    assert sorted(screened.home.reports.iterdir()) == before


def test_after_a_rule_and_a_table_it_names_them_and_finds_what_a_screening_finds(screened: Desk) -> None:
    change(screened.home, "parameters/low-value-threshold.yml", "2500", "90")
    change(screened.home, "tables/country_names.csv", "ABW,AW,ISO 3166-1 alpha-3", "ABW,AW,ISO 3166-1")
    other = copied(screened)
    done = rescreen_home(screened.home, DAY)
    assert done.screened is not None
    assert done.changes.what["parameters"] == ["low-value-threshold"]
    assert done.changes.what["tables"] == ["country_names"]
    assert done.situations >= done.screened.situations and done.lines == 9
    assert files(done.screened.report) == files(screen_home(other, DAY).report)


def test_where_only_the_words_around_a_rule_change_no_situation_is_decided_anew(screened: Desk) -> None:
    change(screened.home, "reconcile/value-differs/cases.yml", "\n", "\n# a remark\n")
    other = copied(screened)
    done = rescreen_home(screened.home, DAY)
    assert done.screened is not None
    assert done.changes.what == {"rules": ["value-differs"]}
    assert (done.situations, done.lines) == (0, 0)
    assert files(done.screened.report) == files(screen_home(other, DAY).report)


def test_files_rates_and_a_list_are_named_and_only_what_came_is_looked_at(screened: Desk) -> None:
    screened.take(extract(row("NEW", destination="DE", export_on="2025-06-02")), "new.csv")
    (screened.home.root / "rates.csv").write_text("currency,date,rate,source\nEUR,2026-11-02,1.1525,ECB\n")
    done = rescreen_home(screened.home, DAY)
    assert done.changes.what == {"files": ["new.csv"], "exchange rates": ["rates.csv"]}
    assert done.screened is not None and (done.lines, done.screened.lines) == (1, 10)
    entry = screened.home.root / "rules" / "parties" / "unverified-list.csv"
    entry.write_text("".join(entry.read_text().splitlines(keepends=True)[:-1]))
    assert rescreen_home(screened.home, DAY).changes.what == {"lists": ["unverified-list"]}


def test_a_report_that_is_gone_is_made_again(screened: Desk) -> None:
    (report,) = screened.home.reports.iterdir()
    before = files(report)
    shutil.rmtree(report)
    done = rescreen_home(screened.home, DAY)
    assert done.changes.what == {"report": [f"reports/{report.name} is missing"]}
    assert files(report).keys() == before.keys() and files(report)["findings.parquet"] == before["findings.parquet"]
