"""Counsel's view as a spreadsheet: every situation the company has shipped in, and what the law says of it in each era.

Everything is written as text, numbers or dates: a recorded value never becomes a formula.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from transforms.columns import heading
from transforms.durable import sync
from transforms.facts import facts_by
from transforms.pipeline import make_table
from transforms.sql import read_sql

SQL = Path(__file__).parent / "sql"
NOTICE = (
    "Facts and authorities, not legal advice. Clear means clear of the rules in this rulebook. A situation and rule"
    " that the second sheet does not list is outside the scope. summary.html says what was not screened. Each"
    " sheet has the first 1,000,000 rows; the Parquet files have all of them."
)
LEFT_OUT = (
    " This workbook lists {shown:,} of {all:,} situations: those of which a rule is flagged come first, then those"
    " that are undetermined, then the others, each with those of many lines before those of few."
)
MOST_ROWS = 1_000_000
"""The rows of a sheet, by the limit of the format."""
NIGHTLY = 5_000
"""The situations that a night lists: writing a workbook of each of them takes longer than the screening."""


def write_situations(run_folder: Path, most: int = MOST_ROWS) -> Path:
    """Write `situations.xlsx` beside the Parquet files of a run, from those files, and return its path.

    Sheet `situations`: one row per situation with its facts, lines, value (US dollars), first and last date. Sheet
    `law`: one row per situation, rule and stretch of days. Of more than `most` situations it lists those to review
    first, and says so in the sheet `notice`.
    """
    import xlsxwriter

    target, partial = run_folder / "situations.xlsx", run_folder / ".situations.xlsx.partial"
    with duckdb.connect() as connection:
        chosen = {"folder": f"{run_folder}/", "most": most}
        make_table(connection, "shown_situations", read_sql(SQL / "shown_situations.sql"), chosen)
        book = xlsxwriter.Workbook(
            partial, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        for name, values in (("situations", _listed_facts()), ("law", {})):
            given = {"folder": f"{run_folder}/", **values}
            _sheet(book, name, connection.execute(read_sql(SQL / f"{name}_sheet.sql"), given))
        told = NOTICE + _left_out(connection, run_folder)
        notice = book.add_worksheet("notice")
        notice.write_string(0, 0, told)
        book.set_properties({"created": datetime(2000, 1, 1), "title": "Situations", "comments": told})
        book.close()
    sync(partial)
    partial.replace(target)
    return target


def _left_out(connection: duckdb.DuckDBPyConnection, run_folder: Path) -> str:
    """What the workbook leaves out, if it leaves out anything."""
    ((shown, every),) = connection.execute(
        "select (select count(*) from shown_situations), count(*) from read_parquet($folder || 'situations.parquet')",
        {"folder": f"{run_folder}/"},
    ).fetchall()
    return LEFT_OUT.format(shown=shown, all=every) if shown < every else ""


def _listed_facts() -> dict[str, list[str]]:
    """The facts that the record tells, and those that stand blank where nothing is added; `eccn` leads both."""
    facts = [fact for fact in facts_by("line", "records").values() if fact.name != "eccn"]
    recorded = [fact.name for fact in facts if fact.by == "line" and fact.absent == "unknown"]
    return {"recorded_facts": recorded, "added_facts": [fact.name for fact in facts if fact.name not in recorded]}


def _sheet(book: Any, name: str, found: duckdb.DuckDBPyConnection) -> None:
    sheet = book.add_worksheet(name)
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    names = [column[0] for column in found.description or []]
    for at, title in enumerate(names):
        sheet.set_column(at, at, 60 if title in ("because", "authority") else 16)
        sheet.write_string(0, at, heading(title), bold)
    sheet.freeze_panes(1, 1)
    number = 0
    while rows := found.fetchmany(10_000):
        for row in rows:
            number += 1
            write_cells(sheet, number, row, day)
    sheet.autofilter(0, 0, max(number, 1), len(names) - 1)


def write_cells(sheet: Any, number: int, row: Sequence[object], day: Any) -> None:
    """Write one row of a sheet, each value as what it is: text never becomes a formula."""
    for at, value in enumerate(row):
        if value is None:
            continue
        if isinstance(value, date):
            sheet.write_datetime(number, at, value, day)
        elif isinstance(value, int | float | Decimal):
            sheet.write_number(number, at, float(value))
        else:
            sheet.write_string(number, at, str(value))
