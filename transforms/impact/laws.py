"""Laws made of a law: without some rules, with some read as if always in force, or cut to a few places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from transforms.decide.checks import READS_FILING
from transforms.rulebook.forms import ECCN_FORM
from transforms.rulebook.law import Law
from transforms.rulebook.places import ALWAYS, FOREVER
from transforms.rulebook.rows import Row

FILING = "eei-filing"
"""The rule that all provisions make together: its id stands for every one of them."""
READS_LAW = ("elsewhere", READS_FILING)
"""The words by which the SQL of a check asks what the controls say, or filing, which reads them."""
_PLACES = ("destination", "consignee_elsewhere", "end_user_elsewhere")


def ids_of(law: Law) -> set[str]:
    """Return the ids of all that stands in a folder of its own: controls, provisions, checks, rules on parties."""
    return {str(_id(row)) for row in (*law.rule_versions, *law.provisions, *law.checks, *law.party_versions)}


def without(law: Law, ids: Collection[str]) -> Law:
    """Return the law without the rules of these ids."""
    gone = _keys(law, ids)
    kept = [row for row in law.rule_versions if row["version_key"] not in gone]
    return replace(
        law,
        rule_versions=_held_by_those_left(kept, gone),
        provisions=[row for row in law.provisions if row["version_key"] not in gone],
        filing=[] if FILING in ids else law.filing,
        checks=[row for row in law.checks if row["version_key"] not in gone],
        party_versions=[row for row in law.party_versions if row["version_key"] not in gone],
        check_scopes=[row for row in law.check_scopes if row["version_key"] not in gone],
        rule_periods=[row for row in law.rule_periods if row["version_key"] not in gone],
    )


def as_if_in_force(law: Law, ids: Collection[str]) -> Law:
    """Return the law with the last version of each of these rules in force on every day, as it stands at its end.

    Doubts that ended by then were about dates and fall away; those still open stay. A savings clause saves nothing, as
    it is about goods under way when the rule began. Tables keep their own dates.
    """
    lasting = {row["version_key"] for row in law.rule_periods if row["until_on"] == FOREVER}
    last: dict[tuple[str, str], Row] = {}
    for row in (*law.rule_versions, *law.provisions, *law.checks, *law.party_versions):
        if _is_asked(row, ids):
            paragraph = str(row["reason"]) if row.get("is_row") else ""
            last[str(_id(row)), paragraph] = row  # versions stand in order of date
    # of paragraphs that stand beside each other, those that ended are no part of the law as it stands
    keys = {row["version_key"] for row in last.values() if not row.get("is_row") or row["version_key"] in lasting}
    own_keys = _keys(law, ids)
    periods = [row for row in law.rule_periods if row["version_key"] not in own_keys]
    for key in keys:
        own = [row for row in law.rule_periods if row["version_key"] == key]
        if own:  # what is presumed absent has none
            periods.append(max(own, key=_end) | {"from_on": ALWAYS, "until_on": FOREVER, "is_in_force": True})
    earlier = own_keys - keys
    kept = [
        row | {"law_key": row["version_key"], "has_savings": False} if row["version_key"] in keys else row
        for row in law.rule_versions
        if row["version_key"] not in earlier
    ]
    return replace(
        law,
        rule_versions=_held_by_those_left(kept, own_keys),
        provisions=[row for row in law.provisions if row["version_key"] not in earlier],
        checks=[row for row in law.checks if row["version_key"] not in earlier],
        party_versions=[row for row in law.party_versions if row["version_key"] not in earlier],
        check_scopes=[row for row in law.check_scopes if row["version_key"] not in earlier],
        rule_periods=periods,
    )


def in_reach(law: Law, ids: Collection[str], subjects: pa.Table) -> pa.Table:
    """Return the situations that these rules could reach, and more: never fewer.

    Provisions and checks are taken to reach all. A control reaches what has one of its ECCN headings, or none that can
    be read, and goes, or has a party, where one of its places ever reached, or says no destination.
    """
    others = [row for row in (*law.provisions, *law.checks, *law.party_versions) if _is_asked(row, ids)]
    if others:
        return subjects
    keep = pa.array([False] * len(subjects))
    blank = _matching(subjects["destination"], lambda iso2: not iso2)
    for place_key, item_keys in _scopes(law, ids).items():
        headings = _headings(law, item_keys)
        items = _matching(subjects["eccn"], lambda eccn, headings=headings: _may_be_item(headings, eccn))
        reached = _reached(law, place_key)
        places = blank
        for name in _PLACES:
            here = _matching(subjects[name], lambda iso2, reached=reached: iso2 in reached)
            places = pc.or_(places, here)
        keep = pc.or_(keep, pc.and_(items, places))
    return subjects.filter(keep)


def _scopes(law: Law, ids: Collection[str]) -> dict[object, set[object]]:
    """The items of the versions asked about, by place: the list has hundreds of versions to a few places."""
    found: dict[object, set[object]] = defaultdict(set)
    for row in law.rule_versions:
        if _is_asked(row, ids):
            found[row["place_key"]].add(row["item_key"])
    return found


def narrow(law: Law, ids: Collection[str], subjects: pa.Table) -> Law:
    """Return the law as far as these rules and situations go: a smaller law is decided sooner, and says the same.

    Checks that neither are asked about nor read other rules are left out, and memberships of other countries.
    """
    names = (*_PLACES, "via_country")
    countries = {one for name in names for one in pc.unique(subjects[name]).to_pylist()}
    checks = [row for row in law.checks if _is_asked(row, ids) or reads_law(row)]
    return replace(
        law,
        memberships=[row for row in law.memberships if row["iso2"] in countries],
        checks=checks,
    )


def reads_law(check: Row) -> bool:
    """Return whether a check turns on what other rules say."""
    return any(word in str(check["query"]) for word in READS_LAW)


def names_entry(law: Law, ids: Collection[str], eccn: str) -> bool:
    """Return whether a control or a provision of these ids names this entry of the CCL, or a paragraph of it."""
    keys = {row["item_key"] for row in (*law.rule_versions, *law.provisions) if _is_asked(row, ids)} - {None}
    return any(
        row["item_key"] in keys and not row["is_except"] and str(row["word"]).split(".")[0] == eccn
        for row in law.item_words
    )


def _id(row: Row) -> object:
    return row.get("rule_id") or row.get("provision_id")


def _is_asked(row: Row, ids: Collection[str]) -> bool:
    return _id(row) in ids or (FILING in ids and "provision_id" in row)


def _keys(law: Law, ids: Collection[str]) -> set[object]:
    rows = (*law.rule_versions, *law.provisions, *law.checks, *law.party_versions)
    return {row["version_key"] for row in rows if _is_asked(row, ids)}


def _end(period: Row) -> tuple[object, object]:
    return bool(period["is_in_force"]), period["from_on"]


def _held_by_those_left(rows: Iterable[Row], changed: Collection[object]) -> list[Row]:
    """Give versions that shared a law with one that is changed or gone another holder: the first of those left."""
    holder: dict[object, object] = {}
    found = []
    for row in rows:
        if row["law_key"] in changed and row["version_key"] not in changed:
            row = row | {"law_key": holder.setdefault(row["law_key"], row["version_key"])}
        found.append(row)
    return found


def _matching(column: pa.ChunkedArray, holds: object) -> pa.ChunkedArray:
    assert callable(holds)
    values = [one for one in pc.unique(column).to_pylist() if holds(one)]
    return pc.is_in(column, value_set=pa.array(values, pa.string()))


def _headings(law: Law, item_keys: Collection[object]) -> set[str]:
    """The entries and series that items name, those that they except left out."""
    return {
        str(row["word"]).split(".")[0]
        for row in law.item_words
        if row["item_key"] in item_keys and not row["is_except"]
    }


def _may_be_item(headings: Collection[str], eccn: str | None) -> bool:
    if not eccn or not ECCN_FORM.fullmatch(eccn):
        return True
    heading = eccn.split(".")[0]
    series = {"600": heading[2:3] == "6", "9x515": heading.endswith("515")}
    spelled = {heading, "*", f"category {heading[:1]}", *(word for word, is_of_it in series.items() if is_of_it)}
    return not spelled.isdisjoint(headings)


def _reached(law: Law, place_key: object) -> set[object]:
    words = {row["word"] for row in law.place_words if row["place_key"] == place_key and not row["is_except"]}
    return {row["iso2"] for row in law.memberships if row["word"] in words}
