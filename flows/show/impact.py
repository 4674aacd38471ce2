"""What is told of an impact analysis."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.markup import escape

from flows.show import OUT, counted
from flows.show.tables import Col, show_table

_NAMES = {
    "license": "would newly require a license or review",
    "exception": "  of these, would lose a license exception",
    "license_before": "  of these, already required a license",
    "eei": "would newly require EEI",
    "record": "would newly have a question about the record",
    "already_authorized": "require a license, and have one recorded",
    "exception_serves": "moved under a license exception that stays available",
    "settled": "change from undetermined to flagged",
    "relieved": "change from flagged or undetermined to a lesser outcome",
}
_COLUMNS = (
    Col("Lines that"), Col("Certain", "number"), Col("Possible", "number"), Col("Value,\ncertain", "number"),
    Col("Value,\npossible", "number"), Col("Shipments", "number"),
)  # fmt: skip


def show_impact(told: Mapping[str, Any], report: Path) -> None:
    """Print the range, the questions, months, names, exceptions, what is missing, and where all of it was written."""
    period = told["period"]
    OUT.print(f"Baseline: {told['baseline']['name']}; compared with: {told['reform']['name']}", markup=False)
    OUT.print(
        f"  {', '.join(one['id'] for one in told['reform']['rules']) or 'no rule differs'}, read {told['reading']}",
        markup=False,
    )
    OUT.print(
        f"  {counted(period['lines'], 'line')} exported {period['from']} to {period['until']}, worth"
        f" ${period['value_usd']:,.0f}"
    )
    OUT.print(
        f"[bold]{_range(told['lines'])}[/] lines would newly require a license or review, worth"
        f" {_range(told['value_usd'], '$')}: {told['lines']['certain']:,} certain,"
        f" {told['lines']['possible']:,} possible"
    )
    if told["days_per_year"]:
        rate = told["per_year"]
        OUT.print(f"  Per year at that rate: {_range(rate['lines'])} lines, worth {_range(rate['value_usd'], '$')}")
    rows = [_row(title, told["questions"][name]) for name, title in _NAMES.items() if _counts(told["questions"][name])]
    if rows:
        show_table(_COLUMNS, rows)
    for rule, one in told["by_rule"].items():
        alone = told["on_its_own"].get(rule)
        more = f"; by this rule alone {_range(alone['lines'])}" if alone else ""
        OUT.print(f"  {rule}: {_range(one['lines'])} lines{more}", markup=False)
    if told["by_month"]:
        months = ", ".join(f"{one['month']}: {_sides(one)}" for one in told["by_month"])
        OUT.print(f"By month (certain + possible): {months}", markup=False)
    for kind, found in told["top"].items():
        if found:
            names = "; ".join(f"{one['name'] or 'not recorded'} {_sides(one)}" for one in found[:5])
            OUT.print(f"Most {kind}: {names}", markup=False)
    for one in told["exceptions"]:
        symbol = "any other exception" if one["symbol"] == "*" else one["symbol"]
        OUT.print(f"  {one['rule_id']}: {symbol} {one['terms']}: {counted(one['lines'], 'line')}", markup=False)
    for one in told["fields"]:
        settled = one["settled_by"] or "for counsel"
        OUT.print(
            f"  Undetermined, {one['field'] or 'no single field'}: {counted(one['lines'], 'line')}. {settled}",
            markup=False,
        )
    if told["parts_to_confirm"]:
        OUT.print(
            f"  {counted(len(told['parts_to_confirm']), 'part')} to confirm: sheet 'Parts to confirm' of impact.xlsx."
            " Once filled in, load it as an item master: earshot ingest impact.xlsx --layout confirmed_parts"
        )
    OUT.print(f"Report: {escape(str(report))}")
    for name in ("impact.html", "impact.xlsx", "impact.parquet", "impact.json"):
        OUT.print(f"  {escape(str(report / name))}")
    OUT.print(told["notice"], markup=False)


def _counts(one: Mapping[str, Any]) -> bool:
    return any(one["lines"].values())


def _row(title: str, one: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        title,
        f"{one['lines']['certain']:,}",
        f"{one['lines']['possible']:,}",
        f"${one['value_usd']['certain']:,.0f}",
        f"${one['value_usd']['possible']:,.0f}",
        _range(one["shipments"]),
    )


def _range(one: Mapping[str, float], unit: str = "") -> str:
    """`10` where nothing is merely possible, else `10 to 31`."""
    low, high = one["certain"], one["certain"] + one["possible"]
    return f"{unit}{low:,.0f}" if low == high else f"{unit}{low:,.0f} to {unit}{high:,.0f}"


def _sides(one: Mapping[str, int]) -> str:
    return f"{one['lines_certain']:,} + {one['lines_possible']:,}"
