"""The law as it stood on the day before a change: what began on that day or later is not there, what ended goes on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta

from transforms.rulebook.law import Law
from transforms.rulebook.places import FOREVER
from transforms.rulebook.rows import Row

_DAY = timedelta(days=1)


def as_before(law: Law, ids: Collection[str], day: date) -> Law:
    """Return the law with the controls of these ids as they stood before `day`, and so on all days from then on.

    Versions and headings that began on `day` or later are left out; those that ended from the day before it on go on,
    also where a heading only may have been on its list. Doubts and savings clauses of what is left keep their days.
    """
    began = {
        row["version_key"]: isinstance(row["from_on"], date) and row["from_on"] >= day
        for row in law.rule_versions
        if row["rule_id"] in ids
    }
    gone = {key for key, is_new in began.items() if is_new}
    periods = [row for row in law.rule_periods if row["version_key"] not in gone]
    asked = {row["heading_key"] for row in law.rule_versions if row["rule_id"] in ids} - {None}
    return replace(
        law,
        rule_versions=[row for row in law.rule_versions if row["version_key"] not in gone],
        rule_periods=[row if row["version_key"] not in began else _going_on(row, day) for row in periods],
        heading_words=[
            row if row["heading_key"] not in asked else _going_on(row, day)
            for row in law.heading_words
            if row["heading_key"] not in asked or not _begins(row, day)
        ],
    )


def _begins(row: Row, day: date) -> bool:
    return isinstance(row["from_on"], date) and row["from_on"] >= day


def _going_on(row: Row, day: date) -> Row:
    """Let a stretch of days that held on the day before `day` have no end."""
    until = row["until_on"]
    return row | {"until_on": FOREVER} if isinstance(until, date) and until >= day - _DAY else row
