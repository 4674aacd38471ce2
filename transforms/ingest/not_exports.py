"""Why a row of a file is no export, as an expression over the columns c0, c1, ... of the file."""

from __future__ import annotations

import duckdb
from duckdb import CaseExpression, CoalesceOperator, ColumnExpression, ConstantExpression, FunctionExpression

from transforms.layouts.match import Match
from transforms.layouts.not_exports import fold_value


def told_apart(found: Match) -> duckdb.Expression | None:
    """Return why a row is left out (reason, heading, recorded, note), NULL where it is not; None where no row can be.

    The first entry of `not_exports` that names the value of its column counts. A blank or unknown value names none.
    """
    cases: duckdb.Expression | None = None
    for one, column in zip(found.layout.not_exports, found.told_by, strict=True):
        if column is None:
            continue
        place, heading = column
        cell = CoalesceOperator(FunctionExpression("trim", ColumnExpression(f"c{place}")), ConstantExpression(""))
        spaces = (ConstantExpression(text) for text in (r"\s+", " ", "g"))
        spaced = FunctionExpression("regexp_replace", cell, *spaces)
        folded = FunctionExpression("lower", FunctionExpression("trim", spaced))
        is_named = folded.isin(*(ConstantExpression(fold_value(value)) for value in one.values))
        told = FunctionExpression(
            "struct_pack",
            ConstantExpression(one.reason).alias("reason"),
            ConstantExpression(heading).alias("heading"),
            cell.alias("recorded"),
            ConstantExpression(one.note.strip()).alias("note"),
        )
        cases = CaseExpression(is_named, told) if cases is None else cases.when(is_named, told)
    return cases
