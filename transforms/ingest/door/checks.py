"""The thresholds of the door, which are data: read from door.yml, widened by a layout."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from transforms.content import read_yaml
from transforms.errors import InputError

COLUMN = "{column}"
Measures = Mapping[str, Mapping[str, float | None]]
"""What was measured: by measure, then by column; the column is '' where the measure is of the batch as a whole. None
where there is nothing to measure or to compare with yet."""


class Check(BaseModel):
    """One expectation of the door: a measure of the batch and the limits within which it is taken.

    With `{column}` in its name it is one expectation for each column that the measure is taken of.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    measure: str
    level: Literal["stop", "warn"]
    meaning: str
    min: float | None = None
    max: float | None = None
    column: str = ""
    family: str = ""
    """The name as it is written, with `{column}`; of the check of one column."""

    @property
    def code(self) -> str:
        """The code by which results are counted, of all columns alike: its name without `{column}`, in kebab-case."""
        return re.sub("[^a-z0-9]+", "-", (self.family or self.name).replace(COLUMN, "").lower()).strip("-")

    @model_validator(mode="after")
    def _has_a_limit(self) -> Check:
        if self.min is None and self.max is None:
            raise ValueError("a check needs a limit: min, max, or both")
        return self

    def limited(self, limit: float) -> Check:
        """Return the check with another limit in place of the one that it has."""
        return self.model_copy(update={"max" if self.max is not None else "min": limit})

    def of(self, column: str) -> Check:
        """Return the check of one column."""
        return self.model_copy(
            update={
                "column": column,
                "family": self.name,
                "name": self.name.replace(COLUMN, column),
                "meaning": self.meaning.replace(COLUMN, column),
            }
        )


def read_checks(path: Path, limits: Mapping[str, float] | None = None) -> tuple[Check, ...]:
    """Return the checks of the door; raise InputError that names the file and key of the first fault.

    `limits` are those of the configuration, by name, in place of the limit that the file has.
    """
    content, faults = read_yaml(path, path.name)
    if faults:
        raise InputError("\n".join(str(fault) for fault in faults))
    try:
        checks = tuple(Check.model_validate(entry) for entry in content or [])
    except ValidationError as error:
        raise InputError(f"{path}: {error.errors()[0]['loc']}: {error.errors()[0]['msg']}") from error
    names = [check.name for check in checks]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"{path}: the name {name} appears twice; each check needs its own")
    for one, other in combinations(checks, 2):
        if one.code == other.code:
            raise InputError(f"{path}: {one.name} and {other.name} have one code, {one.code}; name one otherwise")
    for name in limits or ():
        if name not in names:
            raise InputError(f"door.limits: {name} is not a check of {path.name} (allowed: {', '.join(sorted(names))})")
    return tuple(check.limited(limits[check.name]) if limits and check.name in limits else check for check in checks)


def generate(checks: Sequence[Check], measures: Measures) -> tuple[Check, ...]:
    """Return the checks with those of each column in place of the ones that are written once for all.

    Raises InputError for a measure that is not taken, or a name with `{column}` on a measure of the whole batch.
    """
    found: list[Check] = []
    for check in checks:
        if check.measure not in measures:
            raise InputError(
                f"door.yml: {check.name}: {check.measure!r} is not measured (allowed: {', '.join(sorted(measures))})"
            )
        columns = measures[check.measure].keys()
        if (COLUMN in check.name) == ("" in columns):
            wanted = "leave {column} out of" if "" in columns else "write {column} in"
            raise InputError(
                f"door.yml: {check.name}: {check.measure} is measured of"
                f" {'the whole batch' if '' in columns else 'each column'}; {wanted} its name"
            )
        found += [check.of(column) for column in columns] if COLUMN in check.name else [check]
    return tuple(found)


def widen(
    checks: Sequence[Check], own: Mapping[str, str], layout_id: str, written: Sequence[Check]
) -> tuple[Check, ...]:
    """Return the checks with a layout's own limits: by name, its text in place of the limit that the check has.

    A name with `{column}`, as it is `written`, sets the limit of every column that has none of its own. Raises
    InputError for a name that is no check, or a limit that is no number.
    """
    families = {check.name: check.measure for check in written if COLUMN in check.name}
    names = {check.name for check in checks} | families.keys()
    for name, limit in own.items():
        if name not in names:
            allowed = ", ".join(sorted(check.name for check in written))
            raise InputError(f"layout {layout_id}: door.{name} is not a check of its columns (allowed: {allowed})")
        try:
            float(limit)
        except ValueError as error:
            raise InputError(f"layout {layout_id}: door.{name}: {limit!r} is not a number") from error
    family = {one.of(check.column).name: own[one.name] for one in written if one.name in own for check in checks}
    limits = family | dict(own)
    return tuple(check.limited(float(limits[check.name])) if check.name in limits else check for check in checks)
