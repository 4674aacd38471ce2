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
_BEYOND_RECORD = "on terms that the record cannot prove"


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
    review = f"The review policy for licenses: {control.review}" if control.review else "No review policy is recorded"
    lesser = "medium" if control.severity == "high" else control.severity
    return [
        Sentence("reason", f"Reason for control: {joined(named)}."),
        Sentence("review", stopped(review)),
        Sentence("remedy", stopped(f"What to do about a finding: {control.remedy}")),
        Sentence("severity", f"A flagged line is of {control.severity} severity, an undetermined one of {lesser}."),
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
        return [*named, Standing("*", "closed", "closed: flagged")]
    return [*named, Standing("*", "own terms", f"open, {_BEYOND_RECORD}: undetermined")]


def doubt_words(control: Control, version: Version) -> list[str]:
    """Return one sentence per doubt of the version, those inside its exceptions too; none is an empty list."""
    left_open = "a line in scope{items} is undetermined unless its authority settles it"
    found = dated_doubts(control.versions, version, left_open)
    for symbol, terms in sorted(version.exceptions.terms.items()):
        if terms.doubt:
            found.append(stopped(f"A doubt about License Exception {symbol}: {terms.doubt}"))
    savings = version.savings
    if savings and savings.exported_before == "unknown":
        found.append("The savings clause: no deadline of it is known.")
    elif savings:
        found.append(f"The savings clause: whether {savings.exported_before} itself is still saved is not certain.")
    return found


def dates_words(version: DatedVersion) -> str:
    """Return one sentence: from when until when the version is in force, and when it was published."""
    ends = f"through {version.until}, that day included" if version.until else "and still in force"
    published = f"published {version.published}" if version.published else "the day of publication is not recorded"
    if version.from_on is None:
        return f"In force since before the first text that was read, {ends}; {published}."
    return f"In force from {version.from_on}, that day included, {ends}; {published}."


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
        found.append(stopped(f"{days(start, end)} {what}: {doubt.because}"))
    return found


def savings_words(savings: Savings | None) -> list[str]:
    """Return what the savings clause saves, until when, and what a missing date of hand-over leaves open."""
    if savings is None:
        return ["No savings clause is recorded: goods en route are judged like any other."]
    handed = f"Goods handed to the carrier on or before {savings.en_route_on}"
    if savings.exported_before == "unknown":
        return [
            f"{handed} may be saved, but no deadline is known: undetermined, however late the export.",
            f"Where the day of hand-over is not recorded: undetermined for exports through {savings.look_until},"
            " then judged as if not saved.",
        ]
    day = savings.exported_before
    lost = f" It saves nothing to {', '.join(savings.but)}, where no eligibility was lost." if savings.but else ""
    return [
        f"{handed} and exported before {day} are saved: clear. Exported on {day} itself: undetermined. Exported"
        f" later: judged as if not saved.{lost}",
        f"Where the day of hand-over is not recorded: undetermined for exports through {day}, then judged as if not"
        " saved.",
    ]


def _scope(version: Version, countries: Mapping[str, str]) -> Iterator[str]:
    verbs = either([ACTIVITIES[activity] for activity in version.activities])
    moves, within = [one for one in version.activities if one != "in_country_transfer"], "in_country_transfer"
    way = "to or within" if moves and within in version.activities else "to" if moves else "within"
    items, places = items_words(version.items), places_words(version.destinations, countries)
    needed = "may be needed" if version.governed_by else "is needed"
    yield f"A license {needed} to {verbs} {items} {way} {places}."
    if version.governed_by:
        yield f"{version.governed_by} governs this and is not in this rulebook: undetermined, whatever is recorded."
    left_out = [words for activity, words in ACTIVITIES.items() if activity not in version.activities]
    if left_out:
        yield f"Not covered: {joined(left_out)}."
    coarse = too_coarse(version.items)
    if coarse:
        why = f"may be {excepted_or_deeper(version.items)}"
        yield f"A line recorded no finer than {either(coarse)} {why}: undetermined."


def _exceptions(version: Version, countries: Mapping[str, str]) -> Iterator[str]:
    for symbol, _, text in exception_standings(version, countries):
        others = "Every other license exception" if version.exceptions.terms else "Every license exception"
        yield f"{others if symbol == '*' else f'License Exception {symbol}'} is {text}."


def _standing(symbol: str, terms: ExceptionTerms, countries: Mapping[str, str]) -> Standing:
    if terms.closed:
        return Standing(symbol, "closed", "closed: flagged")
    limits, elsewhere = _limits(terms, countries)
    doubt = f"; in doubt: {terms.doubt.rstrip('.')}" if terms.doubt else ""
    if terms.own_terms:
        within = f",{limits}" if limits else ""
        return Standing(symbol, "own terms", f"open, {_BEYOND_RECORD}{within}: undetermined{elsewhere}{doubt}")
    if doubt:
        word = "perhaps open" if limits else "neither known to be open nor closed"
        return Standing(symbol, "in doubt", f"{word}{limits}: undetermined{elsewhere}{doubt}")
    return Standing(symbol, "open", f"open{limits}: clear{elsewhere}")


def _limits(terms: ExceptionTerms, countries: Mapping[str, str]) -> tuple[str, str]:
    """The limits within which an exception is open, and what holds outside them."""
    limits = f" under {either(terms.paragraphs)}, sub-paragraphs included" if terms.paragraphs else ""
    limits += f" to {places_words(terms.destinations, countries)}" if terms.destinations else ""
    limits += f" for {items_words(terms.items)}" if terms.items else ""
    outside = "; otherwise closed: flagged" if limits else ""
    if terms.paragraphs:
        outside += "; no paragraph recorded, or one too coarse to tell: undetermined"
    return limits, outside
