"""What came of a batch at the door: its results, the batch that is stopped, and the one that a person lets in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from transforms.errors import DoorStopped, InputError
from transforms.ingest.problems import Counted


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
    code: str = ""
    """What it is counted by: of the checks of one measure of several columns the same."""
    column: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the result as plain values."""
        return asdict(self)

    @property
    def wanted(self) -> str:
        """The limit in words."""
        return limit_words(self.min, self.max)


@dataclass(frozen=True)
class Acceptance:
    """A person's word that a batch is right although the door would stop it."""

    reason: str
    by: str
    at: datetime

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise InputError(
                '--accept: the reason is blank. Give one, for example "plant closed until the 19th". It is recorded.'
            )


def limit_words(least: float | None, most: float | None) -> str:
    """Return limits in words: `at least 1`, `at most 0.2`, or both."""
    parts = [f"at least {least:g}"] if least is not None else []
    return " and ".join(parts + ([f"at most {most:g}"] if most is not None else []))


def failed_stops(door: Sequence[CheckResult]) -> list[CheckResult]:
    """Return the checks of level `stop` that failed."""
    return [result for result in door if result.level == "stop" and not result.success]


def stop_at_door(
    door: Sequence[CheckResult], file_name: str, landed_as: Path, problems: Sequence[Counted], missing: str = ""
) -> None:
    """Raise DoorStopped, saying what was found and what is wanted, where a check of level `stop` failed.

    `missing` tells, in words, what of the period of the file is not in it; empty where nothing is.
    """
    failed = failed_stops(door)
    if not failed:
        return
    said = [f"{file_name}: rejected by the intake check. Nothing was loaded. The file is kept as {landed_as}."]
    for one in failed:
        said.append(f"  {one.name}: {one.meaning}: found {one.observed:g}, allowed: {one.wanted} [{one.code}]")
    if missing:
        said.append(f"  {missing}")
    for problem in problems[:5]:
        said.append(f"  {problem.rows:,} {'row' if problem.rows == 1 else 'rows'}: {problem.told} [{problem.code}]")
    said.append("  Correct the extract and ingest it again, or set a limit in the layout under `door:`.")
    raise DoorStopped("\n".join(said), tuple(one.code for one in failed))


def record_acceptance(
    connection: duckdb.DuckDBPyConnection, batch_id: int, accepted: Acceptance | None, door: Sequence[CheckResult]
) -> bool:
    """Log why and by whom a batch was let in that the door would have stopped; return whether there was need."""
    failed = failed_stops(door)
    if accepted is None or not failed:
        return False
    connection.execute(
        "insert into accepted values (?, ?, ?, ?, ?, ?)",
        [
            batch_id, accepted.reason.strip(), accepted.by, accepted.at, [one.name for one in failed],
            [one.code for one in failed],
        ],
    )  # fmt: skip
    return True
