"""Plain words for a rule on listed parties: which lists it reads, whom it concerns, and what a match comes to."""

from __future__ import annotations

from transforms.reports.words.controls import Sentence, dated_doubts, dates_words
from transforms.reports.words.phrases import either, joined, stopped
from transforms.rulebook.listed_rows import LISTS
from transforms.rulebook.party import PartyRule, PartyVersion

_MEANS = {
    "EL": "The entry's own license requirement decides; license exceptions are closed unless the entry opens one.",
    "UVL": "A license exception is flagged; an NLR shipment is undetermined, as the record shows no UVL statement.",
    "MEU": "ECCNs of Supplement No. 2 to part 744 require a license; a part of License Exception GOV is open.",
    "DPL": "Every line is flagged, whatever authority is recorded, on the days of the order.",
    "SDN": "Programs that 15 CFR 744.8 names require a license; a match under another program is undetermined.",
}  # fmt: skip


def describe_party(rule: PartyRule) -> list[Sentence]:
    """Return the whole rule in sentences."""
    found = [Sentence("title", stopped(rule.title))]
    for version in rule.versions:
        found += describe_party_version(rule, version)
    return found + describe_party_alone(rule)


def describe_party_version(rule: PartyRule, version: PartyVersion) -> list[Sentence]:
    """Return one version in sentences, ordered by topic."""
    found = [
        Sentence("lists", f"Reads the {joined([LISTS[one] for one in version.lists])}."),
        Sentence("parties", f"Concerns the {joined(version.roles)}."),
        *(Sentence("requires", _MEANS[one]) for one in version.lists if one in _MEANS),
    ]
    if not set(version.lists) & set(_MEANS):
        found.append(Sentence("requires", "A match is a red flag: the line is undetermined."))
    found.append(Sentence("match", "A match decides; a possible match is undetermined until a person has looked."))
    if version.programs:
        found.append(Sentence("programs", f"Programs of 15 CFR 744.8: {either(version.programs)}."))
    found.append(Sentence("dates", dates_words(version)))
    found.append(Sentence("authority", f"Authority: {'; '.join(version.authority)}."))
    return found + [Sentence("doubts", text) for text in party_doubts(rule, version)]


def describe_party_alone(rule: PartyRule) -> list[Sentence]:
    """Return what holds for every version: remedy, severity, history."""
    return [
        Sentence("remedy", stopped(f"What to do: {rule.remedy}")),
        Sentence("severity", f"Severity: {rule.severity}; medium or low where it is undetermined."),
        *(Sentence("history", stopped(past)) for past in rule.history),
    ]


def party_doubts(rule: PartyRule, version: PartyVersion) -> list[str]:
    """Return one sentence per doubt of the version; none is an empty list."""
    return dated_doubts(rule.versions, version, "a finding is undetermined")
