"""A draft to begin with: a commented control and examples of it, which hold once three fields are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from string import Template

from transforms.errors import Fault, InputError, RulebookError
from transforms.rulebook.across import UNWRITTEN
from transforms.rulebook.forms import ECCN_FORM
from transforms.rulebook.words import KnownWords, did_you_mean

_RULE = Template("""\
# A draft. It is checked like any rule: earshot rules check $folder, then: earshot rules test $folder
# Then ask what it would have caught: earshot impact $folder
# Write the three fields that say $unwritten; until then the check refuses them. rules/README.md has every form.
id: $id
title: "$unwritten items and place, such as License required: ECCN 3A999 to or within Pakistan"
reason: RS  # the reason for control: RS, NS, AT, ...
versions:  # in order of date; law that changes gets a second version
  - from: $first  # the first day in force; cases.yml has examples of that day and of the day before
    # published: 2024-11-26
    authority:
      - "$unwritten the citation, such as 89 FR 93164 (2024-27648)"
    activities: [export, reexport, in_country_transfer]
    items: {eccn: [$eccn]}  # sub-paragraphs included; `except: [2B999.h.2]` carves out
    destinations: {countries: [$country]}  # or groups: ["D:5"], chart: [NS2], all: true; and except
    exceptions:  # what no license exception does is said here
      # TMP: {paragraphs: ["740.9(a)(1)"]}  # open under these paragraphs, closed under any other
      # GBS: {destinations: {groups: [B], except: {groups: ["D:5"]}}}
      # LVS: closed
      others: own_terms  # every exception not named: own_terms (for a person to judge), or closed
    # savings: {en_route_on: 2024-12-26, exported_before: 2025-01-27}  # goods under way when it began
    # doubt: {until: 2025-01-31, because: what the texts leave open, and until when}
remedy: "$unwritten what to do about a finding"
""")
_CASES = Template("""\
# Examples that must hold. The defaults are a line that the rule flags: where you change items, destinations or from
# in rule.yml, change eccn, destination and the days here too. Every version needs a flagged, a clear and an
# undetermined example.
defaults:
  {eccn: $eccn, destination: $country, activity: export, export_on: $first, tendered_on: $first, license_code: C33,
   license_number: NLR, exception_paragraph: ""}
cases:
  - {case: the day before the rule, line: {export_on: $before, tendered_on: $before}, expect: clear}
  - {case: its first day under NLR, line: {export_on: $first}, expect: flagged}
  - {case: another country, line: {destination: $other}, expect: clear}
  - {case: a license with a well formed number, line: {license_code: C30, license_number: D123456}, expect: clear}
  - {case: an exception on its own terms, line: {license_code: C40, license_number: TMP}, expect: undetermined}
  - {case: no ECCN, line: {eccn: ""}, expect: undetermined, missing: [eccn]}
""")
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Scope:
    """What a draft is of: one ECCN, one country, and its first day in force."""

    eccn: str
    country: str
    first: date


def write_control(into: Path, rule_id: str, scope: Scope, words: KnownWords, taken: set[str]) -> Path:
    """Write `rule.yml` and `cases.yml` into a new folder `into`/`rule_id`, whole or not at all, and return it.

    Raises InputError where the folder is there already or the id is one of those `taken`, RulebookError with every
    fault of id and scope.
    """
    faults = faults_of_id(rule_id)
    if not ECCN_FORM.fullmatch(scope.eccn):
        faults.append(Fault("--eccn", "", f'"{scope.eccn}" is not an ECCN', "such as 3A999, 2B999.h.2, EAR99"))
    if scope.country not in words.countries:
        problem = f'unknown country "{scope.country}"{did_you_mean(scope.country, words.countries)}'
        faults.append(Fault("--country", "", problem, "an ISO 3166 alpha-2 code of tables/country_names.csv"))
    if faults:
        raise RulebookError(faults)
    values = {
        "id": rule_id, "eccn": scope.eccn, "country": scope.country, "first": scope.first,
        "before": scope.first - _DAY, "other": "DE" if scope.country != "DE" else "FR", "unwritten": UNWRITTEN,
        "folder": (into / rule_id).as_posix(),
    }  # fmt: skip
    files = {"rule.yml": _RULE.substitute(values), "cases.yml": _CASES.substitute(values)}
    return new_folder(into, rule_id, files, taken)


def faults_of_id(rule_id: str) -> list[Fault]:
    """Return a fault where the id of a draft is not of the form of an id; else nothing."""
    if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule_id):
        return []
    return [Fault("ID", "", f'"{rule_id}" is not a rule id', "lower-case words with hyphens: pakistan-rs")]


def new_folder(into: Path, rule_id: str, files: Mapping[str, str], taken: set[str]) -> Path:
    """Write files into a new folder `into`/`rule_id`, whole or not at all, and return it.

    Raises InputError where the folder is there already or the id is one of those `taken`.
    """
    folder = into / rule_id
    if rule_id in taken:
        raise InputError(
            f"{rule_id}: the rulebook has a rule of this id; choose another, or copy its folder to amend it"
        )
    if folder.exists():
        raise InputError(f"{folder}: is there already, and is left as it is; choose another id or another --into")
    partial = into / f".{rule_id}.partial"
    partial.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (partial / name).write_text(text, encoding="utf-8")
    partial.rename(folder)
    return folder
