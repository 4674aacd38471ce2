"""Lines by month, and a map of cells, as SVG text to stand inside a page, in the manner of the bars.

Lines differ in dash and mark, cells in lightness, and both carry their numbers, so a black-and-white print is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from transforms.reports.bars import INK, SAID_AT_MOST, SOLID, illustrate

WIDTH, LABELED = 772, 18
_DASHES: tuple[list[int], ...] = ([1, 0], [6, 4])
_MARKS = ("circle", "square")
_COLORS = (SOLID, "#8a5a00")


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
    months = [month for month, _ in figure.rows]
    band = {
        "field": "month", "type": "ordinal", "sort": None, "title": None,
        "scale": {"domain": months, "type": "point", "padding": 0.5},
        "axis": {"labelAngle": 0, "labelOverlap": False, "grid": False, "values": months[:: -(-len(months) // 13)]},
    }  # fmt: skip
    top = highest if highest is not None else max(known) * 1.15 or 1
    size = {
        "type": "quantitative", "title": None, "scale": {"domain": [lowest, top], "nice": False, "zero": False},
        "axis": {"format": ",d", "tickCount": 5, "domain": False, "ticks": False, "gridColor": "#e3e6ea"},
    }  # fmt: skip
    layers: list[dict[str, Any]] = []
    for at, name in enumerate(figure.series):
        rows = [
            {"month": month, "value": values[at], "words": figure.said(values[at])} for month, values in figure.rows
        ]
        here = {"data": {"values": rows}}
        place = {"x": band, "y": size | {"field": "value"}}
        line = {
            "type": "line",
            "color": _COLORS[at],
            "strokeWidth": 2,
            "strokeDash": _DASHES[at],
            "invalid": "break-paths-show-domains",
        }
        point = {
            "type": "point", "shape": _MARKS[at], "size": 60, "filled": True, "color": _COLORS[at],
            "fill": _COLORS[at] if at == 0 else "#fff", "strokeWidth": 1.6, "opacity": 1,
        }  # fmt: skip
        layers += [here | {"mark": line, "encoding": place}, here | {"mark": point, "encoding": place}]
        if len(months) <= LABELED:
            text = {"type": "text", "dy": 16 if at else -11, "fontSize": 11.5, "color": INK}
            layers.append(here | {"mark": text, "encoding": place | {"text": {"field": "words"}}})
        del name
    if line_at is not None:
        across = {"data": {"values": [{"value": line_at, "month": months[-1], "words": f"{line_at:g} %"}]}}
        layers.append(across | {"mark": {"type": "rule", "color": INK, "strokeWidth": 1.4, "strokeDash": [2, 3]}, "encoding": {"y": size | {"field": "value"}}})  # fmt: skip
        layers.append(across | {"mark": {"type": "text", "align": "left", "dx": 6, "fontSize": 12, "fontWeight": "bold"},
                                "encoding": {"y": size | {"field": "value"}, "x": {"value": WIDTH}, "text": {"field": "words"}}})  # fmt: skip
    spec = {
        "width": WIDTH - 20, "height": 190, "layer": layers,
        "padding": {"left": 60, "right": 48, "top": 18, "bottom": 26},
    }  # fmt: skip
    said = "; ".join(
        f"{month}: {', '.join(f'{name} {figure.said(value)}' for name, value in zip(figure.series, values, strict=True))}"
        for month, values in figure.rows[-SAID_AT_MOST:]
    )
    figure.svg = illustrate(figure.key, figure.title, said, spec)
    return figure


def heat_map(figure: HeatMap, rows: int = 12, columns: int = 10) -> HeatMap:
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
    values = [
        {"row": row, "column": column, "total": solid + open_, "words": f"{solid:,} + {open_:,}"}
        for row, column, solid, open_ in drawn
    ]
    left, step = 190, 30
    wide = min(96, (820 - left) // len(names[1]))
    place = {
        "x": {
            "field": "column", "type": "nominal", "sort": names[1], "title": None,
            "axis": {"orient": "top", "labelAngle": 0, "labelLimit": wide - 4, "ticks": False, "domain": False, "labelFontSize": 12},
        },
        "y": {
            "field": "row", "type": "nominal", "sort": names[0], "title": None,
            "axis": {"labelLimit": left - 12, "ticks": False, "domain": False},
        },
    }  # fmt: skip
    scale = {"domain": [0, most], "range": ["#f1f4f8", SOLID], "type": "sqrt"}
    layers = [
        {"mark": {"type": "rect", "stroke": "#6b737d", "strokeWidth": 0.7},
         "encoding": place | {"color": {"field": "total", "type": "quantitative", "scale": scale, "legend": None}}},
        {"mark": {"type": "text", "fontSize": 12.5},
         "encoding": place | {"text": {"field": "words"}, "color": {
             "condition": {"test": f"sqrt(datum.total / {most}) > 0.55", "value": "#fff"}, "value": INK}}},
    ]  # fmt: skip
    spec = {
        "data": {"values": values}, "width": wide * len(names[1]), "height": step * len(names[0]), "layer": layers,
        "padding": {"left": left, "right": 6, "top": 30, "bottom": 6},
    }  # fmt: skip
    said = "; ".join(
        f"{row}, {column}: {solid} flagged, {open_} undetermined" for row, column, solid, open_ in drawn[:SAID_AT_MOST]
    )
    figure.svg = illustrate(figure.key, figure.title, said, spec)
    return figure


def _most(cells: Sequence[tuple[str, str, int, int]], at: int) -> list[str]:
    sums: dict[str, int] = {}
    for cell in cells:
        sums[str(cell[at])] = sums.get(str(cell[at]), 0) + cell[2] + cell[3]
    return sorted(sums, key=lambda name: (-sums[name], name))
