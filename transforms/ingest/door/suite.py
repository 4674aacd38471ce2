"""The suite of a layout's batches, as Great Expectations reads it; its cost does not follow the size of the batch."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from transforms.ingest.door.checks import Check, Measures, generate, widen
from transforms.ingest.door.imports import left_for_later
from transforms.ingest.door.results import CheckResult

if TYPE_CHECKING:
    from great_expectations.core.batch_definition import BatchDefinition

_NOT_ASKED_FOR = ("scipy.stats", "altair")
"""What Great Expectations draws distributions with: a third of the time that its import takes."""


@dataclass(frozen=True)
class Checked:
    """One result per expectation that had something to measure or is of the whole batch, and what the library said."""

    results: list[CheckResult]
    validation: str
    """Great Expectations' own result as JSON, without what differs from run to run."""


def check_at_door(
    measures: Measures, written: Sequence[Check], own: Mapping[str, str] | None = None, layout_id: str = "line"
) -> Checked:
    """Return what came of each check, in their order, under the layout's `own` limits; what is not measured is taken.

    Raises InputError for a check of something that is not measured, or a limit that cannot be meant. The expectations
    are those of `written`, one for each column of the layout where they say so. Great Expectations validates a frame of
    one row per check.
    """
    checks = [
        check
        for check in widen(generate(written, measures), own or {}, layout_id, written)
        if not check.column or measures[check.measure][check.column] is not None
    ]
    failed, validation = _validate(measures, checks, layout_id)
    results = [
        CheckResult(
            check.name, check.meaning, check.level, measures[check.measure][check.column], check.min, check.max,
            (check.name, check.column) not in failed, check.code, check.column,
        )
        for check in checks
    ]  # fmt: skip
    return Checked(results, validation)


def _validate(measures: Measures, checks: Sequence[Check], layout_id: str) -> tuple[set[tuple[str, str]], str]:
    """Return (check, column) of what did not hold, and the result as JSON.

    The checks of a level are rows of one expectation, as each costs its library tens of milliseconds.
    """
    frames = _frames()
    import great_expectations as gx  # heavy: only where a batch is at the door
    import great_expectations.expectations as gxe
    import pandas as pd

    # a check is two rows, one for each limit
    measured = [measures[check.measure][check.column] for check in checks]
    frame = pd.DataFrame({"row": [*range(len(checks))] * 2, "level": [check.level for check in checks] * 2})
    compared = {
        "larger": [*measured, *(check.max for check in checks)],
        "smaller": [*(check.min for check in checks), *measured],
    }
    expectations = []
    for level in sorted({check.level for check in checks}):
        for name, values in compared.items():
            frame[f"{level} {name}"] = pd.Series(values, dtype="float64").where(frame["level"] == level)
        expectations.append(
            gxe.ExpectColumnPairValuesAToBeGreaterThanB(
                column_A=f"{level} larger",
                column_B=f"{level} smaller",
                or_equal=True,
                ignore_row_if="either_value_is_missing",
                severity="critical" if level == "stop" else "warning",
            )
        )
    name = f"door-{layout_id}"
    wanted = {"result_format": "COMPLETE", "unexpected_index_column_names": ["row"]}
    batch = frames.get_batch({"dataframe": frame})
    said = batch.validate(gx.ExpectationSuite(name, expectations), result_format=wanted)
    failed: set[tuple[str, str]] = set()
    told = []
    for result in said.results:
        named = [checks[int(one["row"])] for one in result.result.get("unexpected_index_list") or []]
        if not result.success and not named:  # nothing says which rows, so that all of the level are
            level, _ = result.expectation_config.kwargs["column_A"].split()
            named = [check for check in checks if check.level == level]
        failed |= {(check.name, check.column) for check in named}
        told.append(_told(result, sorted(f"{check.name} {check.column}".strip() for check in named)))
    return failed, json.dumps({"suite": name, "results": told}, sort_keys=True)


def warm_up() -> None:
    """Import the library, which takes seconds, and make ready what is asked of it: beside the load of a file."""
    _frames()


@cache
def _frames() -> BatchDefinition:
    """What a frame is handed to; making it takes longer than a validation, and it keeps nothing of one."""
    with left_for_later(*_NOT_ASKED_FOR):
        import great_expectations as gx
        import great_expectations.expectations
        from great_expectations.data_context.types.base import ProgressBarsConfig

    # this logger sets its own level on import, and tells of a temporary folder
    logging.getLogger("great_expectations.data_context.types.base").setLevel(logging.WARNING)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    door = context.data_sources.add_pandas("door")
    return door.add_dataframe_asset("profile").add_batch_definition_whole_dataframe("whole")


def _told(result: Any, named: list[str]) -> dict[str, Any]:
    config = result.expectation_config.to_json_dict()
    limits = {key: value for key, value in config["kwargs"].items() if key in ("column_A", "column_B")}
    return {
        "type": config["type"],
        "severity": str(config.get("severity")),
        "kwargs": limits,
        "success": bool(result.success),
        "element_count": result.result.get("element_count"),
        "missing_count": result.result.get("missing_count"),
        "unexpected": named,
    }
