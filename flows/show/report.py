"""What is told of a report, and of a work-file for a disclosure."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.markup import escape

from flows.show import OUT, counted
from transforms.reports.words.phrases import in_words


def show_report(told: Mapping[str, Any], report: Path) -> None:
    """Print the period, the headline figures, and where the files stand."""
    period, desk, filing = told["period"], told["desk"], told["filing_percent"]
    OUT.print(
        f"{counted(told['lines'], 'line')} exported {period['from']} to {period['to']}, worth"
        f" ${told['value_usd']:,.0f}: {told['lines_flagged']:,} flagged, {told['lines_undetermined']:,} undetermined"
    )
    OUT.print(
        f"  Findings: {desk['open_before']:,} open before + {desk['new']:,} new + {desk['reopened']:,} reopened ="
        f" {desk['closed']:,} closed + {desk['open']:,} open"
    )
    if filing["high"] is not None:
        low = filing["low"] if filing["low"] is not None else filing["high"]
        OUT.print(
            f"  AES compliance: {low:.1f} % to {filing['high']:.1f} % of the lines for which EEI was required;"
            f" undetermined: {counted(filing['undetermined'], 'line')}"
        )
    OUT.print(f"  Disclosure candidates: {told['disclosure_candidates']:,}")
    _show_files(report)


def show_disclosure(told: Mapping[str, Any], report: Path) -> None:
    """Print what the filter reached, and where the files stand."""
    OUT.print(
        f"{told['filter']}: {counted(told['shipments'], 'shipment')}, {counted(told['lines'], 'line')},"
        f" {counted(told['findings'], 'finding')}",
        markup=False,
    )
    scope = told["five_years"]
    months = counted(len(scope["empty_months"]), "month")
    OUT.print(
        f"  Last {in_words(scope['years'])} years, {scope['from']} to {scope['to']}: {months} without a shipment line"
    )
    _show_files(report)


def _show_files(report: Path) -> None:
    for path in sorted(report.iterdir()):
        OUT.print(f"  {escape(str(path))}", soft_wrap=True)
    OUT.print("Facts and authorities, not legal advice. Draws no conclusion.")
