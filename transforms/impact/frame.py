"""Several laws that differ by some controls alone, decided in one pass over what does not differ between questions.

What items, places and claims a law knows does not change with the controls asked about, so it is worked out once for a
past (`Frame`) and serves every question. The controls of all laws are decided together; only the situations in which a
control asked about says anything are then taken once per law, for filing and the checks.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa

from transforms.decide.checks import run_checks
from transforms.decide.decide import DECIDE, gather, give_listed, give_subjects, load_law
from transforms.decide.families import CONTROL, FILING, PARTY, RECORD
from transforms.impact.laws import ids_of, reads_law, without
from transforms.impact.outcomes import Outcomes
from transforms.pipeline import Stage, fill, give, transaction
from transforms.rulebook.law import Law
from transforms.rulebook.rows import Row
from transforms.store import open_memory

FRAME = Stage(
    name="impact",
    folder=Path(__file__).parent / "sql",
    reads=(
        "keyed_subjects", "control_verdicts", "control_situations", "determinations", "claims", "rule_versions",
        "control_keys", "exception_terms", "place_states", "item_states",
    ),
    leaves=("outcomes", "offers"),
    is_shared=True,
)  # fmt: skip
_CHANGING = ("rule_versions", "rule_periods")
_OUT_OF_PERIOD = (
    "delete from checks where version_key not in"
    " (select version_key from rule_periods where from_on <= $last_day and until_on >= $first_day)"
)
_NEW_ENTRIES = "insert into control_situations (control_key, eccn) select distinct hash(to_eccn), to_eccn from splits"
_FAR = 1_000_000
"""Beyond every version key of a rulebook: the versions asked about are told apart by it, law by law."""


@dataclass(frozen=True)
class Variants:
    """Laws that share all but the controls asked about."""

    rest: Law
    """What they share."""
    versions: list[Row]
    """The versions of the controls asked about, of all laws, each with a key of its own."""
    periods: list[Row]
    """The days of these versions."""
    members: Mapping[str, list[int]]
    """By the name of each law: the keys of those of `versions` that it has."""


def find_variants(baseline: Law, reform: Law, asked: Collection[str], alone: Collection[str]) -> Variants | None:
    """Return `before`, `after` and, by id, the reform with one of `asked` alone; None where they share too little.

    They do where only controls are asked about, of which none shares its law with another version, and where versions
    that stand beside each other, of which the strictest decides, are of one of the two laws alone.
    """
    controls = {str(row["rule_id"]) for row in (*baseline.rule_versions, *reform.rule_versions)}
    if not set(asked) <= controls or any(_is_shared(law, asked) for law in (baseline, reform)):
        return None
    beside = [any(row["is_row"] for row in law.rule_versions if row["rule_id"] in asked) for law in (baseline, reform)]
    if all(beside):
        return None
    rest, others = without(reform, asked), without(baseline, asked)
    is_same = rest.tables() == others.tables()
    if not is_same and set(asked) & ids_of(baseline):
        return None  # keys of another compilation
    versions: list[Row] = []
    periods: list[Row] = []
    members: dict[str, list[int]] = {"before": [], "after": [], **{rule_id: [] for rule_id in alone}}
    for at, (name, law) in enumerate((("before", baseline), ("after", reform)), start=1):
        for row in law.rule_versions:
            if row["rule_id"] in asked:
                key = int(str(row["version_key"])) + at * _FAR
                versions.append(row | {"version_key": key, "law_key": key})
                members[name].append(key)
                if name == "after" and row["rule_id"] in alone:
                    members[str(row["rule_id"])].append(key)
        own = {row["version_key"] for row in law.rule_versions if row["rule_id"] in asked}
        periods += [
            row | {"version_key": int(str(row["version_key"])) + at * _FAR}
            for row in law.rule_periods
            if row["version_key"] in own
        ]
    return Variants(rest, versions, periods, members)


class Frame:
    """What is the same for all questions about controls: the situations of a past, and a law but for its controls."""

    def __init__(self, subjects: pa.Table, law: Law) -> None:
        self.subjects, self._law = subjects, law
        checks = [row for row in law.checks if reads_law(row)]
        self._connection = open_memory()
        self._connection.execute("set threads = 1")
        load_law(self._connection, replace(law, rule_versions=[], rule_periods=[], checks=checks))
        give_subjects(self._connection, subjects)
        give_listed(self._connection, law)
        DECIDE.run(self._connection)
        for step in CONTROL.stage.steps[: CONTROL.stage.steps.index("rules_in_reach")]:
            CONTROL.stage.make(self._connection, step)
            if step == "control_situations":  # what may be of the new entry of a split is asked about too
                self._connection.execute(_NEW_ENTRIES)

    def fits(self, subjects: pa.Table, law: Law) -> bool:
        """Return whether this is the frame of a law over a past's situations."""
        mine, other = self._law.tables(), law.tables()
        return subjects is self.subjects and all(mine[name] == other[name] for name in mine if name not in _CHANGING)

    def close(self) -> None:
        """Let go of what is held."""
        self._connection.close()

    def decide(self, subjects: pa.Table, moved: pa.Table, variants: Variants, period: Mapping[str, object]) -> Outcomes:
        """Return what each law says of those of `subjects` of which they may say different things, and of `moved`.

        `moved` are the keys of situations that are asked about whatever the controls say, among `subjects`. Checks that
        hold on no day of the `period` are not run.
        """
        connection = self._connection
        with transaction(connection, is_trial=True):
            connection.execute("delete from rule_versions")
            connection.execute("delete from rule_periods")
            fill(connection, "rule_versions", [*variants.rest.rule_versions, *variants.versions])
            fill(connection, "rule_periods", [*variants.rest.rule_periods, *variants.periods])
            connection.execute(_OUT_OF_PERIOD, period)
            give_subjects(connection, subjects)
            DECIDE.run(connection)
            for step in ("control_situations", "rules_in_reach", "version_verdicts", "control_verdicts"):
                CONTROL.stage.make(connection, step)
            self._spread(moved, variants)
            for step in ("control_keys", "control_rules"):
                CONTROL.stage.make(connection, step)
            PARTY.stage.run(connection)
            FILING.stage.run(connection)
            if connection.execute(
                "select 1 from keyed_subjects where consignee_elsewhere <> '' or end_user_elsewhere <> ''"
                " union all from (select 1 from cited_legends) limit 1"
            ).fetchall():
                run_checks(connection)
            RECORD.stage.run(connection)
            gather(connection)
            return Outcomes(*(self._named(step) for step in ("outcomes", "offers")))

    def _spread(self, moved: pa.Table, variants: Variants) -> None:
        """Take the situations that may differ once per law, under keys of their own."""
        connection = self._connection
        rows: list[Row] = [
            {"variant": name, "law_key": key}
            for name, own in variants.members.items()
            for key in (*(row["law_key"] for row in variants.rest.rule_versions), *own)
        ]
        give(connection, "variants", [{"variant": name} for name in variants.members], is_shared=True)
        give(connection, "variant_laws", rows, is_shared=True)
        values = {"asked": [row["law_key"] for row in variants.versions]}
        give(connection, "moved", moved, is_shared=True)
        FRAME.make(connection, "spread", values)
        for name in ("control_verdicts", "control_situations", "keyed_subjects"):
            FRAME.make(connection, f"spread_{name}", name=name)

    def _named(self, step: str) -> pa.Table:
        """The rows of a step, by the name of the law and the situation's own key."""
        text = FRAME.text(step)
        query = f"select s.variant, s.situation_key, o.* exclude (situation_key) from (\n{text}\n) as o"
        return self._connection.sql(f"{query} join spread as s on s.spread_key = o.situation_key").to_arrow_table()


def _is_shared(law: Law, asked: Collection[str]) -> bool:
    """Whether a version asked about and another one share a law."""
    own = {row["version_key"] for row in law.rule_versions if row["rule_id"] in asked}
    return any(
        row["law_key"] != row["version_key"] and (row["version_key"] in own or row["law_key"] in own)
        for row in law.rule_versions
    )
