"""The EEI provisions, the checks and the dated code tables as rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from transforms.rulebook.model import Rulebook
from transforms.rulebook.places import ALWAYS, FOREVER
from transforms.rulebook.provision import Provision, ProvisionVersion
from transforms.rulebook.rows import Keys, Row, dated_rows, item_key, place_key


@dataclass
class Compiled:
    """The rows of one kind of rule."""

    versions: list[Row] = field(default_factory=list)
    periods: list[Row] = field(default_factory=list)
    scopes: list[Row] = field(default_factory=list)


def compile_provisions(rulebook: Rulebook, first_key: int, items: Keys, places: Keys) -> Compiled:
    """Return one row per version of a provision, numbered from `first_key`, and its periods.

    What is presumed absent is never met, so it has no periods.
    """
    found = Compiled()
    for provision in rulebook.provisions:
        floor = date.min
        for at, version in enumerate(provision.versions):
            key = first_key + len(found.versions)
            stretches, floor = dated_rows(key, provision.versions, at, floor, items)
            threshold = version.threshold or (_amount_of(provision, at) if version.has_threshold else None)
            if version.threshold and version.threshold not in rulebook.parameters:
                raise KeyError(f"{provision.id}: its threshold {version.threshold} is not a parameter of the rulebook")
            row = _provision_row(provision, version, items, places) | {"threshold": threshold}
            found.versions.append({"version_key": key, **row})
            found.periods += [] if version.presumed_absent else stretches
    return found


def compile_amounts(provisions: Sequence[Provision]) -> list[Row]:
    """Return the amounts that rules of the older form state themselves, `threshold_usd`, as parameters of all days."""
    return [
        {"name": _amount_of(provision, at), "from_on": ALWAYS, "until_on": FOREVER, "number": version.threshold_usd,
         "words": None}
        for provision in provisions
        for at, version in enumerate(provision.versions)
        if version.threshold_usd is not None
    ]  # fmt: skip


def _amount_of(provision: Provision, at: int) -> str:
    return f"threshold of {provision.id}, version {at + 1}"


def _provision_row(provision: Provision, version: ProvisionVersion, items: Keys, places: Keys) -> Row:
    return {
        "provision_id": provision.id,
        "title": provision.title,
        "kind": provision.kind,
        "paragraph": provision.paragraph,
        "legends": list(provision.legends),
        "legend_titles": list(provision.legends.values()),
        "from_on": version.from_on,
        "authority": list(version.authority),
        "item_key": item_key(version.items, items),
        "place_key": place_key(version.destinations, places),
        "via_key": place_key(version.via, places) if version.via else None,
        "license_codes": list(version.license_codes),
        "schedule_b": list(version.schedule_b),
        "form": version.form,
        "not_onward": version.not_onward,
        "license_required": version.license_required,
        "due_if_direct": version.due_if_direct,
        "overrides": version.overrides_exemptions,
        "spares": list(version.spares),
        "own_terms": version.own_terms,
        "presumed_absent": version.presumed_absent,
        "shipped_from": list(version.shipped_from),
        "yields": version.yields,
        "lists": list(version.lists),
        "roles": list(version.roles),
    }


def compile_checks(rulebook: Rulebook, first_key: int, items: Keys, places: Keys) -> Compiled:
    """Return one row per version of a check, numbered from `first_key`, with its SQL, its periods and its scopes."""
    found = Compiled()
    for check in rulebook.checks:
        floor = date.min
        for at, version in enumerate(check.versions):
            key = first_key + len(found.versions)
            stretches, floor = dated_rows(key, check.versions, at, floor, items)
            found.periods += stretches
            found.versions.append(
                {
                    "version_key": key, "rule_id": check.id, "severity": check.severity, "remedy": check.remedy,
                    "from_on": version.from_on, "authority": list(version.authority),
                    "activities": list(version.activities), "needs": list(version.needs),
                    "query": rulebook.check_sql[check.id, version.sql],
                }
            )  # fmt: skip
            for name, scope in version.scopes.items():
                found.scopes.append(
                    {
                        "version_key": key, "name": name,
                        "item_key": item_key(scope.items, items) if scope.items else None,
                        "place_key": place_key(scope.destinations, places) if scope.destinations else None,
                    }
                )  # fmt: skip
    return found


def compile_codes(rows: Iterable[dict[str, str]]) -> list[Row]:
    """Return the license codes with the days on which each is, or may be, in force."""
    return [{"code": row["code"], "meaning": row["meaning"], **_days(row), "source": row["source"]} for row in rows]


def compile_eccns(rows: Iterable[dict[str, str]]) -> list[Row]:
    """Return the ECCNs with the days on which each stands in the CCL, and their reasons for control."""
    return [{"eccn": row["eccn"], "reasons": row.get("reasons", "").split(), **_days(row)} for row in rows]


def _days(row: dict[str, str]) -> Row:
    return {
        "from_on": date.fromisoformat(row["from"]) if row["from"] else ALWAYS,
        "until_on": date.fromisoformat(row["until"]) if row["until"] else FOREVER,
        "doubt": row["doubt"] or None,
    }
