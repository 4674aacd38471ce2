"""Bars of two sides as SVG text to stand inside a page: ranked ones, and columns by month.

Plain Vega-Lite specs, not altair: importing altair costs 0.45 s and adds nothing to a bar chart. vl-convert
takes 0.04 to 0.09 s for a chart, once its engine runs (`drawing.py`).
Sizes are fixed and nothing is laid out by measured text, so the fonts of a machine do not change the bytes.
The two sides differ in lightness, color and pattern, and carry their numbers, so a black-and-white print is read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from transforms.reports.illustrating import EDGE, SOLID, illustrate

Usd = Decimal | None  # None: not known
LEFT, BARS, RIGHT, STEP = 220, 395, 245, 27
NARROW, NARROW_STEP = 356, 46
"""Every chart is drawn twice: for a screen as wide as paper, and for a narrow one, with text of readable size."""
LETTER = 7.4
"""Room for a letter of the text in a narrow drawing; more than most need."""
SAID_AT_MOST, MONTHS_AT_MOST = 12, 240
OUTCOMES = ("flagged", "undetermined")
COUNTED = {
    "type": "quantitative",
    "title": None,
    "axis": {"format": ",d", "tickMinStep": 1, "tickCount": 5, "domain": False, "ticks": False, "gridColor": "#e3e6ea"},
}
"""An axis of whole numbers."""


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
        figure.svg = "".join(_svg(figure, _lying(figure, drawn, narrow), drawn, narrow) for narrow in (False, True))
    return figure


def _lying(figure: Figure, drawn: list[Bar], narrow: bool) -> dict[str, Any]:
    """Bars from left to right. Their labels stand before them; in a narrow drawing above them."""
    axis = {"labelLimit": figure.left - (12 if figure.left == LEFT else 45), "ticks": False, "domain": False}
    names = [bar.label for bar in drawn]
    category = {"field": "label", "type": "nominal", "sort": names, "scale": {"domain": names}, "title": None,
                "axis": None if narrow else axis}  # fmt: skip
    width = BARS + LEFT - figure.left
    if narrow:
        width = max(NARROW - 10 - round(LETTER * max(len(figure.words(bar)) for bar in drawn)), 60)
    size = {
        "type": "quantitative",
        "scale": {"domain": [0, max(bar.total for bar in drawn) or 1], "nice": False, "range": [0, width]},
        "axis": None,
    }
    down = {"yOffset": 9} if narrow else {}
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "bar", "height": 17, "stroke": EDGE, "strokeWidth": 0.8, **down},
            "transform": [{"filter": "datum.lines"}],
            "encoding": {"x": size | {"field": "lines", "stack": "zero"}, **_colors(figure)},
        },
        {
            "mark": {"type": "text", "align": "left", "dx": 6, **down},
            "transform": [{"filter": "datum.words"}],
            "encoding": {"x": size | {"field": "total"}, "text": {"field": "words"}},
        },
    ]
    if narrow:
        label = {"type": "text", "align": "left", "yOffset": -11, "limit": NARROW}
        place = {"x": {"value": 0}, "text": {"field": "label"}}
        layers.append({"mark": label, "transform": [{"filter": "isDefined(datum.total)"}], "encoding": place})
    sides = {"left": 2, "right": 2} if narrow else {"left": figure.left, "right": RIGHT}
    return {
        "width": NARROW if narrow else width,
        "height": (NARROW_STEP if narrow else STEP) * len(drawn),
        "layer": layers,
        "encoding": {"y": category},
        "padding": sides | {"top": 2, "bottom": 2},
    }


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
    bars = list(drawn.values())
    figure.svg = "".join(
        _svg(figure, _standing(figure, list(drawn), every, narrow), bars, narrow) for narrow in (False, True)
    )
    return figure


def _standing(figure: Figure, labels: list[str], every: int, narrow: bool) -> dict[str, Any]:
    """Columns in order of time; in a narrow drawing fewer of them are named."""
    most = 4 if narrow else 13
    if len(labels[0]) == 7 and len(labels) > most:
        starts = ("-01", "-04", "-07", "-10") if len(labels) <= 3 * most else ("-01",)
        named = [label for label in labels if label.endswith(starts)] or labels[:1]
        named = named[:: -(-len(named) // (6 if narrow else 20))]
    else:
        named = labels[:: every * (3 if narrow and every > 1 else 1)]
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
            "labelExpr": "slice(datum.value, 0, 4)" if len(labels) > 3 * most else "datum.value",
        },
    }
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "bar", "stroke": EDGE, "strokeWidth": 0.8 if len(labels) <= 60 and not narrow else 0},
            "transform": [{"filter": "datum.lines"}],
            "encoding": {"x": band, "y": COUNTED | {"field": "lines", "stack": "zero"}, **_colors(figure)},
        },
    ]
    if len(labels) <= (8 if narrow else 20):
        layers.append(
            {
                "mark": {"type": "text", "dy": -7},
                "transform": [{"filter": "datum.words"}],
                "encoding": {"x": band, "y": COUNTED | {"field": "total"}, "text": {"field": "total", "format": ",d"}},
            }
        )
    return {"width": NARROW - 72 if narrow else 772, "height": 190, "layer": layers,
            "padding": {"left": 48 if narrow else 60, "right": 28, "top": 18, "bottom": 28}}  # fmt: skip


def _colors(figure: Figure) -> dict[str, Any]:
    scale = {"domain": list(figure.sides), "range": [SOLID, "url(#hatch)"]}
    order = {"field": "side", "type": "nominal", "sort": "ascending"}
    return {"color": {"field": "side", "type": "nominal", "scale": scale, "legend": None}, "order": order}


def _svg(figure: Figure, spec: dict[str, Any], bars: list[Bar], narrow: bool) -> str:
    """The bars drawn."""
    rows: list[dict[str, Any]] = []
    for bar in bars:
        parts = zip(figure.sides, (bar.solid, bar.hatched), strict=True)
        rows += [{"label": bar.label, "side": side, "lines": lines} for side, lines in parts if lines]
        rows.append({"label": bar.label, "total": bar.total, "words": figure.words(bar)})
    spec |= {"data": {"values": rows}}
    said = "; ".join(f"{bar.label}: {figure.words(bar)}" for bar in bars[:SAID_AT_MOST] if bar.total)
    return illustrate(figure.key, figure.title, said, spec, "narrow" if narrow else "wide")
