"""What a rule on listed parties is: which lists it reads, whom it concerns, and since when."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from transforms.rulebook import forms
from transforms.rulebook.listed_rows import LISTS
from transforms.rulebook.places import ALWAYS, FOREVER, read_table
from transforms.rulebook.rows import DAY, Keys, Row, dated_rows
from transforms.rulebook.scope import Written
from transforms.rulebook.versions import DatedVersion, Severity

SUPPLEMENT_2 = "supplement_2.csv"
Role = Literal[
    "purchaser", "intermediate consignee", "ultimate consignee", "end user", "USPPI", "forwarding agent"
]
"""The parties that a shipment line records (15 CFR 748.5, 15 CFR 30.3)."""
ListName = Literal["EL", "UVL", "MEU", "DPL", "DTC", "ISN", "SDN", "SSI", "CMIC", "NS-MBS", "PLC", "CAP"]
COLUMNS_OF_ROLES = {
    "ultimate consignee": ("consignee_country", "consignee_address"),
    "end user": ("end_user_name", "end_user_country", "end_user_address"),
    "intermediate consignee": ("intermediate_consignee_name", "intermediate_country"),
    "purchaser": ("purchaser_name", "purchaser_country"),
    "USPPI": ("usppi_name",),
    "forwarding agent": ("forwarder_name",),
}
"""The columns that record each party, beside the name of the ultimate consignee."""
DECIDING = frozenset({"EL", "UVL", "MEU", "DPL", "SDN"})
"""Lists of which a match can be flagged; of the others it is a red flag."""
assert set(LISTS) == set(ListName.__args__)  # type: ignore[attr-defined]


class PartyVersion(DatedVersion):
    """One version: what being on a list means from `from_on` until `until`."""

    lists: Annotated[tuple[ListName, ...], Field(min_length=1)] = Field(description=", ".join(LISTS))
    roles: Annotated[tuple[Role, ...], Field(min_length=1)] = Field(description="the parties that it concerns")
    programs: forms.Texts = ()
    """Of the list of specially designated nationals: the programs whose parties need a license under the EAR."""
    savings: forms.DaysName | None = Field(None, description="a parameter in days, from the day of the listing on")


class PartyRule(Written):
    """What follows where a party to the transaction is on a list, with its versions in order of date."""

    kind: ClassVar[str] = "party"

    id: forms.RuleId = Field(description="lower-case words with hyphens, the name of the folder")
    title: forms.Text = Field(description="a sentence")
    versions: Annotated[tuple[PartyVersion, ...], Field(min_length=1)] = Field(description="a list of versions")
    remedy: forms.Text = Field(description="what to do about a finding")
    severity: Severity = "high"
    urgent: forms.Flag = False
    """Whether its findings come before all others."""
    history: forms.Texts = ()


def compile_parties(rules: tuple[PartyRule, ...], first_key: int, items: Keys) -> tuple[list[Row], list[Row]]:
    """Return one row per version of a rule on listed parties, numbered from `first_key`, and their periods."""
    versions: list[Row] = []
    periods: list[Row] = []
    for rule in rules:
        floor = date.min
        for at, version in enumerate(rule.versions):
            key = first_key + len(versions)
            stretches, floor = dated_rows(key, rule.versions, at, floor, items)
            periods += stretches
            versions.append(
                {
                    "version_key": key, "rule_id": rule.id, "severity": rule.severity, "remedy": rule.remedy,
                    "from_on": version.from_on, "authority": list(version.authority), "lists": list(version.lists),
                    "roles": list(version.roles), "programs": list(version.programs), "savings": version.savings,
                }
            )  # fmt: skip
    return versions, periods


def read_supplement_2(tables_dir: Path) -> list[Row]:
    """Return the ECCNs of Supplement No. 2 to part 744 by stretch of days; none where the table is not there."""
    path = tables_dir / SUPPLEMENT_2
    found: list[Row] = []
    for row in read_table(path) if path.is_file() else ():
        written = ((name, row[name]) for name in ("possible_from", "from", "until"))
        day = {name: date.fromisoformat(text) if text else None for name, text in written}
        start, end = day["from"] or ALWAYS, day["until"] or FOREVER
        told: Row = {"eccn": row["eccn"], "is_part": row["scope"] == "part", "note": row["note"]}
        found.append({**told, "from_on": start, "until_on": end, "is_sure": True})
        if day["possible_from"] and day["possible_from"] < start:
            found.append({**told, "from_on": day["possible_from"], "until_on": start - DAY, "is_sure": False})
    return found
