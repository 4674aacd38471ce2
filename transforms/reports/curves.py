"""Lines by month, and a map of cells, as SVG text to stand inside a page, in the manner of the bars.

Lines differ in dash and mark, cells in lightness, and both carry their numbers, so a black-and-white print is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from transforms.reports.bars import NARROW, SAID_AT_MOST
from transforms.reports.illustrating import INK, SOLID, Kind, illustrate

WIDTH, LABELED = 772, 18
KINDS: tuple[Kind, Kind] = ("wide", "narrow")
_DASHES: tuple[list[int], ...] = ([1, 0], [6, 4])
_MARKS = ("circle", "square")
_COLORS = (SOLID, "#8a5a00")
DARKEST = "#86a3c3"
"""The cell with most; text in ink is read on it."""


@dataclass
class Curves:
    """One or two lines over months, with their table: label, and one number per series, None where there is none."""

    key: str
    title: str
    note: str
    series: tuple[str, ...]
    rows: Sequence[tuple[str, tuple[float | None, ...]]]
    unit: str
    """What a number is, as in `% of lines`."""
    digits: int = 0
    svg: str = ""

    def said(self, value: float | None) -> str:
        """A number as it is shown."""
        return "none" if value is None else f"{value:,.{self.digits}f}"


@dataclass
class HeatMap:
    """Cells of two sides by row and column; those not drawn are counted in the note and stand in the table."""

    key: str
    title: str
    note: str
    cells: Sequence[tuple[str, str, int, int]] = field(default_factory=list)
    """Row, column, and the numbers of both sides."""
    svg: str = ""


def curves(figure: Curves, line_at: float | None = None, lowest: float = 0, highest: float | None = None) -> Curves:
    """Draw the lines; `line_at` is a benchmark drawn across, the axis runs from `lowest` to `highest`."""
    known = [value for _, values in figure.rows for value in values if value is not None]
    if not known:
        return figure
    top = highest if highest is not None else max(known) * 1.15 or 1
    low = lowest if lowest else -0.1 * top  # room for the numbers below a line that touches zero
    said = "; ".join(
        f"{month}: " + ", ".join(f"{name} {figure.said(one)}" for name, one in zip(figure.series, values, strict=True))
        for month, values in figure.rows[-SAID_AT_MOST:]
    )
    figure.svg = "".join(
        illustrate(figure.key, figure.title, said, _spec(figure, line_at, (low, top), narrow == "narrow"), narrow)
        for narrow in KINDS
    )
    return figure


def _spec(figure: Curves, line_at: float | None, domain: tuple[float, float], narrow: bool) -> dict[str, Any]:
    """A narrow drawing names fewer months, and has the numbers of the last one alone."""
    months = [month for month, _ in figure.rows]
    width = NARROW - 98 if narrow else WIDTH - 20
    band = {
        "field": "month", "type": "ordinal", "sort": None, "title": None,
        "scale": {"domain": months, "type": "point", "padding": 0.5},
        "axis": {"labelAngle": 0, "labelOverlap": False, "grid": False,
                 "values": months[:: -(-len(months) // (4 if narrow else 12))]},
    }  # fmt: skip
    size = {
        "type": "quantitative", "title": None, "scale": {"domain": domain, "nice": False, "zero": False},
        "axis": {"format": ",d", "tickCount": 5, "domain": False, "ticks": False, "gridColor": "#e3e6ea"},
    }  # fmt: skip
    layers: list[dict[str, Any]] = []
    labeled = months if len(months) <= LABELED and not narrow else months[-1:]
    for at in range(len(figure.series)):
        layers += _series(figure, at, {"x": band, "y": size | {"field": "value"}}, labeled)
    if line_at is not None:
        layers += _across(line_at, size, width)
    return {
        "width": width, "height": 190, "layer": layers,
        "padding": {"left": 48 if narrow else 60, "right": 50, "top": 18, "bottom": 28},
    }  # fmt: skip


def _series(figure: Curves, at: int, place: dict[str, Any], labeled: Sequence[str]) -> list[dict[str, Any]]:
    """One line with its marks; its numbers stand above it where it is the higher one, else below."""
    rows = []
    for month, values in figure.rows:
        own, others = values[at], [value for other, value in enumerate(values) if other != at and value is not None]
        is_above = own is not None and all(own > value or (own == value and at == 0) for value in others)
        is_same = at > 0 and own is not None and own in others
        words = "" if is_same or month not in labeled else figure.said(own)
        rows.append({"month": month, "value": own, "words": words, "is_above": is_above})
    color = _COLORS[at]
    here: dict[str, Any] = {"data": {"values": rows}, "encoding": place}
    line = {"type": "line", "color": color, "strokeWidth": 2, "strokeDash": _DASHES[at]}
    point = {"type": "point", "shape": _MARKS[at], "size": 55, "stroke": color, "strokeWidth": 1.8, "opacity": 1,
             "fill": color if at == 0 else "#fff"}  # fmt: skip
    layers = [here | {"mark": line | {"invalid": "break-paths-show-domains"}}, here | {"mark": point}]
    for test, dy in (("datum.is_above", -13), ("!datum.is_above", 17)):
        layers.append(
            here
            | {
                "mark": {"type": "text", "dy": dy, "color": INK},
                "transform": [{"filter": f"{test} && datum.value !== null && datum.words"}],
                "encoding": place | {"text": {"field": "words"}},
            }
        )
    return layers


def _across(line_at: float, size: dict[str, Any], width: int) -> list[dict[str, Any]]:
    """A benchmark across the drawing, with its number at the right."""
    here = {"data": {"values": [{"value": line_at, "words": f"{line_at:g} %"}]}}
    place = {"y": size | {"field": "value"}}
    words = {"type": "text", "align": "left", "dx": 6, "fontWeight": "bold", "color": INK}
    return [
        here | {"mark": {"type": "rule", "color": INK, "strokeWidth": 1.6, "strokeDash": [2, 3]}, "encoding": place},
        here | {"mark": words, "encoding": place | {"x": {"value": width}, "text": {"field": "words"}}},
    ]


def heat_map(figure: HeatMap, rows: int = 12, columns: int = 7) -> HeatMap:
    """Draw the rows and columns with most, those with most first."""
    if not figure.cells:
        return figure
    names = [_most(figure.cells, at)[:shown] for at, shown in ((0, rows), (1, columns))]
    drawn = [cell for cell in figure.cells if cell[0] in names[0] and cell[1] in names[1]]
    total, seen = (sum(cell[2] + cell[3] for cell in some) for some in (figure.cells, drawn))
    if total > seen:
        figure.note = (
            f"{total - seen:,} of {total:,} lines are in rows or columns not drawn; the table has all. {figure.note}"
        )
    most = max(cell[2] + cell[3] for cell in drawn)
    values: list[dict[str, Any]] = [
        {"row": row, "column": column, "total": solid + open_, "words": f"{solid:,} + {open_:,}"}
        for row, column, solid, open_ in drawn
    ]
    left, step = 210, 30
    wide = min(96, (820 - left) // len(names[1]))
    place = {
        "x": {
            "field": "column", "type": "nominal", "sort": names[1], "title": None,
            "axis": {"orient": "top", "labelAngle": 0, "labelLimit": wide - 4, "ticks": False, "domain": False},
        },
        "y": {
            "field": "row", "type": "nominal", "sort": names[0], "title": None,
            "axis": {"labelLimit": left - 12, "ticks": False, "domain": False},
        },
    }  # fmt: skip
    scale = {"domain": [0, most], "range": ["#f1f4f8", DARKEST], "type": "sqrt"}
    layers = [
        {"mark": {"type": "rect", "stroke": "#6b737d", "strokeWidth": 0.7},
         "encoding": place | {"color": {"field": "total", "type": "quantitative", "scale": scale, "legend": None}}},
        {"mark": "text", "encoding": place | {"text": {"field": "words"}, "color": {"value": INK}}},
    ]  # fmt: skip
    spec = {
        "data": {"values": values}, "width": wide * len(names[1]), "height": step * len(names[0]), "layer": layers,
        "padding": {"left": left, "right": 6, "top": 30, "bottom": 6},
    }  # fmt: skip
    said = "; ".join(
        f"{row}, {column}: {solid} flagged, {open_} undetermined" for row, column, solid, open_ in drawn[:SAID_AT_MOST]
    )
    figure.svg = illustrate(figure.key, figure.title, said, spec, "fixed")
    return figure


def _most(cells: Sequence[tuple[str, str, int, int]], at: int) -> list[str]:
    sums: dict[str, int] = {}
    for cell in cells:
        sums[str(cell[at])] = sums.get(str(cell[at]), 0) + cell[2] + cell[3]
    return sorted(sums, key=lambda name: (-sums[name], name))
