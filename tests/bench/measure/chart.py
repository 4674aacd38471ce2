"""The chart of the README: how long each takes for one screening of the same lines, as a small SVG."""

from __future__ import annotations

from pathlib import Path

from transforms.reports.drawing import draw

WIDTH, STEP = 460, 26
OURS, OTHERS = "#1b3a5c", "#9aa7b4"


def write_chart(bars: list[tuple[str, float, bool]], path: Path) -> None:
    """Draw bars of seconds, on a logarithmic scale, the fastest first."""
    values = [
        {"name": name, "seconds": seconds, "said": f"{seconds:,.2f} s" + " (extrapolated)" * estimated,
         "color": OURS if name.startswith("Earshot") else OTHERS}
        for name, seconds, estimated in sorted(bars, key=lambda bar: bar[1])
    ]  # fmt: skip
    least, most = min(bar[1] for bar in bars), max(bar[1] for bar in bars)
    place = {"field": "name", "type": "nominal", "sort": None, "title": None,
             "axis": {"labelLimit": 240, "domain": False, "ticks": False}}  # fmt: skip
    length = {"field": "seconds", "type": "quantitative", "title": "seconds, logarithmic",
              "scale": {"type": "log", "domain": [least / 4, most * 12], "nice": False},
              "axis": {"grid": False, "tickCount": 5}}  # fmt: skip
    bar = {"mark": {"type": "bar", "height": 16}, "encoding": {
        "y": place, "x": length, "x2": {"datum": least / 4},
        "color": {"field": "color", "type": "nominal", "scale": None}}}  # fmt: skip
    text = {"mark": {"type": "text", "align": "left", "dx": 5}, "encoding": {
        "y": place, "x": length, "text": {"field": "said"}}}  # fmt: skip
    spec = {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "background": "white", "width": WIDTH,
            "height": STEP * len(values), "data": {"values": values}, "layer": [bar, text],
            "config": {"font": "sans-serif", "view": {"stroke": None}, "axis": {"labelFontSize": 12}}}  # fmt: skip
    path.write_text(draw(spec) + "\n", encoding="utf-8")
