"""Plain words for the EEI provisions and for the rule `eei-filing` that they make together.

Every sentence follows the verdict as `filing_reach.sql` and `filing_verdicts.sql` of the screening decide it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from transforms.reports.words.controls import Sentence, dated_doubts, dates_words
from transforms.reports.words.phrases import eccn_words, either, items_words, joined, places_words, stopped, too_coarse
from transforms.rulebook.parameter import filled
from transforms.rulebook.provision import Filing, Kind, Provision, ProvisionVersion

KINDS: dict[Kind, str] = {"trigger": "triggers", "exemption": "exemptions", "exclusion": "exclusions"}
"""The kinds of provision with their plurals, in the order in which they are told."""
_BEYOND_RECORD = "on terms that the record cannot prove"
_STANDS: dict[Kind, str] = {
    "trigger": "A trigger: it makes an export one that must be filed.",
    "exemption": "An exemption: it spares an export the filing, unless a trigger overrides it.",
    "exclusion": "An exclusion: it spares an export the filing, whatever trigger is met.",
}
_LEADS: dict[Kind, str] = {
    "trigger": "EEI must be filed for {}.",
    "exemption": "No EEI is needed for {}, whether or not the exemption is claimed.",
    "exclusion": "No EEI is needed for {}, whether or not the exclusion is claimed.",
}


def describe_provision(provision: Provision, countries: Mapping[str, str]) -> list[Sentence]:
    """Return the whole provision in sentences, its versions in order of date; `countries` names the ISO codes."""
    found = [Sentence("title", stopped(headed(provision, countries)))]
    for version in provision.versions:
        found += describe_provision_version(provision, version, countries)
    return found + describe_for_all_versions(provision, countries)


def headed(provision: Provision, names: Mapping[str, str]) -> str:
    """Return the title of a provision as it stands by itself; in a sentence it begins in lower case."""
    title = filled(provision.title, names)
    return title[0].upper() + title[1:]


def describe_provision_version(
    provision: Provision, version: ProvisionVersion, countries: Mapping[str, str]
) -> list[Sentence]:
    """Return one version of a provision in sentences, ordered by topic."""
    listed = [Sentence("scope", text) for text in _scope(provision.kind, version, countries)]
    listed += [Sentence("overrides", text) for text in _overrides(provision.kind, version)]
    listed.append(Sentence("dates", dates_words(version)))
    listed.append(Sentence("authority", f"Authority: {'; '.join(version.authority)}."))
    return listed + [Sentence("doubts", text) for text in provision_doubts(provision, version)]


def describe_for_all_versions(provision: Provision, names: Mapping[str, str]) -> list[Sentence]:
    """Return what holds for every version: what it is, where it stands, the legends by which it is claimed, history."""
    found = [
        Sentence("what it is", f"{_STANDS[provision.kind]} One of the provisions that make the rule eei-filing."),
        Sentence("paragraph", f"It stands in 15 CFR {provision.paragraph}."),
    ]
    legends = "; ".join(f"{legend} ({filled(title, names)})" for legend, title in provision.legends.items())
    if legends:
        found.append(Sentence("claimed as", stopped(f"Claimed as NOEEI {legends}")))
    return found + [Sentence("history", stopped(past)) for past in provision.history]


def provision_doubts(provision: Provision, version: ProvisionVersion) -> list[str]:
    """Return one sentence per doubt of the version; none is an empty list."""
    return dated_doubts(provision.versions, version, "whether it covers a line in scope{items} is in question")


def describe_filing(filing: Filing, provisions: Sequence[Provision], names: Mapping[str, str]) -> list[Sentence]:
    """Return the rule `eei-filing` in sentences: its provisions, and the one verdict that they come to."""
    found = [Sentence("title", stopped(filing.title))]
    for kind, plural in KINDS.items():
        named = [one for one in provisions if one.kind == kind]
        found += [Sentence(plural, f"{one.paragraph}, {filled(one.title, names)} ({one.id}).") for one in named]
    found += [Sentence("verdict", text) for text in VERDICT]
    return [*found, *describe_filing_alone(filing)]


def describe_filing_alone(filing: Filing) -> list[Sentence]:
    """Return what is said with every verdict: authority, remedy, severity."""
    lesser = "medium" if filing.severity == "high" else filing.severity
    return [
        Sentence("authority", f"Authority: {'; '.join(filing.authority)}, and that of each provision in question."),
        Sentence("remedy", stopped(f"What to do about a finding: {filing.remedy}")),
        Sentence("severity", f"A flagged line is of {filing.severity} severity, an undetermined one of {lesser}."),
    ]


VERDICT = (
    "Every export must be filed unless an exemption or an exclusion covers it. A reexport or transfer needs no filing;"
    " where the activity is not recorded, what would be flagged is undetermined.",
    "Filed is clear: an ITN, or a post-departure or downtime citation, stands on the line in its form. Where a report"
    " from AES shows that the ITN is not held, or that the filing was canceled, the line counts as not filed.",
    "An exclusion that needs no claim is clear, whatever trigger is met.",
    "An exemption that needs no claim, such as low value, is clear unless a trigger overrides it.",
    f"An exemption or exclusion that is claimed {_BEYOND_RECORD} is undetermined, unless a trigger overrides the"
    " exemption.",
    "A trigger that overrides is flagged unless the export was filed or excluded; where every such trigger spares the"
    " exemption that is claimed, it is undetermined.",
    "Where it is in question whether such a trigger is met, what an exemption would make clear is undetermined.",
    "An ITN that is none, an exemption that is no legend, and a source that has neither column are undetermined; so is"
    " an exemption that is overridden or does not reach the line, where the source has no ITN column.",
    "Nothing recorded, or a claim that does not reach the line, is flagged.",
    "What rests on a license requirement alone is clear where the savings clause of that control covers the goods.",
)
"""How the provisions come to one verdict, in the order in which it is taken."""


def _scope(kind: Kind, version: ProvisionVersion, countries: Mapping[str, str]) -> Iterator[str]:
    if version.presumed_absent:
        yield f"Presumed absent, as no column shows it, and so never met: {stopped(version.presumed_absent)}"
        return
    export = _export(kind, version, countries)
    if version.own_terms:
        yield (
            f"Whoever claims it is spared the filing for {export}, {_BEYOND_RECORD}: undetermined. Where it is not"
            " claimed it is not weighed."
        )
    elif version.due_if_direct:
        yield f"Whatever another trigger makes due must be filed for {export}, whatever exemption is recorded."
    else:
        yield _LEADS[kind].format(export)
    if version.license_required:
        yield (
            "A license is needed where one is claimed, and where a control of this rulebook is flagged; where a control"
            " is undetermined, so is this. An exception that is open needs no application."
        )
    if version.has_threshold:
        yield (
            "Lines of one USPPI to one consignee in one country, on one conveyance and one day, are summed by Schedule"
            " B number and origin. Where a part of that is missing, and the sum turns on it, it is in question."
        )
    if version.not_onward:
        yield "With a consignee or an end user recorded in another country it is in question: the goods may go on."
    if version.form:
        yield (
            "A line that does not say is taken as tangible, unless its ECCN is software or technology (product group D"
            " or E): then it is in question."
        )
    coarse = [eccn_words(eccn) for eccn in too_coarse(version.items)]
    if coarse:
        yield f"For a line recorded no finer than {either(coarse)} it is in question."


def _export(kind: Kind, version: ProvisionVersion, countries: Mapping[str, str]) -> str:
    """`an export of EAR99 items to Canada (CA), ...`: what the version covers."""
    is_any = version.items.all and not version.items.but
    words = "any export" if is_any else f"an export of {items_words(version.items)}"
    if not version.destinations.all or version.destinations.but:
        words += f" to {places_words(version.destinations, countries)}" + ("," if version.destinations.but else "")
    clauses = []
    if version.via:
        clauses.append(f"through an intermediate consignee in {places_words(version.via, countries)}")
    if version.license_codes:
        clauses.append(f"under license code {either(version.license_codes)}, or their symbol where no code is recorded")
    if version.schedule_b:
        clauses.append(f"of a Schedule B number that begins with {either(version.schedule_b)}")
    if version.form:
        clauses.append(f"that is {version.form}")
    if version.has_threshold:
        limit = "more than" if kind == "trigger" else "no more than"
        name = version.threshold or ""
        amount = countries.get(name, name) if name else f"${version.threshold_usd:,.0f}"
        clauses.append(f"of {limit} {amount} of one Schedule B number in the shipment")
    if version.license_required:
        clauses.append("that needs a license application")
    return " ".join([words.rstrip(","), *clauses])


def _overrides(kind: Kind, version: ProvisionVersion) -> Iterator[str]:
    if kind != "trigger" or version.due_if_direct:
        return
    if not version.overrides_exemptions:
        yield "It overrides no exemption."
        return
    spared = f" It spares {joined(version.spares)}: undetermined where claimed." if version.spares else ""
    yield f"It overrides the exemptions of 15 CFR 30.36 to 30.40.{spared or ' It spares none.'}"
