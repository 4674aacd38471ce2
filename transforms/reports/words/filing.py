"""Plain words for the EEI provisions and for the rule `eei-filing` that they make together.

Every sentence follows the verdict as `filing_reach.sql` and `filing_verdicts.sql` of the screening decide it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from transforms.reports.words.controls import Sentence, dated_doubts, dates_words
from transforms.reports.words.phrases import eccn_words, either, items_words, joined, places_words, stopped, too_coarse
from transforms.rulebook.listed_rows import LISTS
from transforms.rulebook.parameter import filled
from transforms.rulebook.provision import Filing, Kind, Provision, ProvisionVersion

KINDS: dict[Kind, str] = {"trigger": "triggers", "exemption": "exemptions", "exclusion": "exclusions"}
"""The kinds of provision with their plurals, in the order in which they are told."""
_STANDS: dict[Kind, str] = {
    "trigger": "A trigger: an export that meets it requires EEI.",
    "exemption": "An exemption: an export within it requires no EEI, unless a trigger overrides it.",
    "exclusion": "An exclusion: an export within it requires no EEI, whatever trigger is met.",
}
_LEADS: dict[Kind, str] = {
    "trigger": "EEI must be filed for {}.",
    "exemption": "No EEI is required for {}, whether or not the exemption is claimed.",
    "exclusion": "No EEI is required for {}, whether or not the exclusion is claimed.",
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
        Sentence("what it is", f"{_STANDS[provision.kind]} One of the provisions that make up the rule eei-filing."),
        Sentence("paragraph", f"Provision: 15 CFR {provision.paragraph}."),
    ]
    legends = "; ".join(f"{legend} ({filled(title, names)})" for legend, title in provision.legends.items())
    if legends:
        found.append(Sentence("claimed as", stopped(f"Claimed as NOEEI {legends}")))
    return found + [Sentence("history", stopped(past)) for past in provision.history]


def provision_doubts(provision: Provision, version: ProvisionVersion) -> list[str]:
    """Return one sentence per doubt of the version; none is an empty list."""
    return dated_doubts(provision.versions, version, "whether it covers a line in scope{items} is in doubt")


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
        Sentence("authority", f"Authority: {'; '.join(filing.authority)}, and that of each provision that may apply."),
        Sentence("remedy", stopped(f"What to do: {filing.remedy}")),
        Sentence("severity", f"Severity: {filing.severity} for a flagged line, {lesser} for an undetermined line."),
    ]


VERDICT = (
    "Every export must be filed unless an exemption or an exclusion covers it. A reexport or transfer requires no"
    " filing. If the activity is not recorded, a line that would be flagged is undetermined.",
    "A filed line is clear: it records an ITN in the required format, or AES holds its filing. If an"
    " AES report shows that the ITN is not in AES, or that the filing was canceled or not accepted, the line counts as"
    " not filed. If a report shows the filing, the line is filed, whatever it records.",
    "A post-departure or downtime citation is a claim: undetermined until an AES report taken after the filing deadline"
    " covers the export, then filed or not. A citation with another date, no date, or the number of another USPPI is no"
    " proof.",
    "A line within an exclusion that needs no claim is clear, whatever trigger is met, unless the exclusion yields to"
    " 15 CFR 758.1(b): then a line that meets an overriding trigger is undetermined.",
    "A line within an exemption that needs no claim, such as low value, is clear unless a trigger overrides it.",
    "A claimed exemption or exclusion whose terms must be verified outside the shipment record is undetermined, unless"
    " a trigger overrides the exemption.",
    "A line that meets an overriding trigger is flagged unless it was filed or excluded. If every such trigger makes an"
    " exception for the claimed exemption, the line is undetermined.",
    "If it is in doubt whether such a trigger is met, a line that an exemption would clear is undetermined.",
    "An ITN not in the required format, an exemption that is not a legend, and a source with neither column are"
    " undetermined. So is an exemption that is overridden or does not cover the line, if the source has no ITN column.",
    "A line with nothing recorded, or with a claim that does not cover it, is flagged.",
    "A line that requires EEI because of a license requirement alone is clear if the savings clause of that requirement"
    " covers the goods.",
)
"""How the provisions come to one verdict, in the order in which it is taken."""


def _scope(kind: Kind, version: ProvisionVersion, countries: Mapping[str, str]) -> Iterator[str]:
    if version.presumed_absent:
        yield f"Presumed absent and never met, as no column shows it: {stopped(version.presumed_absent)}"
        return
    export = _export(kind, version, countries)
    if version.own_terms:
        yield (
            f"A claim of it for {export} is undetermined; its terms must be verified outside the shipment record."
            " Without a claim it is not considered."
        )
    elif version.due_if_direct:
        yield f"EEI that another trigger requires must be filed for {export}, whatever exemption is recorded."
    else:
        yield _LEADS[kind].format(export)
    if version.license_required:
        yield (
            "A license is required if one is claimed, or if a license requirement in this rulebook is flagged. If such"
            " a requirement is undetermined, so is this. An available license exception requires no application."
        )
    if version.has_threshold:
        yield (
            "Lines of one USPPI to one consignee in one country, on one conveyance and one day, are summed by Schedule"
            " B number and origin. If part of that is missing, and the sum depends on it, the value is in doubt."
        )
    if version.yields:
        yield "It does not end 15 CFR 758.1(b): if an overriding trigger is or may be met, the line is undetermined."
    if version.not_onward:
        yield "It is in doubt if a consignee or end user is recorded in another country: the goods may go on."
    if version.form:
        yield (
            "A line that does not show the form is treated as tangible, unless its ECCN is software or technology"
            " (product group D or E): then it is in doubt."
        )
    coarse = [eccn_words(eccn) for eccn in too_coarse(version.items)]
    if coarse:
        yield f"It is in doubt for a line whose ECCN is no more specific than {either(coarse)}."


def _export(kind: Kind, version: ProvisionVersion, countries: Mapping[str, str]) -> str:
    """`an export of EAR99 items to Canada (CA), ...`: what the version covers."""
    is_any = version.items.all and not version.items.but
    words = "any export" if is_any else f"an export of {items_words(version.items)}"
    if not version.destinations.all or version.destinations.but:
        words += f" to {places_words(version.destinations, countries)}" + ("," if version.destinations.but else "")
    clauses = []
    if version.shipped_from:
        clauses.append(f"that leaves {either([_home_place(one, countries) for one in version.shipped_from])}")
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
        clauses.append("that requires a license application")
    if version.lists:
        lists = joined([LISTS[one] for one in version.lists])
        clauses.append(f"of which the {either(version.roles)} is on the {lists}")
    return " ".join([words.rstrip(","), *clauses])


def _home_place(word: str, countries: Mapping[str, str]) -> str:
    named = {"US": "a State or the District of Columbia", "abroad": "another country"}
    return named.get(word) or f"{countries.get(word, word)} ({word})"


def _overrides(kind: Kind, version: ProvisionVersion) -> Iterator[str]:
    if kind != "trigger" or version.due_if_direct:
        return
    if not version.overrides_exemptions:
        yield "It overrides no exemption."
        return
    spared = f"except {joined(version.spares)}: undetermined if claimed" if version.spares else "without exception"
    yield f"It overrides the exemptions of 15 CFR 30.36 to 30.40, {spared}."
