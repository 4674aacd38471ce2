"""Sentences of the report: causes, the trend, the rate of filing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from transforms.reports.amounts import count, rough_money
from transforms.reports.leadership.model import Filing, Month, Period, Report

FILING = {
    "nothing": "Filing: neither an ITN nor an exemption is recorded",
    "legend": "Filing: an exemption is recorded that does not serve",
    "itn": "Filing: an ITN is recorded that is malformed, not held by AES, or canceled there",
}
DOUBTS = {
    "law": "A doubt in the law, or terms that no record shows",
    "check": "The record says two things, and no single field would settle it",
    "reconcile": "The record and AES differ, and no single field would settle it",
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
            return "License: no authority is recorded where one was needed"
        if what == "nlr":
            return "License: NLR is recorded where an authority was needed"
        kind, _, name = what.partition(" ")
        if kind == "exception":
            return f"License: exception {name} is recorded, and is not open here"
        return f"License: {name or 'another code'} is recorded, and does not serve"
    if family == "filing":
        return FILING[what]
    room = {"check": "A check does not hold", "reconcile": "The record against AES"}.get(family, family)
    return f"{room}: {titles.get(what, what)}"


def headline(report: Report) -> str:
    """The result in one plain sentence."""
    lines = sum(one.lines for one in report.months)
    if not lines:
        return "No line was exported in this period, so there is nothing to say of it."
    worth = rough_money(report.sum("value_usd", report.months))
    flagged, open_ = (sum(getattr(one, name) for one in report.months) for name in ("flagged", "undetermined"))
    if not flagged + open_:
        return f"Of {count(lines, 'line')} worth {worth}, none needs a person under the rules of this rulebook."
    return (
        f"Of {count(lines, 'line')} worth {worth}, {count(flagged)} {'is' if flagged == 1 else 'are'} flagged and"
        f" {count(open_)} could not be determined; {count(report.states.open, 'finding')} "
        f"{'stands' if report.states.open == 1 else 'stand'} open at the desk."
    )


def rate(found: int, lines: int) -> float | None:
    """Return lines found per 10,000 sent; None where none was sent."""
    return PER * found / lines if lines else None


def trend(months: Sequence[Month], period: Period) -> str:
    """Return how the rates of the last three whole months compare with the three before, in words."""
    whole = [one for one in months if period.is_whole(one.month)][-2 * _MONTHS :]
    if len(whole) < 2 * _MONTHS:
        return "The period holds fewer than six whole months with lines: too little to tell a trend."
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
        return "No line of the period was filed or had to be, as far as was found, so there is no rate."
    if total.low is None or total.high is None or f"{total.low:.1f}" == f"{total.high:.1f}":
        share = f"{total.low if total.low is not None else total.high:.1f} %"
    else:
        share = f"Between {total.low:.1f} % and {total.high:.1f} %"
    return (
        f"{share} of the lines on which EEI was required satisfy the rule: {count(total.filed, 'line')} filed under a"
        f" trigger that is named, {count(total.filed_unasked)} filed without a trigger being weighed,"
        f" {count(total.flagged)} flagged. {count(total.undetermined, 'line')} besides could not be determined and"
        f" {'is' if total.undetermined == 1 else 'are'} in no rate."
    )


def total_filing(filings: Sequence[Filing]) -> Filing:
    """Return the months added up."""
    return Filing("all", *(sum(getattr(one, name) for one in filings) for name in Filing._fields[1:]))
