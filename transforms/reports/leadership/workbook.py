"""The report as a workbook: summary, findings, what is undetermined, and the law they rest on.

Everything is written as text, numbers or dates: a recorded value never becomes a formula. Rows are written as they
come, so that memory does not grow with them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa

from transforms.columns import heading
from transforms.reports.leadership.model import BANDS, Report
from transforms.reports.leadership.words import headline, total_filing
from transforms.reports.spreadsheet import write_cells

MOST_ROWS = 1_048_575
"""What a sheet holds beside its headings."""
NOTICE = "Facts and authorities, not legal advice. A person decides what follows."
_WIDE = (
    *map(heading, ("because", "authority", "remedy", "description")),
    "What to obtain", "Cause", "Title", "Value of it",
)  # fmt: skip
_LINE = (
    "source", "shipment_id", "line_number", "export_on", "destination", "consignee_name", "eccn", "description",
    "value_usd",
)  # fmt: skip
_LINE_HEADINGS = (
    *map(heading, _LINE), "Findings", "Flagged", "Undetermined", "Open", "Rules, strictest first",
    *map(heading, ("because", "remedy")),
)  # fmt: skip
Sheet = tuple[str, Sequence[str], Iterable[Sequence[object]]]


def write_report_book(report: Report, folder: Path, most: int = MOST_ROWS) -> list[str]:
    """Write `findings.xlsx` into `folder`; return the names of files written besides.

    Where the findings are more than `most`, their sheet says so and they are written as `findings.csv`.
    """
    is_too_many = report.rows.num_rows > most
    sheets = [
        ("Summary", ("What", "Value of it"), _summary(report)),
        _findings(report) if not is_too_many else ("Findings", ("What",), [(
            f"{report.rows.num_rows:,} findings are too many for a sheet. All are in findings.csv and"
            " findings.parquet.",
        )]),
        ("Lines to review", _LINE_HEADINGS, lines_to_review(report.rows) if not is_too_many else ()),
        ("Undetermined", ("Missing field", "Lines", "Value (USD)", "What to obtain", "Rules"),
         [(one.field or "no field", one.lines, one.value_usd, one.settled_by, ", ".join(one.rules))
          for one in report.undetermined]),
        ("Causes", ("Cause", "Findings", "Lines", "Value (USD)", "Rules"),
         [(one.words, one.findings, one.lines, one.value_usd, ", ".join(one.rules)) for one in report.causes]),
        ("Law", ("Rule", "Title", "Kind", "In force from", "Authority", "Remedy", "Flagged", "Undetermined"),
         _law(report)),
    ]  # fmt: skip
    write_book(folder / "findings.xlsx", sheets, f"Findings {report.period.first} to {report.period.last}")
    if not is_too_many:
        return []
    write_csv(folder / "findings.csv", report.rows)
    return ["findings.csv"]


def write_book(path: Path, sheets: Iterable[Sheet], title: str) -> None:
    """Write sheets with headings that stay, a filter over each, and cells of their own kind."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    for name, titles, body in sheets:
        sheet = book.add_worksheet(name)
        for at, title in enumerate(titles):
            sheet.set_column(at, at, 60 if title in _WIDE else 18)
            sheet.write_string(0, at, title, bold)
        sheet.freeze_panes(1, 1)
        number = 0
        for number, row in enumerate(body, start=1):
            write_cells(sheet, number, row, day)
        sheet.autofilter(0, 0, max(number, 1), len(titles) - 1)
    book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC), "title": title, "comments": NOTICE})
    book.close()


def write_csv(path: Path, rows: pa.Table) -> None:
    """Write rows as text that no spreadsheet takes for a formula: such text begins with an apostrophe."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
        writer.writerow(rows.column_names)
        for row in plain_rows(rows):
            writer.writerow([_guarded(value) if isinstance(value, str) else value for value in row])


def plain_rows(rows: pa.Table) -> Iterator[Sequence[object]]:
    """Yield the rows, a bounded number of them in memory at a time; a list becomes text."""
    for batch in rows.to_batches(max_chunksize=10_000):
        for row in batch.to_pylist():
            yield [", ".join(value) if isinstance(value, list) else value for value in row.values()]


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _findings(report: Report) -> Sheet:
    return "Findings", [heading(name) for name in report.rows.column_names], plain_rows(report.rows)


def lines_to_review(rows: pa.Table) -> Iterator[Sequence[object]]:
    """Yield one row per line, as `rows` has them: the findings of a line adjacent, the strictest first."""
    found = (row for batch in rows.to_batches(max_chunksize=10_000) for row in batch.to_pylist())
    for _, group in groupby(found, lambda row: (*(row[name] for name in _LINE[:3]), row["situation_id"] is None)):
        held = list(group)
        outcomes, states = ([row[name] for row in held] for name in ("outcome", "state"))
        yield [
            *(held[0][name] for name in _LINE), len(held), outcomes.count("flagged"), outcomes.count("undetermined"),
            len(held) - states.count("closed"), ", ".join(row["rule_id"] for row in held), held[0]["because"],
            held[0]["remedy"],
        ]  # fmt: skip


def _summary(report: Report) -> list[tuple[object, ...]]:
    s, filing = report.summary, total_filing(report.filings)
    ages: dict[int, int] = {}
    for band, _, findings in report.ageing:
        ages[band] = ages.get(band, 0) + findings
    found: list[tuple[Any, ...]] = [
        ("Notice", NOTICE), ("In a sentence", headline(report)),
        ("First day", report.period.first), ("Last day", report.period.last), ("Law as of", s.as_of),
        ("Data loaded by (UTC)", s.known_at.isoformat(" ", "minutes") if s.known_at else "most recent data"),
        ("Run", s.run_id), ("Rulebook", s.rulebook_hash), ("Earshot", s.version),
        ("Made-up sample data", "yes" if s.synthetic else "no"),
        ("Lines exported in the period", report.sum("lines", report.months)),
        ("Value of them, US dollars", report.sum("value_usd", report.months)),
        ("Lines flagged", report.sum("flagged", report.months)),
        ("Lines undetermined", report.sum("undetermined", report.months)),
        ("Findings about exports of the period", report.rows.num_rows),
        ("Lines to review with these findings, AES filing lines among them", report.count_records()),
        ("Findings ever made", report.states.total), ("Open at the end of the period", report.states.open),
        ("Lines to review at the end of the period", report.states.open_records),
        ("Closed by the record", report.states.by_record), ("Closed by a decision", report.states.by_decision),
        ("New in the period", report.sum("new", report.desk)),
        ("Reopened in the period", report.sum("reopened", report.desk)),
        ("Closed in the period", report.sum("closed", report.desk)),
        *((f"Open for {name}", ages.get(at, 0)) for at, name in enumerate(BANDS)),
        ("Filed under a named requirement, lines", filing.filed),
        ("Filed whether or not required, lines", filing.filed_unasked),
        ("Not filed where required, lines", filing.flagged), ("Filing undetermined, lines", filing.undetermined),
        ("AES compliance rate, low end, %", filing.low), ("AES compliance rate, high end, %", filing.high),
        ("Disclosure candidates", report.sum("findings", report.candidates)),
        ("Rows in, whole history", s.conservation.rows_in), ("Lines loaded", s.conservation.loaded),
        ("Exact duplicates", s.conservation.duplicates), ("Restatements", s.conservation.restated),
        ("Quarantined", s.conservation.quarantined),
        *([("Left out", s.conservation.left_out)] if s.conservation.left_out else []),
    ]  # fmt: skip
    return found


def _law(report: Report) -> list[tuple[object, ...]]:
    counts = {one.rule_id: (one.flagged, one.undetermined) for one in report.rules}
    return [
        (one.rule_id, one.title, one.kind, one.in_force_from, "; ".join(one.authority), one.remedy,
         *counts.get(one.rule_id, (0, 0)))
        for one in report.summary.rules
    ]  # fmt: skip
