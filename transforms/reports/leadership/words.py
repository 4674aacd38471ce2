"""Sentences of the report: causes, the trend, the rate of filing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from transforms.reports.amounts import count, rough_money
from transforms.reports.leadership.model import Filing, Month, Period, Report

FILING = {
    "nothing": "Filing: neither an ITN nor an exemption is recorded",
    "legend": "Filing: the recorded exemption does not apply",
    "itn": "Filing: an ITN is recorded that is malformed, not held by AES, or canceled there",
}
DOUBTS = {
    "law": "The law is in doubt, or its terms are not on any record",
    "party": "A party may be on a list; comparing them and recording a ruling settles it",
    "check": "The record contradicts itself; no single field resolves it",
    "reconcile": "The record and AES differ; no single field resolves it",
}
PER = 10_000
_MONTHS = 3


def cause_words(family: str, what: str, settles: Mapping[str, str], titles: Mapping[str, str]) -> str:
    """Return what would have had to be otherwise on record, of a cause as `causes.sql` tells it."""
    if family == "missing":
        known = settles.get(what)
        return f"Not on record: {what}" + (f" ({known[0].lower()}{known[1:]})" if known else "")
    if family == "doubt":
        return DOUBTS[what]
    if family == "authority":
        if what == "nothing":
            return "License: no license authority is recorded where one was required"
        if what == "nlr":
            return "License: NLR is recorded where a license authority was required"
        kind, _, name = what.partition(" ")
        if kind == "exception":
            return f"License: exception {name} is recorded but not available"
        return f"License: {name or 'another code'} is recorded but does not authorize the export"
    if family == "filing":
        return FILING[what]
    room = {"party": "Party", "check": "Record", "reconcile": "AES"}.get(family, family)
    return f"{room}: {titles.get(what, what)}"


def headline(report: Report) -> str:
    """The result in one plain sentence."""
    lines = sum(one.lines for one in report.months)
    if not lines:
        return "No line was exported in this period."
    worth = rough_money(report.sum("value_usd", report.months))
    flagged, open_ = (sum(getattr(one, name) for one in report.months) for name in ("flagged", "undetermined"))
    if not flagged + open_:
        return f"Of {count(lines, 'line')} exported, worth {worth}, none needs review under these rules."
    review = flagged + open_
    needs = f"{count(review)} {'needs' if review == 1 else 'need'} review"
    parts = f"{count(flagged)} flagged, {count(open_)} undetermined"
    return f"Of {count(lines, 'line')} exported, worth {worth}, {needs}: {parts}."


def rate(found: int, lines: int) -> float | None:
    """Return lines found per 10,000 sent; None where none was sent."""
    return PER * found / lines if lines else None


def trend(months: Sequence[Month], period: Period) -> str:
    """Return how the rates of the last three whole months compare with the three before, in words."""
    whole = [one for one in months if period.is_whole(one.month)][-2 * _MONTHS :]
    if len(whole) < 2 * _MONTHS:
        return "The period has fewer than six whole months with lines, too few for a trend."
    before, after = whole[:_MONTHS], whole[_MONTHS:]
    said = []
    for name in ("flagged", "undetermined"):
        rates = [
            rate(sum(getattr(one, name) for one in part), sum(one.lines for one in part)) for part in (after, before)
        ]
        said.append(f"{name} {rates[0]:,.0f} per {PER:,} lines, before {rates[1]:,.0f}")
    return (
        f"The last three whole months, {after[0].month} to {after[-1].month}, against the three before,"
        f" {before[0].month} to {before[-1].month}: {'; '.join(said)}."
    )


def filing_words(filings: Sequence[Filing]) -> str:
    """Return the share of lines filed, of those on which EEI was required, over the period, in words."""
    total = total_filing(filings)
    if total.low is None and total.high is None:
        return "No line of the period was filed or had to be filed, so there is no rate."
    if total.low is None or total.high is None or f"{total.low:.1f}" == f"{total.high:.1f}":
        share = f"{total.low if total.low is not None else total.high:.1f} %"
    else:
        share = f"Between {total.low:.1f} % and {total.high:.1f} %"
    return (
        f"{share} of the lines that required EEI satisfy the rule: {count(total.filed, 'line')} filed under a named"
        f" requirement, {count(total.filed_unasked)} filed whether or not required,"
        f" {count(total.flagged)} flagged. Not in the rate: {count(total.undetermined, 'undetermined line')}."
    )


def total_filing(filings: Sequence[Filing]) -> Filing:
    """Return the months added up."""
    return Filing("all", *(sum(getattr(one, name) for one in filings) for name in Filing._fields[1:]))
