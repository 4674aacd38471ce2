"""What the shipped rulebook says of the sample's lines of the CCL, part 746 and listed parties, by line, and why.

`ccl_lines.csv` is written by hand from the text, one row per line and rule: a row `clear` says that the rule makes no
finding of the line. A finding of such a line that no row tells fails, and so does a row that the run does not bear out.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.support.command import Golden
from tests.support.parquet import rows_of
from tests.support.shipped import shipped_rulebook
from transforms.reports.words.rules import by_id

HISTORY = Path(__file__).parents[2] / "data" / "sample" / "history.csv"
Row = dict[str, str]


def table(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


TOLD = table(Path(__file__).with_name("ccl_lines.csv"))
BOOK = shipped_rulebook()
EMBARGOES = ("cuba", "iran", "north-korea", "russia-belarus", "syria")


@pytest.fixture(scope="module")
def found(golden: Golden) -> dict[tuple[str, str], tuple[str, str]]:
    """Outcome of each finding of these lines, and what it says with its authority, by shipment and rule."""
    columns = "shipment_id, rule_id, outcome, because || ' ' || array_to_string(authority, '; ')"
    written = "where left(shipment_id, 2) in ('CL', 'EM', 'LP')"
    rows = rows_of(golden.report / "findings.parquet", columns, written)
    return {(shipment, rule): (outcome, said) for shipment, rule, outcome, said in rows}


def test_the_lines_of_the_sample_are_those_that_are_explained() -> None:
    shipped = {
        row["shipment_id"]: (row["eccn"], row["destination"], f"{row['license_code']} {row['license_number']}")
        for row in table(HISTORY)
        if row["shipment_id"].startswith(("CL", "EM", "LP"))
    }
    assert {row["shipment_id"]: (row["eccn"], row["destination"], row["authority"]) for row in TOLD} == shipped


def test_each_finding_is_one_that_is_explained(found: dict[tuple[str, str], tuple[str, str]]) -> None:
    told = {(row["shipment_id"], row["rule_id"]): row["outcome"] for row in TOLD if row["outcome"] != "clear"}
    assert {key: outcome for key, (outcome, _) in found.items()} == told


@pytest.mark.parametrize("row", TOLD, ids=lambda row: f"{row['shipment_id']} {row['rule_id']}")
def test_the_citation_is_that_of_the_finding_and_a_clear_line_has_none(
    row: Row, found: dict[tuple[str, str], tuple[str, str]]
) -> None:
    rule = by_id(BOOK)[row["rule_id"]]
    written = getattr(rule, "authority", None) or [text for version in rule.versions for text in version.authority]
    clear = ("clear", "; ".join(written))
    outcome, said = found.get((row["shipment_id"], row["rule_id"]), clear)
    assert (outcome, row["citation"] in said) == (row["outcome"], True), said
    assert row["why"]


@pytest.mark.parametrize("rule_id", sorted({*EMBARGOES, *(rule.id for rule in BOOK.ccl.rules_by_id)}))
def test_each_reason_has_a_line_that_is_not_clear_and_one_that_is(rule_id: str) -> None:
    told = {row["outcome"] for row in TOLD if row["rule_id"] == rule_id}
    assert "clear" in told and told & {"flagged", "undetermined"}


def test_one_line_has_several_reasons_at_once() -> None:
    reasons = [row["rule_id"] for row in TOLD if row["shipment_id"] == "CL20250806-1" and row["outcome"] == "flagged"]
    assert {"ccl-ns", "ccl-rs", "ccl-un"} <= set(reasons)
