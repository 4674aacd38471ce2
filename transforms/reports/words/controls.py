"""Plain words for a rule, made from its data: what counsel reads in the book and what `earshot rules show` prints.

Every sentence follows the shared verdict as the screening SQL decides it; nothing here is written by hand per rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from transforms.reports.words.phrases import (
    REASONS,
    days,
    either,
    excepted_or_deeper,
    items_words,
    joined,
    places_words,
    stopped,
    too_coarse,
)
from transforms.rulebook.model import Control, ExceptionTerms, Savings, Version
from transforms.rulebook.versions import DatedVersion

ACTIVITIES = {"export": "export", "reexport": "reexport", "in_country_transfer": "transfer (in-country)"}
_OUTSIDE = "eligibility must be verified outside the shipment record"


class Sentence(NamedTuple):
    """One sentence and what it is about: license needed, dates, authority, exceptions, savings, doubts, ..."""

    topic: str
    text: str


class Standing(NamedTuple):
    """How one license exception stands under a version; `standing` is open, own terms, closed or in doubt."""

    symbol: str
    standing: str
    text: str


def describe(control: Control, countries: Mapping[str, str]) -> list[Sentence]:
    """Return the whole control in sentences, its versions in order of date; `countries` names the ISO codes."""
    found = [Sentence("title", stopped(control.title))]
    for version in control.versions:
        found += describe_version(control, version, countries)
    return found + describe_control(control)


def describe_control(control: Control) -> list[Sentence]:
    """Return what holds for every version: reason, review policy, remedy, severity, history."""
    named = [f"{word} ({REASONS[word]})" if word in REASONS else word for word in control.reason.split(", ")]
    review = f"License review policy: {control.review}" if control.review else "No license review policy is recorded"
    lesser = "medium" if control.severity == "high" else control.severity
    return [
        Sentence("reason", f"Reason for control: {joined(named)}."),
        Sentence("review", stopped(review)),
        Sentence("remedy", stopped(f"What to do: {control.remedy}")),
        Sentence("severity", f"Severity: {control.severity} for a flagged line, {lesser} for an undetermined line."),
        *(Sentence("history", stopped(past)) for past in control.history),
    ]


def describe_version(control: Control, version: Version, countries: Mapping[str, str]) -> list[Sentence]:
    """Return one version in sentences, ordered by topic; `countries` names the ISO codes that have a name."""
    listed = [Sentence("license needed", text) for text in _scope(version, countries)]
    listed.append(Sentence("dates", dates_words(version)))
    listed.append(Sentence("authority", f"Authority: {'; '.join(version.authority)}."))
    listed += [Sentence("exceptions", text) for text in _exceptions(version, countries)]
    if version.savings or not version.governed_by:
        listed += [Sentence("savings", text) for text in savings_words(version.savings)]
    return listed + [Sentence("doubts", text) for text in doubt_words(control, version)]


def exception_standings(version: Version, countries: Mapping[str, str]) -> list[Standing]:
    """Return one row per license exception that the version names, by symbol, and a last one, `*`, for all others.

    None where other law governs: there no authority settles anything.
    """
    if version.governed_by:
        return []
    named = [_standing(symbol, terms, countries) for symbol, terms in sorted(version.exceptions.terms.items())]
    if version.exceptions.others == "closed":
        return [*named, Standing("*", "closed", "not available: flagged")]
    return [*named, Standing("*", "own terms", f"may be available; {_OUTSIDE}: undetermined")]


def doubt_words(control: Control, version: Version) -> list[str]:
    """Return one sentence per doubt of the version, those inside its exceptions too; none is an empty list."""
    left_open = "a line in scope{items} is undetermined unless its license authority settles it"
    found = dated_doubts(control.beside(version), version, left_open)
    for doubt in version.doubts:
        if doubt.settled_by:
            found.append(f"The item record settles it: {joined(doubt.settled_by)}.")
    for symbol, terms in sorted(version.exceptions.terms.items()):
        if terms.doubt:
            found.append(stopped(f"In doubt for License Exception {symbol}: {terms.doubt}"))
    savings = version.savings
    if savings and savings.exported_before == "unknown":
        found.append("Savings clause: its deadline is not known.")
    elif savings:
        day = savings.exported_before
        found.append(f"Savings clause: whether it still covers an export on {day} itself is not certain.")
    return found


def dates_words(version: DatedVersion) -> str:
    """Return from when until when the version is in effect, both days included, and when it was published."""
    published = f"Published {version.published}." if version.published else "Publication date not recorded."
    if version.from_on is None:
        ends = f" through {version.until}" if version.until else ""
        return f"Effective date not researched; in effect for all dates screened{ends}. {published}"
    ends = f"through {version.until}, both days included" if version.until else "with no end date"
    return f"Effective from {version.from_on} {ends}. {published}"


def dated_doubts(versions: Sequence[DatedVersion], version: DatedVersion, left_open: str) -> list[str]:
    """Return one sentence per doubt of one of `versions`, with its days; `left_open` says what is left open.

    `{items}` in it becomes the items that alone are concerned. Days of the version before are left to that one.
    """
    ended = [one.until for one in versions if version.from_on and one.until and one.until < version.from_on]
    floor = max(ended) + timedelta(days=1) if ended else date.min
    found = []
    for doubt in version.doubts:
        start, end = max(doubt.from_on or version.from_on or date.min, floor), doubt.until or version.until
        what = left_open.replace("{items}", f" ({items_words(doubt.items)})" if doubt.items else "")
        found.append(stopped(f"{days(start, end)}, {what}: {doubt.because}"))
    return found


def savings_words(savings: Savings | None) -> list[str]:
    """Return what the savings clause saves, until when, and what a missing date of hand-over leaves open."""
    if savings is None:
        return ["No savings clause is recorded; goods en route are screened like any other."]
    listed = " whose heading is on its list from the first day of this version," if savings.newly_listed else ""
    tendered = f"Goods{listed} tendered to the carrier on or before {savings.en_route_on}"
    after = "screened as if not covered."
    unknown = "If the date of tender is not recorded: undetermined for exports through"
    if savings.exported_before == "unknown":
        return [
            f"{tendered} may be covered, but the deadline is not known: undetermined, however late the export.",
            f"{unknown} {savings.look_until}, later {after}",
        ]
    day = savings.exported_before
    saved = "undetermined, as they may have been on it before" if savings.newly_listed else "clear"
    lost = f" It does not cover {', '.join(savings.but)}, where no eligibility was lost." if savings.but else ""
    return [
        f"{tendered} and exported before {day} are covered: {saved}. Exported on {day} itself: undetermined. Exported"
        f" later: {after}{lost}",
        f"{unknown} {day}, later {after}",
    ]


def _scope(version: Version, countries: Mapping[str, str]) -> Iterator[str]:
    verbs = either([ACTIVITIES[activity] for activity in version.activities])
    moves, within = [one for one in version.activities if one != "in_country_transfer"], "in_country_transfer"
    way = "to or within" if moves and within in version.activities else "to" if moves else "within"
    items, places = items_words(version.items), places_words(version.destinations, countries)
    needed = "may be required" if version.governed_by else "is required"
    under = f"{version.paragraph}: a" if version.paragraph else "A"
    yield f"{under} license {needed} to {verbs} {items} {way} {places}{_goods(version)}."
    if version.governed_by:
        yield f"{version.governed_by} governs and is not in this rulebook: undetermined, whatever is recorded."
    left_out = [words for activity, words in ACTIVITIES.items() if activity not in version.activities]
    if left_out:
        yield f"Not covered: {joined(left_out)}."
    coarse = too_coarse(version.items)
    if coarse:
        why = f"may be {excepted_or_deeper(version.items)}"
        yield f"A line whose ECCN is no more specific than {either(coarse)} {why}: undetermined."


def _goods(version: Version) -> str:
    """The facts of the goods and of the place that narrow the scope."""
    found = ""
    if version.headings and version.headings.listed:
        found += f", if the HTS heading of its Schedule B number is on the list {version.headings.listed}"
    if version.headings and version.headings.but:
        found += f", if the HTS heading of its Schedule B number is known and not on the list {version.headings.but}"
    if version.described:
        found += f", if the description or the form points to {either(version.described)}"
    if version.regions:
        found += f", if the region of the destination is recorded as {either(version.regions)}"
    return found


def _exceptions(version: Version, countries: Mapping[str, str]) -> Iterator[str]:
    if version.agencies:
        yield f"An authority of another agency counts as a license under the license code {either(version.agencies)}."
    others = "Every other license exception" if version.exceptions.terms else "Every license exception"
    for symbol, _, text in exception_standings(version, countries):
        named = others if symbol == "*" else f"License Exception {symbol}"
        yield f"{named} {text}." if text.startswith("may be ") else f"{named} is {text}."


def _standing(symbol: str, terms: ExceptionTerms, countries: Mapping[str, str]) -> Standing:
    if terms.closed:
        return Standing(symbol, "closed", "not available: flagged")
    limits, elsewhere = _limits(terms, countries)
    doubt = f"; in doubt: {terms.doubt.rstrip('.')}" if terms.doubt else ""
    if terms.own_terms:
        text = f"may be available{limits}; {_OUTSIDE}: undetermined{elsewhere}{doubt}"
        return Standing(symbol, "own terms", text)
    if doubt:
        word = "possibly available" if limits else "not known to be available or unavailable"
        return Standing(symbol, "in doubt", f"{word}{limits}: undetermined{elsewhere}{doubt}")
    return Standing(symbol, "open", f"available{limits}: clear{elsewhere}")


def _limits(terms: ExceptionTerms, countries: Mapping[str, str]) -> tuple[str, str]:
    """The limits within which an exception is open, and what holds outside them."""
    limits = f" under {either(terms.paragraphs)}, sub-paragraphs included" if terms.paragraphs else ""
    limits += f" to {places_words(terms.destinations, countries)}" if terms.destinations else ""
    limits += f" for {items_words(terms.items)}" if terms.items else ""
    outside = "; otherwise not available: flagged" if limits else ""
    if terms.paragraphs:
        outside += "; paragraph not recorded, or not specific enough: undetermined"
    return limits, outside
