"""The charts of the impact page: when, where, who and which parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from transforms.reports.bars import Bar, Figure, by_month, ranked
from transforms.reports.impact.words import usd

SIDES = ("certain", "possible")
SHOWN, WIDE = 12, 310
_LISTED = 20
"""How many names of each kind an answer holds at most (`top.sql`)."""
_KINDS = (
    ("destinations", "Lines that change, by destination", "Destination"),
    ("consignees", "Lines that change, by consignee", "Consignee"),
    ("parts", "Lines that change, by part", "Part"),
)


def impact_figures(told: Mapping[str, Any], countries: Mapping[str, str]) -> list[Figure]:
    """The charts in page order; those without a line have no drawing. `countries` are names by ISO code."""
    months = {one["month"]: _bar(one["month"], one) for one in told["by_month"]}
    period = told["period"]
    covered = [str(period[key])[:7] for key in ("covered_from", "covered_until") if period[key]]
    span = (covered[0], covered[1]) if len(covered) == 2 and months else None
    found = [by_month(Figure("month", "Lines that change, by month of export", "Month", "", SIDES), months, span)]
    for kind, title, heading in _KINDS:
        rows = told["top"][kind]
        is_cut = len(rows) == _LISTED
        note = f"The {_LISTED} with most lines are in the table; impact.xlsx has all lines." if is_cut else ""
        bars = [_bar(_label(kind, one["name"], countries), one) for one in rows]
        found.append(ranked(Figure(kind, title, heading, note, SIDES, WIDE), bars, SHOWN, kind, "lines"))
    return found


def _bar(label: str, one: Mapping[str, Any]) -> Bar:
    value = [usd(one[f"value_usd_{side}"]) for side in SIDES]
    return Bar(label, one["lines_certain"], one["lines_possible"], *value)


def _label(kind: str, name: str, countries: Mapping[str, str]) -> str:
    if kind == "destinations" and name in countries:
        return f"{countries[name]} ({name})"
    return name or "not recorded"
