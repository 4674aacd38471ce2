"""A draft of a comparison to begin with: one column of both sides, its SQL, and examples that hold."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from string import Template

from transforms.compare.rules import COMPARED
from transforms.errors import Fault, RulebookError
from transforms.kinds import FILINGS
from transforms.rulebook.across import UNWRITTEN
from transforms.rulebook.skeleton import faults_of_id, new_folder
from transforms.rulebook.words import did_you_mean

_RULE = Template("""\
# A draft. It is checked like any rule: earshot rules check $folder, then: earshot rules test $folder
# Write the three fields that say $unwritten; until then the check refuses them. rules/README.md has every form.
# When it says what you mean, put the folder into reconcile/ of your rulebook.
id: $id
title: "$unwritten what is wrong, such as Port of export in AES differs from the shipment record"
about: pair  # or line: a shipped line without a filing; or filing: a filing without a shipped line
compares: [$column]  # it is shown the pairs that differ in one of these
versions:  # in order of date; law that changes gets a second version
  - from: $first
    authority:
      - "$unwritten the citation, such as 15 CFR 30.6(a)(5)"
    # terms: {tolerance: 1}  # numbers that the SQL asks for, as $$tolerance
severity: medium
remedy: "$unwritten what to do about a finding"
""")
_SQL = Template("""\
-- Does the $words in AES differ from the shipment record?
select
    subject_key, 'flagged' as outcome, 'differs' as answer,
    concat('Shipment record shows $words ', $column, '; AES filing shows ', filed_$column, in_filing) as because,
    []::varchar[] as missing
from pairs
""")
_CASES = Template("""\
# Examples that must hold: a line and its filing, which agree unless an example says otherwise.
defaults:
  line: {shipment_id: S-1, line_number: "1", export_on: $first, itn: X20250301000001, $column: $one}
  filing: {itn: X20250301000001, line_number: "1", export_on: $first, $column: $one}
cases:
  - {case: the same, expect: clear}
  - {case: another in AES, filing: {$column: $other}, expect: flagged}
  - {case: nothing recorded, line: {$column: ""}, expect: clear}
  - {case: not known in AES, filing: {$column: ~}, expect: clear}
""")
COLUMNS = tuple(
    name for name in COMPARED if name not in ("status", "itn") and FILINGS.by_name[name].kind in ("text", "country")
)
"""The columns of which a draft can be written: texts, which have no measure of their own."""


def write_comparison(into: Path, rule_id: str, column: str, first: date, taken: set[str]) -> Path:
    """Write `rule.yml`, `compare.sql` and `cases.yml` into a new folder `into`/`rule_id`, whole or not at all.

    Raises InputError where the folder is there already or the id is one of those `taken`, RulebookError with every
    fault of id and column.
    """
    faults = faults_of_id(rule_id)
    if column not in COLUMNS:
        problem = f'no draft can be written of "{column}"{did_you_mean(column, COLUMNS)}'
        faults.append(Fault("--column", "", problem, ", ".join(COLUMNS)))
    if faults:
        raise RulebookError(faults)
    is_country = column in FILINGS.names and FILINGS.by_name[column].kind == "country"
    one, other = ("DE", "FR") if is_country else ("ONE1", "OTHER2")
    values = {
        "id": rule_id, "column": column, "words": column.replace("_", " "), "first": first, "unwritten": UNWRITTEN,
        "folder": (into / rule_id).as_posix(), "one": one, "other": other,
    }  # fmt: skip
    files = {"rule.yml": _RULE, "compare.sql": _SQL, "cases.yml": _CASES}
    return new_folder(into, rule_id, {name: template.substitute(values) for name, template in files.items()}, taken)
