"""Bars of two sides as SVG text to stand inside a page: ranked ones, and columns by month.

Plain Vega-Lite specs, not altair: importing altair costs 0.45 s and adds nothing to a bar chart. vl-convert
takes 0.04 to 0.09 s for a chart, once its engine runs (`drawing.py`).
Sizes are fixed and nothing is laid out by measured text, so the fonts of a machine do not change the bytes.
The two sides differ in lightness, color and pattern, and carry their numbers, so a black-and-white print is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape
from typing import Any

from transforms.reports.drawing import draw

Usd = Decimal | None  # None: not known
SOLID, HATCHED, EDGE, INK = "#1b3a5c", "#f6c667", "#6b4700", "#1a1d21"
LEFT, BARS, RIGHT, STEP = 210, 420, 230, 27
SAID_AT_MOST, MONTHS_AT_MOST = 12, 240
OUTCOMES = ("flagged", "undetermined")


@dataclass
class Bar:
    """One bar, and one row of the table that stands in for the chart: lines and value on either side."""

    label: str
    solid: int = 0
    hatched: int = 0
    solid_usd: Usd = Decimal(0)
    hatched_usd: Usd = Decimal(0)

    @property
    def total(self) -> int:
        """Lines of both sides."""
        return self.solid + self.hatched


@dataclass
class Figure:
    """A chart with its caption and its rows; `svg` is empty where there is nothing to draw."""

    key: str
    title: str
    heading: str
    note: str
    sides: tuple[str, str] = OUTCOMES
    """What the solid and the hatched part of a bar are called."""
    left: int = LEFT
    """Room for the labels of ranked bars; what is more than usual is taken from the bars."""
    bars: list[Bar] = field(default_factory=list)
    svg: str = ""

    def words(self, bar: Bar) -> str:
        """`61 flagged, 35 undetermined`, leaving out what is zero."""
        parts = zip((bar.solid, bar.hatched), self.sides, strict=True)
        return ", ".join(f"{lines:,} {side}" for lines, side in parts if lines)


def ranked(figure: Figure, bars: Iterable[Bar], shown: int, noun: str, most: str = "findings") -> Figure:
    """Horizontal bars, longest first; those not drawn are counted in the note and stand in the table."""
    longest_first = sorted((bar for bar in bars if bar.total), key=lambda bar: (-bar.total, -bar.solid, bar.label))
    return in_order(figure, longest_first, shown, noun, most)


def in_order(figure: Figure, bars: Iterable[Bar], shown: int = 99, noun: str = "", most: str = "") -> Figure:
    """Horizontal bars in the order given, also those of nothing; those beyond `shown` are not drawn."""
    figure.bars = list(bars)
    drawn, rest = figure.bars[:shown], figure.bars[shown:]
    if rest:
        hidden = f"{len(rest):,} more, not drawn, hold {sum(bar.total for bar in rest):,}."
        figure.note = f"The {shown} {noun} with most {most}; {hidden} {figure.note}"
    if drawn:
        category = {
            "field": "label",
            "type": "nominal",
            "sort": [bar.label for bar in drawn],
            "scale": {"domain": [bar.label for bar in drawn]},
            "title": None,
            "axis": {"labelLimit": figure.left - (12 if figure.left == LEFT else 60), "ticks": False, "domain": False},
        }
        size = {
            "type": "quantitative",
            "scale": {"domain": [0, max(bar.total for bar in drawn) or 1], "nice": False},
            "axis": None,
        }
        layers = [
            {
                "mark": {"type": "bar", "height": 17, "stroke": EDGE, "strokeWidth": 0.8},
                "transform": [{"filter": "datum.lines"}],
                "encoding": {"x": size | {"field": "lines", "stack": "zero"}, **_colors(figure)},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 6, "fontSize": 13},
                "transform": [{"filter": "datum.words"}],
                "encoding": {"x": size | {"field": "total"}, "text": {"field": "words"}},
            },
        ]
        spec = {
            "width": BARS + LEFT - figure.left,
            "height": STEP * len(drawn),
            "layer": layers,
            "encoding": {"y": category},
            "padding": {"left": figure.left, "right": RIGHT, "top": 2, "bottom": 2},
        }
        figure.svg = _svg(figure, spec, drawn)
    return figure


def by_month(figure: Figure, months: dict[str, Bar], span: tuple[str, str] | None = None) -> Figure:
    """Stacked columns in order of time, months without any such line included; by year where months are too many.

    `span` are the first and last month to draw, those of the bars unless given.
    """
    figure.bars = [bar for _, bar in sorted(months.items()) if bar.total]
    if not figure.bars:
        return figure
    ends = span or (figure.bars[0].label, figure.bars[-1].label)
    first, last = (int(month[:4]) * 12 + int(month[5:7]) - 1 for month in ends)
    drawn, every = {f"{i // 12:04}-{i % 12 + 1:02}": Bar("") for i in range(first, last + 1)}, 1
    if len(drawn) > MONTHS_AT_MOST:
        figure.note = "Drawn by year, as the lines span more than 20 years."
        drawn = {f"{year:04}": Bar("") for year in range(first // 12, last // 12 + 1)}
        every = -(-len(drawn) // 13)
    width = len(next(iter(drawn)))
    for bar in figure.bars:
        drawn[bar.label[:width]].solid += bar.solid
        drawn[bar.label[:width]].hatched += bar.hatched
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
            "encoding": {"x": band, "y": size | {"field": "lines", "stack": "zero"}, **_colors(figure)},
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


def _colors(figure: Figure) -> dict[str, Any]:
    scale = {"domain": list(figure.sides), "range": [SOLID, "url(#hatch)"]}
    order = {"field": "side", "type": "nominal", "sort": "ascending"}
    return {"color": {"field": "side", "type": "nominal", "scale": scale, "legend": None}, "order": order}


def _svg(figure: Figure, spec: dict[str, Any], bars: list[Bar]) -> str:
    """The bars drawn."""
    rows: list[dict[str, Any]] = []
    for bar in bars:
        parts = zip(figure.sides, (bar.solid, bar.hatched), strict=True)
        rows += [{"label": bar.label, "side": side, "lines": lines} for side, lines in parts if lines]
        rows.append({"label": bar.label, "total": bar.total, "words": figure.words(bar)})
    spec |= {"data": {"values": rows}}
    said = "; ".join(f"{bar.label}: {figure.words(bar)}" for bar in bars[:SAID_AT_MOST] if bar.total)
    return illustrate(figure.key, figure.title, said, spec)


def illustrate(key: str, title: str, said: str, spec: dict[str, Any]) -> str:
    """A chart as SVG text, named for screen readers, free of namespaces and addresses, its hatch pattern its own.

    `key` is its id within the page; `said` is what a screen reader is told of its figures.
    """
    config = {
        "aria": False,
        "background": None,
        "view": {"stroke": None},
        "font": "sans-serif",
        "text": {"color": INK},
        "axis": {"labelFontSize": 13, "labelColor": INK, "labelPadding": 7},
    }
    drawn = draw(spec | {"autosize": "none", "config": config})
    box = re.search(r'viewBox="[^"]*"', drawn)
    head = (
        f'<svg class="chart" role="img" aria-labelledby="{key}-name {key}-said" {box[0] if box else ""}>'
        f'<title id="{key}-name">{escape(title)}</title>'
        f'<desc id="{key}-said">{escape(said)}. All figures are in the table that follows.</desc>'
        f'<defs><pattern id="{key}-hatch" width="5" height="5" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="5" height="5" fill="{HATCHED}"/>'
        f'<rect width="1.2" height="5" fill="{EDGE}"/></pattern></defs>'
    )
    return re.sub(r"^<svg[^>]*>", lambda _: head, drawn).replace('"url(#hatch)"', f'"url(#{key}-hatch)"')
