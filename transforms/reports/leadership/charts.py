"""The charts of the report: rate, filing, ageing, destinations by ECCN, consignees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from transforms.reports.bars import Bar, Figure, in_order, ranked
from transforms.reports.curves import Curves, HeatMap, curves, heat_map
from transforms.reports.leadership.model import BANDS, Report
from transforms.reports.leadership.words import PER, filing_words, rate, trend

BENCHMARK = 95.0
"""The line that leaders asked to see beside the rate of filing, in percent; no source of it is in the rulebook."""
WIDE = 310


@dataclass(frozen=True)
class Charts:
    """All charts; one without anything to draw has no drawing."""

    rate: Curves
    filing: Curves
    ageing: Figure
    heat: HeatMap
    consignees: Figure


def draw_charts(report: Report, countries: Mapping[str, str]) -> Charts:
    """Draw what is measured; `countries` are names by ISO code."""
    return Charts(_rate(report), _filing(report), _ageing(report), _heat(report, countries),
                  _consignees(report))  # fmt: skip


def _rate(report: Report) -> Curves:
    rows = [(one.month, (rate(one.flagged, one.lines), rate(one.undetermined, one.lines))) for one in report.months]
    cut = [one.month for one in report.months if not report.period.is_whole(one.month)]
    note = trend(report.months, report.period) + (f" Not a whole month: {', '.join(cut)}." if cut else "")
    title = f"Lines that need review per {PER:,} lines exported, by month of export"
    return curves(Curves("rate", title, note, ("flagged", "undetermined"), rows, f"per {PER:,} lines"))


def _filing(report: Report) -> Curves:
    rows = [(one.month, (one.low, one.high)) for one in report.filings]
    known = [value for _, values in rows for value in values if value is not None]
    lowest = max(min([*known, 90.0]) // 10 * 10 - 10, 0)
    title = "AES compliance rate by month of export, beside the 95 % line"
    figure = Curves("filing", title, filing_words(report.filings), ("low end", "high end"), rows, "%", 1)
    return curves(figure, BENCHMARK, lowest, 100 + (100 - lowest) * 0.12)


def _ageing(report: Report) -> Figure:
    bars = [Bar(name) for name in BANDS]
    for band, outcome, findings in report.ageing:
        if outcome == "flagged":
            bars[band].solid += findings
        else:
            bars[band].hatched += findings
    note = (
        f"All findings open on {report.period.last}, whatever their day of export, by days since they were first seen."
    )
    figure = Figure("ageing", "Open findings by age", "Known for", note)
    return in_order(figure, bars) if any(bar.total for bar in bars) else figure


def _heat(report: Report, countries: Mapping[str, str]) -> HeatMap:
    cells = [
        (f"{countries[one.destination]} ({one.destination})" if one.destination in countries else one.destination,
         one.eccn, one.flagged, one.undetermined)
        for one in report.cells
    ]  # fmt: skip
    note = "Each cell: lines flagged + undetermined; the darker, the more."
    return heat_map(HeatMap("heat", "Destination by ECCN: lines that need review", note, cells))


def _consignees(report: Report) -> Figure:
    bars = [Bar(one.name or "not recorded", one.flagged, one.lines - one.flagged) for one in report.consignees]
    figure = Figure("consignees", "Consignees with most lines that need review", "Consignee", "", left=WIDE)
    return ranked(figure, bars, 8, "consignees", "lines")
