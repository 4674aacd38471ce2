"""Report on a home: it is screened first, so that a report always speaks of one run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from flows.jobs.screen import Finished, Screened, screen_home
from flows.settings import RULES, Home
from transforms.errors import InputError
from transforms.phases import phase

if TYPE_CHECKING:
    from transforms.reports.leadership.matters import Filter
    from transforms.reports.leadership.model import Period

_MONTHS = 12


@dataclass(frozen=True)
class Reported:
    """A finished report: the screening that it speaks of, what was counted for it, and its folder."""

    screened: Screened
    told: dict[str, Any]
    report: Path

    def as_json(self) -> dict[str, Any]:
        """Return the result in the keys that `--json` prints."""
        return {"run_id": self.screened.run_id, "as_of": str(self.screened.as_of), **self.told,
                "report": str(self.report)}  # fmt: skip


def report_home(
    home: Home,
    as_of: date,
    known_at: datetime | None = None,
    first_day: date | None = None,
    last_day: date | None = None,
) -> Reported:
    """Screen the home and write the report of a period beside what the screening writes.

    The period is that of the twelve whole months before the as-of day and of its own month, or begins with the fiscal
    year that the configuration names, unless days are given.
    """
    from transforms.reports.leadership.model import Period

    last, starts = last_day or as_of, home.config.value("report.fiscal_year_starts")
    period = Period(first_day or (first_of_fiscal_year(last, starts) if starts else first_of_period(last)), last)
    if period.last < period.first:
        raise InputError(
            f"--from {period.first}: after --to {period.last}. Give a first date on or before the last date."
        )
    if period.last > as_of:
        raise InputError(
            f"--to {period.last}: after the day of the screening. Give {as_of} (--as-of) or an earlier date."
        )
    name = f"report-{period.first}-{period.last}"
    told: dict[str, Any] = {}

    def add(finished: Finished, folder: Path) -> None:
        with phase("charts"):
            told.update(_write(finished, period, folder / name))

    screened = screen_home(home, as_of, known_at, add)
    return Reported(screened, told, screened.report / name)


def disclose(home: Home, filtered: str, as_of: date, known_at: datetime | None = None) -> Reported:
    """Screen the home and write what is on record of the findings that a filter reaches, as facts for counsel."""
    from transforms.compare.read import read_rules
    from transforms.reports.leadership.matters import read_filter
    from transforms.reports.words.rules import by_id

    home.require()
    rulebook, reconciling = read_rules(home.rules, with_cases=False, shipped=RULES)
    asked = read_filter(filtered, {*by_id(rulebook), *(rule.id for rule in reconciling), "not-judged"})
    told: dict[str, Any] = {}

    def add(finished: Finished, folder: Path) -> None:
        with phase("charts"):
            told.update(_write_disclosure(finished, asked, folder / asked.name))

    screened = screen_home(home, as_of, known_at, add)
    return Reported(screened, told, screened.report / asked.name)


def first_of_period(last: date) -> date:
    """Return the first day of the twelve whole months before the month of `last`."""
    year, month = divmod(last.year * 12 + last.month - 1 - _MONTHS, 12)
    return date(year, month + 1, 1)


def first_of_fiscal_year(last: date, month: int) -> date:
    """Return the first day of the fiscal year of `last`, where fiscal years start in `month`."""
    return date(last.year - (last.month < month), month, 1)


def _write(finished: Finished, period: Period, folder: Path) -> dict[str, Any]:
    from transforms.compare.read import read_comparison_cases, read_rules
    from transforms.reports.book.comparisons import Compared
    from transforms.reports.book.page import render_book
    from transforms.reports.leadership.charts import draw_charts
    from transforms.reports.leadership.measures import measure
    from transforms.reports.leadership.page import render_executive, render_report
    from transforms.reports.leadership.words import total_filing
    from transforms.reports.leadership.workbook import write_report_book
    from transforms.reports.parties.workbook import tell_parties, write_parties
    from transforms.reports.words.phrases import country_names

    connection, rulebook = finished.connection, finished.rulebook
    parties = tell_parties(connection, rulebook.listed, rulebook.parameters, finished.run.as_of)
    report = measure(connection, rulebook, finished.run, finished.summary, period)
    whole, comparisons = read_rules(rulebook.root, shipped=RULES)  # with its examples, which a screening leaves unread
    book = render_book(whole, compared=Compared(comparisons, read_comparison_cases(rulebook.root)[0]))
    folder.mkdir(parents=True)
    (folder / "rulebook.html").write_text(book, encoding="utf-8")
    write_parties(parties, folder / "parties.xlsx")
    more = write_report_book(report, folder)
    anchors = re.findall(r'id="(rule-[a-z0-9-]+)"', book)
    countries = country_names(rulebook.tables_dir)
    charts = draw_charts(report, countries)
    page = render_report(report, countries, anchors, more, charts)
    (folder / "report.html").write_text(page, encoding="utf-8")
    executive = render_executive(report, countries, anchors, charts)
    (folder / "executive.html").write_text(executive, encoding="utf-8")
    _copy(connection, period, folder / "findings.parquet")
    filing = total_filing(report.filings)
    return {
        "period": {"from": str(period.first), "to": str(period.last)},
        "lines": report.sum("lines", report.months),
        "value_usd": float(report.sum("value_usd", report.months)),
        "lines_flagged": report.sum("flagged", report.months),
        "lines_undetermined": report.sum("undetermined", report.months),
        "findings": {one.rule_id: {"flagged": one.flagged, "undetermined": one.undetermined} for one in report.rules},
        "desk": {
            "open": report.states.open,
            **{name: report.sum(name, report.desk) for name in ("open_before", "new", "reopened", "closed")},
        },
        "filing_percent": {"low": filing.low, "high": filing.high, "undetermined": filing.undetermined},
        "disclosure_candidates": report.sum("findings", report.candidates),
        "parties": {
            "matches": parties.count(band="match"), "possible": parties.count(band="possible"),
            "listed_since": parties.count(standing="listed since"), "new_after_listing": len(parties.newcomers),
        },
    }  # fmt: skip


def _write_disclosure(finished: Finished, asked: Filter, folder: Path) -> dict[str, Any]:
    from transforms.reports.leadership.disclosure import render_disclosure, write_disclosure_book
    from transforms.reports.leadership.matters import gather
    from transforms.reports.words.phrases import country_names

    summary = finished.summary
    found = gather(
        finished.connection, finished.run, asked, finished.rulebook.parameters, synthetic=summary.synthetic,
        rows_aside=summary.rows_aside, not_screened=summary.coverage.not_screened,
    )  # fmt: skip
    folder.mkdir(parents=True)
    titles = {rule.rule_id: rule.title for rule in summary.rules}
    page = render_disclosure(found, titles, country_names(finished.rulebook.tables_dir))
    (folder / "disclosure.html").write_text(page, encoding="utf-8")
    write_disclosure_book(found, folder / "disclosure.xlsx")
    return {
        "filter": asked.words,
        "shipments": len(found.matters),
        "lines": sum(len(one.lines) for one in found.matters),
        "findings": len(found.rows),
        "quarters": {one.quarter: one.findings for one in found.bundles},
        "five_years": {
            "years": found.years,
            "from": str(found.start),
            "to": str(finished.run.as_of),
            "empty_months": found.empty_months,
        },
    }


def _copy(connection: duckdb.DuckDBPyConnection, period: Period, path: Path) -> None:
    from transforms.reports.run import ROW_GROUP

    found = connection.sql(
        "from findings where export_on between $first and $last",
        params={"first": period.first, "last": period.last},
    )
    found.write_parquet(str(path), compression="zstd", row_group_size=ROW_GROUP)
