"""The three charts of the summary page."""

from __future__ import annotations

from transforms.reports.bars import Bar, Figure, by_month, ranked
from transforms.reports.summary.model import Summary, Usd

TOP_RULES, TOP_DESTINATIONS = 20, 12


def figures(summary: Summary) -> list[Figure]:
    """The charts by rule, by destination and by month, in page order."""
    rules = []
    for rule in summary.rules:
        bar = Bar(rule.rule_id)
        _add(bar, "flagged", rule.flagged, rule.flagged_value_usd)
        _add(bar, "undetermined", rule.undetermined, rule.undetermined_value_usd)
        rules.append(bar)
    places: dict[str, Bar] = {}
    for code, name, _rule, outcome, lines, value in summary.by_destination:
        label = f"{name} ({code})" if name and code else name or code or "not recorded"
        _add(places.setdefault(label, Bar(label)), outcome, lines, value)
    months: dict[str, Bar] = {}
    for month, outcome, lines, value in summary.by_month:
        _add(months.setdefault(month, Bar(month)), outcome, lines, value)
    twice = "A line with findings under several rules counts under each."
    return [
        ranked(Figure("rule", "Findings by rule", "Rule", twice), rules, TOP_RULES, "rules"),
        ranked(
            Figure("place", "Findings by destination", "Destination", twice),
            places.values(),
            TOP_DESTINATIONS,
            "destinations",
        ),
        by_month(Figure("month", "Lines that need review, by month of export", "Month", ""), months),
    ]


def _add(bar: Bar, outcome: str, lines: int, value_usd: Usd) -> None:
    """Count lines under an outcome; a sum with an unknown value is unknown. Other outcomes are not charted."""
    if outcome == "flagged":
        bar.solid += lines
        bar.solid_usd = None if bar.solid_usd is None or value_usd is None else bar.solid_usd + value_usd
    elif outcome == "undetermined":
        bar.hatched += lines
        bar.hatched_usd = None if bar.hatched_usd is None or value_usd is None else bar.hatched_usd + value_usd
