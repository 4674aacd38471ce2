"""The door check: Great Expectations over a profile of the batch, so that its cost does not follow the batch's size."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from transforms.content import read_yaml
from transforms.errors import DoorStopped, InputError
from transforms.ingest.arrival import Arrival
from transforms.ingest.extract import SQL
from transforms.sql import read_sql


class Check(BaseModel):
    """One expectation of the door: a measure of the batch and the limits within which it is taken."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    measure: str
    level: Literal["stop", "warn"]
    meaning: str
    min: float | None = None
    max: float | None = None


@dataclass(frozen=True)
class CheckResult:
    """What Great Expectations said of one check: `observed` is None where there was nothing to measure."""

    name: str
    meaning: str
    level: str
    observed: float | None
    min: float | None
    max: float | None
    success: bool

    def as_dict(self) -> dict[str, Any]:
        """Return the result as plain values."""
        return asdict(self)


def read_checks(path: Path) -> tuple[Check, ...]:
    """Return the checks of the door; raise InputError that names the file and key of the first fault."""
    content, faults = read_yaml(path, path.name)
    if faults:
        raise InputError("\n".join(str(fault) for fault in faults))
    try:
        return tuple(Check.model_validate(entry) for entry in content or [])
    except ValidationError as error:
        raise InputError(f"{path}: {error.errors()[0]['loc']}: {error.errors()[0]['msg']}") from error


def widen(checks: Sequence[Check], own: Mapping[str, str], layout_id: str) -> tuple[Check, ...]:
    """Return the checks with a layout's own limits: by name, its text in place of the limit that the check has.

    Raises InputError for a name that is no check, or a limit that is no number.
    """
    names = {check.name for check in checks}
    for name, limit in own.items():
        if name not in names:
            raise InputError(f"layout {layout_id}: door.{name} is no check (allowed: {', '.join(sorted(names))})")
        try:
            float(limit)
        except ValueError as error:
            raise InputError(f"layout {layout_id}: door.{name}: {limit!r} is no number") from error
    return tuple(
        check.model_copy(update={"max" if check.max is not None else "min": float(own[check.name])})
        if check.name in own
        else check
        for check in checks
    )


def profile_batch(
    arrival: Arrival, rows_in: int, unread: int, problems: Mapping[tuple[str, str], int]
) -> dict[str, float | None]:
    """Return one number per measure of the batch; None where there is nothing to compare with yet."""
    values = {"key_missing": 0, "date_unreadable": 0, "number_unreadable": 0, "country_unknown": 0, "conflicts": 0}
    columns = arrival.kind.by_name
    for (column, reason), rows in problems.items():
        read_as = columns[column].kind if column in columns else None
        if reason.startswith("two different rows"):
            values["conflicts"] += rows
        elif column in arrival.kind.keys:
            values["key_missing"] += rows
        elif read_as in ("date", "number", "country"):
            values[{"date": "date_unreadable", "number": "number_unreadable"}.get(read_as, "country_unknown")] += rows
    usual = arrival.connection.execute(
        "select median(rows_in) from batches where source = ? and kind = ? having count(*) >= 4",
        [arrival.found.layout.source, arrival.kind.name],
    ).fetchone()
    ahead = None
    if arrival.kind.exported_on:
        ahead = arrival.count(
            f"select count(*) from {arrival.kind.table} where batch_id = $batch_id"
            f" and {arrival.kind.exported_on} > $today::date",
            batch_id=arrival.batch_id, today=arrival.known_from.date(),
        )  # fmt: skip
    profile = arrival.connection.execute(
        read_sql(SQL / "profile.sql"),
        {
            "rows_in": rows_in, "usual_rows": usual[0] if usual else None, "unread": unread,
            "ahead": ahead, **values,
        },
    )  # fmt: skip
    names = [column[0] for column in profile.description or []]
    return dict(zip(names, profile.fetchone() or (), strict=True))


def is_stopped(door: Sequence[CheckResult]) -> bool:
    """Return whether a check of level `stop` failed."""
    return any(result.level == "stop" and not result.success for result in door)


def stop_at_door(
    door: Sequence[CheckResult], file_name: str, landed_as: Path, problems: Mapping[tuple[str, str], int]
) -> None:
    """Raise DoorStopped, saying what was found and what is wanted, where a check of level `stop` failed."""
    failed = [result for result in door if result.level == "stop" and not result.success]
    if not failed:
        return
    said = [f"{file_name}: stopped at the door, nothing was loaded; the file is kept as {landed_as}"]
    for one in failed:
        limit = f"at least {one.min:g}" if one.min is not None else f"at most {one.max:g}"
        said.append(f"  {one.name}: {one.meaning}: found {one.observed:g}, {limit} wanted")
    for (column, reason), rows in list(problems.items())[:5]:
        said.append(f"  {rows:,} {'row' if rows == 1 else 'rows'}: {column + ': ' if column else ''}{reason}")
    said.append("  Mend the extract and ingest it again, or set the layout's own limit under `door:`")
    raise DoorStopped("\n".join(said))


def check_at_door(profile: Mapping[str, float | None], checks: Sequence[Check]) -> list[CheckResult]:
    """Return one result per check, in their order; a measure that is None (no history yet) is taken.

    `profile` holds one number per measure. Great Expectations validates a frame of one row, whatever the batch's size.
    """
    for check in checks:
        if check.measure not in profile:
            raise InputError(
                f"door.yml: {check.name}: {check.measure!r} is not measured (allowed: {', '.join(sorted(profile))})"
            )
    import great_expectations as gx  # heavy: only where a batch is at the door
    import great_expectations.expectations as gxe
    import pandas as pd
    from great_expectations.data_context.types.base import ProgressBarsConfig

    # this logger sets its own level on import, and tells of a temporary folder at every batch
    logging.getLogger("great_expectations.data_context.types.base").setLevel(logging.WARNING)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    frame = pd.DataFrame([{check.measure: profile[check.measure] for check in checks}], dtype="float64")
    batch = (
        context.data_sources.add_pandas("door")
        .add_dataframe_asset("profile")
        .add_batch_definition_whole_dataframe("whole")
        .get_batch({"dataframe": frame})
    )
    expectations = [
        gxe.ExpectColumnValuesToBeBetween(
            column=check.measure,
            min_value=check.min,
            max_value=check.max,
            severity="critical" if check.level == "stop" else "warning",
            meta={"name": check.name},
        )
        for check in checks
    ]
    suite = gx.ExpectationSuite(name="door", expectations=expectations)
    said = {
        result.expectation_config.meta["name"]: bool(result.success)
        for result in batch.validate(suite, result_format="BOOLEAN_ONLY").results
    }
    return [
        CheckResult(
            check.name, check.meaning, check.level, profile[check.measure], check.min, check.max, said[check.name]
        )
        for check in checks
    ]
