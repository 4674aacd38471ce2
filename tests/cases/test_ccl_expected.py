"""The Commerce Control List says of each committed example what the texts say, and no changed row goes unnoticed.

`tests/fixtures/ccl/expected.csv` was written once: each row at a destination on either side of its column, its
paragraphs and those left out, each activity, the day before and the day of each period, and license exceptions.
"""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.ccl_mutations import mutations_of
from tests.support.engine import RULEBOOK, Row, screen_lines
from transforms.rulebook.ccl import NOTE, CommerceControlList
from transforms.rulebook.compile import compile_law
from transforms.rulebook.law import Law

FROZEN = Path(__file__).parents[1] / "fixtures" / "ccl" / "expected.csv"


def examples() -> list[dict[str, str]]:
    with FROZEN.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


EXAMPLES = examples()


def law_of(ccl: CommerceControlList) -> Law:
    return compile_law(
        replace(RULEBOOK, controls=(), checks=(), party_rules=(), check_sql={}, provisions=(), cases={}, ccl=ccl)
    )


def failures(ccl: CommerceControlList, asked: list[dict[str, str]]) -> dict[str, list[str]]:
    """Return by entry the examples that come to another outcome."""
    lines: list[Row] = [{**example, "tendered_on": None} for example in asked]
    told: dict[int, dict[str, str]] = defaultdict(dict)
    for row in screen_lines(lines, law_of(ccl)).findings:
        told[row["line_number"]][row["rule_id"]] = row["outcome"]
    found: dict[str, list[str]] = defaultdict(list)
    for number, example in enumerate(asked):
        said = " ".join(f"{rule} {outcome}" for rule, outcome in sorted(told[number].items())) or "clear"
        if said != example["expect"]:
            found[example["eccn"][:5]].append(f"{example}: {said}")
    return found


def test_every_example_comes_to_what_was_written() -> None:
    assert not failures(RULEBOOK.ccl, EXAMPLES)


def test_every_row_that_can_require_a_license_has_an_example() -> None:
    shown = {example["eccn"][:5] for example in EXAMPLES}
    assert {row.entry for row in RULEBOOK.ccl.controls if row.reason != NOTE} <= shown


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.long)])
def test_a_changed_field_of_a_sure_row_makes_an_example_fail(seed: int) -> None:
    """One row of each entry is changed at a time: entries do not meet, so that each has its own failures."""
    survived = _survivors(random.Random(seed))
    assert survived == []


def _survivors(rng: random.Random) -> list[str]:
    by_entry = defaultdict(list)
    for row in RULEBOOK.ccl.controls:
        by_entry[row.entry].append(row)
    rows = {
        entry: [(name, row, changed) for row in own for name, changed in mutations_of(row, own)]
        for entry, own in by_entry.items()
    }
    chosen = {entry: rng.choice(found) for entry, found in sorted(rows.items()) if found}
    by_row = {row.row: changed for _, row, changed in chosen.values()}
    controls = tuple(by_row.get(row.row, row) for row in RULEBOOK.ccl.controls)
    failed = failures(replace(RULEBOOK.ccl, controls=controls), EXAMPLES)
    return [f"row {row.row} of {entry}: {name}" for entry, (name, row, _) in chosen.items() if entry not in failed]
