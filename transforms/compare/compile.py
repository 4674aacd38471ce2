"""The comparisons as rows: what the runner reads. A version is asked once for each stretch of days of its terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from transforms.compare.rules import Comparison, ComparisonVersion, NamedParameter
from transforms.compare.tables import Tables
from transforms.pipeline import Row as Given
from transforms.rulebook.places import ALWAYS, FOREVER
from transforms.rulebook.rows import Keys, Row, dated_rows

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stretch:
    """The days, both inclusive, on which the terms of a version are these numbers."""

    from_on: date
    until_on: date
    terms: Mapping[str, Decimal]


@dataclass(frozen=True)
class Comparing:
    """The compiled comparisons."""

    versions: list[Row] = field(default_factory=list)
    """The relation `comparisons`: one row per version."""
    periods: list[Row] = field(default_factory=list)
    """Their rows of `rule_periods`."""
    alike: list[Row] = field(default_factory=list)
    """The relation `alike_values`: both ways round."""
    stretches: dict[int, list[Stretch]] = field(default_factory=dict)
    """By version key."""
    tables: Tables = field(default_factory=Tables)
    """Units of measure, and words of names."""

    @property
    def compared(self) -> list[str]:
        """The columns that some comparison of pairs asks for."""
        return sorted({name for row in self._of_pairs for name in row["compares"]})

    @property
    def are_all_shown(self) -> bool:
        """Whether some comparison is to see every pair, whatever differs."""
        return any(not row["compares"] for row in self._of_pairs)

    @property
    def _of_pairs(self) -> list[dict[str, list[str]]]:
        return [{"compares": _texts(row["compares"])} for row in self.versions if row["about"] == "pair"]


def compile_comparisons(comparisons: Sequence[Comparison], parameters: Sequence[Given] = ()) -> Comparing:
    """Return the comparisons as rows, in the order given.

    `parameters` has one row per number of the law and stretch of days: name, from_on, until_on, number. Raises KeyError
    for a parameter that is named and not there: reading refuses it before.
    """
    found = Comparing(tables=comparisons[0].tables if comparisons else Tables())
    for rule in comparisons:
        floor = date.min
        for at, version in enumerate(rule.versions):
            key = len(found.versions)
            stretches, floor = dated_rows(key, rule.versions, at, floor, Keys())
            found.periods.extend(stretches)
            found.versions.append(
                {
                    "version_key": key, "rule_id": rule.id, "severity": rule.severity, "remedy": rule.remedy,
                    "from_on": version.from_on, "authority": list(version.authority), "about": rule.about,
                    "compares": list(rule.compares), "query": rule.queries[version.sql],
                    "shown_as": f"{rule.shown_as}/{version.sql}",
                }
            )  # fmt: skip
            found.alike.extend(_alike(key, version))
            found.stretches[key] = _stretches(version, parameters)
    return found


def _alike(key: int, version: ComparisonVersion) -> list[Row]:
    return [
        {"version_key": key, "one": one, "other": other, "from_on": alike.from_on or ALWAYS}
        for alike in version.alike
        for one, other in (alike.values, reversed(alike.values))
    ]


def _stretches(version: ComparisonVersion, parameters: Sequence[Given]) -> list[Stretch]:
    """Cut all days where the number of a parameter that the version names changes."""
    named = {name: term.parameter for name, term in version.terms.items() if isinstance(term, NamedParameter)}
    own = {name: term for name, term in version.terms.items() if isinstance(term, Decimal)}
    rows = {one: [row for row in parameters if row["name"] == one] for one in named.values()}
    if missing := [one for one, known in rows.items() if not known]:
        raise KeyError(f"no parameter {', '.join(missing)}")
    starts = sorted({ALWAYS} | {_day(row["from_on"]) for known in rows.values() for row in known})
    ends = [start - _DAY for start in starts[1:]] + [FOREVER]
    return [
        Stretch(start, end, own | {name: _number(rows[one], start) for name, one in named.items()})
        for start, end in zip(starts, ends, strict=True)
    ]


def _number(rows: Sequence[Given], day: date) -> Decimal:
    held = [row["number"] for row in rows if _day(row["from_on"]) <= day <= _day(row["until_on"])]
    return Decimal(str(held[0]))


def _day(value: object) -> date:
    assert isinstance(value, date)
    return value


def _texts(value: object) -> list[str]:
    assert isinstance(value, list)
    return value
