"""The answer of an impact analysis as a workbook: a sheet for each question, and the parts for an engineer to confirm.

Everything is written as text, numbers or dates: a recorded value never becomes a formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from transforms.columns import heading
from transforms.reports.spreadsheet import write_cells

PARTS_SHEET = "Parts to confirm"
"""The sheet that `data/layouts/confirmed_parts.yml` reads back."""
MOST_ROWS = 1_000_000
Sheet = tuple[str, Sequence[str], Iterable[Sequence[object]]]
_SIDES = ("certain", "possible")
_QUANTITIES = ("lines", "value_usd", "shipments", "consignees", "parts", "destinations")
_WIDE = ("Because", "Means", "Evidence", "Authority", "Terms", "Settled by", "Title", "What", "Description", "Remedy")
_LINES = (
    "rule_id", "certainty", "change", "baseline_outcome", "reform_outcome", "source", "shipment_id", "line_number",
    "export_on", "destination", "eccn", "part_number", "description", "consignee_name", "value_usd", "license_code",
    "license_number", "because", "authority", "missing", "remedy",
)  # fmt: skip


def write_impact_book(told: Mapping[str, Any], rows: pa.Table, path: Path) -> Path:
    """Write the workbook of an answer and the rows behind it to `path`, whole or not at all; return the path."""
    import xlsxwriter

    partial = path.with_name(f".{path.name}.partial")
    book = xlsxwriter.Workbook(
        partial, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    for name, titles, body in _sheets(told, rows):
        sheet = book.add_worksheet(name)
        for at, title in enumerate(titles):
            sheet.set_column(at, at, 60 if title in _WIDE else 16)
            sheet.write_string(0, at, title, bold)
        sheet.freeze_panes(1, 1)
        number = 0
        for number, row in enumerate(body, start=1):
            if number > MOST_ROWS:
                break
            write_cells(sheet, number, row, day)
        sheet.autofilter(0, 0, max(number, 1), len(titles) - 1)
    book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC), "title": "Impact", "comments": told["notice"]})
    book.close()
    partial.replace(path)
    return path


def _sheets(told: Mapping[str, Any], rows: pa.Table) -> Iterable[Sheet]:
    counts = [f"{heading(name)}, {side}" for name in _QUANTITIES for side in _SIDES]
    yield "Summary", ("What", "Value"), _summary(told)
    yield (
        "Questions", ("Question", "Means", *counts),
        [("any", "Lines that would newly require a license or review, each counted once", *_counted(told))]
        + [(heading(name), one["means"], *_counted(one)) for name, one in told["questions"].items()],
    )  # fmt: skip
    yield (
        "By rule", ("Rule", "Title", *counts),
        [(rule, one["title"], *_counted(one)) for rule, one in told["by_rule"].items()]
        + [(f"{rule}, on its own", "", *_counted(one)) for rule, one in told["on_its_own"].items()],
    )  # fmt: skip
    measured = ("Lines, certain", "Lines, possible", "Value usd, certain", "Value usd, possible")
    keys = ("lines_certain", "lines_possible", "value_usd_certain", "value_usd_possible")
    yield "By month", ("Month", *measured), [(one["month"], *(one[key] for key in keys)) for one in told["by_month"]]
    for kind, found in told["top"].items():
        yield kind.capitalize(), ("Name", *measured), [(one["name"], *(one[key] for key in keys)) for one in found]
    yield (
        "Exceptions", ("Rule", "Symbol", "Terms", "Lines", "Value (USD)"),
        [(one["rule_id"], "any other" if one["symbol"] == "*" else one["symbol"], one["terms"], one["lines"],
          one["value_usd"]) for one in told["exceptions"]],
    )  # fmt: skip
    yield (
        "Undetermined", ("Field", "Settled by", "Lines", "Value (USD)", "Rules"),
        [(one["field"] or "none", one["settled_by"], one["lines"], one["value_usd"], ", ".join(one["rules"]))
         for one in told["fields"]],
    )  # fmt: skip
    yield PARTS_SHEET, PARTS_TITLES, [_part(one) for one in told["parts_to_confirm"] if one["part_number"]]
    names = [name for name in _LINES if name in rows.column_names]
    yield "Lines", [heading(name) for name in names], _line_rows(rows.select(names))


PARTS_TITLES = (
    "Part", "Description", "Recorded ECCN", "Schedule B", "Lines", "Lines that turn", "Value USD", "Last shipped",
    "Evidence", "Proof", "Proof in words", "Suggested entry", "Confirmed ECCN", "Valid from", "Detectors",
    "Spectral Y/N", "Top-down proteomics Y/N", "FDA device Y/N", "Confirmed by", "Confirmed on",
)  # fmt: skip
"""The headings of the sheet; those from `Confirmed ECCN` on are the engineer's, the first day filled in beforehand.
What has no part number cannot be taken back as an item, and stands in the page and in impact.json alone."""


def _part(one: Mapping[str, Any]) -> Sequence[object]:
    return (
        one["part_number"], one["description"], one["eccns"], one["schedule_b"], one["lines"], one["lines_turned"],
        one["value_usd"], date.fromisoformat(one["last_shipped_on"]), one["evidence"], one["rank"], one["rank_means"],
        f"{one['suggested_eccn']}, paragraph to be confirmed", None, date.fromisoformat(one["valid_from"]),
        None, None, None, None, None, None,
    )  # fmt: skip


def _summary(told: Mapping[str, Any]) -> list[tuple[object, ...]]:
    period = told["period"]
    found: list[tuple[object, ...]] = [
        ("Notice", told["notice"]), ("Run", told["run_id"]),
        ("Period", f"{period['from']} to {period['until']}"),
        ("Days that the lines cover", f"{period['covered_from']} to {period['covered_until']}"),
        ("Baseline", told["baseline"]["name"]), ("Reform", told["reform"]["name"]), ("Rules are read", told["reading"]),
        ("Lines in the period", period["lines"]), ("Value of them, US dollars", period["value_usd"]),
    ]  # fmt: skip
    for side in _SIDES:
        found.append((f"Lines that would newly require a license or review, {side}", told["lines"][side]))
        found.append((f"Value of them, {side}, US dollars", told["value_usd"][side]))
        found.append((f"Lines a year at that rate, {side}", told["per_year"]["lines"][side]))
        found.append((f"Value a year at that rate, {side}, US dollars", told["per_year"]["value_usd"][side]))
    return found


def _counted(one: Mapping[str, Any]) -> list[object]:
    return [one[name][side] for name in _QUANTITIES for side in _SIDES]


def _line_rows(rows: pa.Table) -> Iterable[Sequence[object]]:
    for batch in rows.to_batches(max_chunksize=10_000):
        for row in batch.to_pylist():
            yield [", ".join(value) if isinstance(value, list) else value for value in row.values()]

