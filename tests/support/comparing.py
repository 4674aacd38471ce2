"""One comparison of the rulebook, or a toy, put to the rows that it reads: what its SQL says of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from flows.settings import RULES
from transforms.compare.compile import compile_comparisons
from transforms.compare.read import read_comparisons
from transforms.compare.rules import Comparison
from transforms.compare.run import comparing, run_comparisons
from transforms.pipeline import give, read_rows
from transforms.rulebook.read_parameters import known_parameters
from transforms.rulebook.statuses import read_filing_statuses

NUMBERS = known_parameters(RULES).rows()
"""The numbers of the law, by day."""
STATUSES = read_filing_statuses(RULES / "tables")
"""The status words of filings."""


@cache
def shipped() -> dict[str, Comparison]:
    """Return the comparisons of the shipped rulebook, by id."""
    rules, faults = read_comparisons(RULES)
    assert not faults
    return {rule.id: rule for rule in rules}


def verdicts(
    rules: Sequence[Comparison], given: Mapping[str, Sequence[Mapping[str, Any]]], parameters: Sequence[Any] = NUMBERS
) -> list[dict[str, Any]]:
    """Return the rows of `comparison_verdicts`, by rule and subject, each with its `rule_id`.

    `given` has the rows of the relations that comparisons read; a row names the columns that matter.
    """
    law = compile_comparisons(rules, parameters)
    with comparing(law) as alone:
        for relation, rows in given.items():
            named = dict.fromkeys(column for row in rows for column in row)
            whole = [{column: row.get(column) for column in named} for row in rows]
            give(alone, relation, whole, is_shared=True)
        assert run_comparisons(alone, law) == []
        query = (
            "select c.rule_id, v.* from comparison_verdicts as v join comparisons as c on c.version_key = v.rule_key"
            " order by all"
        )
        return read_rows(alone, query)


def said(rule_id: str, columns: str = "outcome", **given: Sequence[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
    """Return these columns of what a shipped comparison says."""
    rows = verdicts([shipped()[rule_id]], given)
    return [tuple(row[column] for column in columns.split()) for row in rows]
