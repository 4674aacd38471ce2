"""Drawings that stand in a page: named for screen readers, with a hatch of their own, for a wide or narrow screen."""

from __future__ import annotations

import re
from html import escape
from typing import Any, Literal

from transforms.reports.drawing import draw

SOLID, HATCHED, EDGE, INK = "#1b3a5c", "#f6c667", "#6b4700", "#1a1d21"
Kind = Literal["wide", "narrow", "fixed"]
"""For what screen: a wide one, a narrow one, or either, in a region that scrolls."""


def illustrate(key: str, title: str, said: str, spec: dict[str, Any], kind: Kind = "wide") -> str:
    """A chart as SVG text, named for screen readers, free of namespaces and addresses, its hatch pattern its own.

    `key` is its id within the page; `said` is what a screen reader is told of its figures.
    """
    letters = 13 if kind == "narrow" else 14
    config = {
        "aria": False,
        "background": None,
        "view": {"stroke": None},
        "font": "sans-serif",
        "text": {"color": INK, "fontSize": letters},
        "axis": {"labelFontSize": letters, "labelColor": INK, "labelPadding": 7},
    }
    drawn = draw(spec | {"autosize": "none", "config": config})
    box = re.search(r'viewBox="[\d. -]*?([\d.]+) [\d.]+"', drawn)
    width = float(box[1]) if box else 0.0
    key += "-narrow" if kind == "narrow" else ""
    head = (
        f'<svg class="chart {kind}" role="img" aria-labelledby="{key}-name {key}-said" {box[0] if box else ""} '
        f'style="--own: {width:.0f}px">'
        f'<title id="{key}-name">{escape(title)}</title>'
        f'<desc id="{key}-said">{escape(said)}. All figures are in the table that follows.</desc>'
        f'<defs><pattern id="{key}-hatch" width="5" height="5" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="5" height="5" fill="{HATCHED}"/>'
        f'<rect width="1.2" height="5" fill="{EDGE}"/></pattern></defs>'
    )
    return re.sub(r"^<svg[^>]*>", lambda _: head, drawn).replace('"url(#hatch)"', f'"url(#{key}-hatch)"')
