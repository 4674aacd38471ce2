"""The three charts of the summary page, as SVG text to stand inside the page.

Plain Vega-Lite specs, not altair: importing altair costs 0.45 s and adds nothing to a bar chart. vl-convert alone
costs 0.8 s for the first chart of a process (it starts its JavaScript engine) and 0.04 to 0.09 s for each after.
Sizes are fixed and nothing is laid out by measured text, so the fonts of a machine do not change the bytes.
The two outcomes differ in lightness, color and pattern, and carry their numbers, so a black-and-white print is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from transforms.reports.page import Summary, Usd

FLAGGED, UNDETERMINED, EDGE, INK = "#1b3a5c", "#f6c667", "#6b4700", "#1a1d21"
LEFT, BARS, RIGHT, STEP = 210, 420, 230, 27
TOP_RULES, TOP_DESTINATIONS, MONTHS_AT_MOST = 20, 12, 240


@dataclass
class Bar:
    """One bar, and one row of the table that stands in for the chart: lines and value by outcome."""

    label: str
    flagged: int = 0
    undetermined: int = 0
    flagged_usd: Usd = Decimal(0)
    undetermined_usd: Usd = Decimal(0)

    def add(self, outcome: str, lines: int, value_usd: Usd) -> None:
        """Count lines under an outcome; a sum with an unknown value is unknown. Other outcomes are not charted."""
        if outcome == "flagged":
            self.flagged += lines
            self.flagged_usd = None if self.flagged_usd is None or value_usd is None else self.flagged_usd + value_usd
        elif outcome == "undetermined":
            known = self.undetermined_usd is not None and value_usd is not None
            self.undetermined += lines
            self.undetermined_usd = (self.undetermined_usd or 0) + (value_usd or Decimal(0)) if known else None

    @property
    def total(self) -> int:
        """Lines of both outcomes."""
        return self.flagged + self.undetermined

    @property
    def words(self) -> str:
        """`61 flagged, 35 undetermined`, leaving out what is zero."""
        parts = ((self.flagged, "flagged"), (self.undetermined, "undetermined"))
        return ", ".join(f"{lines:,} {outcome}" for lines, outcome in parts if lines)


@dataclass
class Figure:
    """A chart with its caption and its rows; `svg` is empty where there is nothing to draw."""

    key: str
    title: str
    heading: str
    note: str
    bars: list[Bar] = field(default_factory=list)
    svg: str = ""


def figures(summary: Summary) -> list[Figure]:
    """The charts by rule, by destination and by month, in page order."""
    rules = []
    for rule in summary.rules:
        bar = Bar(rule.rule_id)
        bar.add("flagged", rule.flagged, rule.flagged_value_usd)
        bar.add("undetermined", rule.undetermined, rule.undetermined_value_usd)
        rules.append(bar)
    places: dict[str, Bar] = {}
    for code, name, _rule, outcome, lines, value in summary.by_destination:
        label = f"{name} ({code})" if name and code else name or code or "not recorded"
        places.setdefault(label, Bar(label)).add(outcome, lines, value)
    months: dict[str, Bar] = {}
    for month, outcome, lines, value in summary.by_month:
        months.setdefault(month, Bar(month)).add(outcome, lines, value)
    twice = "A line found by several rules counts under each."
    return [
        _ranked(Figure("rule", "Findings by rule", "Rule", twice), rules, TOP_RULES, "rules"),
        _ranked(
            Figure("place", "Findings by destination", "Destination", twice),
            places.values(),
            TOP_DESTINATIONS,
            "destinations",
        ),
        _by_month(Figure("month", "Lines that need a person, by month of export", "Month", ""), months),
    ]


def _ranked(figure: Figure, bars: Iterable[Bar], shown: int, noun: str) -> Figure:
    """Horizontal bars, most findings first; those not drawn are counted in the note and stand in the table."""
    figure.bars = sorted((bar for bar in bars if bar.total), key=lambda bar: (-bar.total, -bar.flagged, bar.label))
    drawn, rest = figure.bars[:shown], figure.bars[shown:]
    if rest:
        hidden = f"{len(rest):,} more, not drawn, hold {sum(bar.total for bar in rest):,}."
        figure.note = f"The {shown} {noun} with most findings; {hidden} {figure.note}"
    if drawn:
        category = {
            "field": "label",
            "type": "nominal",
            "sort": [bar.label for bar in drawn],
            "title": None,
            "axis": {"labelLimit": LEFT - 12, "ticks": False, "domain": False},
        }
        size = {"type": "quantitative", "scale": {"domain": [0, drawn[0].total], "nice": False}, "axis": None}
        layers = [
            {
                "mark": {"type": "bar", "height": 17, "stroke": EDGE, "strokeWidth": 0.8},
                "transform": [{"filter": "datum.lines"}],
                "encoding": {"x": size | {"field": "lines", "stack": "zero"}, **_colors()},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 6, "fontSize": 13},
                "transform": [{"filter": "datum.words"}],
                "encoding": {"x": size | {"field": "total"}, "text": {"field": "words"}},
            },
        ]
        spec = {
            "width": BARS,
            "height": STEP * len(drawn),
            "layer": layers,
            "encoding": {"y": category},
            "padding": {"left": LEFT, "right": RIGHT, "top": 2, "bottom": 2},
        }
        figure.svg = _svg(figure, spec, drawn)
    return figure


def _by_month(figure: Figure, months: dict[str, Bar]) -> Figure:
    """Stacked columns in order of time, months without any such line included; by year where months are too many."""
    figure.bars = [bar for _, bar in sorted(months.items()) if bar.total]
    if not figure.bars:
        return figure
    first, last = (int(month[:4]) * 12 + int(month[5:7]) - 1 for month in (figure.bars[0].label, figure.bars[-1].label))
    drawn, every = {f"{i // 12:04}-{i % 12 + 1:02}": Bar("") for i in range(first, last + 1)}, 1
    if len(drawn) > MONTHS_AT_MOST:
        figure.note = "Drawn by year, as the lines span more than 20 years."
        drawn = {f"{year:04}": Bar("") for year in range(first // 12, last // 12 + 1)}
        every = -(-len(drawn) // 13)
    width = len(next(iter(drawn)))
    for bar in figure.bars:
        drawn[bar.label[:width]].flagged += bar.flagged
        drawn[bar.label[:width]].undetermined += bar.undetermined
    for label, bar in drawn.items():
        bar.label = label
    labels = list(drawn)
    if width == 7 and len(labels) > 13:
        starts = ("-01", "-04", "-07", "-10") if len(labels) <= 39 else ("-01",)
        named = [label for label in labels if label.endswith(starts)]
    else:
        named = labels[::every]
    band = {
        "field": "label",
        "type": "ordinal",
        "sort": None,
        "title": None,
        "scale": {"domain": labels, "paddingInner": 0.2 if len(labels) <= 60 else 0, "paddingOuter": 0.1},
        "axis": {
            "values": named,
            "labelAngle": 0,
            "labelOverlap": False,
            "labelExpr": "slice(datum.value, 0, 4)" if len(labels) > 39 else "datum.value",
        },
    }
    size = {
        "type": "quantitative",
        "title": None,
        "axis": {
            "format": ",d",
            "tickMinStep": 1,
            "tickCount": 5,
            "domain": False,
            "ticks": False,
            "gridColor": "#e3e6ea",
        },
    }
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "bar", "stroke": EDGE, "strokeWidth": 0.8 if len(labels) <= 60 else 0},
            "transform": [{"filter": "datum.lines"}],
            "encoding": {"x": band, "y": size | {"field": "lines", "stack": "zero"}, **_colors()},
        },
    ]
    if len(labels) <= 24:
        layers.append(
            {
                "mark": {"type": "text", "dy": -7, "fontSize": 12},
                "transform": [{"filter": "datum.words"}],
                "encoding": {"x": band, "y": size | {"field": "total"}, "text": {"field": "total", "format": ",d"}},
            }
        )
    spec = {"width": 772, "height": 190, "layer": layers, "padding": {"left": 60, "right": 28, "top": 18, "bottom": 26}}
    figure.svg = _svg(figure, spec, list(drawn.values()))
    return figure


def warm_up() -> None:
    """Draw a chart of nothing: the first one takes as long as the engine takes to start."""
    from vl_convert import vegalite_to_svg

    vegalite_to_svg({"mark": "bar", "data": {"values": []}}, allowed_base_urls=[])


def _colors() -> dict[str, Any]:
    scale = {"domain": ["flagged", "undetermined"], "range": [FLAGGED, "url(#hatch)"]}
    order = {"field": "outcome", "type": "nominal", "sort": "ascending"}
    return {"color": {"field": "outcome", "type": "nominal", "scale": scale, "legend": None}, "order": order}


def _svg(figure: Figure, spec: dict[str, Any], bars: list[Bar]) -> str:
    """The chart drawn, named for screen readers, free of namespaces and addresses, its hatch pattern its own."""
    from vl_convert import vegalite_to_svg

    rows: list[dict[str, Any]] = []
    for bar in bars:
        parts = (("flagged", bar.flagged), ("undetermined", bar.undetermined))
        rows += [{"label": bar.label, "outcome": outcome, "lines": lines} for outcome, lines in parts if lines]
        rows.append({"label": bar.label, "total": bar.total, "words": bar.words})
    config = {
        "aria": False,
        "background": None,
        "view": {"stroke": None},
        "font": "sans-serif",
        "text": {"color": INK},
        "axis": {"labelFontSize": 13, "labelColor": INK, "labelPadding": 7},
    }
    spec |= {"autosize": "none", "data": {"values": rows}, "config": config}
    drawn: str = vegalite_to_svg(spec, allowed_base_urls=[])
    said = "; ".join(f"{bar.label}: {bar.words}" for bar in bars[:TOP_DESTINATIONS] if bar.total)
    box = re.search(r'viewBox="[^"]*"', drawn)
    head = (
        f'<svg class="chart" role="img" aria-labelledby="{figure.key}-name {figure.key}-said" {box[0] if box else ""}>'
        f'<title id="{figure.key}-name">{escape(figure.title)}</title>'
        f'<desc id="{figure.key}-said">{escape(said)}. All figures are in the table that follows.</desc>'
        f'<defs><pattern id="{figure.key}-hatch" width="5" height="5" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="5" height="5" fill="{UNDETERMINED}"/>'
        f'<rect width="1.2" height="5" fill="{EDGE}"/></pattern></defs>'
    )
    return re.sub(r"^<svg[^>]*>", lambda _: head, drawn).replace('"url(#hatch)"', f'"url(#{figure.key}-hatch)"')
